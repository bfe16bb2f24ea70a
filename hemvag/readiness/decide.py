"""Decide the level of preparedness: keep it, raise it or lower it. A person decides; nothing here decides by itself."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction

from hemvag.access.abilities import Ability, granted
from hemvag.lib import clock
from hemvag.readiness import checklist, indicators, levels
from hemvag.readiness.models import LevelDecision
from hemvag.staff.models import Worker


class NotTheCoordinator(PermissionError):
    """The worker does not work with this committee's readiness."""


class NoSuchLevel(ValueError):
    """The town's order has no level with this number."""


class Changed(RuntimeError):
    """Another decision has come to stand meanwhile."""


class WrongDay(ValueError):
    """The decision is dated ahead, or before the one that stood."""


class ReviewTooLate(ValueError):
    """The next review comes later than the level allows, or not after the decision."""


class NoReasons(ValueError):
    """A decision without reasons, or without saying who decided, is none."""


def decide(
    *,
    authority: uuid.UUID,
    after: uuid.UUID | None,
    level: int,
    reasons: str,
    decider: str,
    decided_on: dt.date,
    review_on: dt.date | None,
    by: Worker,
    at: dt.datetime,
) -> LevelDecision:
    """Store a decision, signed by `by`, with the indicators as they stand; raising starts or continues the checklist.

    `after` is the decision that was seen to stand, `decider` who decided by the town's order. Without `review_on` the
    level's own longest time holds. Raises NotTheCoordinator, NoSuchLevel, Changed, WrongDay, ReviewTooLate and
    NoReasons.
    """
    if authority not in granted(by, at).authorities(Ability.READINESS_WORK):
        raise NotTheCoordinator(by.pk)
    if not reasons.strip() or not decider.strip():
        raise NoReasons
    wanted = levels.order().level(level)
    if wanted is None:
        raise NoSuchLevel(level)
    before = LevelDecision.objects.filter(authority=authority).standing()
    if (before.pk if before else None) != after:
        raise Changed(after)
    days = _days(wanted, before, decided_on, review_on, at)
    facts = {"level": level, "level_name": wanted.name.sv, "reasons": reasons, "decider": decider}
    try:
        with transaction.atomic():
            made = LevelDecision.objects.create(
                authority_id=authority,
                after=before,
                kind=_kind(level, before),
                indicators=indicators.kept(authority, at),
                at=at,
                by=by,
                **facts,
                **days,
            )
            if level > (before.level if before else levels.LOWEST):
                checklist.begin(made, is_anew=before is None or before.level == levels.LOWEST)
    except IntegrityError:
        raise Changed(after) from None
    return made


def _days(
    wanted: levels.Level, before: LevelDecision | None, decided_on: dt.date, review_on: dt.date | None, at: dt.datetime
) -> dict[str, dt.date]:
    if decided_on > clock.local(at).date() or (before and decided_on < before.decided_on):
        raise WrongDay(decided_on)
    latest = wanted.latest_review(decided_on)
    if review_on is not None and not decided_on < review_on <= latest:
        raise ReviewTooLate(review_on, latest)
    return {"decided_on": decided_on, "review_on": review_on or latest}


def _kind(level: int, before: LevelDecision | None) -> str:
    if before is None:
        return LevelDecision.Kind.FIRST
    if level == before.level:
        return LevelDecision.Kind.KEPT
    return LevelDecision.Kind.RAISED if level > before.level else LevelDecision.Kind.LOWERED
