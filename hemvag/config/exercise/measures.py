"""What an exercise shows in numbers, computed from its own space; what cannot be computed or was not entered is not
there, and is shown as unknown."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from hemvag.concerns.models import ConcernReport, Step, StepKind
from hemvag.config.exercise import plan_measures, play
from hemvag.config.exercise.scenario import Scenario
from hemvag.exchange.models import Disclosure
from hemvag.lib import clock
from hemvag.readiness import exercise_measures
from hemvag.readiness.models import InjectGiven, Play, PlayFigure

Row = dict[str, Any]
NO: Final = frozenset({"no", "no_duty"})
"""The verdicts of `law.sharing` by which nothing may be told."""


def taken(row: Play, found: Scenario, at: dt.datetime) -> list[Row]:
    """Return every measure that is known; one that the leader counted stands before one that is computed."""
    known = {one["code"]: one for one in _computed(row, found, at)}
    for figure in PlayFigure.objects.exclude(code=play.PARTICIPANTS):
        known[figure.code] = exercise_measures.row(figure.code, figure.value, of=figure.of)
    return [known[measure.code] for measure in exercise_measures.MEASURES if measure.code in known]


def _computed(row: Play, found: Scenario, at: dt.datetime) -> Iterator[Row]:
    for measured in (_protection(row), _clocks(row, found), _without_ground(row)):
        if measured is not None:
            yield measured
    yield from plan_measures.taken(row, at)


def _protection(row: Play) -> Row | None:
    """How many of the protection assessments that began in the exercise were done the same day."""
    steps = Step.objects.filter(kind=StepKind.PROTECTION, started_at__gte=row.started_at)
    days = [(clock.local(step.started_at).date(), step.done_at) for step in steps]
    same = sum(1 for began, done in days if done is not None and clock.local(done).date() == began)
    return exercise_measures.row("protection_same_day", same, of=len(days)) if days else None


def _clocks(row: Play, found: Scenario) -> Row | None:
    """How many reports began their clocks when they came, within the grace of an inject that brought one.

    A report that no inject brought, such as one that a player makes of a call, is not judged.
    """
    brings = {inject.code for inject in found.injects if inject.report}
    given = sorted(InjectGiven.objects.filter(code__in=brings).values_list("at", flat=True))
    reports = ConcernReport.objects.filter(registered_at__gte=row.started_at).exclude(channel="line")
    judged = [
        (one.received_at, max(came))
        for one in reports
        if (came := [moment for moment in given if moment <= one.registered_at])
    ]
    right = sum(1 for began, came in judged if abs(began - came) <= play.GRACE)
    return exercise_measures.row("clocks_right", right, of=len(judged)) if judged else None


def _without_ground(row: Play) -> Row | None:
    """How many items were told that the law did not let, or that came to somebody wrong."""
    told = Disclosure.objects.filter(told_at__gte=row.started_at).select_related("incident")
    wrong = [one for one in told if hasattr(one, "incident") or one.verdict in NO]
    return exercise_measures.row("no_ground", sum(one.items for one in wrong)) if told else None
