"""What somebody learns of held-back numbers by adding and subtracting those that are told: the tightest range of each.

Everything told is public: the numbers, the range that each held number is said to lie in, and what adds up to what.
"""

from collections.abc import Collection, Sequence

from hemvag.disclosure.told import Relation, Told, squeeze, ties
from hemvag.disclosure.witness import Effort, Search


def islands(told: Told) -> list[tuple[list[int], list[Relation]]]:
    """Return the open places that sums tie together, with those sums; each island is by itself."""
    seen: set[int] = set()
    by_place = ties(told.relations)
    found = []
    for start in range(len(told.low)):
        if start in seen or not told.is_open(start):
            continue
        places, sums, ahead = [], dict[Relation, None](), [start]
        seen.add(start)
        while ahead:
            place = ahead.pop()
            places.append(place)
            for relation in by_place.get(place, []):
                sums[relation] = None
                fresh = [i for i in relation.places() if told.is_open(i) and i not in seen]
                seen.update(fresh)
                ahead += fresh
        found.append((places, list(sums)))
    return found


def rings(places: Collection[int], sums: Collection[Relation]) -> bool:
    """Say whether the sums of an island form a ring: a tree has one tie fewer than it has places and sums."""
    inside = set(places)
    ties = sum(len(inside.intersection(relation.places())) for relation in sums)
    return ties > len(inside) + len(sums) - 1


def widths(told: Told, true: Sequence[int], *, enough: int, effort: Effort) -> list[int]:
    """Return how wide the range of each place is to one who uses all sums together, `enough` or more being enough.

    `true` are the numbers themselves: one table that fits what is told. Others are sought only where they are needed,
    by no more than `effort`. Raises TooEntangled.
    """
    known = squeeze(told)
    wide = [high - low for low, high in zip(known.low, known.high, strict=True)]
    for places, sums in islands(known):
        if rings(places, sums) and all(wide[place] >= enough for place in places):
            tried = _tried(Search(known, sums, true, effort), places, true, enough)
            for place in places:
                wide[place] = tried[place]
    return wide


def _tried(search: Search, places: Sequence[int], true: Sequence[int], enough: int) -> list[int]:
    """Return the width of each place by other tables that fit: at most `enough`, and less where none was found."""
    least, most = list(true), list(true)
    for place in places:
        for step in (enough, -enough, *range(enough - 1, 0, -1), *range(1 - enough, 0)):
            if most[place] - least[place] >= enough:
                break
            table = search.table_with(place, true[place] + step)
            if table is not None:
                least = [min(one, other) for one, other in zip(least, table, strict=True)]
                most = [max(one, other) for one, other in zip(most, table, strict=True)]
    return [high - low for low, high in zip(least, most, strict=True)]
