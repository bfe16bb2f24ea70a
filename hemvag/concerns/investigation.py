"""The investigation (barnavårdsutredning, SoL 20:3): four months, longer by decision for special reasons."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemvag.concerns import case, decision, facts, voice
from hemvag.concerns.models import Decision, DecisionKind, StepKind
from hemvag.dossiers.opened import Opened
from hemvag.law import deadlines
from hemvag.staff.models import Worker

CLOSINGS = [DecisionKind.CLOSE_MEASURE, DecisionKind.CLOSE_NO_MEASURE, DecisionKind.CLOSE_FOLLOW_UP]


def extend(opened: Opened, step_id: UUID, *, until: dt.date, reasons: str, by: Worker, at: dt.datetime) -> Decision:
    """Sign that the investigation may take until a day, for special reasons (särskilda skäl).

    Raises NotYours, AlreadyDecided, NotLater, NothingWritten, TooLong.
    """
    case.ask_to_work(opened, by, at)
    with transaction.atomic():
        step = case.locked(opened, step_id, StepKind.INVESTIGATION)
        return decision.give_until(opened, step, kind=DecisionKind.EXTEND, until=until, reasons=reasons, by=by, at=at)


def close(
    opened: Opened,
    step_id: UUID,
    *,
    outcome: DecisionKind,
    reasons: str,
    decided_at: dt.datetime,
    by: Worker,
    at: dt.datetime,
) -> Decision:
    """Sign the decision that closes the investigation; `outcome` is one of CLOSINGS.

    Raises NotYours, AlreadyDecided, VoiceMissing (SoL 3 kap.: the child's right to be heard), NothingWritten, TooLong,
    InTheFuture, TooEarly.
    """
    case.ask_to_work(opened, by, at)
    with transaction.atomic():
        step = case.locked(opened, step_id, StepKind.INVESTIGATION)
        decided_at = case.moment(decided_at, not_before=step.started_at, at=at)
        if not voice.is_recorded(opened, since=step.report.received_at if step.report else step.started_at):
            raise facts.VoiceMissing
        signed = decision.sign(
            opened,
            step,
            kind=outcome,
            reasons=case.written(reasons),
            decided_at=decided_at,
            provision=deadlines.due(StepKind.INVESTIGATION, decided_at).provision,
            by=by,
            at=at,
        )
        case.finish(step, outcome=outcome, content=None, by=by, at=decided_at)
    return signed
