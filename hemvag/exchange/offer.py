"""Offer something to a unit here, or to an authority outside, that wants an answer; and take it back."""

import datetime as dt

from django.db import transaction

from hemvag.agencies.models import Unit
from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier, RestsOn, Returned
from hemvag.dossiers.opened import Opened
from hemvag.exchange import facts, standing, tell
from hemvag.exchange.models import Answer, AnswerKind, Disclosure, Offer, OfferKind
from hemvag.exchange.tell import Telling
from hemvag.lib import clock
from hemvag.staff.models import Worker

ENVELOPE = "envelope"
"""The kind of content under which the receiver's copy is sealed."""


def send(
    opened: Opened, telling: Telling, *, kind: str, unit: Unit | None = None, by: Worker, at: dt.datetime
) -> Offer:
    """Tell what was chosen and ask for an answer. A unit here gets an envelope: a dossier of its own, with its own key
    and without a word of which case it came from but what was chosen. Raises what `tell.record` raises.
    """
    with transaction.atomic():
        told = tell.record(opened, telling, told_at=at, unit=unit, by=by, at=at)
        envelope = _envelope(told, telling, kind, opened.dossier.unit, unit, by=by, at=at) if unit else None
        return Offer.objects.create(
            disclosure=told,
            kind=OfferKind(kind),
            sender=opened.dossier.unit,
            receiver=unit,
            envelope=envelope,
            at=at,
            by=by,
        )


def units_to(dossier: Dossier, at: dt.datetime) -> list[Unit]:
    """Return the units here that could get an envelope: of social services, any but the dossier's own."""
    day = clock.local(at).date()
    kinds = [Unit.Kind.RECEPTION, Unit.Kind.CHILDREN, Unit.Kind.ADULTS, Unit.Kind.ON_CALL, Unit.Kind.PROTECTED_DESK]
    found = Unit.objects.on(day).filter(kind__in=kinds, authority__municipality=dossier.authority.municipality_id)
    return list(found.exclude(id=dossier.unit_id).select_related("authority").order_by("name"))


def withdraw(opened: Opened, offer: Offer, *, by: Worker, at: dt.datetime) -> Answer:
    """Take back what has not been accepted: the receiver can no longer open it. Raises NotYours and NotNow."""
    tell.may_tell(opened, by, at)
    _of(opened, offer)
    with transaction.atomic():
        standing.ask(offer, standing.OPEN)
        return close(offer, AnswerKind.WITHDRAWN, by=by, at=at)


def more(opened: Opened, offer: Offer, telling: Telling, *, by: Worker, at: dt.datetime) -> Disclosure:
    """Tell the receiver more, in the same envelope and as a line of its own in the ledger.

    Raises NotYours, NotNow when nothing more was asked for, and what `tell.record` raises.
    """
    _of(opened, offer)
    with transaction.atomic():
        standing.ask(offer, standing.WAITS_FOR_SENDER)
        told = tell.record(opened, telling, told_at=at, unit=offer.receiver, by=by, at=at)
        if offer.envelope_id is not None:
            envelope = record.open_dossier(offer.envelope_id, by=by, purpose=Purpose.TELL, at=at)
            envelope.seal(ENVELOPE, {"items": [item.as_data() for item in telling.items]}, by=by, at=at)
        Answer.objects.create(offer=offer, kind=AnswerKind.MORE_GIVEN, at=at, by=by)
    return told


def expire(offer: Offer, *, at: dt.datetime) -> Answer | None:
    """End an offer whose agreement ran out or was withdrawn: what rested on it closes. None when it does not yet."""
    rests_on = offer.disclosure.agreement
    if rests_on is None or rests_on.in_force(at):
        return None
    with transaction.atomic():
        standing.ask(offer, standing.OPEN | {AnswerKind.ACCEPTED})
        return close(offer, AnswerKind.EXPIRED, by=None, at=at)


def close(offer: Offer, kind: AnswerKind, *, by: Worker | None, at: dt.datetime) -> Answer:
    """End an offer that the receiver does not keep: the envelope goes back."""
    give_back(offer, by=by, at=at)
    return Answer.objects.create(offer=offer, kind=kind, at=at, by=by)


def give_back(offer: Offer, *, by: Worker | None, at: dt.datetime) -> None:
    """Take the envelope from its receiver: from now on only whoever sent it can open it."""
    if offer.envelope_id is not None:
        Returned.objects.get_or_create(dossier_id=offer.envelope_id, defaults={"at": at, "by": by})


def _envelope(
    told: Disclosure, telling: Telling, kind: str, sender: Unit, unit: Unit, *, by: Worker, at: dt.datetime
) -> Dossier:
    new = record.New(compartment=Compartment.ENVELOPE, unit=unit, worker=by)
    [sealed] = record.create([new], by=by, purpose=Purpose.TELL, at=at)
    content = {
        "from": sender.name,
        "purpose": telling.purpose.strip(),
        "kind": kind,
        "rule": told.rule,
        "law_date": told.law_date.isoformat(),
        "items": [item.as_data() for item in telling.items],
    }
    sealed.seal(ENVELOPE, content, by=by, at=at)
    if told.agreement_id is not None:
        RestsOn.objects.create(dossier=sealed.dossier, agreement_id=told.agreement_id)
    return sealed.dossier


def _of(opened: Opened, offer: Offer) -> None:
    if offer.disclosure.dossier_id != opened.dossier.id:
        raise facts.NotYours
