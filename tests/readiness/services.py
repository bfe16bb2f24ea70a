"""Services of the small town, for tests that need them. All are invented."""

import datetime as dt
from typing import Any

from hemvag.agencies.models import Unit
from hemvag.lib import clock
from hemvag.readiness import enter, gaps
from hemvag.readiness.models import Gap, Version
from hemvag.readiness.said import Said
from tests.conftest import Town

FACTS: dict[str, Any] = {
    "name": "Anhörigmottagningen",
    "organisation": "Föreningen Exempel",
    "needs": ("relatives_talk",),
    "languages": ("sv", "so"),
    "contact": "Mottagningens växel 040-628 04 10",
    "hours": "vardagar 9–16",
}


def said(**facts: Any) -> Said:
    """What is said of a service; `facts` stand in for the usual ones."""
    if facts.get("unit") is not None:
        facts.setdefault("organisation", "")
    return Said(**FACTS | facts)


def service(town: Town, *, keeper: Unit | None = None, at: dt.datetime | None = None, **facts: Any) -> Version:
    """A service that the coordinator has entered."""
    next_check = facts.pop("next_check", None)
    return enter.enter(
        said(**facts),
        municipality=town.municipality,
        keeper=keeper,
        by=town.workers["coordinator"],
        at=at or clock.now(),
        next_check=next_check,
    )


def gap(town: Town, of: Version) -> Gap:
    """What the coordinator has noted is missing in a service."""
    by, at = town.workers["coordinator"], clock.now()
    return gaps.note_of_service(
        of.resource_id, action="Utbilda två.", owner="Enhetschefen", due=clock.today(), by=by, at=at
    )


def unit_gap(town: Town) -> Gap:
    """What the unit "children" lacks: deputies."""
    facts = {"action": "Utse en till.", "owner": "Enhetschefen", "due": clock.today()}
    by, at = town.workers["unit_lead"], clock.now()
    return gaps.note_of_unit(town.children.id, item="deputies", by=by, at=at, **facts)
