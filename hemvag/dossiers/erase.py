"""Erase a dossier (gallra): destroy its key, and with it the content in every copy ever made."""

import datetime as dt

from django.db import transaction

from hemvag.audit import log
from hemvag.audit.models import Act, Purpose
from hemvag.dossiers.models import Dossier, Sealed, WrappedKey
from hemvag.staff.models import Worker


def erase(dossier: Dossier, *, by: Worker | None, purpose: Purpose, at: dt.datetime) -> None:
    """Destroy the key and the sealed content. What stood in the open stays, so that numbers stay true."""
    log.write(Act.ERASED, worker=by.id if by else None, dossiers=[dossier.id], purpose=purpose, at=at)
    with transaction.atomic():
        WrappedKey.objects.filter(dossier_id=dossier.id).delete()
        Sealed.objects.filter(dossier=dossier).update(content=b"", version=0)
        Dossier.objects.filter(id=dossier.id).update(erased_at=at)
