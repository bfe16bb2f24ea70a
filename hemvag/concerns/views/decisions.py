"""A decision as a PDF."""

import uuid

from django.http import Http404, HttpResponse

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.audit.models import Purpose
from hemvag.concerns import decision, decision_print
from hemvag.concerns.models import Decision
from hemvag.concerns.views.opening import opened_for
from hemvag.dossiers.models import Dossier
from hemvag.lib import clock


@page(Ability.CASE_WORK, Ability.CASE_UNIT, Ability.CASE_LEAD)
def pdf(request: WorkerRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Send the decision as it was printed the first time. Its name says nothing about the child."""
    at = clock.now()
    visible = Decision.objects.filter(dossier__in=Dossier.objects.visible_to(request.worker, at))
    found = visible.filter(id=decision_id).first()
    if found is None:
        raise Http404
    opened = opened_for(request, found.dossier_id, at=at, purpose=Purpose.PRINT)
    made = decision.of(opened, decision_id)
    response = HttpResponse(
        decision_print.printed(opened, made, by=request.worker, at=at), content_type="application/pdf"
    )
    response.headers["Content-Disposition"] = f'inline; filename="{opened.dossier.reference}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
