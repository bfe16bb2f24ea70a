"""Districts that carry something, and a reinforcement of them, one line each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hemvag.concerns import report
from hemvag.lib import clock
from hemvag.readiness import basis as bases
from hemvag.readiness import reinforce
from hemvag.readiness.basis import Basis, Place, Set
from hemvag.readiness.models import Reinforcement
from tests.concerns import making
from tests.conftest import Town

REASONS = "Innerstaden bär mest, och har gjort det hela hösten."
SET = Set(posts=3, set_by="Socialnämndens ordförande", set_on="2026-03-01")


def cases(town: Town, number: int, *, other: bool = False, at: dt.datetime | None = None) -> None:
    """So many reports in one of the districts, each waiting to be assessed."""
    at = at or clock.now() - dt.timedelta(days=10)
    child = report.Child(identity=making.identity(), district=town.other_district if other else town.district)
    for _each in range(number):
        making.receive(town, at=at, children=[child])


def place(name: str = "Innerstaden", *, waiting: bases.Ends = (40, 40), **facts: Any) -> Place:
    """A district as it is counted."""
    usual: dict[str, Any] = {"key": name, "late": (9, 9), "reports": (90, 90), "staff": 8.0}
    return Place(name=name, cases={"preliminary_assessment": waiting, "investigation": (20, 20)}, **(usual | facts))


def basis(*places: Place, **chosen: Any) -> Basis:
    """What a proposal for two districts rests on."""
    return Basis(
        on="2026-03-02", places=places or (place(), place("Söder", waiting=(10, 10))), set=replace(SET, **chosen)
    )


def decided(
    town: Town, *, split: Mapping[str, int] | None = None, at: dt.datetime | None = None, **facts: Any
) -> Reinforcement:
    """The coordinator's decision on the town's own districts."""
    at = at or clock.now()
    day = clock.local(at).date()
    found = Basis(on=day.isoformat(), places=[replace(one, staff=6.0) for one in bases.measure(day)], set=SET)
    usual = {
        "authority": town.authority.id,
        "basis": found,
        "split": split or {str(town.district.id): 2, str(town.other_district.id): 1},
        "reasons": REASONS,
        "decider": "Direktören",
        "decided_on": day,
        "follow_up_on": day + dt.timedelta(days=90),
        "by": town.workers["coordinator"],
    }
    return reinforce.decide(at=at, **(usual | facts))
