"""The level of preparedness: what stands and why, what speaks for and against, the decision, and the checklist."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.lib import clock
from hemvag.readiness import checklist as checks
from hemvag.readiness import decide as deciding
from hemvag.readiness import indicators, level_shown, levels
from hemvag.readiness.level_forms import DecideForm, MarkForm
from hemvag.readiness.models import Check, CheckMark, HorizonItem, LevelDecision
from hemvag.web.once import once


@page(Ability.READINESS_WORK)
def level(request: WorkerRequest) -> HttpResponse:
    """Show the level that stands, its reasons and review, what speaks for and against, and earlier decisions."""
    at, authority = clock.now(), mine(request)
    decision = level_shown.standing(request.worker, authority, at)
    news = HorizonItem.objects.visible_to(request.worker, at).filter(authority=authority)
    earlier = LevelDecision.objects.visible_to(request.worker, at).filter(authority=authority)
    context = {
        "decision": decision,
        "is_overdue": decision is not None and decision.is_overdue(clock.local(at).date()),
        "order": levels.order(),
        "level": levels.order().level(decision.level) if decision else None,
        "indicators": indicators.ask(authority, at),
        "checklist": level_shown.checklist(request.worker, authority, at),
        "to_judge": news.waiting().count(),
        "earlier": earlier.select_related("by").order_by("-at", "-id")[1:25],
    }
    return render(request, "readiness/level.html", context)


@page(Ability.READINESS_WORK)
@once
def decide(request: WorkerRequest) -> HttpResponse:
    """Keep, raise or lower the level, with what speaks for and against beside the form."""
    at, authority = clock.now(), mine(request)
    before = level_shown.standing(request.worker, authority, at)
    form = DecideForm(request.POST if request.method == "POST" else None, standing=before)
    if form.is_bound and form.is_valid():
        made = deciding.decide(authority=authority, by=request.worker, at=at, **form.facts())
        messages.success(request, _("Beslutet är underskrivet: %(kind)s.") % {"kind": made.get_kind_display()})
        return redirect("readiness:level")
    context = {"form": form, "before": before, "order": levels.order(), "indicators": indicators.ask(authority, at)}
    return render(request, "readiness/decide.html", context, status=422 if form.errors else 200)


@page(Ability.READINESS_WORK)
def decision(request: WorkerRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Show one decision with what spoke for and against as it stood then."""
    visible = LevelDecision.objects.visible_to(request.worker, clock.now()).select_related("by")
    found = visible.filter(pk=decision_id).first()
    if found is None:
        raise Http404
    context = {"decision": found, "indicators": indicators.read(found.indicators)}
    return render(request, "readiness/decision.html", context)


@page(Ability.READINESS_WORK)
def checklist(request: WorkerRequest) -> HttpResponse:
    """Show the checklist that a raised level started, what is open first."""
    listed = level_shown.checklist(request.worker, mine(request), clock.now())
    return render(request, "readiness/checklist.html", {"checklist": listed, "order": levels.order()})


@page(Ability.READINESS_WORK)
@once
def check(request: WorkerRequest, check_id: uuid.UUID) -> HttpResponse:
    """Say whose an item is, when it is due and how far it has come."""
    found = _check(request, check_id)
    form = MarkForm(request.POST if request.method == "POST" else None, check=found)
    if form.is_bound and form.is_valid():
        checks.mark(found, by=request.worker, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Sparat."))
        return redirect("readiness:checklist")
    marks = found.marks.select_related("by").order_by("-at", "-id")
    context = {"form": form, "check": found, "words": level_shown.words(found), "marks": marks}
    return render(request, "readiness/check.html", context, status=422 if form.errors else 200)


@require_POST
@page(Ability.READINESS_WORK)
@once
def tick(request: WorkerRequest, check_id: uuid.UUID) -> HttpResponse:
    """Say that an item is done; whose it is, its day and its note stay."""
    found = _check(request, check_id)
    kept = {"owner": found.owner or "", "due": found.due, "note": found.note or ""}  # type: ignore[attr-defined]
    checks.mark(found, state=CheckMark.State.DONE, by=request.worker, at=clock.now(), **kept)
    messages.success(request, _("Klart: %(item)s") % {"item": level_shown.words(found)})
    return redirect("readiness:checklist")


def mine(request: WorkerRequest) -> uuid.UUID:
    """Return the committee whose readiness the worker works with; of several always the same."""
    return min(request.grants.authorities(Ability.READINESS_WORK))


def _check(request: WorkerRequest, check_id: uuid.UUID) -> Check:
    found = Check.objects.visible_to(request.worker, clock.now()).standing().filter(pk=check_id).first()
    if found is None:
        raise Http404
    return found
