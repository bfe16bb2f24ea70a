"""What the pages show of exercises."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hemvag.lib import clock
from hemvag.readiness import exercise_measures
from hemvag.readiness.models import (
    OWNER_WITHIN,
    REPORT_WITHIN,
    Exercise,
    ExerciseGap,
    ExerciseReport,
    GapClosed,
    GapOwner,
)

State = Literal["late", "now", "soon"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One exercise in the list. `report_due` is empty when its report is written."""

    exercise: Exercise
    gaps: int
    open_gaps: int
    report_due: dt.date | None
    state: State


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One gap. `due` is the day of its owner's act, else the day by which it must have an owner."""

    gap: ExerciseGap
    owner: GapOwner | None
    closed: GapClosed | None
    due: dt.date
    state: State


@dataclass(frozen=True, kw_only=True)
class Whole:
    """One exercise with everything kept of it."""

    exercise: Exercise
    report: ExerciseReport | None
    earlier: int
    report_due: dt.date
    participants: Mapping[str, int]
    measures: Sequence[exercise_measures.Shown]
    gaps: Sequence[Gap]


def line(row: Exercise, at: dt.datetime) -> Line:
    """Return an exercise as the list shows it."""
    gaps = list(row.gaps.all())
    waits = not row.reports.all()
    due = row.held_on + REPORT_WITHIN
    return Line(
        exercise=row,
        gaps=len(gaps),
        open_gaps=sum(1 for gap in gaps if not hasattr(gap, "closed")),
        report_due=due if waits else None,
        state=state(due, at),
    )


def whole(row: Exercise, at: dt.datetime) -> Whole:
    """Return an exercise as its page shows it."""
    reports = list(row.reports.select_related("by"))
    latest = reports[0] if reports else None
    rows = row.gaps.prefetch_related("owners").select_related("closed")
    return Whole(
        exercise=row,
        report=latest,
        earlier=max(0, len(reports) - 1),
        report_due=row.held_on + REPORT_WITHIN,
        participants=latest.participants if latest else {},
        measures=exercise_measures.shown(latest.measures if latest else []),
        gaps=[gap(one, row.held_on, at) for one in rows],
    )


def gap(row: ExerciseGap, held_on: dt.date, at: dt.datetime) -> Gap:
    """Return a gap with its latest owner and how late it is."""
    owners = list(row.owners.all())
    owner = owners[0] if owners else None
    due = owner.due if owner else held_on + OWNER_WITHIN
    return Gap(gap=row, owner=owner, closed=getattr(row, "closed", None), due=due, state=state(due, at))


def state(due: dt.date, at: dt.datetime) -> State:
    """Say whether a day has passed, is today or is to come."""
    today = clock.local(at).date()
    return "late" if due < today else "now" if due == today else "soon"
