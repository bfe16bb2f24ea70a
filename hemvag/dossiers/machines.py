"""Machines unseal too, but only here, each with a named purpose and a log line; `compare` returns scores, not content,
and `put_in` seals without reading."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import transaction

from hemvag.audit import log
from hemvag.audit.models import Act, Purpose
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.unwrapping import unwrapped
from hemvag.staff.models import Worker

MOST_CANDIDATES = 50


def compare(
    candidates: Collection[uuid.UUID],
    judge: Callable[[dict[str, Any]], float],
    *,
    kind: str,
    purpose: Purpose,
    at: dt.datetime,
    worker: uuid.UUID | None,
) -> Mapping[uuid.UUID, float]:
    """Return for each candidate the best score that `judge` gives any of its content of `kind`; content never leaves
    here.

    At most MOST_CANDIDATES are compared. The log names them all before any key is unwrapped.
    """
    ids = list(candidates)[:MOST_CANDIDATES]
    found = list(Dossier.objects.filter(id__in=ids, erased_at=None))
    if not found:
        return {}
    log.write(
        Act.COMPARED,
        worker=worker,
        dossiers=[row.id for row in found],
        purpose=purpose,
        at=at,
        door="machine",
    )
    opened = unwrapped(found, [kind])
    return {
        dossier: max((float(judge(content.data)) for content in held.read(kind)), default=0.0)
        for dossier, held in opened.items()
    }


def put_in(
    dossier: Dossier,
    kind: str,
    content: Mapping[str, Any],
    *,
    step: str,
    provision: str,
    act: Act,
    purpose: Purpose,
    by: Worker,
    at: dt.datetime,
) -> uuid.UUID:
    """Seal something in a dossier that `by` may not open, with a line in its journal, and return the content's id.

    It is for what somebody outside caused and those who have the case must find in it. Nothing is read, and no key
    leaves here.
    """
    log.write(act, worker=by.id, dossiers=[dossier.id], purpose=purpose, at=at, door="machine")
    held = unwrapped([dossier], [])[dossier.id]
    with transaction.atomic():
        sealed = held.seal(kind, content, by=by, at=at)
        held.journal(step, provision, by=by, at=at)
    return sealed
