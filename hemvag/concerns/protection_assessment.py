"""The immediate protection assessment (omedelbar skyddsbedömning, SoL 20:1): at once, weekends too."""

import datetime as dt
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.concerns import case
from hemvag.concerns.models import Step, StepKind
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker


class Outcome(models.TextChoices):
    """What the assessment led to."""

    NO_NEED = "no_need", _("Inget behov av omedelbart skydd")
    MEASURES = "measures", _("Barnet skyddas med åtgärder nu")
    CUSTODY = "custody", _("Omedelbart omhändertagande prövas (6 § LVU)")


def record(
    opened: Opened, step_id: UUID, *, outcome: str, reasons: str, assessed_at: dt.datetime, by: Worker, at: dt.datetime
) -> Step:
    """Store what was assessed when, with the reasons sealed.

    Raises NotYours, AlreadyDecided, NothingWritten, TooLong, InTheFuture, TooEarly.
    """
    case.ask_to_work(opened, by, at)
    with transaction.atomic():
        step = case.locked(opened, step_id, StepKind.PROTECTION)
        assessed_at = case.moment(assessed_at, not_before=step.started_at, at=at)
        content = opened.seal(
            StepKind.PROTECTION,
            {
                "outcome": Outcome(outcome).value,
                "reasons": case.written(reasons),
                "assessed_at": assessed_at.isoformat(),
            },
            by=by,
            at=at,
        )
        case.finish(step, outcome=outcome, content=content, by=by, at=assessed_at)
        case.enter(opened, f"protection_{outcome}", step.due().provision, content=content, by=by, at=at)
    return step
