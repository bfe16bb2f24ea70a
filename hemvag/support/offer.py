"""Attempts to reach somebody who has not asked: by the one plan that was made, and then rest."""

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.dossiers import writing
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.staff.models import Worker
from hemvag.support import case, facts, knowledge
from hemvag.support.models import Outcome, StepKind

KIND: Final = "attempt"


class Answer(models.TextChoices):
    """What came of an attempt."""

    NOTHING = "nothing", _("Fick inget svar")
    YES = "yes", _("Personen vill ha hjälp")
    NO = "no", _("Personen tackade nej")


def attempt(opened: Opened, *, answer: str, text: str, tried_at: dt.datetime, by: Worker, at: dt.datetime) -> UUID:
    """Keep one attempt. A yes begins the case, a no ends the offer, and so does the last attempt without an answer.

    Raises NotYours, OfferRests, NothingWritten, TooLong, InTheFuture, TooEarly.
    """
    case.ask_to_work(opened, by, at)
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        step = opened.dossier.support_steps.filter(kind=StepKind.OFFER, done_at=None).first()
        if step is None or step.content_id is None or (step.until and step.until < clock.local(tried_at).date()):
            raise facts.OfferRests
        tried_at = writing.moment(tried_at, not_before=step.started_at, at=at)
        data = {"answer": Answer(answer).value, "text": writing.written(text), "tried_at": tried_at.isoformat()}
        content = opened.seal(KIND, data, by=by, at=at)
        writing.enter(opened, "attempt", case.documented(at), content=content, by=by, at=at)
        most = opened.piece(step.content_id).data["most"]
        _follow(opened, Answer(answer), is_last=len(made(opened)) >= most, by=by, at=at)
    return content


def _follow(opened: Opened, answer: Answer, *, is_last: bool, by: Worker, at: dt.datetime) -> None:
    if answer == Answer.YES:
        case.end(opened, StepKind.OFFER, Outcome.ACCEPTED, by=by, at=at)
        knowledge.begin(opened, by=by, at=at)
    elif answer == Answer.NO:
        case.end(opened, StepKind.OFFER, Outcome.DECLINED, by=by, at=at)
    elif is_last:
        case.end(opened, StepKind.OFFER, Outcome.NO_ANSWER, by=by, at=at)


def made(opened: Opened) -> list[UUID]:
    """Return the attempts that have been made, oldest first."""
    return [content.id for content in opened.read(KIND)]


def came_back(opened: Opened, *, words: str, by: Worker, at: dt.datetime) -> None:
    """The person has contacted us again, after a rest, a no or an end: the case runs from now.

    Raises NotYours, AlreadyDecided when it runs already, NothingWritten, TooLong.
    """
    case.ask_to_work(opened, by, at)
    kept = writing.written(words)
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        running = opened.dossier.support_steps.filter(kind=StepKind.SUPPORT, done_at=None).first()
        if running:
            raise facts.AlreadyDecided(by.name, running.started_at)
        case.end(opened, StepKind.OFFER, Outcome.ACCEPTED, by=by, at=at)
        day = clock.local(at).date().isoformat()
        data = {"source": knowledge.Source.OWN.value, "ground": kept, "on": day}
        content = opened.seal(knowledge.KIND, data, by=by, at=at)
        writing.enter(opened, "came_back", case.documented(at), content=content, by=by, at=at)
        knowledge.begin(opened, by=by, at=at)
