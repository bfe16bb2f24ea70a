"""A child's case as it stands, and what every verb asks before it changes anything."""

import datetime as dt
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from hemvag.access.abilities import Ability, granted
from hemvag.concerns import facts
from hemvag.concerns.models import EXTENSIONS, ConcernReport, Decision, Step, StepKind
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.writing import MOST_TEXT, enter, moment, written
from hemvag.law import provisions
from hemvag.lib import clock
from hemvag.staff.models import Worker

__all__ = [
    "MOST_TEXT",
    "Case",
    "ask_to_work",
    "enter",
    "finish",
    "locked",
    "may_assign",
    "may_work",
    "moment",
    "provision",
    "written",
]


@dataclass(frozen=True)
class Case:
    """The reports, steps and decisions of one child's dossier. Three queries."""

    dossier: Dossier
    reports: list[ConcernReport]
    steps: list[Step]
    decisions: list[Decision]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """Read the case of a dossier that has been opened."""
        reports = list(dossier.reports.order_by("received_at"))
        by_id = {report.id: report for report in reports}
        order = list(StepKind)
        steps = sorted(
            dossier.steps.select_related("done_by"),
            key=lambda step: (step.started_at, order.index(StepKind(step.kind))),
        )
        for step in steps:
            if step.report_id:
                step.report = by_id[step.report_id]
        decisions = list(dossier.decisions.select_related("by").order_by("decided_at", "signed_at"))
        return cls(dossier, reports, steps, decisions)

    def waiting(self) -> list[Step]:
        """Return the steps not done, the one that must come first before the others."""
        order = list(StepKind)
        return sorted(
            (step for step in self.steps if step.done_at is None),
            key=lambda step: (order.index(StepKind(step.kind)), step.started_at),
        )

    def next_step(self) -> Step | None:
        """Return the one step to take now; passing on waits for its receipt without standing in the way of another."""
        waiting = self.waiting()
        acute = [step for step in waiting if step.kind == StepKind.PROTECTION]
        return next(iter(acute or waiting), None)

    def running_investigation(self) -> Step | None:
        """Return the investigation that is open now."""
        return next((step for step in self.steps if step.kind == StepKind.INVESTIGATION and not step.done_at), None)

    def decision_on(self, report: ConcernReport) -> Decision | None:
        """Return the decision to open, not to open or to join, that a report led to."""
        steps = {step.id for step in self.steps if step.report_id == report.id and step.kind == StepKind.PRELIMINARY}
        found = (row for row in self.decisions if row.step_id in steps and row.kind not in EXTENSIONS)
        return next(found, None)


def may_work(opened: Opened, by: Worker, at: dt.datetime) -> bool:
    """Say whether `by`, who has opened the dossier to write in it, handles cases in its unit."""
    return not opened.is_only_to_read and opened.dossier.unit_id in granted(by, at).units(Ability.CASE_WORK)


def may_assign(opened: Opened, by: Worker, at: dt.datetime) -> bool:
    """Say whether `by`, who has opened the dossier to write in it, gives out the cases of its unit."""
    return not opened.is_only_to_read and opened.dossier.unit_id in granted(by, at).units(Ability.CASE_ASSIGN)


def ask_to_work(opened: Opened, by: Worker, at: dt.datetime) -> None:
    """Raise NotYours unless `by` handles cases in the dossier's unit."""
    if not may_work(opened, by, at):
        raise facts.NotYours


def locked(opened: Opened, step_id: UUID, kind: StepKind) -> Step:
    """Return a waiting step of the dossier, locked until the transaction ends.

    Raises AlreadyDecided when it is done: two who decide at once meet here. Raises Step.DoesNotExist for a step that is
    another dossier's or of another kind.
    """
    steps = Step.objects.select_for_update(of=("self",)).select_related("report", "done_by")
    step = steps.get(id=step_id, dossier=opened.dossier, kind=kind)
    if step.done_at is not None:
        raise facts.AlreadyDecided(step.done_by.name if step.done_by else "", step.done_at)
    return step


def finish(step: Step, *, outcome: str, content: UUID | None, by: Worker, at: dt.datetime) -> None:
    """Mark a locked step as done."""
    step.done_at, step.done_by, step.outcome, step.content_id = at, by, outcome, content
    step.save(update_fields=["done_at", "done_by", "outcome", "content"])


def provision(table: str, when: dt.datetime) -> str:
    """Return the provision of a rule as it stood on the day of `when`."""
    return provisions.text(table, clock.local(when).date()).provision
