"""Give an adult's case to someone or to the desk, or step off it."""

import uuid
from typing import Final

from django.http import Http404, HttpResponse

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers import handing
from hemvag.lib import clock
from hemvag.support import assignment, case
from hemvag.support.views.opening import context_of, opened_for
from hemvag.web.once import once

FRAME: Final = handing.Frame(head="support/head.html", case="support:case", unit="support:unit", context=context_of)


@page(Ability.SUPPORT_LEAD)
@once
def assign(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show who may take the case and where it may go; on POST hand it over."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at)
    if not case.may_assign(opened, request.worker, at):
        raise Http404
    takers = handing.Takers(
        workers=assignment.eligible(opened.dossier, at),
        units=assignment.units(opened.dossier, at),
        assign=assignment.assign,
        move=assignment.move,
    )
    return handing.assign_page(request, opened, FRAME, takers, at=at)


@page(Ability.SUPPORT_WORK, Ability.SUPPORT_LEAD)
@once
def step_off(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Step off the case for bias; afterwards it is as if it did not exist."""
    at = clock.now()
    return handing.step_off_page(request, opened_for(request, dossier_id, at=at), FRAME, at=at)
