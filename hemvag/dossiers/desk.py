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


def kept(worker: Worker, form: str, *, at: dt.datetime) -> drafts.Draft:
    """Return what the worker had typed in a form and not saved; a desk on which nothing of it lies stays closed."""
    if not holds_draft(worker, form):
        return drafts.Draft()
    return drafts.kept(opened_for(worker, at=at), form, by=worker)


def discard(worker: Worker, form: str, *, at: dt.datetime) -> None:
    """Forget the worker's draft of a form; a desk on which nothing of it lies stays closed."""
    if holds_draft(worker, form):
        drafts.discard(opened_for(worker, at=at), form, by=worker, at=at)


def forget(form: str, *, at: dt.datetime) -> None:
    """Empty every worker's draft of a form, without opening a desk: what the form was about is over.

    The form's name goes too, so that no row tells what it was. Whoever keeps upon the old version is told that it is
    gone.
    """
    desks = Dossier.objects.filter(compartment=Compartment.DRAFT, erased_at=None)
    found = Sealed.objects.filter(dossier__in=desks, kind=drafts.kind(form))
    found.update(kind=drafts.kind(""), content=b"", version=0, at=at)


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
