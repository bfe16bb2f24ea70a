"""Today: what must be done, in order of what the law or a person waits for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

import hemvag.access.today
import hemvag.concerns.merge_today
import hemvag.concerns.today
import hemvag.dossiers.today
import hemvag.exchange.today
import hemvag.line.today
import hemvag.oversight.today
import hemvag.readiness.exercise_today
import hemvag.readiness.resource_today
import hemvag.readiness.today
import hemvag.reception.today
import hemvag.support.today
from hemvag.access.pages import WorkerRequest, page
from hemvag.lib import clock

MOST = 100


@page()
def today(request: WorkerRequest) -> HttpResponse:
    """Show at most MOST items from every room that has work for this worker, the most urgent first; before them what
    somebody opened by broken glass in her unit."""
    at = clock.now()
    items = sorted(
        [
            *hemvag.line.today.items(request.worker, at, MOST),
            *hemvag.concerns.today.items(request.worker, at, MOST),
            *hemvag.exchange.today.items(request.worker, at, MOST),
            *hemvag.support.today.items(request.worker, at, MOST),
            *hemvag.concerns.merge_today.items(request.worker, at, MOST),
            *hemvag.access.today.items(request.worker, at, MOST),
            *hemvag.oversight.today.items(request.worker, at, MOST),
            *hemvag.readiness.resource_today.items(request.worker, at, MOST),
            *hemvag.readiness.exercise_today.items(request.worker, at, MOST),
            *hemvag.reception.today.items(request.worker, at, MOST),
            *hemvag.readiness.today.items(request.worker, at, MOST),
        ]
    )[:MOST]
    glass = hemvag.dossiers.today.items(request.worker, at, MOST)
    groups = [
        (_("Nödöppnat: granska först"), glass),
        (_("Försenat"), [item for item in items if item.state == "late"]),
        (_("I dag"), [item for item in items if item.state == "now"]),
        (_("Snart"), [item for item in items if item.state in {"soon", "waiting"}]),
    ]
    shown = [group for group in groups if group[1]]
    context = {"groups": shown, "at": at, "count": len(items), "most": MOST}
    return render(request, "staff/today.html", context)
