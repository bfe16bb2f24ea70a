"""Open the dossier a page is about, and show its head: the same for every page of an adult's case."""

import datetime as dt
import uuid
from typing import Any

from django.http import Http404

from hemvag.access.pages import WorkerRequest
from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier, Sight
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.people import identities, words
from hemvag.support import case


def opened_for(
    request: WorkerRequest,
    dossier_id: uuid.UUID,
    *,
    at: dt.datetime,
    purpose: Purpose = Purpose.SUPPORT,
    sight: Sight = Sight.CONTENT,
) -> Opened:
    """Return the adult's dossier opened for this page, or answer 404, the same for another's and for none."""
    try:
        opened = record.open_dossier(dossier_id, by=request.worker, purpose=purpose, at=at, sight=sight)
    except Dossier.DoesNotExist:
        raise Http404 from None
    if opened.dossier.compartment != Compartment.ADULT:
        raise Http404
    return opened


def to_work(request: WorkerRequest, dossier_id: uuid.UUID, *, at: dt.datetime) -> Opened:
    """Return the same for who handles the case, or answer 404."""
    opened = opened_for(request, dossier_id, at=at)
    if not case.may_work(opened, request.worker, at):
        raise Http404
    return opened


def context_of(request: WorkerRequest, opened: Opened, at: dt.datetime) -> dict[str, Any]:
    """Return what every page of a case shows: its head, and what this worker may do."""
    person = identities.current(opened)
    return {
        "dossier": opened.dossier,
        "person": person,
        "name": identities.full_name(person),
        "age": identities.age(person, clock.local(at).date()),
        "protected": words.protection(person),
        "may_work": case.may_work(opened, request.worker, at),
        "may_assign": case.may_assign(opened, request.worker, at),
        "at": at,
    }
