"""The privacy officer's pages: the log, taken out as a file, and what became of the reviews. No name of a child."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.audit.models import Act
from hemvag.lib import clock
from hemvag.oversight import export, overview, sealed, search
from hemvag.oversight.forms import LogForm

ASKED = ("worker", "act", "purpose", "reference", "since", "until")


@page(Ability.LOG_READ)
def log(request: WorkerRequest) -> HttpResponse:
    """Search the read log and show a page of it, the newest first."""
    at = clock.now()
    form = LogForm(request.GET, workers=search.readers_workers(request.worker, at))
    context: dict[str, Any] = {"form": form, "refused": Act.REFUSED, "is_late_page": "after" in request.GET}
    if form.is_valid():
        wanted = form.wanted(at.date())
        found = search.search(wanted, after=request.GET.get("after", ""), by=request.worker, at=at)
        asked = {name: form.data[name] for name in ASKED if form.data.get(name)}
        context |= {"found": found, "wanted": wanted, "asked": asked.items(), "most": search.MOST_TAKEN_OUT}
        context["older"] = urlencode({**asked, "after": found.after}) if found.after else ""
    return render(request, "oversight/log.html", context, status=422 if form.errors else 200)


@require_POST
@page(Ability.LOG_READ)
def take_out(request: WorkerRequest) -> HttpResponseBase:
    """Take out as a file what the page shows; the log says so first."""
    at = clock.now()
    form = LogForm(request.POST, workers=search.readers_workers(request.worker, at))
    if not form.is_valid():
        return render(request, "oversight/log.html", {"form": form, "refused": Act.REFUSED}, status=422)
    lines = search.take_out(form.wanted(at.date()), by=request.worker, at=at)
    answer = StreamingHttpResponse(export.as_csv(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="laslogg-{at:%Y-%m-%d}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@page(Ability.LOG_READ)
def outcomes(request: WorkerRequest) -> HttpResponse:
    """Show how many openings and reviews each unit has, and the reviews with how they ended."""
    at = clock.now()
    state = request.GET.get("state", "")
    rows, older = overview.reviews(request.worker, at, state=state, after=request.GET.get("after", ""))
    context = {
        "units": overview.units(request.worker, at),
        "weeks": overview.WEEKS,
        "rows": rows,
        "older": urlencode({"state": state, "after": older}) if older else "",
        "state": state,
        "states": overview.STATES.items(),
        "ends": overview.ENDED.values(),
    }
    return render(request, "oversight/outcomes.html", context)


@page(Ability.LOG_READ)
def seal(request: WorkerRequest) -> HttpResponse:
    """Show how the log is sealed: the last root, what waits, and the roots of each day, to be printed and kept."""
    at = clock.now()
    tail = sealed.tail(at)
    context = {"last": sealed.last(), "tail": tail, "is_late": tail.is_late(at), "roots": sealed.days(at), "at": at}
    return render(request, "oversight/seal.html", context)
