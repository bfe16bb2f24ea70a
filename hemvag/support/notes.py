"""What is written beside the steps: notes, and that something came from or went to the police, with ground and date.

Nothing here says how dangerous anybody is, and there is no field for it.
"""

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.dossiers import writing
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker
from hemvag.support import case, facts
from hemvag.support.models import Outcome, StepKind

KIND: Final = "case_note"
POLICE: Final = "police"


class Direction(models.TextChoices):
    """Which way it went."""

    FROM_POLICE = "from_police", _("Kom från Polisen")
    FROM_SAPO = "from_sapo", _("Kom från Säkerhetspolisen")
    TO_POLICE = "to_police", _("Lämnades till Polisen")
    TO_SAPO = "to_sapo", _("Lämnades till Säkerhetspolisen")


class Ending(models.TextChoices):
    """Why the support ended, in the open as far as a count needs."""

    DONE = "done", _("Personen behöver inte mer stöd")
    DECLINED = "declined", _("Personen vill inte längre")
    MOVED_AWAY = "moved_away", _("Personen har flyttat")


def write(opened: Opened, *, text: str, happened_at: dt.datetime, by: Worker, at: dt.datetime) -> UUID:
    """Seal one note. A mistake is put right by a new one. Raises NotYours, NothingWritten, TooLong, InTheFuture."""
    case.ask_to_work(opened, by, at)
    writing.moment(happened_at, not_before=happened_at, at=at)
    data = {"text": writing.written(text), "happened_at": happened_at.isoformat()}
    return _enter(opened, KIND, "note", data, by=by, at=at)


def police(opened: Opened, *, direction: str, ground: str, on: dt.date, by: Worker, at: dt.datetime) -> UUID:
    """Seal that something came from or went to the police or the Security Service: ground and date, nothing else.

    The line in the journal says no more in the open than that there was a contact with an authority. Raises NotYours,
    NothingWritten, TooLong.
    """
    case.ask_to_work(opened, by, at)
    data = {"direction": Direction(direction).value, "ground": writing.written(ground), "on": on.isoformat()}
    return _enter(opened, POLICE, "authority_contact", data, by=by, at=at)


def close(opened: Opened, *, ending: str, text: str, by: Worker, at: dt.datetime) -> UUID:
    """End the support: every waiting step ends with it. Agreements stay as they are until they run out or are taken
    back. Raises NotYours, NotRunning, NothingWritten, TooLong."""
    case.ask_to_work(opened, by, at)
    data = {"ending": Ending(ending).value, "text": writing.written(text)}
    with transaction.atomic():
        content = _enter(opened, "closing", "support_ended", data, by=by, at=at)
        if not case.end(opened, StepKind.SUPPORT, Outcome(ending), by=by, at=at, content=content):
            raise facts.NotRunning
        for kind in (StepKind.OFFER, StepKind.AGREEMENT, StepKind.PLAN, StepKind.FOLLOW_UP):
            case.end(opened, kind, Outcome(ending), by=by, at=at)
    return content


def _enter(opened: Opened, kind: str, step: str, data: dict[str, str], *, by: Worker, at: dt.datetime) -> UUID:
    with transaction.atomic():
        content = opened.seal(kind, data, by=by, at=at)
        writing.enter(opened, step, case.documented(at), content=content, by=by, at=at)
    return content
