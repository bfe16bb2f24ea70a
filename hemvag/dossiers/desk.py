"""A worker's own desk: what she types before there is any dossier to keep it in, sealed where only she can open it."""

import datetime as dt

from hemvag.audit.models import Act, Purpose
from hemvag.dossiers import drafts, record
from hemvag.dossiers.models import Compartment, Dossier, Sealed
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.staff.models import Worker


class NoUnit(Exception):
    """The worker belongs to no unit that day, so no committee answers for what she types."""


def holds_draft(worker: Worker, form: str) -> bool:
    """Say whether the worker ever kept anything of a form on a desk, without opening it. One question."""
    desks = Dossier.objects.filter(compartment=Compartment.DRAFT, worker=worker, erased_at=None)
    return Sealed.objects.filter(dossier__in=desks, kind=drafts.kind(form), by=worker).exists()


def opened_for(worker: Worker, *, at: dt.datetime) -> Opened:
    """Return the worker's desk, made the first time. Raises NoUnit."""
    membership = (
        worker.memberships.on(clock.local(at).date()).select_related("unit__authority").order_by("valid_from").first()
    )
    if membership is None:
        raise NoUnit
    found = Dossier.objects.filter(
        compartment=Compartment.DRAFT, worker=worker, authority=membership.unit.authority_id, erased_at=None
    ).first()
    if found is not None:
        return record.open_dossier(found.id, by=worker, purpose=Purpose.DRAFT, at=at, act=Act.DRAFTED)
    new = record.New(compartment=Compartment.DRAFT, unit=membership.unit, worker=worker)
    return record.create([new], by=worker, purpose=Purpose.DRAFT, at=at)[0]
