"""What the coordinator has decided and gathered, for tests that need it."""

import datetime as dt
from typing import Any

from hemvag.lib import clock
from hemvag.readiness import decide
from hemvag.readiness.models import Check, LevelDecision
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
