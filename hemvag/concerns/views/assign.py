"""Give the case to someone, pass it to the right unit, or step off it."""

import datetime as dt
import uuid
from typing import Final

from django.http import Http404, HttpResponse

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.agencies.models import Unit
from hemvag.concerns import assignment, case
from hemvag.concerns.views.opening import context_of, opened_for
from hemvag.dossiers import handing
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.web.once import once

TAKES_CASES: Final = (Unit.Kind.RECEPTION, Unit.Kind.CHILDREN, Unit.Kind.PROTECTED_DESK, Unit.Kind.ON_CALL)
FRAME: Final = handing.Frame(head="concerns/head.html", case="concerns:case", unit="concerns:unit", context=context_of)


@page(Ability.CASE_ASSIGN)
@once
def assign(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show who may take the case and where it may go; on POST hand it over."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at)
    if not case.may_assign(opened, request.worker, at):
        raise Http404
    takers = handing.Takers(
        workers=assignment.eligible(opened.dossier, at),
        units=_units(opened, at),
        assign=assignment.assign,
        move=assignment.move,
        suggested=assignment.where_to(opened, at).unit,
    )
    return handing.assign_page(request, opened, FRAME, takers, at=at)


def _units(opened: Opened, at: dt.datetime) -> list[Unit]:
    """Return the other units of the committee that take cases that day."""
    day = clock.local(at).date()
    units = Unit.objects.on(day).filter(authority=opened.dossier.authority_id, kind__in=TAKES_CASES)
    return list(units.exclude(id=opened.dossier.unit_id).order_by("name"))


@page(Ability.CASE_WORK, Ability.CASE_UNIT)
@once
def step_off(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Step off the case for bias; afterwards it is as if it did not exist."""
    at = clock.now()
    return handing.step_off_page(request, opened_for(request, dossier_id, at=at), FRAME, at=at)
