"""Give the plan to someone, let another unit lead it, or step off it."""

import uuid
from typing import Final

from django.http import Http404, HttpResponse

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers import handing
from hemvag.lib import clock
from hemvag.reception import assignment
from hemvag.reception.views.opening import context_of, opened_for
from hemvag.web.once import once

FRAME: Final = handing.Frame(
    head="reception/head.html", case="reception:plan", unit="concerns:unit", context=context_of
)


@page(Ability.CASE_ASSIGN)
@once
def assign(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Show who may take the plan and which unit could lead it; on POST hand it over."""
    at = clock.now()
    opened = opened_for(request, plan_id, at=at)
    if not assignment.may_assign(opened, request.worker, at):
        raise Http404
    takers = handing.Takers(
        workers=assignment.eligible(opened.dossier, at),
        units=assignment.units(opened.dossier, at),
        assign=assignment.assign,
        move=assignment.move,
    )
    return handing.assign_page(request, opened, FRAME, takers, at=at)


@page(Ability.CASE_WORK, Ability.CASE_UNIT)
@once
def step_off(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Step off the plan for bias; afterwards it is as if it did not exist."""
    at = clock.now()
    return handing.step_off_page(request, opened_for(request, plan_id, at=at), FRAME, at=at)
