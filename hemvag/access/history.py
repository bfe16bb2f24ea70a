"""What a second person confirms, who changed whose access, and where I am signed in."""

import uuid
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access import giving
from hemvag.access.abilities import Ability
from hemvag.access.forms import role_names
from hemvag.access.pages import WorkerRequest, page
from hemvag.access.views import fault
from hemvag.lib import clock
from hemvag.staff import municipal, sessions, workers
from hemvag.staff.models import Change
from hemvag.staff.reproof import reproved
from hemvag.web.once import once

MOST: Final = 200
SECOND: Final = (Ability.STAFF_MANAGE, Ability.CASE_LEAD, Ability.SUPPORT_LEAD)


@page(*SECOND)
@reproved
@once
def answer(request: WorkerRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Show what somebody has proposed; on POST confirm or refuse it."""
    at = clock.now()
    row = next((one for one in giving.waiting_for(request.worker, at) if one.pk == proposal_id), None)
    if row is None:
        raise Http404
    if request.method == "POST":
        verb = giving.confirm if request.POST.get("answer") == "confirm" else giving.refuse
        try:
            verb(row.pk, by=request.worker, at=at)
        except (giving.Refused, workers.HasLeft) as fact:
            messages.error(request, fault(fact))
        else:
            messages.success(request, _("Bekräftat.") if verb is giving.confirm else _("Nekat."))
        return redirect("today")
    context = {"row": row, "role": role_names().get(row.role, row.role)}
    return render(request, "access/answer.html", context)


@page(Ability.LOG_READ, Ability.STAFF_MANAGE)
def changes(request: WorkerRequest) -> HttpResponse:
    """Show the last MOST changes of anybody's access in one's own committee, and of workers who have no role."""
    mine = request.grants.authorities(Ability.LOG_READ) | request.grants.authorities(Ability.STAFF_MANAGE)
    rows = Change.objects.about(mine).select_related("worker", "by", "unit").order_by("-at")[:MOST]
    names = role_names()
    context = {"rows": [(row, names.get(row.role, row.role)) for row in rows], "most": MOST}
    return render(request, "access/changes.html", context)


@page()
def mine(request: WorkerRequest) -> HttpResponse:
    """Show where I am signed in: since when, used when, and in which family of browsers."""
    rows = [(one, one.key == request.session.session_key) for one in sessions.running(request.worker)]
    return render(request, "access/mine.html", {"rows": rows})


@require_POST
@page()
def end_others(request: WorkerRequest) -> HttpResponse:
    """End my other sessions. No proof is asked for: who finds a stranger there must be quick."""
    count = workers.end_others(request.worker, but=request.session.session_key or "", at=clock.now())
    messages.success(request, _("Avslutade inloggningar: %d.") % count)
    return redirect("access:mine")


@page()
@reproved
def tie(request: WorkerRequest) -> HttpResponse:
    """Say what tying does; on POST open the way to the municipality's sign-in, which says who it is."""
    if not municipal.login_url():
        raise Http404
    onward = municipal.tie_url(request) if request.method == "POST" else ""
    return render(request, "access/tie.html", {"onward": onward})
