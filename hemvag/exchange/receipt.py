"""That what was told arrived, and that the person was told: written in when it is known."""

import datetime as dt

from django.db import transaction

from hemvag.dossiers.opened import Opened
from hemvag.exchange import facts, tell
from hemvag.exchange.models import Disclosure, Receipt
from hemvag.staff.models import Worker


def record(
    opened: Opened, told: Disclosure, *, kind: str, happened_at: dt.datetime, by: Worker, at: dt.datetime
) -> Receipt:
    """Record it once; the second time returns what stands there. Raises NotYours and InTheFuture."""
    tell.may_tell(opened, by, at)
    if told.dossier_id != opened.dossier.id:
        raise facts.NotYours
    if happened_at > at or happened_at < told.told_at.replace(second=0, microsecond=0):
        raise facts.InTheFuture
    with transaction.atomic():
        row, made = Receipt.objects.get_or_create(
            disclosure=told, kind=Receipt.Kind(kind), defaults={"happened_at": happened_at, "at": at, "by": by}
        )
        if made:
            opened.journal(f"receipt_{kind}", by=by, at=at)
    return row
