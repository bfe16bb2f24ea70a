"""Who has the case (tilldelning): a lead gives it out, a desk passes it to the right unit, a worker steps off (jäv)."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from hemvag.access.abilities import Ability, roles
from hemvag.agencies import routing
from hemvag.agencies.models import Unit
from hemvag.agencies.routing import Route
from hemvag.concerns import case, facts
from hemvag.dossiers.models import Assignment, Dossier, Recusal
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.people import identities
from hemvag.staff.models import Membership, Worker

RECUSAL: Final = "16–18 §§ förvaltningslagen (2017:900)"


def assign(opened: Opened, *, worker: Worker, by: Worker, at: dt.datetime) -> Assignment:
    """Give the case to a worker of its unit. Raises NotYours or NotInTheUnit."""
    _ask(opened, by, at)
    if worker.id not in {one.id for one in eligible(opened.dossier, at)}:
        raise facts.NotInTheUnit
    with transaction.atomic():
        return _hand(opened, unit=opened.dossier.unit, worker=worker, reason="assigned", by=by, at=at)


def eligible(dossier: Dossier, at: dt.datetime) -> Sequence[Worker]:
    """Return the workers who handle cases in the dossier's unit that day and have not stepped off it, by name."""
    day = clock.local(at).date()
    working = [code for code, role in roles().items() if Ability.CASE_WORK in role.unit]
    members = Membership.objects.on(day).filter(unit=dossier.unit_id, role__in=working)
    off = Recusal.objects.filter(dossier=dossier).values("worker")
    return list(
        Worker.objects.filter(memberships__in=members, left_at=None).exclude(id__in=off).distinct().order_by("name")
    )


def move(opened: Opened, *, unit: Unit, by: Worker, at: dt.datetime) -> Assignment:
    """Pass the case to another unit of the same committee; whoever had it has it no more.

    Raises NotYours, AnotherAuthority, StaysAtProtectedDesk.
    """
    _ask(opened, by, at)
    if unit.authority_id != opened.dossier.authority_id:
        raise facts.AnotherAuthority
    if identities.current(opened).protected and unit.kind != Unit.Kind.PROTECTED_DESK:
        raise facts.StaysAtProtectedDesk
    with transaction.atomic():
        return _hand(opened, unit=unit, worker=None, reason="moved", by=by, at=at)


def where_to(opened: Opened, at: dt.datetime) -> Route:
    """Return the unit that the district gives on that day: where the on-call desk passes a case in the morning."""
    return routing.route(
        opened.dossier.authority.municipality,
        district=opened.dossier.district,
        at=at,
        protected=bool(identities.current(opened).protected),
    )


def step_off(opened: Opened, *, reasons: str, by: Worker, at: dt.datetime) -> Recusal:
    """Step off the case for bias (jäv, FL 16–18 §§): from now on it is as if it did not exist for `by`.

    Raises NothingWritten or TooLong.
    """
    with transaction.atomic():
        content = opened.seal("recusal", {"reasons": case.written(reasons)}, by=by, at=at)
        case.enter(opened, "stepped_off", RECUSAL, content=content, by=by, at=at)
        if opened.dossier.worker_id == by.id:
            _hand(opened, unit=opened.dossier.unit, worker=None, reason="stepped_off", by=by, at=at)
        recusal, _made = Recusal.objects.get_or_create(dossier=opened.dossier, worker=by, defaults={"at": at})
    return recusal


def _ask(opened: Opened, by: Worker, at: dt.datetime) -> None:
    if not case.may_assign(opened, by, at):
        raise facts.NotYours


def _hand(opened: Opened, *, unit: Unit, worker: Worker | None, reason: str, by: Worker, at: dt.datetime) -> Assignment:
    dossier = opened.dossier
    dossier.unit, dossier.worker = unit, worker
    dossier.save(update_fields=["unit", "worker"])
    row = Assignment.objects.create(dossier=dossier, unit=unit, worker=worker, reason=reason, at=at, by=by)
    if reason != "stepped_off":
        case.enter(opened, reason, case.provision("documentation", at), content=None, by=by, at=at)
    return row
