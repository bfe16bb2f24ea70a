"""Open the dossier a page is about, and show its head: the same for every page of a case."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from hemvag.access.pages import WorkerRequest
from hemvag.audit.models import Purpose
from hemvag.concerns import case
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier, Sight
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.people import identities, words
from hemvag.people.identities import Identity


@dataclass(frozen=True, kw_only=True)
class Head:
    """What never scrolls away on a case's pages."""

    dossier: Dossier
    identity: Identity
    name: str
    age: int | None
    protected: str


def opened_for(
    request: WorkerRequest,
    dossier_id: uuid.UUID,
    *,
    at: dt.datetime,
    purpose: Purpose = Purpose.HANDLE,
    sight: Sight = Sight.CONTENT,
) -> Opened:
    """Return the child's dossier opened for this page, or answer 404, the same for another's and for none."""
    try:
        opened = record.open_dossier(dossier_id, by=request.worker, purpose=purpose, at=at, sight=sight)
    except Dossier.DoesNotExist:
        raise Http404 from None
    if opened.dossier.compartment != Compartment.CHILD:
        raise Http404
    return opened


def head_of(opened: Opened, at: dt.datetime) -> Head:
    """Return the head of a case's pages."""
    child = identities.current(opened)
    return Head(
        dossier=opened.dossier,
        identity=child,
        name=identities.full_name(child),
        age=identities.age(child, clock.local(at).date()),
        protected=words.protection(child),
    )


def context_of(request: WorkerRequest, opened: Opened, at: dt.datetime) -> dict[str, Any]:
    """Return what every page of a case shows: its head, and what this worker may do."""
    return {
        "head": head_of(opened, at),
        "opened": opened,
        "glass_minutes": opened.glass.minutes_left(at) if opened.glass else 0,
        "may_work": case.may_work(opened, request.worker, at),
        "may_assign": case.may_assign(opened, request.worker, at),
        "at": at,
    }
