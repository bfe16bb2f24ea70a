"""Told to the wrong one: recall it, count the hours to the supervisory authority, and write down what was done."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Opened
from hemvag.exchange import facts, offer, tell
from hemvag.exchange.models import Answer, AnswerKind, Disclosure, Incident, IncidentStep, Offer
from hemvag.lib import clock
from hemvag.staff.models import Worker

KIND: Final = "incident"
REPORT_WITHIN: Final = dt.timedelta(hours=72)
"""GDPR 33.1: counted in hours from when the breach became known, weekends too."""
ENDS: Final = frozenset({IncidentStep.Kind.REPORTED, IncidentStep.Kind.NOT_REPORTED})
"""Either of these stops the clock: reported, or decided not to be likely to harm anybody."""


def recall(
    opened: Opened, told: Disclosure, *, discovered_at: dt.datetime, text: str, by: Worker, at: dt.datetime
) -> Incident:
    """Record that something went to the wrong one, and take the envelope back where there is one.

    `text` says what happened and who may be harmed. Raises NotYours, NothingWritten, InTheFuture, AlreadyRecalled.
    """
    tell.may_tell(opened, by, at)
    if told.dossier_id != opened.dossier.id:
        raise facts.NotYours
    if not text.strip():
        raise facts.NothingWritten
    if discovered_at > at:
        raise facts.InTheFuture
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        if Incident.objects.filter(disclosure=told).exists():
            raise facts.AlreadyRecalled
        content = opened.seal(KIND, {"text": text.strip()}, by=by, at=at)
        made = Incident.objects.create(disclosure=told, discovered_at=discovered_at, content_id=content, at=at, by=by)
        opened.journal("recalled", "art. 33 GDPR", by=by, at=at)
        sent = Offer.objects.filter(disclosure=told).first()
        if sent is not None:
            offer.give_back(sent, by=by, at=at)
            Answer.objects.create(offer=sent, kind=AnswerKind.RECALLED, at=at, by=by)
    return made


def step(
    opened: Opened, incident: Incident, *, kind: str, happened_at: dt.datetime, text: str, by: Worker, at: dt.datetime
) -> IncidentStep:
    """Record one thing that was done about it; why something need not be reported must be said.

    Raises NotYours, InTheFuture, NothingWritten.
    """
    tell.may_tell(opened, by, at)
    if incident.disclosure.dossier_id != opened.dossier.id:
        raise facts.NotYours
    if happened_at > at:
        raise facts.InTheFuture
    said = IncidentStep.Kind(kind)
    if said == IncidentStep.Kind.NOT_REPORTED and not text.strip():
        raise facts.NothingWritten
    with transaction.atomic():
        note = {"text": text.strip()} if text.strip() else None
        opened.journal(f"incident_{said}", "art. 33 GDPR", by=by, at=at, note=note)
        return IncidentStep.objects.create(incident=incident, kind=said, happened_at=happened_at, at=at, by=by)


def due_at(incident: Incident) -> dt.datetime:
    """Return the moment by which the supervisory authority is to know."""
    return incident.discovered_at + REPORT_WITHIN


def hours_left(incident: Incident, at: dt.datetime) -> int:
    """Return whole hours left, negative when it is late."""
    return int((due_at(incident) - at).total_seconds() // 3600)


def is_settled(steps: Sequence[IncidentStep]) -> bool:
    """Say whether it was reported, or decided that it need not be."""
    return any(row.kind in ENDS for row in steps)


def told_late(incident: Incident, steps: Sequence[IncidentStep]) -> bool:
    """Say whether it was reported after the 72 hours, so that the reasons for the delay must go along (art. 33.1)."""
    reported = [row.happened_at for row in steps if row.kind == IncidentStep.Kind.REPORTED]
    return bool(reported) and clock.local(min(reported)) > clock.local(due_at(incident))
