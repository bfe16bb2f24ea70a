"""The privacy officer's page of broken glass: each one, and whether a lead has reviewed it. No name of a child."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers.models import GlassOutcome
from hemvag.lib import clock
from hemvag.oversight import broken


@page(Ability.LOG_READ)
def glass(request: WorkerRequest) -> HttpResponse:
    """List who opened what by broken glass, until when, and what a lead said of it; `state` in the address filters."""
    at = clock.now()
    state = request.GET.get("state", "")
    rows, older = broken.rows(request.worker, at, state=state, after=request.GET.get("after", ""))
    context = {
        "rows": rows,
        "waiting": broken.count_waiting(request.worker, at),
        "older": urlencode({"state": state, "after": older}) if older else "",
        "state": state,
        "is_waiting": broken.WAITING,
        "outcomes": GlassOutcome.choices,
        "unjustified": (GlassOutcome.UNFOUNDED, GlassOutcome.LOOK_INTO),
    }
    return render(request, "oversight/glass.html", context)
