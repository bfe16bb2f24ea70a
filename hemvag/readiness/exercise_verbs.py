"""An exercise, from that it was held until its last gap is closed and its space erased."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from hemvag.access.abilities import Ability, granted
from hemvag.lib import clock
from hemvag.readiness import exercise_measures
from hemvag.readiness.models import Exercise, ExerciseGap, ExerciseReport, GapClosed, GapOwner, SpaceErased
from hemvag.staff.models import Worker


class NotYours(PermissionError):
    """The worker does not keep this committee's readiness."""


class TakenAlready(RuntimeError):
    """The report of this exercise's space has been taken in."""


class ClosedAlready(RuntimeError):
    """The gap is closed."""


class NotHeldYet(ValueError):
    """The exercise is on a later day than the one on which it is written in."""


class NotMeasured(ValueError):
    """A measure is none of the house's, or its value cannot be one."""


def hold(
    *,
    authority: uuid.UUID,
    name: str,
    held_on: dt.date,
    format: str,  # noqa: A002
    scenario: str,
    scope: str,
    goals: str,
    space: uuid.UUID | None = None,
    by: Worker,
    at: dt.datetime,
) -> Exercise:
    """Record that an exercise was held. Raises NotYours, NotHeldYet and, for the same space again, TakenAlready."""
    _demand(authority, by, at)
    if held_on > clock.local(at).date():
        raise NotHeldYet(held_on)
    try:
        with transaction.atomic():
            return Exercise.objects.create(
                authority_id=authority,
                name=name,
                held_on=held_on,
                format=format,
                scenario=scenario,
                scope=scope,
                goals=goals,
                space=space,
                by=by,
                at=at,
            )
    except IntegrityError:
        raise TakenAlready(space) from None


def report(
    exercise: Exercise,
    *,
    participants: Mapping[str, int],
    measures: Sequence[Mapping[str, Any]],
    strengths: str,
    improvements: str,
    by: Worker,
    at: dt.datetime,
) -> ExerciseReport:
    """Say what the exercise showed; an earlier report stands beside it. Raises NotYours and NotMeasured."""
    _demand(exercise.authority_id, by, at)
    codes = [row.get("code") for row in measures]
    if len(set(codes)) < len(codes) or not all(map(exercise_measures.is_row, measures)):
        raise NotMeasured
    return ExerciseReport.objects.create(
        exercise=exercise,
        participants=dict(participants),
        measures=[dict(row) for row in measures],
        strengths=strengths,
        improvements=improvements,
        by=by,
        at=at,
    )


def list_gap(exercise: Exercise, *, missing: str, action: str, by: Worker, at: dt.datetime) -> ExerciseGap:
    """List something that was missing. Raises NotYours."""
    _demand(exercise.authority_id, by, at)
    return ExerciseGap.objects.create(exercise=exercise, missing=missing, action=action, by=by, at=at)


def own_gap(gap: ExerciseGap, *, function: str, action: str, due: dt.date, by: Worker, at: dt.datetime) -> GapOwner:
    """Say which function answers for a gap, what it does and by which day. Raises NotYours and ClosedAlready."""
    _demand(gap.exercise.authority_id, by, at)
    if GapClosed.objects.filter(gap=gap).exists():
        raise ClosedAlready(gap.pk)
    return GapOwner.objects.create(gap=gap, function=function, action=action, due=due, by=by, at=at)


def close_gap(gap: ExerciseGap, *, words: str, by: Worker, at: dt.datetime) -> GapClosed:
    """Say that a gap is closed, and how that was seen. Raises NotYours and ClosedAlready."""
    _demand(gap.exercise.authority_id, by, at)
    try:
        with transaction.atomic():
            return GapClosed.objects.create(gap=gap, words=words, by=by, at=at)
    except IntegrityError:
        raise ClosedAlready(gap.pk) from None


def erased(*, space: uuid.UUID, name: str, opened_at: dt.datetime, by: Worker, at: dt.datetime) -> SpaceErased:
    """Record that a space is erased; the same one again changes nothing. Raises NotYours."""
    mine = granted(by, at).authorities(Ability.READINESS_WORK)
    if not mine:
        raise NotYours(by.pk)
    facts = {"authority_id": min(mine), "name": name, "opened_at": opened_at, "by": by, "at": at}
    row, _is_new = SpaceErased.objects.get_or_create(space=space, defaults=facts)
    return row


def _demand(authority: uuid.UUID, by: Worker, at: dt.datetime) -> None:
    if authority not in granted(by, at).authorities(Ability.READINESS_WORK):
        raise NotYours(by.pk)
