"""What would follow if posts were divided so: before and after for each district, beside what the methods propose."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hemvag.readiness import methods
from hemvag.readiness.basis import Basis, Place, closed
from hemvag.readiness.methods import Carried, Line, Need, Span
from hemvag.readiness.methods.need_share import terms_of

MOST_SPLITS: Final = 200
"""Divisions shown at most of a method that is not stable; how many there are is always said."""


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What one method proposes: every division that the ranges leave open. Stable is when there is one.

    `left_out` are names of what could not be reckoned with: districts for the load, terms for the need.
    """

    splits: Sequence[Sequence[int]]
    number: int
    left_out: Sequence[str]

    @property
    def is_stable(self) -> bool:
        """Say whether every corner of the ranges gives the same division."""
        return self.number == 1


@dataclass(frozen=True, kw_only=True)
class Row:
    """One district: how much it carries for its staff before and after `posts` more. None is not known."""

    place: Place
    posts: int
    before: Span | None
    after: Span | None


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """Everything that is shown before a decision."""

    rows: Sequence[Row]
    by_load: Proposed
    by_need: Proposed
    equal: Sequence[int]
    highest: Sequence[tuple[str, float | None]]
    lines: Sequence[tuple[int, Line | None]]


def of(basis: Basis, split: Sequence[int]) -> Consequence:
    """Return what follows when the districts get `split`, in the order of the basis."""
    carried = carried_by(basis)
    points = basis.set.points
    rows = [
        Row(
            place=place,
            posts=posts,
            before=methods.ratio(one, points) if one else None,
            after=methods.ratio(one, points, more=posts) if one else None,
        )
        for place, one, posts in zip(basis.places, carried, split, strict=True)
    ]
    by_load, by_need = _by_load(basis, carried), _by_need(basis)
    equal = methods.largest_remainder([1 / len(basis.places)] * len(basis.places), basis.set.posts)
    compared = [("own", split), ("load", _only(by_load)), ("need", _only(by_need)), ("equal", equal)]
    return Consequence(
        rows=rows,
        by_load=by_load,
        by_need=by_need,
        equal=equal,
        highest=[(code, _highest(carried, one, points)) for code, one in compared if one is not None],
        lines=_lines(basis),
    )


def carried_by(basis: Basis) -> list[Carried | None]:
    """Return what each district carries by how many posts; None where its cases or its staff are not known.

    Placed children count where they were entered for every district; else their weight is left out for all.
    """
    with_placed = has_placed(basis)
    found: list[Carried | None] = []
    for place in basis.places:
        cases = place.weighed(with_placed=with_placed)
        if cases is None or not place.staff:
            found.append(None)
        else:
            found.append(Carried(load=methods.load_of(cases, basis.set.weights), staff=place.staff))
    return found


def has_placed(basis: Basis) -> bool:
    """Say whether placed children were entered for every district."""
    return all(place.placed is not None for place in basis.places)


def _by_load(basis: Basis, carried: Sequence[Carried | None]) -> Proposed:
    known = [i for i, one in enumerate(carried) if one is not None]
    left_out = [place.name for place, one in zip(basis.places, carried, strict=True) if one is None]
    if not known:
        return Proposed(splits=[], number=0, left_out=left_out)
    found = methods.splits_by_load([one for one in carried if one is not None], basis.set.posts)
    splits = [[dict(zip(known, split, strict=True)).get(i, 0) for i in range(len(carried))] for split in found]
    return Proposed(splits=splits[:MOST_SPLITS], number=len(splits), left_out=left_out)


def _by_need(basis: Basis) -> Proposed:
    needs = [
        Need(counted={"reports": closed(one.reports), "late": closed(one.late), "estimate": _band(one)}, last=one.last)
        for one in basis.places
    ]
    terms = terms_of(needs, basis.set.need)
    left_out = [name for name in basis.set.need if name not in terms]
    if any(one.last is None for one in needs):
        left_out.append("last")
    found = methods.splits_by_need(needs, basis.set.need, basis.set.posts, damping=basis.set.damping)
    return Proposed(splits=[list(one) for one in found[:MOST_SPLITS]], number=len(found), left_out=left_out)


def _band(place: Place) -> Span | None:
    return None if place.band is None else (float(place.band[0]), float(place.band[1]))


def _only(proposed: Proposed) -> Sequence[int] | None:
    return proposed.splits[0] if proposed.is_stable else None


def _highest(carried: Sequence[Carried | None], split: Sequence[int], points: float) -> float | None:
    """Return the highest that any known district may carry for its staff after the division."""
    ends = [methods.ratio(one, points, more=n)[1] for one, n in zip(carried, split, strict=True) if one is not None]
    return max(ends, default=None)


def _lines(basis: Basis) -> list[tuple[int, Line | None]]:
    """Return how the support line does with the seats it has and with up to three more; empty when not asked for."""
    asked = basis.set
    if asked.calls_an_hour is None or asked.minutes is None or asked.seats is None:
        return []
    return [
        (seats, methods.line(calls_an_hour=asked.calls_an_hour, minutes=asked.minutes, seats=seats))
        for seats in range(asked.seats, asked.seats + 4)
    ]
