"""Who has a dossier, children's and adults' alike: handed to a worker or a unit, and stepped off (jäv)."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from hemvag.access.abilities import Ability, roles
from hemvag.agencies.models import Unit
from hemvag.dossiers import writing
from hemvag.dossiers.models import Assignment, Dossier, Recusal
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.staff.models import Membership, Worker

RECUSAL: Final = "16–18 §§ förvaltningslagen (2017:900)"


def eligible(dossier: Dossier, ability: Ability, at: dt.datetime) -> Sequence[Worker]:
    """Return those who have the ability in the dossier's unit that day and have not stepped off it, by name."""
    day = clock.local(at).date()
    working = [code for code, role in roles().items() if ability in role.unit]
    members = Membership.objects.on(day).filter(unit=dossier.unit_id, role__in=working)
    off = Recusal.objects.filter(dossier=dossier).values("worker")
    return list(
        Worker.objects.filter(memberships__in=members, left_at=None).exclude(id__in=off).distinct().order_by("name")
    )


def hand(
    opened: Opened, *, unit: Unit, worker: Worker | None, reason: str, provision: str, by: Worker, at: dt.datetime
) -> Assignment:
    """Give the dossier to a unit, and to a worker of it or to nobody. The room asks first who may."""
    dossier = opened.dossier
    dossier.unit, dossier.worker = unit, worker
    dossier.save(update_fields=["unit", "worker"])
    row = Assignment.objects.create(dossier=dossier, unit=unit, worker=worker, reason=reason, at=at, by=by)
    if reason != "stepped_off":
        writing.enter(opened, reason, provision, content=None, by=by, at=at)
    return row


def step_off(opened: Opened, *, reasons: str, by: Worker, at: dt.datetime) -> Recusal:
    """Step off the dossier for bias (jäv, FL 16–18 §§): from now on it is as if it did not exist for `by`.

    Raises NothingWritten or TooLong.
    """
    with transaction.atomic():
        content = opened.seal("recusal", {"reasons": writing.written(reasons)}, by=by, at=at)
        writing.enter(opened, "stepped_off", RECUSAL, content=content, by=by, at=at)
        if opened.dossier.worker_id == by.id:
            hand(opened, unit=opened.dossier.unit, worker=None, reason="stepped_off", provision="", by=by, at=at)
        recusal, _made = Recusal.objects.get_or_create(dossier=opened.dossier, worker=by, defaults={"at": at})
    return recusal
