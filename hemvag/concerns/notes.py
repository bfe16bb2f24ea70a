"""Notes of the journal (journalanteckningar, SoL 14:3). A mistake is put right by a new note."""

import datetime as dt
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.concerns import case
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker

KIND = "case_note"


class About(models.TextChoices):
    """What kind of event the note is about."""

    CALL = "call", _("Telefonsamtal")
    MEETING = "meeting", _("Möte eller besök")
    DOCUMENT = "document", _("Handling som kommit in")
    CONTACT = "contact", _("Kontakt med någon annan")
    CORRECTION = "correction", _("Rättelse av en tidigare anteckning")
    OTHER = "other", _("Annat")


def write(opened: Opened, *, about: str, happened_at: dt.datetime, text: str, by: Worker, at: dt.datetime) -> UUID:
    """Seal one note. Raises NotYours, NothingWritten, TooLong, InTheFuture."""
    case.ask_to_work(opened, by, at)
    case.moment(happened_at, not_before=happened_at, at=at)
    data = {"about": About(about).value, "happened_at": happened_at.isoformat(), "text": case.written(text)}
    with transaction.atomic():
        content = opened.seal(KIND, data, by=by, at=at)
        case.enter(opened, f"note_{about}", case.provision("documentation", happened_at), content=content, by=by, at=at)
    return content
