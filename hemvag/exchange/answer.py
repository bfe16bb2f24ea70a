"""The receiving unit opens an envelope and answers; for a receiver outside, the sender writes in what came back."""

import datetime as dt
import uuid
from typing import Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Opened
from hemvag.exchange import facts, offer, standing, tell
from hemvag.exchange.models import Answer, AnswerKind, Offer
from hemvag.staff.models import Worker

KIND: Final = "answer"


class Reason(models.TextChoices):
    """Why an offer is declined, or what is missing; a code that the sender's lead may read."""

    WRONG_UNIT = "wrong_unit", _("Hör till en annan enhet")
    OTHER_TOWN = "other_town", _("Hör till en annan kommun")
    NO_GROUND = "no_ground", _("Vi ser ingen grund att ta del av det")
    NO_ROOM = "no_room", _("Vi kan inte ta emot nu")
    KNOWN = "known", _("Redan känt hos oss")
    INCOMPLETE = "incomplete", _("Något saknas")
    OTHER = "other", _("Annat, se texten")


def read(envelope_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> tuple[Offer, Opened]:
    """Open an envelope: the sender is told that it was read, and when, the first time somebody else does.

    Raises Dossier.DoesNotExist for one that is not there, not the reader's, or returned.
    """
    found = Offer.objects.select_related("disclosure", "sender", "receiver").filter(envelope_id=envelope_id).first()
    opened = record.open_dossier(envelope_id, by=by, purpose=Purpose.TELL, at=at)
    if found is None:
        raise Dossier.DoesNotExist
    if by.pk != found.by_id and not found.answers.filter(kind=AnswerKind.OPENED).exists():
        Answer.objects.create(offer=found, kind=AnswerKind.OPENED, at=at, by=by)
    return found, opened


def accept(opened: Opened, sent: Offer, *, text: str = "", by: Worker, at: dt.datetime) -> Answer:
    """Say yes. Raises NotYours and NotNow."""
    return _answer(opened, sent, AnswerKind.ACCEPTED, "", text, by=by, at=at)


def reject(opened: Opened, sent: Offer, *, reason: str, text: str = "", by: Worker, at: dt.datetime) -> Answer:
    """Say no and why: the envelope goes back. Raises NotYours, NotNow, and NothingWritten for "other" without words."""
    with transaction.atomic():
        said = _answer(opened, sent, AnswerKind.REJECTED, Reason(reason).value, text, by=by, at=at)
        offer.give_back(sent, by=by, at=at)
    return said


def need_more(opened: Opened, sent: Offer, *, text: str, by: Worker, at: dt.datetime) -> Answer:
    """Ask the sender for more. Raises NotYours, NotNow and NothingWritten."""
    return _answer(opened, sent, AnswerKind.NEED_MORE, Reason.INCOMPLETE.value, text, by=by, at=at, needs_text=True)


def done(opened: Opened, sent: Offer, *, text: str = "", by: Worker, at: dt.datetime) -> Answer:
    """Say that what was taken over is done. Raises NotYours, and NotNow when it was never accepted."""
    accepted = frozenset({AnswerKind.ACCEPTED.value})
    return _answer(opened, sent, AnswerKind.DONE, "", text, by=by, at=at, allowed=accepted)


def written_in(
    opened: Opened, sent: Offer, *, kind: str, reason: str = "", text: str, by: Worker, at: dt.datetime
) -> Answer:
    """Write in what a receiver outside answered; the words are sealed in the sender's dossier.

    Raises NotYours, NotNow and NothingWritten.
    """
    tell.may_tell(opened, by, at)
    if sent.disclosure.dossier_id != opened.dossier.id or sent.envelope_id is not None:
        raise facts.NotYours
    if not text.strip():
        raise facts.NothingWritten
    allowed = frozenset({AnswerKind.ACCEPTED.value}) if kind == AnswerKind.DONE else standing.OPEN
    with transaction.atomic():
        standing.ask(sent, allowed)
        content = opened.seal(KIND, {"text": text.strip()}, by=by, at=at)
        return Answer.objects.create(offer=sent, kind=AnswerKind(kind), reason=reason, content_id=content, at=at, by=by)


def _answer(
    opened: Opened,
    sent: Offer,
    kind: AnswerKind,
    reason: str,
    text: str,
    *,
    by: Worker,
    at: dt.datetime,
    needs_text: bool = False,
    allowed: frozenset[str] = standing.OPEN,
) -> Answer:
    ask_to_receive(opened, sent, by, at)
    if not text.strip() and (needs_text or reason == Reason.OTHER):
        raise facts.NothingWritten
    with transaction.atomic():
        standing.ask(sent, allowed)
        content = opened.seal(KIND, {"text": text.strip()}, by=by, at=at) if text.strip() else None
        return Answer.objects.create(offer=sent, kind=kind, reason=reason, content_id=content, at=at, by=by)


def ask_to_receive(opened: Opened, sent: Offer, by: Worker, at: dt.datetime) -> None:
    """Raise NotYours unless `by` receives for the unit that the envelope was sent to."""
    if sent.envelope_id != opened.dossier.id or sent.receiver_id not in granted(by, at).units(Ability.EXCHANGE_RECEIVE):
        raise facts.NotYours
