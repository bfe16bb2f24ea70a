"""Who has the case (tilldelning): a lead gives it out, a desk passes it to the right unit, a worker steps off (jäv)."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hemvag.access.abilities import Ability
from hemvag.agencies import routing
from hemvag.agencies.models import Unit
from hemvag.agencies.routing import Route
from hemvag.concerns import case, facts
from hemvag.dossiers import assigning
from hemvag.dossiers.assigning import step_off
from hemvag.dossiers.models import Assignment, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.people import identities
from hemvag.staff.models import Worker

__all__ = ["assign", "eligible", "move", "step_off", "where_to"]


def assign(opened: Opened, *, worker: Worker, by: Worker, at: dt.datetime) -> Assignment:
    """Give the case to a worker of its unit. Raises NotYours or NotInTheUnit."""
    _ask(opened, by, at)
    if worker.id not in {one.id for one in eligible(opened.dossier, at)}:
        raise facts.NotInTheUnit
    with transaction.atomic():
        return _hand(opened, unit=opened.dossier.unit, worker=worker, reason="assigned", by=by, at=at)


def eligible(dossier: Dossier, at: dt.datetime) -> Sequence[Worker]:
    """Return the workers who handle cases in the dossier's unit that day and have not stepped off it, by name."""
    return assigning.eligible(dossier, Ability.CASE_WORK, at)


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


def _ask(opened: Opened, by: Worker, at: dt.datetime) -> None:
    if not case.may_assign(opened, by, at):
        raise facts.NotYours


def _hand(opened: Opened, *, unit: Unit, worker: Worker | None, reason: str, by: Worker, at: dt.datetime) -> Assignment:
    rule = case.provision("documentation", at)
    return assigning.hand(opened, unit=unit, worker=worker, reason=reason, provision=rule, by=by, at=at)
