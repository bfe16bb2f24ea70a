"""Exercises: those held, what each showed, who answers for its gaps, and which spaces are erased."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.lib import clock
from hemvag.readiness import exercise_file, exercise_shown, exercise_verbs
from hemvag.readiness.exercise_forms import CloseForm, GapForm, HoldForm, OwnerForm, ReportForm, TakeInForm
from hemvag.readiness.models import Exercise, ExerciseGap, SpaceErased
from hemvag.web.forms import Form
from hemvag.web.once import once


@page(Ability.READINESS_WORK)
def exercises(request: WorkerRequest) -> HttpResponse:
    """Show the exercises held, the latest first, and the spaces that are erased."""
    at = clock.now()
    rows = Exercise.objects.visible_to(request.worker, at).prefetch_related("reports", "gaps__closed")
    erased = SpaceErased.objects.visible_to(request.worker, at).select_related("by")
    context = {"exercises": [exercise_shown.line(row, at) for row in rows], "erased": erased}
    return render(request, "readiness/exercises.html", context)


@page(Ability.READINESS_WORK)
@once
def new(request: WorkerRequest) -> HttpResponse:
    """Write in an exercise that was held without a space of its own."""
    form = HoldForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return _form(request, form, title=_("Skriv in en övning"), button=_("Spara övningen"))
    held = exercise_verbs.hold(authority=_mine(request), by=request.worker, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("Övningen är sparad. Skriv rapporten inom 30 dagar."))
    return redirect("readiness:exercise", held.pk)


@page(Ability.READINESS_WORK)
@once
def take_in(request: WorkerRequest) -> HttpResponse:
    """Take in the report file of an exercise's space; nothing is kept unless the whole file fits the form."""
    form = TakeInForm(request.POST, request.FILES) if request.method == "POST" else TakeInForm()
    if form.is_bound and form.is_valid():
        try:
            sent = form.cleaned_data["file"]
            kept = exercise_file.take_in(sent, authority=_mine(request), by=request.worker, at=clock.now())
        except exercise_verbs.TakenAlready:
            form.add_error("file", _("Den här rapporten är redan inläst."))
        except exercise_verbs.NotHeldYet:
            form.add_error("file", _("Rapporten gäller en dag som inte har varit än."))
        else:
            messages.success(request, _("Rapporten är inläst. Säg vem som ansvarar för varje brist inom 60 dagar."))
            return redirect("readiness:exercise", kept.pk)
    return _form(request, form, title=_("Läs in en övningsrapport"), button=_("Läs in rapporten"), is_file=True)


@page(Ability.READINESS_WORK)
def exercise(request: WorkerRequest, exercise_id: uuid.UUID) -> HttpResponse:
    """Show one exercise: its report, what was measured, its gaps."""
    shown = exercise_shown.whole(_exercise(request, exercise_id), clock.now())
    return render(request, "readiness/exercise.html", {"shown": shown})


@page(Ability.READINESS_WORK)
@once
def report(request: WorkerRequest, exercise_id: uuid.UUID) -> HttpResponse:
    """Write what the exercise showed, from the report before."""
    of = _exercise(request, exercise_id)
    latest = of.reports.first()
    before: list[dict[str, Any]] = latest.measures if latest else []
    form = ReportForm(request.POST if request.method == "POST" else None, initial=_initial(of))
    if not (form.is_bound and form.is_valid()):
        return _form(request, form, title=_("Rapport"), button=_("Spara rapporten"), of=of)
    facts = {name: form.cleaned_data[name] for name in ("participants", "strengths", "improvements")}
    exercise_verbs.report(of, measures=form.measures(before), by=request.worker, at=clock.now(), **facts)
    messages.success(request, _("Rapporten är sparad."))
    return redirect("readiness:exercise", of.pk)


@page(Ability.READINESS_WORK)
@once
def gap(request: WorkerRequest, exercise_id: uuid.UUID) -> HttpResponse:
    """List something that was missing."""
    of = _exercise(request, exercise_id)
    form = GapForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return _form(request, form, title=_("Lista en brist"), button=_("Spara bristen"), of=of)
    exercise_verbs.list_gap(of, by=request.worker, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("Bristen är listad."))
    return redirect("readiness:exercise", of.pk)


@page(Ability.READINESS_WORK)
@once
def own_gap(request: WorkerRequest, gap_id: uuid.UUID) -> HttpResponse:
    """Say which function answers for a gap."""
    of = _gap(request, gap_id)
    owner = of.owners.first()
    initial = {"function": owner.function, "action": owner.action} if owner else {"action": of.action}
    form = OwnerForm(request.POST if request.method == "POST" else None, initial=initial)
    if not (form.is_bound and form.is_valid()):
        return _form(
            request, form, title=_("Vem ansvarar för bristen"), button=_("Spara ansvaret"), of=of.exercise, gap=of
        )
    exercise_verbs.own_gap(of, by=request.worker, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("Sparat."))
    return redirect("readiness:exercise", of.exercise_id)


@page(Ability.READINESS_WORK)
@once
def close_gap(request: WorkerRequest, gap_id: uuid.UUID) -> HttpResponse:
    """Close a gap."""
    of = _gap(request, gap_id)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return _form(request, form, title=_("Stäng bristen"), button=_("Stäng bristen"), of=of.exercise, gap=of)
    exercise_verbs.close_gap(of, words=form.cleaned_data["words"], by=request.worker, at=clock.now())
    messages.success(request, _("Bristen är stängd."))
    return redirect("readiness:exercise", of.exercise_id)


def _form(request: WorkerRequest, form: Form, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "readiness/exercise_form.html", {"form": form, **context}, status=status)


def _initial(of: Exercise) -> dict[str, Any]:
    latest = of.reports.first()
    if latest is None:
        return {}
    known = {one["code"]: one["value"] for one in latest.measures}
    return {
        "participants": "\n".join(f"{unit}: {count}" for unit, count in latest.participants.items()),
        "roster_minutes": known.get("roster_minutes"),
        "strengths": latest.strengths,
        "improvements": latest.improvements,
    }


def _mine(request: WorkerRequest) -> uuid.UUID:
    """Return the committee whose readiness the worker keeps; of several always the same."""
    return min(request.grants.authorities(Ability.READINESS_WORK))


def _exercise(request: WorkerRequest, exercise_id: uuid.UUID) -> Exercise:
    found = Exercise.objects.visible_to(request.worker, clock.now()).filter(pk=exercise_id).select_related("by").first()
    if found is None:
        raise Http404
    return found


def _gap(request: WorkerRequest, gap_id: uuid.UUID) -> ExerciseGap:
    """Return a gap that is open. Raises Http404."""
    rows = ExerciseGap.objects.visible_to(request.worker, clock.now()).still_open()
    found = rows.filter(pk=gap_id).select_related("exercise").first()
    if found is None:
        raise Http404
    return found
