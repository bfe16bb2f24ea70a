"""A contact begins, is saved as it is written, and closes (kontakt, SoL 14:4: advice needs no identity)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Unit
from hemvag.audit.models import Act, Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.dossiers.opened import Content, Opened
from hemvag.lib import text
from hemvag.line import codes, facts, report_draft
from hemvag.line.models import Contact, Conversation
from hemvag.staff.models import Worker

NOTES: Final = "notes"
MOST_NOTES: Final = 200_000
"""Characters of notes of one conversation."""


def start(*, by: Worker, at: dt.datetime) -> Contact:
    """Begin a contact: its own dossier, its first conversation, and a clock that runs. Raises NotYours."""
    units = granted(by, at).units(Ability.CONTACT_TAKE)
    unit = Unit.objects.filter(id__in=units).select_related("authority").order_by("code").first()
    if unit is None:
        raise facts.NotYours
    with transaction.atomic():
        new = record.New(compartment=Compartment.CONTACT, unit=unit)
        [opened] = record.create([new], by=by, purpose=Purpose.CALL, at=at)
        contact = Contact.objects.create(
            dossier=opened.dossier, counsellor=by, started_at=at, saved_at=at, channel="phone"
        )
        _begin(contact, opened, by=by, at=at)
        opened.journal("contact_started", "14 kap. 4 § SoL", by=by, at=at)
    return contact


def open_contact(
    contact_id: uuid.UUID, *, by: Worker, at: dt.datetime, act: Act = Act.OPENED
) -> tuple[Contact, Opened]:
    """Return a contact with its dossier opened. Raises Dossier.DoesNotExist, also for a stranger's."""
    contact = Contact.objects.filter(id=contact_id).select_related("counsellor").first()
    if contact is None:
        raise Dossier.DoesNotExist
    opened = record.open_dossier(contact.dossier_id, by=by, purpose=Purpose.CALL, at=at, act=act)
    contact.dossier = opened.dossier
    return contact, opened


def save_draft(
    contact_id: uuid.UUID,
    *,
    version: int,
    fields: Mapping[str, Any],
    by: Worker,
    at: dt.datetime,
    tab: str = "",
) -> Contact:
    """Save notes and codes that were written upon `version`; return the contact with its next version.

    Raises SavedElsewhere, with what is kept, when another page saved meanwhile; nothing is overwritten. Raises
    AlreadyClosed, TooLong, codes.NoSuchChoice, text.NotText and Dossier.DoesNotExist.
    """
    _contact, opened = open_contact(contact_id, by=by, at=at, act=Act.DRAFTED)
    notes = text.clean(str(fields.get(NOTES, "")))
    if over := text.too_long(notes, MOST_NOTES):
        raise facts.TooLong(over)
    with transaction.atomic():
        contact = running(contact_id)
        coded = codes.read(fields, before=contact)
        kept = opened.piece(contact.conversations.get(ended_at=None).notes_id)
        if contact.version != version:
            raise facts.SavedElsewhere(
                version=contact.version,
                fields=codes.of(contact) | {NOTES: kept.data["text"]},
                tab=contact.tab,
                at=contact.saved_at,
            )
        opened.reseal(kept.id, {"text": notes}, version=kept.version, by=by, at=at)
        _write(contact, coded, by=by, at=at, tab=tab)
    return contact


def close(contact_id: uuid.UUID, *, by: Worker, at: dt.datetime, answers: Mapping[str, Any] | None = None) -> Contact:
    """End the conversation and close the contact, with answers to what was still missing; no draft of a report stays.

    Raises StillMissing with what closing asks for, having stored nothing; AlreadyClosed; codes.NoSuchChoice.
    """
    _contact, opened = open_contact(contact_id, by=by, at=at)
    with transaction.atomic():
        contact = running(contact_id)
        asked = codes.missing(contact)
        given = {name: value for name, value in (answers or {}).items() if name in asked}
        _write(contact, codes.read(codes.of(contact) | given, before=contact), by=by, at=at, tab=contact.tab)
        if still := codes.missing(contact):
            raise facts.StillMissing(still)
        contact.conversations.filter(ended_at=None).update(ended_at=at)
        Contact.objects.filter(id=contact.id).update(closed_at=at)
        contact.closed_at = at
        report_draft.forget(contact_id, at=at)
        opened.journal("contact_closed", by=by, at=at)
    return contact


def take_up_again(contact: Contact, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
    """Begin another conversation in a locked contact that was closed; one that runs goes on, now with this worker."""
    if contact.closed_at is not None:
        _begin(contact, opened, by=by, at=at)
        opened.journal("contact_taken_up_again", by=by, at=at)
    contact.closed_at, contact.counsellor, contact.saved_at = None, by, at
    contact.outcome = ""
    contact.version += 1
    contact.save(update_fields=["closed_at", "counsellor", "saved_at", "outcome", "version"])


def locked(contact_id: uuid.UUID) -> Contact:
    """Return the contact, locked until the transaction ends. Raises AlreadyClosed when it has become a report."""
    contact = Contact.objects.select_for_update(of=("self",)).select_related("counsellor").filter(id=contact_id).first()
    if contact is None:
        raise facts.AlreadyClosed
    return contact


def running(contact_id: uuid.UUID) -> Contact:
    """Return the contact, locked, while its conversation runs. Raises AlreadyClosed."""
    contact = locked(contact_id)
    if contact.closed_at is not None:
        raise facts.AlreadyClosed
    return contact


def notes_of(contact: Contact, opened: Opened) -> list[tuple[Conversation, Content]]:
    """Return the conversations of an opened contact with their notes, the latest last."""
    written = {content.id: content for content in opened.read(NOTES)}
    rows = contact.conversations.select_related("counsellor")
    return [(row, written[row.notes_id]) for row in rows]


def _begin(contact: Contact, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
    notes = opened.seal(NOTES, {"text": ""}, by=by, at=at)
    Conversation.objects.create(contact=contact, counsellor=by, notes_id=notes, started_at=at)


def _write(contact: Contact, coded: Mapping[str, codes.Value], *, by: Worker, at: dt.datetime, tab: str) -> None:
    for name, value in coded.items():
        setattr(contact, name, value)
    contact.version += 1
    contact.counsellor, contact.saved_at, contact.tab = by, at, tab
    contact.save(update_fields=[*coded, "version", "counsellor", "saved_at", "tab"])
