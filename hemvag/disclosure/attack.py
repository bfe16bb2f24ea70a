"""What somebody learns of held-back numbers by adding and subtracting those that are told: the tightest range of each.

Everything told is public: the numbers, the range that each held number is said to lie in, and what adds up to what.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

FAR: Final = 1_000_000_000
"""Stands for no upper end. No town counts so far."""


@dataclass(frozen=True, slots=True)
class Relation:
    """The places of a total and of the parts that it is the sum of."""

    total: int
    parts: tuple[int, ...]

    def places(self) -> tuple[int, ...]:
        """Return the places of all of them."""
        return (self.total, *self.parts)


@dataclass(slots=True)
class Told:
    """What is told: for each place the lowest and the highest that the number is said to be, and what adds up."""

    low: list[int]
    high: list[int]
    relations: Sequence[Relation]

    def is_open(self, place: int) -> bool:
        """Say whether what is told leaves more than one number there."""
        return self.low[place] < self.high[place]


def from_one(relation: Relation, place: int, low: Sequence[int], high: Sequence[int]) -> tuple[int, int]:
    """Return the range that one sum gives one of its places, by the ranges of the others."""
    if place == relation.total:
        return sum(low[i] for i in relation.parts), sum(high[i] for i in relation.parts)
    others = [i for i in relation.parts if i != place]
    least = low[relation.total] - sum(high[i] for i in others)
    return least, high[relation.total] - sum(low[i] for i in others)


def squeeze(told: Told) -> Told:
    """Return the ranges when each sum has been used again and again until nothing more follows.

    Where no two sums form a ring (`rings`), no more can be learned. Else more may, by all sums together.
    """
    low, high = list(told.low), list(told.high)
    changed = True
    while changed:
        changed = False
        for relation in told.relations:
            for place in relation.places():
                least, most = from_one(relation, place, low, high)
                most = min(most, FAR)
                if least > low[place] or most < high[place]:
                    low[place], high[place] = max(least, low[place]), min(most, high[place])
                    changed = True
    return Told(low, high, told.relations)


def islands(told: Told) -> list[tuple[list[int], list[Relation]]]:
    """Return the open places that sums tie together, with those sums; each island is by itself."""
    seen: set[int] = set()
    by_place: dict[int, list[Relation]] = {}
    for relation in told.relations:
        for place in relation.places():
            by_place.setdefault(place, []).append(relation)
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


def widths(told: Told, true: Sequence[int], *, enough: int) -> list[int]:
    """Return how wide the range of each place is to one who uses all sums together, `enough` or more being enough.

    `true` are the numbers themselves: one table that fits what is told. Others are sought only where they are needed.
    """
    known = squeeze(told)
    wide = [high - low for low, high in zip(known.low, known.high, strict=True)]
    for places, sums in islands(known):
        if rings(places, sums) and all(wide[place] >= enough for place in places):
            for place, width in _tried(known, places, sums, true, enough).items():
                wide[place] = width
    return wide


def _tried(
    known: Told, places: Sequence[int], sums: Sequence[Relation], true: Sequence[int], enough: int
) -> dict[int, int]:
    """Return the width of each place by tables that fit: whole numbers, found by linear programming."""
    column = {place: i for i, place in enumerate(places)}
    ties, rest = np.zeros((len(sums), len(places))), np.zeros(len(sums))
    for row, relation in enumerate(sums):
        for place in relation.places():
            sign = -1 if place == relation.total else 1
            if place in column:
                ties[row, column[place]] = sign
            else:
                rest[row] -= sign * known.low[place]
    # Far out nothing new is found, and numbers of a size keep the arithmetic exact.
    reach = max(true) + 10 * enough
    bounds = Bounds([known.low[i] for i in places], [min(known.high[i], reach + known.low[i]) for i in places])
    least = np.array([true[i] for i in places])
    most = least.copy()
    for i in range(len(places)):
        for sign in (1, -1):
            if most[i] - least[i] >= enough:
                break
            aim = np.zeros(len(places))
            aim[i] = sign
            found = milp(aim, constraints=LinearConstraint(ties, rest, rest), bounds=bounds, integrality=1)
            table = np.rint(found.x).astype(int)
            least, most = np.minimum(least, table), np.maximum(most, table)
    return {place: int(most[i] - least[i]) for place, i in column.items()}
