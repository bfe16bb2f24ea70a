"""A caller wants to be rung (ring upp): what was promised, tried, kept or given up. The number is sealed meanwhile."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass
from typing import Final

from django.db import transaction

from hemvag.dossiers.opened import Opened
from hemvag.line import contact, facts
from hemvag.line.models import CallBack, CallBackTry, Contact
from hemvag.staff.models import Worker

KIND: Final = "call_back"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What the caller asked for. `someone_else` is what to say when another person answers."""

    number: str
    someone_else: str = ""


def promise(
    contact_id: uuid.UUID,
    what: Promise,
    *,
    due_from: dt.datetime,
    due_to: dt.datetime,
    by: Worker,
    at: dt.datetime,
) -> CallBack:
    """Promise to ring between two times; a promise made before gives way to it. Raises WrongTimes, AlreadyClosed."""
    _held, opened = contact.open_contact(contact_id, by=by, at=at)
    if due_to <= due_from or due_to <= at:
        raise facts.WrongTimes
    with transaction.atomic():
        held = contact.locked(contact_id)
        before = held.call_backs.select_for_update().filter(ended_at=None).first()
        if before is not None:
            _end(before, opened, CallBack.Outcome.TAKEN_BACK, by=by, at=at)
        made = CallBack.objects.create(
            contact=held,
            content_id=opened.seal(KIND, asdict(what), by=by, at=at),
            due_from=due_from,
            due_to=due_to,
            made_at=at,
            by=by,
        )
        opened.journal("call_back_promised", by=by, at=at)
    return made


def what_was_asked(call_back: CallBack, opened: Opened) -> Promise | None:
    """Return number and words of a promise that waits; None when it has ended and they are erased."""
    data = opened.piece(call_back.content_id).data
    return Promise(**data) if data else None


def tried(call_back_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> None:
    """Record that somebody rang and was not answered. Raises AlreadyEnded and Dossier.DoesNotExist."""
    with transaction.atomic():
        row, opened = _waiting(call_back_id, by=by, at=at)
        CallBackTry.objects.create(call_back=row, at=at, by=by)
        opened.journal("call_back_tried", by=by, at=at)


def reach(call_back_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> Contact:
    """The caller answered: the number is erased, and the contact goes on in a new conversation.

    Raises AlreadyEnded and Dossier.DoesNotExist.
    """
    with transaction.atomic():
        row, opened = _waiting(call_back_id, by=by, at=at)
        _end(row, opened, CallBack.Outcome.REACHED, by=by, at=at)
        held = contact.locked(row.contact_id)
        contact.take_up_again(held, opened, by=by, at=at)
        opened.journal("call_back_reached", by=by, at=at)
    return held


def give_up(call_back_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> None:
    """Nobody is to be rung any more: the number is erased. Raises AlreadyEnded and Dossier.DoesNotExist."""
    with transaction.atomic():
        row, opened = _waiting(call_back_id, by=by, at=at)
        outcome = CallBack.Outcome.GIVEN_UP if row.tries.exists() else CallBack.Outcome.TAKEN_BACK
        _end(row, opened, outcome, by=by, at=at)
        opened.journal("call_back_given_up", by=by, at=at)


def _waiting(call_back_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> tuple[CallBack, Opened]:
    contact_id = CallBack.objects.filter(id=call_back_id).values_list("contact", flat=True).first()
    _held, opened = contact.open_contact(contact_id or call_back_id, by=by, at=at)
    row = CallBack.objects.select_for_update().filter(id=call_back_id).first()
    if row is None or row.ended_at is not None:
        raise facts.AlreadyEnded
    return row, opened


def _end(row: CallBack, opened: Opened, outcome: str, *, by: Worker, at: dt.datetime) -> None:
    kept = opened.piece(row.content_id)
    opened.reseal(kept.id, {}, version=kept.version, by=by, at=at)
    row.ended_at, row.ended_by, row.outcome = at, by, outcome
    row.save(update_fields=["ended_at", "ended_by", "outcome"])
