"""A whole plan as a timeline and as a list, and its two prints."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.audit.models import Purpose
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.reception import chart, family, history, overview, plan, printed
from hemvag.reception.overview import Overview
from hemvag.reception.plan import Child
from hemvag.reception.views.opening import context_of, name_of, opened_for

WHO_MAY_SEE = (Ability.CASE_WORK, Ability.CASE_UNIT, Ability.CASE_LEAD)


@page(*WHO_MAY_SEE)
def timeline(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Show what blocks what and who is late, the law's clocks first; no person can be filtered by."""
    at = clock.now()
    opened = opened_for(request, plan_id, at=at)
    found = plan.read(opened)
    known = family.opened(found, by=request.worker, at=at)
    today = clock.local(at).date()

    def naming(child: Child | None) -> str:
        return name_of(child, known, today)

    shown = overview.of(found, opened, known, naming=naming, at=at)
    context = context_of(request, opened, at) | {
        "plan": found,
        "shown": shown,
        "clocks": shown.clocks,
        "clocks_hidden": shown.hidden,
        "history": history.of(found, opened, known, naming=naming),
        "chart": chart.draw(shown, finding(shown)),
    }
    return render(request, "reception/timeline.html", context)


@page(*WHO_MAY_SEE)
def names(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Print the plan with names, for those around the table who may know them."""
    return _print(request, plan_id, with_names=True)


@page(*WHO_MAY_SEE)
def no_names(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Print the plan so that no child can be recognised by it."""
    return _print(request, plan_id, with_names=False)


def finding(shown: Overview) -> str:
    """Return in a sentence what the timeline says."""
    if shown.late:
        rows = {one.title for one in shown.late}
        return ngettext("%(count)d uppgift är försenad", "%(count)d uppgifter är försenade", len(rows)) % {
            "count": len(rows)
        }
    left = sum(not standing.is_over for standing in shown.schedule.standings.values())
    return _("Inget är försenat") if left else _("Allt är klart")


def _print(request: WorkerRequest, plan_id: uuid.UUID, *, with_names: bool) -> HttpResponse:
    at = clock.now()
    opened: Opened = opened_for(request, plan_id, at=at, purpose=Purpose.PRINT)
    pdf = printed.pdf(opened, with_names=with_names, by=request.worker, at=at)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{opened.dossier.reference}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
