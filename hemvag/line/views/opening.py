"""Open the contact a page is about, or answer 404: the same for another line's and for none."""

import datetime as dt
import uuid

from django.http import Http404

from hemvag.access.pages import WorkerRequest
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Opened
from hemvag.line import contact
from hemvag.line.models import Contact


def contact_for(request: WorkerRequest, contact_id: uuid.UUID, *, at: dt.datetime) -> tuple[Contact, Opened]:
    """Return the contact and its opened dossier."""
    try:
        return contact.open_contact(contact_id, by=request.worker, at=at)
    except Dossier.DoesNotExist:
        raise Http404 from None
