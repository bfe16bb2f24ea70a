"""Who has an adult's case: a lead gives it out within the unit, or to the desk for protected identities."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hemvag.access.abilities import Ability
from hemvag.agencies.models import Unit
from hemvag.dossiers import assigning
from hemvag.dossiers.assigning import step_off
from hemvag.dossiers.models import Assignment, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.people import identities
from hemvag.staff.models import Worker
from hemvag.support import case, facts

__all__ = ["assign", "eligible", "move", "step_off", "units"]
TAKES = (Unit.Kind.ADULTS, Unit.Kind.PROTECTED_DESK)


def eligible(dossier: Dossier, at: dt.datetime) -> Sequence[Worker]:
    """Return the workers who handle adults' cases in the dossier's unit and have not stepped off it, by name."""
    return assigning.eligible(dossier, Ability.SUPPORT_WORK, at)


def units(dossier: Dossier, at: dt.datetime) -> Sequence[Unit]:
    """Return the other units of the committee that take adults' cases that day, by name."""
    found = Unit.objects.on(clock.local(at).date()).filter(authority=dossier.authority_id, kind__in=TAKES)
    return list(found.exclude(id=dossier.unit_id).order_by("name"))


def assign(opened: Opened, *, worker: Worker, by: Worker, at: dt.datetime) -> Assignment:
    """Give the case to a worker of its unit. Raises NotYours or NotInTheUnit."""
    _ask(opened, by, at)
    if worker.id not in {one.id for one in eligible(opened.dossier, at)}:
        raise facts.NotInTheUnit
    return _hand(opened, unit=opened.dossier.unit, worker=worker, reason="assigned", by=by, at=at)


def move(opened: Opened, *, unit: Unit, by: Worker, at: dt.datetime) -> Assignment:
    """Pass the case to another unit of the same committee; whoever had it has it no more.

    Raises NotYours, AnotherAuthority, StaysAtProtectedDesk.
    """
    _ask(opened, by, at)
    if unit.authority_id != opened.dossier.authority_id:
        raise facts.AnotherAuthority
    if identities.current(opened).protected and unit.kind != Unit.Kind.PROTECTED_DESK:
        raise facts.StaysAtProtectedDesk
    return _hand(opened, unit=unit, worker=None, reason="moved", by=by, at=at)


def _ask(opened: Opened, by: Worker, at: dt.datetime) -> None:
    if not case.may_assign(opened, by, at):
        raise facts.NotYours


def _hand(opened: Opened, *, unit: Unit, worker: Worker | None, reason: str, by: Worker, at: dt.datetime) -> Assignment:
    rule = case.documented(at)
    with transaction.atomic():
        return assigning.hand(opened, unit=unit, worker=worker, reason=reason, provision=rule, by=by, at=at)
