"""The gate (innan barnet nämns): what happens when a child is named is said first, and only then may a child be named.

Past it the contact becomes a report of concern: the coded contact is left as a count that is tied to nothing, and its
dossier is erased. Which count it was lies sealed in each child's dossier.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy

from hemvag.agencies.models import Municipality
from hemvag.audit.models import Purpose
from hemvag.concerns import report
from hemvag.concerns.models import Channel, ConcernReport
from hemvag.dossiers import erase
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.line import codes, contact, facts, report_draft
from hemvag.line.content import GateText, content
from hemvag.line.models import CallBack, CallBackTry, Contact, CountedContact
from hemvag.staff.models import Worker

RELATIVE, MANDATED = "relative_or_public", "mandated_reporter"
AUDIENCES: Final = (RELATIVE, MANDATED)
WITHOUT, RECEIVE = "without", "receive"
KIND: Final = "gate"


class NotHeard(facts.Refused):
    """Nothing has been read to the caller yet, or the caller chose to go on without naming a child."""

    words = gettext_lazy("Läs först upp vad som händer när ett barn nämns, och välj att ta emot anmälan.")


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What was read to the caller before a child was named: whose text, its version, the language; and the choice."""

    audience: str
    version: int
    language: str
    chose: str


def audience_of(caller: str) -> str:
    """Return whose text a caller is read: those who must report by their work have one of their own."""
    return MANDATED if caller in codes.PROFESSIONALS else RELATIVE


def text_for(audience: str, on: dt.date) -> GateText:
    """Return the words of that day. Raises LookupError for an audience that does not exist."""
    return content().gate_text(audience, on=on)


def read_aloud(contact_id: uuid.UUID, heard: Heard, *, by: Worker, at: dt.datetime) -> None:
    """Keep what was read to the caller, when, and the choice. A choice of no report forgets what was typed of one.

    Raises AlreadyClosed and Dossier.DoesNotExist.
    """
    _held, opened = contact.open_contact(contact_id, by=by, at=at)
    with transaction.atomic():
        contact.running(contact_id)
        opened.seal(KIND, asdict(heard) | {"at": at.isoformat()}, by=by, at=at)
        opened.journal("gate_read_aloud", "14 kap. 4 § SoL", by=by, at=at)
        if heard.chose != RECEIVE:
            report_draft.forget(contact_id, at=at)


def heard_before(opened: Opened) -> Heard:
    """Return what was read last, when the caller chose to go on to a report. Raises NotHeard."""
    data = _last(opened)
    return Heard(**{name: value for name, value in data.items() if name != "at"})


def passed(contact_id: uuid.UUID, opened: Opened) -> tuple[Contact, dict[str, Any]]:
    """Return the contact, locked while it may become a report, and what was read. Raises AlreadyClosed and NotHeard."""
    return contact.running(contact_id), _last(opened)


def _last(opened: Opened) -> dict[str, Any]:
    read = opened.read(KIND)
    if not read or read[-1].data["chose"] != RECEIVE:
        raise NotHeard
    return read[-1].data


def receive(
    contact_id: uuid.UUID,
    *,
    children: Sequence[report.Child],
    reporter: report.Reporter,
    text: str,
    feedback_asked_at: dt.datetime | None,
    municipality: Municipality,
    by: Worker,
    at: dt.datetime,
) -> list[ConcernReport]:
    """The call becomes a report about `children`; `text` is what of the notes goes into it. Return one row a child.

    The report arrived when the caller chose to make it, not when the counsellor had written it down.

    The coded contact becomes a count tied to nothing, its return code and call-back end, what was typed on the way is
    forgotten, and its dossier is erased, all in one transaction. Raises NotHeard, AlreadyClosed, Dossier.DoesNotExist,
    and all that `report.receive` does.
    """
    _held, opened = contact.open_contact(contact_id, by=by, at=at)
    with transaction.atomic():
        held, heard = passed(contact_id, opened)
        counted = count(held, opened, outcome="report", at=at)
        made = report.receive(
            children=children,
            reporter=reporter,
            text=text,
            channel=Channel.LINE,
            received_at=dt.datetime.fromisoformat(heard["at"]),
            feedback_asked_at=feedback_asked_at,
            municipality=municipality,
            by=by,
            at=at,
            contact=counted.id,
            heard=heard,
        )
        report_draft.forget(contact_id, at=at)
        take_away(held)
        erase.erase(opened.dossier, by=by, purpose=Purpose.CALL, at=at)
    return made


def count(held: Contact, opened: Opened, *, outcome: str, at: dt.datetime) -> CountedContact:
    """Store the contact's codes under an id and a month, with nothing else."""
    coded = codes.of(held) | {"outcome": outcome}
    month = clock.local(at).date().replace(day=1)
    return CountedContact.objects.create(unit_id=opened.dossier.unit_id, month=month, **coded)


def take_away(held: Contact) -> None:
    """Delete the coded contact and all that hangs on it: only the count is left."""
    CallBackTry.objects.filter(call_back__contact=held).delete()
    CallBack.objects.filter(contact=held).delete()
    held.return_codes.all().delete()
    held.conversations.all().delete()
    Contact.objects.filter(id=held.id).delete()
