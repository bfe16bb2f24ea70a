"""The preliminary assessment (förhandsbedömning, SoL 20:2): open, do not open or join, within 14 days."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemvag.concerns import case, decision, facts, feedback
from hemvag.concerns.models import ConcernReport, Decision, DecisionKind, Step, StepKind
from hemvag.dossiers.opened import Opened
from hemvag.law import deadlines
from hemvag.staff.models import Worker

OUTCOMES = [DecisionKind.OPEN, DecisionKind.NOT_OPEN, DecisionKind.JOIN]


def decide(
    opened: Opened,
    step_id: UUID,
    *,
    outcome: DecisionKind,
    reasons: str,
    decided_at: dt.datetime,
    by: Worker,
    at: dt.datetime,
) -> Decision:
    """Sign the decision; an opened investigation starts its clock, and feedback that was asked for starts its own.

    `outcome` is one of OUTCOMES. Raises NotYours, AlreadyDecided, ProtectionFirst, InvestigationRuns,
    NoInvestigationRuns, NothingWritten, TooLong, InTheFuture, TooEarly.
    """
    case.ask_to_work(opened, by, at)
    with transaction.atomic():
        step = case.locked(opened, step_id, StepKind.PRELIMINARY)
        report = ConcernReport.objects.select_for_update().get(id=report_of(step).id)
        decided_at = case.moment(decided_at, not_before=_protected_at(step), at=at)
        _ask_of_running(opened, outcome)
        signed = decision.sign(
            opened,
            step,
            kind=outcome,
            reasons=case.written(reasons),
            decided_at=decided_at,
            provision=deadlines.due(StepKind.PRELIMINARY, decided_at).provision,
            by=by,
            at=at,
        )
        case.finish(step, outcome=outcome, content=None, by=by, at=decided_at)
        if outcome == DecisionKind.OPEN:
            Step.objects.create(
                dossier=opened.dossier, report=report, kind=StepKind.INVESTIGATION, started_at=decided_at
            )
        feedback.start_after(report, decided_at=decided_at, joined=outcome == DecisionKind.JOIN)
    return signed


def extend(opened: Opened, step_id: UUID, *, until: dt.date, reasons: str, by: Worker, at: dt.datetime) -> Decision:
    """Sign that the assessment may take until a day, for exceptional reasons (synnerliga skäl), written.

    Raises NotYours, AlreadyDecided, ProtectionFirst, NotLater, NothingWritten, TooLong.
    """
    case.ask_to_work(opened, by, at)
    with transaction.atomic():
        step = case.locked(opened, step_id, StepKind.PRELIMINARY)
        _protected_at(step)
        return decision.give_until(
            opened, step, kind=DecisionKind.MORE_TIME, until=until, reasons=reasons, by=by, at=at
        )


def report_of(step: Step) -> ConcernReport:
    """Return the report that a step answers."""
    if step.report is None:
        raise ConcernReport.DoesNotExist
    return step.report


def _protected_at(step: Step) -> dt.datetime:
    """Return when the same report's protection assessment was done. Raises ProtectionFirst."""
    done = Step.objects.filter(report=step.report_id, kind=StepKind.PROTECTION).values_list("done_at", flat=True)
    found = [when for when in done if when is not None]
    if len(found) < len(done) or not found:
        raise facts.ProtectionFirst
    return max(found)


def _ask_of_running(opened: Opened, outcome: DecisionKind) -> None:
    runs = Step.objects.filter(dossier=opened.dossier, kind=StepKind.INVESTIGATION, done_at=None).exists()
    if outcome == DecisionKind.OPEN and runs:
        raise facts.InvestigationRuns
    if outcome == DecisionKind.JOIN and not runs:
        raise facts.NoInvestigationRuns
