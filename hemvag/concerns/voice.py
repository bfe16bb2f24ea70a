"""The child's own voice (barnets rätt att komma till tals, SoL 3 kap.): heard and how, or why not."""

import datetime as dt
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.concerns import case
from hemvag.dossiers.models import JournalEntry
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker

KIND = "voice"
STEPS = {"voice_heard", "voice_not_heard"}


class How(models.TextChoices):
    """How the child was heard."""

    ALONE = "alone", _("Samtal i enrum")
    WITH_GUARDIAN = "with_guardian", _("Samtal med vårdnadshavare närvarande")
    WITH_SUPPORT = "with_support", _("Samtal med någon annan som barnet litar på")
    PLAY = "play", _("Lek, teckning eller observation")
    REMOTE = "remote", _("Telefon eller video")
    NOT_HEARD = "not_heard", _("Barnet har inte hörts")


def record(opened: Opened, *, how: str, heard_at: dt.datetime, text: str, by: Worker, at: dt.datetime) -> UUID:
    """Seal what the child said and how, or why the child was not heard. Raises NotYours, InTheFuture …"""
    case.ask_to_work(opened, by, at)
    case.moment(heard_at, not_before=heard_at, at=at)
    step = "voice_not_heard" if how == How.NOT_HEARD else "voice_heard"
    data = {"how": How(how).value, "heard_at": heard_at.isoformat(), "text": case.written(text)}
    with transaction.atomic():
        content = opened.seal(KIND, data, by=by, at=at)
        case.enter(opened, step, case.provision("child_voice", heard_at), content=content, by=by, at=at)
    return content


def is_recorded(opened: Opened, *, since: dt.datetime) -> bool:
    """Say whether something was written about the child's own voice `since` then, in this matter and no earlier one."""
    return JournalEntry.objects.filter(dossier=opened.dossier, step__in=STEPS, at__gte=since).exists()
