"""The law's own clocks of the plan's children. They are computed from the children's cases, and no plan moves them: not
by resting, not by waiting, not by a child that does not come."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from hemvag.concerns.case import Case
from hemvag.concerns.models import StepKind
from hemvag.dossiers.opened import Opened
from hemvag.law import deadlines
from hemvag.law.deadlines import Due
from hemvag.reception import tasks
from hemvag.reception.plan import Plan

CLOCKS = (
    ("lvu_submission", _("Underställ omhändertagandet"), "decided_at", "submitted_at"),
    ("lvu_application", _("Ansök om vård enligt LVU"), "carried_out_at", "applied_at"),
)
"""Each clock of custody: its step, and the moments that begin and end it."""


@dataclass(frozen=True, kw_only=True)
class Statutory:
    """One clock of one child: what it is of (`step`, a step of `law.deadlines`), when it is due and by which
    provision."""

    child: uuid.UUID
    step: str
    label: str
    due: Due

    def is_late(self, at: dt.datetime) -> bool:
        """Whether the strict day has passed."""
        return self.due.is_late(at)


def of(plan: Plan, opened: Mapping[uuid.UUID, Opened]) -> list[Statutory]:
    """Return the clocks that run for the plan's children whose dossiers this worker has opened, the earliest first;
    also of a child who does not come."""
    found = [clock for held in opened.values() for clock in _of_case(held)]
    found += [clock for clock in of_custody(plan) if clock.child in opened]
    return in_order(found)


def in_order(clocks: Iterable[Statutory]) -> list[Statutory]:
    """Return the clocks, the earliest first."""
    return sorted(clocks, key=lambda clock: (clock.due.strict or dt.date.max, clock.label))


def _of_case(held: Opened) -> list[Statutory]:
    return [
        Statutory(child=held.dossier.id, step=step.kind, label=str(StepKind(step.kind).label), due=step.due())
        for step in Case.of(held.dossier).waiting()
    ]


def of_custody(plan: Plan) -> list[Statutory]:
    """Return what runs of the two clocks of each child in custody: to submit it from the decision, to apply from its
    execution, each until the court has it. They stand in the plan alone, so Today shows them too."""
    clocks = []
    for task in plan.tasks:
        decided = tasks.custody_of(plan, task) if task.task.code == tasks.CUSTODY else None
        if task.child is None or decided is None:
            continue
        to_court = [one for one in plan.tasks if one.task.code == tasks.COURT and one.child == task.child]
        for step, label, begins, ends in CLOCKS:
            start = getattr(decided, begins)
            if start and not any(tasks.ended(one, decided, ends) for one in to_court):
                due = deadlines.due(step, start)
                clocks.append(Statutory(child=task.child.dossier, step=step, label=str(label), due=due))
    return clocks
