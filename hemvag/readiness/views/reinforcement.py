"""Reinforcement: propose a division of posts, see what follows, decide, and follow up."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.lib import clock
from hemvag.readiness import basis as bases
from hemvag.readiness import consequence, desk, reinforce
from hemvag.readiness import reinforcement_shown as shown
from hemvag.readiness.basis import Basis
from hemvag.readiness.models import Reinforcement
from hemvag.readiness.reinforcement_forms import FollowUpForm, ProposalForm, ReinforceForm, is_of_proposal
from hemvag.readiness.views.level import mine
from hemvag.web import drafts
from hemvag.web.once import once

FORM = "reinforcement"
works = page(Ability.READINESS_WORK)


@works
def reinforcements(request: WorkerRequest) -> HttpResponse:
    """Show the decisions, and the proposal that the worker has begun."""
    found = Reinforcement.objects.visible_to(request.worker, clock.now()).order_by("-at", "-id")
    context = {"decisions": found.prefetch_related("follow_ups")[:50], "draft": desk.kept(request.worker, FORM)}
    return render(request, "readiness/reinforcements.html", context | {"today": clock.today()})


@works
def propose(request: WorkerRequest) -> HttpResponse:
    """Write a proposal. What is typed is kept until it is decided, and leads to what would follow."""
    places = bases.measure(clock.today())
    kept = desk.kept(request.worker, FORM)
    if request.method != "POST":
        form = ProposalForm(places=places, initial=kept.fields if kept else None)
        return _propose(request, form)
    form = ProposalForm(request.POST, places=places)
    if not form.is_valid():
        return _propose(request, form, status=422)
    fields: drafts.Fields = {name: request.POST.get(name, "") for name in form.fields}
    sent = drafts.Draft(version=kept.version if kept else 0, tab="without-script", fields=fields, take_over=True)
    desk.keep(FORM, sent, fields=fields, by=request.worker, at=clock.now())
    return redirect("readiness:consequence")


@require_POST
@works
def proposal_draft(request: WorkerRequest) -> JsonResponse:
    """Keep what is typed in a proposal."""
    try:
        sent = drafts.read(request)
    except drafts.Unreadable:
        return drafts.refused()
    fields = {name: value for name, value in sent.fields.items() if is_of_proposal(name)}
    try:
        kept = desk.keep(FORM, sent, fields=fields, by=request.worker, at=clock.now())
    except desk.KeptElsewhere as other:
        now = other.now
        return drafts.elsewhere(version=now.version, fields=now.fields, tab=now.tab, at=now.at)
    return drafts.saved(version=kept.version, at=kept.at)


@works
@once
def follows(request: WorkerRequest) -> HttpResponse:
    """Show what would follow from the proposal, and let it be decided. Nothing is stored before that."""
    kept, on = desk.kept(request.worker, FORM), clock.today()
    proposal = ProposalForm(drafts.as_sent(kept.fields) if kept else {}, places=bases.measure(on))
    if not proposal.is_valid():
        return redirect("readiness:propose")
    basis = proposal.basis(on)
    split = _split(proposal, basis)
    form = ReinforceForm(request.POST if request.method == "POST" else None, seen=shown.mark(basis, split))
    if form.is_bound and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("reasons", "decider", "decided_on", "follow_up_on")}
        given = {place.key: posts for place, posts in zip(basis.places, split, strict=True)}
        made = reinforce.decide(
            authority=mine(request), basis=basis, split=given, by=request.worker, at=clock.now(), **facts
        )
        desk.discard(FORM, by=request.worker)
        messages.success(request, _("Beslutet är underskrivet."))
        return redirect("readiness:reinforcement", made.pk)
    context = _shown(basis, split) | {"form": form}
    return render(request, "readiness/consequence.html", context, status=422 if form.errors else 200)


@works
def reinforcement(request: WorkerRequest, reinforcement_id: uuid.UUID) -> HttpResponse:
    """Show a decision with what was shown then, and what is counted now."""
    return _decided(request, _visible(request, reinforcement_id), FollowUpForm())


@works
@once
def follow_up(request: WorkerRequest, reinforcement_id: uuid.UUID) -> HttpResponse:
    """Write down how it went, with what is counted now."""
    found = _visible(request, reinforcement_id)
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reinforce.follow_up(found, words=form.cleaned_data["words"], by=request.worker, at=clock.now())
        messages.success(request, _("Uppföljningen är sparad."))
        return redirect("readiness:reinforcement", found.pk)
    return _decided(request, found, form, status=422 if form.errors else 200)


def _decided(request: WorkerRequest, found: Reinforcement, form: FollowUpForm, status: int = 200) -> HttpResponse:
    then = bases.read(found.basis)
    split = [found.split.get(place.key, 0) for place in then.places]
    context = _shown(then, split) | {
        "decision": found,
        "form": form,
        "since": _since(then, split, reinforce.now_of(found, clock.today())),
        "follow_ups": [
            {"row": row, "since": _since(then, split, bases.read(row.basis))}
            for row in found.follow_ups.select_related("by").order_by("-at", "-id")
        ],
    }
    return render(request, "readiness/reinforcement.html", context, status=status)


def _since(then: Basis, split: list[int], now: Basis) -> list[dict[str, str]]:
    """Return ρ before, as it was expected and as it is, by district."""
    expected = consequence.of(then, split).rows
    measured = consequence.of(now, [0] * len(now.places)).rows
    return [
        {
            "name": before.place.name,
            "before": shown.ratio(before.before),
            "expected": shown.ratio(before.after),
            "now": shown.ratio(after.before),
            "late": shown.ends(after.place.late),
        }
        for before, after in zip(expected, measured, strict=True)
    ]


def _shown(basis: Basis, split: list[int]) -> dict[str, Any]:
    found = consequence.of(basis, split)
    names = [place.name for place in basis.places]
    return {
        "basis": basis,
        "has_placed": consequence.has_placed(basis),
        "rows": shown.rows(found),
        "drawing": shown.draw(found.rows),
        "by_load": shown.method(found.by_load, names),
        "by_need": shown.method(found.by_need, names),
        "highest": shown.highest(found),
        "lines": shown.lines(found),
    }


def _split(proposal: ProposalForm, basis: Basis) -> list[int]:
    """Return the division that was written, else method A's where it is stable, else an equal one."""
    written = proposal.split()
    if written is not None:
        return written
    nothing = consequence.of(basis, [0] * len(basis.places))
    return list(nothing.by_load.splits[0] if nothing.by_load.is_stable else nothing.equal)


def _propose(request: WorkerRequest, form: ProposalForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "draft": desk.kept(request.worker, FORM)}
    return render(request, "readiness/propose.html", context, status=status)


def _visible(request: WorkerRequest, reinforcement_id: uuid.UUID) -> Reinforcement:
    rows = Reinforcement.objects.visible_to(request.worker, clock.now()).select_related("by")
    found = rows.filter(pk=reinforcement_id).first()
    if found is None:
        raise Http404
    return found
