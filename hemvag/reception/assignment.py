"""Who has a plan: a lead gives it out within the unit, or passes it on. The children's own cases stay."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Unit
from hemvag.concerns import case
from hemvag.dossiers import assigning
from hemvag.dossiers.models import Assignment, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.refusals import AnotherAuthority, NotInTheUnit
from hemvag.lib import clock
from hemvag.reception import facts, family, opening, plan
from hemvag.staff.models import Worker

TAKES: Final = (Unit.Kind.RECEPTION, Unit.Kind.CHILDREN, Unit.Kind.PROTECTED_DESK, Unit.Kind.ON_CALL)


def may_assign(opened: Opened, by: Worker, at: dt.datetime) -> bool:
    """Say whether `by`, who has opened the plan to write in it, gives out what its unit has."""
    return not opened.is_only_to_read and opened.dossier.unit_id in granted(by, at).units(Ability.CASE_ASSIGN)


def eligible(dossier: Dossier, at: dt.datetime) -> Sequence[Worker]:
    """Return the workers who handle cases in the plan's unit that day and have not stepped off it, by name."""
    return assigning.eligible(dossier, Ability.CASE_WORK, at)


def units(dossier: Dossier, at: dt.datetime) -> Sequence[Unit]:
    """Return the other units of the committee that could lead the plan that day, by name."""
    found = Unit.objects.on(clock.local(at).date()).filter(authority=dossier.authority_id, kind__in=TAKES)
    return list(found.exclude(id=dossier.unit_id).order_by("name"))


def assign(opened: Opened, *, worker: Worker, by: Worker, at: dt.datetime) -> Assignment:
    """Give the plan to a worker of its unit. Raises NotYours and NotInTheUnit."""
    _ask(opened, by, at)
    if worker.id not in {one.id for one in eligible(opened.dossier, at)}:
        raise NotInTheUnit
    return _hand(opened, opened.dossier.unit, worker, "assigned", by=by, at=at)


def move(opened: Opened, *, unit: Unit, by: Worker, at: dt.datetime) -> Assignment:
    """Let another unit of the same committee lead the plan; whoever had it has it no more.

    Raises NotYours, AnotherAuthority, and ProtectedChild for a plan that may lie at the protected desk only.
    """
    _ask(opened, by, at)
    if unit.authority_id != opened.dossier.authority_id:
        raise AnotherAuthority
    children = family.opened(plan.read(opened), by=by, at=at)
    opening.ask_protected(list(children.values()), unit)
    return _hand(opened, unit, None, "moved", by=by, at=at)


def _ask(opened: Opened, by: Worker, at: dt.datetime) -> None:
    if not may_assign(opened, by, at):
        raise facts.NotYours


def _hand(opened: Opened, unit: Unit, worker: Worker | None, reason: str, *, by: Worker, at: dt.datetime) -> Assignment:
    provision = case.provision("documentation", at)
    with transaction.atomic():
        return assigning.hand(opened, unit=unit, worker=worker, reason=reason, provision=provision, by=by, at=at)
