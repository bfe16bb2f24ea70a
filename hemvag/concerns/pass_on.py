"""A report about another municipality's child is passed on (SoL 29 kap.), and stays our duty until received there."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemvag.concerns import case, facts
from hemvag.concerns.models import Step, StepKind
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker

SENT = "pass_on_sent"
RECEIVED = "received"


def send(
    opened: Opened,
    step_id: UUID,
    *,
    municipality: str,
    how: str,
    sent_at: dt.datetime,
    by: Worker,
    at: dt.datetime,
) -> Step:
    """Record where the report went, how and when. The step waits on for the receipt.

    Raises NotYours, AlreadyDecided, NothingWritten, TooLong, InTheFuture, TooEarly.
    """
    _ask(opened, by, at)
    with transaction.atomic():
        step = case.locked(opened, step_id, StepKind.PASS_ON)
        sent_at = case.moment(sent_at, not_before=step.started_at, at=at)
        data = {"municipality": case.written(municipality), "how": case.written(how), "sent_at": sent_at.isoformat()}
        step.content_id = opened.seal(SENT, data, by=by, at=at)
        step.save(update_fields=["content"])
        case.enter(opened, SENT, step.due().provision, content=step.content_id, by=by, at=at)
    return step


def receipt(
    opened: Opened, step_id: UUID, *, received_at: dt.datetime, by_whom: str, by: Worker, at: dt.datetime
) -> Step:
    """Record that the other municipality has received the report; the duty here ends.

    Raises NotYours, AlreadyDecided, NotSentYet, NothingWritten, TooLong, InTheFuture, TooEarly.
    """
    _ask(opened, by, at)
    with transaction.atomic():
        step = case.locked(opened, step_id, StepKind.PASS_ON)
        if step.content_id is None:
            raise facts.NotSentYet
        sent = opened.piece(step.content_id).data
        received_at = case.moment(received_at, not_before=dt.datetime.fromisoformat(sent["sent_at"]), at=at)
        data = sent | {"received_at": received_at.isoformat(), "received_by": case.written(by_whom)}
        content = opened.seal("pass_on_received", data, by=by, at=at)
        case.finish(step, outcome=RECEIVED, content=content, by=by, at=received_at)
        case.enter(opened, "pass_on_received", step.due().provision, content=content, by=by, at=at)
    return step


def _ask(opened: Opened, by: Worker, at: dt.datetime) -> None:
    """Passing on is done by those who handle cases, and by those who give them out."""
    if not case.may_assign(opened, by, at):
        case.ask_to_work(opened, by, at)
