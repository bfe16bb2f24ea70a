"""What the coordinator has decided and gathered, for tests that need it."""

import datetime as dt
from typing import Any

from hemvag.lib import clock
from hemvag.readiness import decide
from hemvag.readiness.horizon import feeds, judge
from hemvag.readiness.models import Check, Feed, HorizonItem, LevelDecision
from tests.conftest import Town

REASONS = "Ingen myndighet har sagt att någon är på väg."


def decided(town: Town, *, level: int = 1, at: dt.datetime | None = None, **facts: Any) -> LevelDecision:
    """A decision of the coordinator's committee, after whatever stands."""
    at = at or clock.now()
    before = LevelDecision.objects.filter(authority=town.authority).standing()
    usual = {"reasons": REASONS, "decider": "Socialchefen", "decided_on": clock.local(at).date(), "review_on": None}
    return decide.decide(
        authority=town.authority.id,
        after=before.pk if before else None,
        level=level,
        by=town.workers["coordinator"],
        at=at,
        **{**usual, **facts},
    )


def check(town: Town, code: str = "arrival_routine") -> Check:
    """An item of the checklist that a raised level has started."""
    decided(town, level=2)
    return Check.objects.filter(authority=town.authority, code=code).standing().get()


def feed(town: Town, url: str = "https://example.se/feed/", name: str = "Regeringen") -> Feed:
    """A feed that the coordinator follows."""
    return feeds.follow(authority=town.authority.id, name=name, url=url, by=town.workers["coordinator"], at=clock.now())


def entered(town: Town, *, at: dt.datetime | None = None, **facts: Any) -> HorizonItem:
    """An item that the coordinator has entered by hand."""
    at = at or clock.now()
    usual: dict[str, Any] = {
        "is_official": False,
        "source": "Utrikesdepartementet",
        "title": "Samtal om barn i läger fortsätter",
        "summary": "",
        "link": "",
        "day": clock.local(at).date(),
        "answered": (),
    }
    return judge.enter(authority=town.authority.id, by=town.workers["coordinator"], at=at, **{**usual, **facts})
