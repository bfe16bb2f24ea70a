"""Open the dossier that a page tells from, and show its head."""

import datetime as dt
import uuid
from typing import Any

from django.http import Http404
from django.urls import reverse

from hemvag.access.pages import WorkerRequest
from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.exchange import facts, tell
from hemvag.people import identities

CASES = {Compartment.CHILD: "concerns:case", Compartment.ADULT: "support:case"}


def opened_for(request: WorkerRequest, dossier_id: uuid.UUID, at: dt.datetime) -> Opened:
    """Return the dossier opened for one who may tell from it, or answer 404."""
    try:
        opened = record.open_dossier(dossier_id, by=request.worker, purpose=Purpose.TELL, at=at)
        tell.may_tell(opened, request.worker, at)
    except (Dossier.DoesNotExist, facts.NotYours):
        raise Http404 from None
    return opened


def context_of(opened: Opened, at: dt.datetime) -> dict[str, Any]:
    """Return what every page about a dossier shows: who it is about, and the way back to the case."""
    named = opened.read(identities.KIND)
    return {
        "dossier": opened.dossier,
        "name": identities.full_name(identities.current(opened)) if named else "",
        "case_url": reverse(CASES[Compartment(opened.dossier.compartment)], args=[opened.dossier.id]),
        "at": at,
    }
