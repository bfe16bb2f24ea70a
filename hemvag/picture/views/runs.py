"""A calculation: how far it has come, what it answered, and the same on paper."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.lib import clock
from hemvag.picture import printed, result
from hemvag.picture.models import Outcome, Run


@page(Ability.PICTURE_WORK)
def run(request: WorkerRequest, run_id: uuid.UUID) -> HttpResponse:
    """Show how far a calculation has come; when it is done, what it answered."""
    found = _run(request, run_id)
    outcome = Outcome.objects.filter(run=found).first()
    asked_by_script = bool(getattr(request, "htmx", False))
    if outcome is None:
        template = "picture/progress.html" if asked_by_script else "picture/run.html"
        context = {"run": found, "is_stuck": result.is_stuck(found, clock.now())}
        return render(request, template, context)
    if asked_by_script:
        return HttpResponseClientRefresh()
    return render(request, "picture/result.html", {"run": found, "result": result.shown(found, outcome)})


@page(Ability.PICTURE_WORK)
def pdf(request: WorkerRequest, run_id: uuid.UUID) -> HttpResponse:
    """Send what a calculation answered as two pages of paper, in Swedish."""
    found = _run(request, run_id)
    outcome = Outcome.objects.filter(run=found).first()
    if outcome is None:
        raise Http404
    response = HttpResponse(printed.pdf(found, outcome), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="hur-manga-{outcome.at:%Y-%m-%d}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _run(request: WorkerRequest, run_id: uuid.UUID) -> Run:
    visible = Run.objects.visible_to(request.worker, clock.now())
    found = visible.select_related("by", "table__population__authority__municipality").filter(pk=run_id).first()
    if found is None:
        raise Http404
    return found
