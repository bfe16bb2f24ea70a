"""What a proposal of reinforcement rests on: what is counted of each district, what the town itself enters, and which
weights somebody has set and signed for. It is kept with the decision as plain numbers and ranges.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from hemvag.counts import districts as by_district
from hemvag.counts import load
from hemvag.disclosure import NOUGHT, UNKNOWN, Value, span
from hemvag.readiness.methods import Span

KINDS: Final = ("preliminary_assessment", "investigation")
"""What is counted of a district's cases. Placed children are entered, since Hemväg does not count them."""
Ends = tuple[int, int | None] | None
"""A value as it is kept: lowest and highest (None: no upper end), or None when it is not known."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One district: what is counted, as far as it may be told, and what was entered."""

    key: str
    name: str
    cases: Mapping[str, Ends]
    late: Ends
    reports: Ends
    staff: float | None = None
    placed: int | None = None
    band: tuple[int, int] | None = None
    last: float | None = None

    def weighed(self, *, with_placed: bool) -> dict[str, Span] | None:
        """Return its cases by kind as ranges, or None when one is not known or has no upper end."""
        ends = {**self.cases, **({"placed": whole(self.placed)} if with_placed else {})}
        found = {kind: closed(one) for kind, one in ends.items()}
        known = {kind: one for kind, one in found.items() if one is not None}
        return known if len(known) == len(found) else None


@dataclass(frozen=True, kw_only=True)
class Set:
    """What somebody has set, and who answers for it from which day. The defaults are a proposal, to be changed."""

    posts: int = 4
    weights: Mapping[str, float] = field(
        default_factory=lambda: {"preliminary_assessment": 5.0, "investigation": 15.0, "placed": 8.0}
    )
    points: float = 150.0
    need: Mapping[str, float] = field(default_factory=lambda: {"reports": 0.5, "late": 0.2, "estimate": 0.3})
    damping: float = 0.7
    set_by: str = ""
    set_on: str = ""
    calls_an_hour: float | None = None
    minutes: float | None = None
    seats: int | None = None


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Everything that a consequence is reckoned from. `on` is the day whose load was counted."""

    on: str
    places: Sequence[Place]
    set: Set

    def kept(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)


def read(kept: Mapping[str, Any]) -> Basis:
    """Return what was kept."""
    places = [Place(**{**row, "band": tuple(row["band"]) if row["band"] else None}) for row in kept["places"]]
    return Basis(on=kept["on"], places=places, set=Set(**kept["set"]))


def measure(on: dt.date) -> list[Place]:
    """Return every district as it is counted now, with nothing entered."""
    town = load.of_town(on, by="district")
    reported = by_district.reported(on)
    nothing: Value = UNKNOWN if reported is None else NOUGHT
    found = []
    for one in town.places:
        if one.key is None:
            continue
        told = (reported or {}).get(one.key)
        found.append(
            Place(
                key=str(one.key),
                name=one.name,
                cases={kind: ends(one.kinds[kind]) for kind in KINDS},
                late=ends(told.late if told else nothing),
                reports=ends(told.reports if told else nothing),
                staff=_staff(one.members),
            )
        )
    return found


def ends(value: Value) -> Ends:
    """Return a value as it is kept."""
    return span(value)


def closed(kept: Sequence[int | None] | None) -> Span | None:
    """Return the range of a kept value, or None when it is not known or has no upper end."""
    if kept is None or kept[0] is None or kept[1] is None:
        return None
    return float(kept[0]), float(kept[1])


def whole(number: int | None) -> Ends:
    """Return an entered number as it is kept."""
    return None if number is None else (number, number)


def _staff(members: Value) -> float | None:
    """Return how many work there, where that may be told; else somebody has to say how many posts there are."""
    found = closed(ends(members))
    return found[0] if found and found[0] == found[1] and found[0] > 0 else None
