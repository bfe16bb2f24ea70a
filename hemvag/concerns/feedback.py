"""Feedback to the reporter (återkoppling, SoL 19:6): to a mandated reporter who has asked, a week after the decision.

A private reporter is told nothing (OSL 26:1).
"""

import datetime as dt
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.concerns import case, facts
from hemvag.concerns.models import EXTENSIONS, ConcernReport, Decision, DecisionKind, Step, StepKind
from hemvag.dossiers.opened import Opened
from hemvag.law import feedback as law
from hemvag.law import reporters
from hemvag.law.feedback import FeedbackDuty
from hemvag.lib import clock
from hemvag.staff.models import Worker


class Outcome(models.TextChoices):
    """What became of the feedback."""

    GIVEN = "given", _("Återkoppling är lämnad")
    UNSUITABLE = "unsuitable", _("Det är olämpligt att lämna återkoppling")


def may_be_told(report: ConcernReport) -> bool:
    """Say whether the reporter is one whom the law lets be told (anmälningsskyldig)."""
    return reporters.is_mandated(report.source, clock.local(report.received_at).date())


def start_after(report: ConcernReport, *, decided_at: dt.datetime, joined: bool) -> None:
    """Start the clock of feedback that was asked for before the decision; for anyone else nothing starts."""
    duty = owed(report, decided_at=decided_at, joined=joined)
    if duty.owed and duty.due is not None and report.feedback_asked_at is not None:
        Step.objects.create(
            dossier_id=report.dossier_id,
            report=report,
            kind=StepKind.FEEDBACK,
            rule=duty.due.step,
            started_at=max(decided_at, report.feedback_asked_at),
        )


def owed(report: ConcernReport, *, decided_at: dt.datetime | None, joined: bool) -> FeedbackDuty:
    """Return what the law says of feedback to this reporter: owed or not, why, and by when."""
    return law.owed(report.source, report.feedback_asked_at, decided_at, joined)


def ask(opened: Opened, report_id: UUID, *, asked_at: dt.datetime, by: Worker, at: dt.datetime) -> ConcernReport:
    """Record that the reporter asks for feedback; after the decision it is given at once.

    Raises NotYours, NoFeedbackToPrivate, InTheFuture, TooEarly.
    """
    case.ask_to_work(opened, by, at)
    with transaction.atomic():
        report = ConcernReport.objects.select_for_update().get(id=report_id, dossier=opened.dossier)
        if not may_be_told(report):
            raise facts.NoFeedbackToPrivate
        asked_at = case.moment(asked_at, not_before=report.received_at, at=at)
        if report.feedback_asked_at is None:
            report.feedback_asked_at = asked_at
            report.save(update_fields=["feedback_asked_at"])
            decided = told(report)
            if decided is not None:
                start_after(report, decided_at=decided.decided_at, joined=decided.kind == DecisionKind.JOIN)
            case.enter(opened, "feedback_asked", case.provision("feedback", asked_at), content=None, by=by, at=at)
    return report


def give(
    opened: Opened, report_id: UUID, *, outcome: str, text: str, given_at: dt.datetime, by: Worker, at: dt.datetime
) -> Step:
    """Record what the reporter was told and how, or why that is unsuitable.

    Raises NotYours, NoFeedbackToPrivate, FeedbackNotAsked, NotDecidedYet, AlreadyDecided, NothingWritten, TooLong,
    InTheFuture, TooEarly.
    """
    case.ask_to_work(opened, by, at)
    with transaction.atomic():
        report = ConcernReport.objects.select_for_update().get(id=report_id, dossier=opened.dossier)
        step = case.locked(opened, _waiting(report).id, StepKind.FEEDBACK)
        given_at = case.moment(given_at, not_before=step.started_at, at=at)
        told_about = told(report)
        data = {
            "outcome": Outcome(outcome).value,
            "told": told_about.kind if told_about else "",
            "text": case.written(text),
            "given_at": given_at.isoformat(),
        }
        content = opened.seal(StepKind.FEEDBACK, data, by=by, at=at)
        case.finish(step, outcome=outcome, content=content, by=by, at=given_at)
        case.enter(opened, f"feedback_{outcome}", step.due().provision, content=content, by=by, at=at)
    return step


def told(report: ConcernReport) -> Decision | None:
    """Return the decision that feedback is about: opened, not opened or already running. Nothing more is told."""
    decisions = Decision.objects.filter(step__report=report, step__kind=StepKind.PRELIMINARY)
    return decisions.exclude(kind__in=EXTENSIONS).first()


def _waiting(report: ConcernReport) -> Step:
    if not may_be_told(report):
        raise facts.NoFeedbackToPrivate
    if report.feedback_asked_at is None:
        raise facts.FeedbackNotAsked
    step = report.steps.filter(kind=StepKind.FEEDBACK).order_by("-started_at").first()
    if step is None:
        raise facts.NotDecidedYet
    return step
