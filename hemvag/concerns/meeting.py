"""The meeting with the reporter (anmälarmöte, SoL 19:5): offered when it suits the child's best."""

import datetime as dt
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.concerns import case, facts, feedback
from hemvag.concerns.models import ConcernReport
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker

KIND = "meeting"


class Outcome(models.TextChoices):
    """What became of the meeting."""

    OFFERED = "offered", _("Erbjudet")
    HELD = "held", _("Hållet")
    DECLINED = "declined", _("Erbjudet, men någon tackade nej")
    UNSUITABLE = "unsuitable", _("Inte lämpligt med hänsyn till barnets bästa")


def record(
    opened: Opened, report_id: UUID, *, outcome: str, on: dt.datetime, text: str, by: Worker, at: dt.datetime
) -> UUID:
    """Seal what became of the meeting, who was there and what was said.

    Raises NotYours, NoFeedbackToPrivate (a meeting is for mandated reporters), NothingWritten, TooLong, InTheFuture,
    TooEarly.
    """
    case.ask_to_work(opened, by, at)
    report = ConcernReport.objects.get(id=report_id, dossier=opened.dossier)
    if not feedback.may_be_told(report):
        raise facts.NoFeedbackToPrivate
    on = case.moment(on, not_before=report.received_at, at=at)
    data = {"outcome": Outcome(outcome).value, "on": on.isoformat(), "text": case.written(text)}
    with transaction.atomic():
        content = opened.seal(KIND, data, by=by, at=at)
        case.enter(opened, f"meeting_{outcome}", case.provision("reporter_meeting", on), content=content, by=by, at=at)
    return content
