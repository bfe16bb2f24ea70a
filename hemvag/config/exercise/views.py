"""The pages of whoever leads the exercise: the clock, the injects, notes and counts. They work without scripts."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.agencies.models import Unit
from hemvag.config.exercise import forms, measures, play
from hemvag.config.exercise.scenario import Inject, Scenario
from hemvag.lib import clock
from hemvag.readiness import exercise_measures
from hemvag.readiness.models import Play
from hemvag.web.once import once


@page(Ability.READINESS_WORK)
def board(request: WorkerRequest) -> HttpResponse:
    """Show the scenario's clock, what to give now and next, what was given, and what is measured so far."""
    return _board(request)


@require_POST
@page(Ability.READINESS_WORK)
@once
def start(request: WorkerRequest) -> HttpResponse:
    """Begin the exercise."""
    form, found = forms.StartForm(request.POST), play.current()
    if not form.is_valid():
        return _board(request, start_form=form)
    whole = round(found.length / dt.timedelta(minutes=1))
    play.start(found, minutes=int(form.cleaned_data["minutes"]) or whole, by=request.worker, at=clock.now())
    messages.success(request, _("Övningen har börjat."))
    return redirect("exercise:board")


@require_POST
@page(Ability.READINESS_WORK)
@once
def give(request: WorkerRequest, code: str) -> HttpResponse:
    """Give an inject to the players."""
    found = play.current()
    inject = _inject(found, code)
    try:
        play.give(inject, found, by=request.worker, at=clock.now())
    except play.GivenAlready:
        messages.info(request, _("Det är redan givet."))
    except play.NotOn:
        messages.info(request, _("Övningen är inte igång."))
    else:
        entered = _("Anmälan är införd som mottagningen för in den.") if inject.report else ""
        messages.success(request, " ".join(part for part in (_("Givet."), entered) if part))
    return redirect("exercise:board")


@require_POST
@page(Ability.READINESS_WORK)
@once
def note(request: WorkerRequest) -> HttpResponse:
    """Note what the players did, what was unclear or what was missing."""
    form = forms.NoteForm(request.POST)
    if not form.is_valid():
        return _board(request, note_form=form)
    try:
        play.note(by=request.worker, at=clock.now(), **form.cleaned_data)
    except play.NotOn:
        messages.info(request, _("Övningen är inte igång."))
    else:
        messages.success(request, _("Antecknat."))
    return redirect("exercise:board")


@page(Ability.READINESS_WORK)
@once
def count(request: WorkerRequest) -> HttpResponse:
    """Enter what is counted by hand, and how many took part."""
    units = list(Unit.objects.on(clock.today()).order_by("name"))
    names = [(str(unit.pk), unit.name) for unit in units]
    form = forms.count_form(names, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _counted(request, form.cleaned_data, units)
        except play.NotOn:
            messages.info(request, _("Övningen är inte igång."))
            return redirect("exercise:board")
        except ValueError as wrong:
            form.add_error(str(wrong), _("Talen går inte ihop, eller så saknas ett av dem."))
        else:
            messages.success(request, _("Sparat."))
            return redirect("exercise:board")
    return render(request, "exercise/count.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@page(Ability.READINESS_WORK)
@once
def end(request: WorkerRequest) -> HttpResponse:
    """End the exercise: nothing is given or noted after that."""
    try:
        play.end(at=clock.now())
    except play.NotOn:
        messages.info(request, _("Övningen är inte igång."))
    else:
        messages.success(request, _("Övningen är slut. Rapporten skrivs med hemvag exercise close."))
    return redirect("exercise:board")


def _board(request: WorkerRequest, **bound: Any) -> HttpResponse:
    at, found, row = clock.now(), play.current(), Play.objects.first()
    cards = play.cards(row, found, at)
    context = {
        "scenario": found,
        "play": row,
        "clock": _clock(play.clock_of(row, found, row.ended_at or at)) if row else "",
        "rate": found.length / dt.timedelta(minutes=row.minutes) if row else 0,
        "seconds": round(play.clock_of(row, found, at).total_seconds()) if row else 0,
        "waiting": [card for card in cards if card.state in {"late", "now", "soon"}],
        "later": [card for card in cards if card.state == "next"],
        "given": [card for card in cards if card.state == "given"],
        "children": [(child, child.born(at.date()), child.number(at.date())) for child in found.children],
        "measures": exercise_measures.shown(measures.taken(row, found, at)) if row else [],
        "start_form": forms.StartForm(),
        "note_form": forms.NoteForm(auto_id="note_%s"),
    } | bound
    return render(request, "exercise/board.html", context, status=422 if bound else 200)


def _clock(since: dt.timedelta) -> str:
    """Return the scenario's time as people say it: "−14 tim 20 min" before the arrival, "+3 tim 5 min" after it."""
    minutes = abs(round(since / dt.timedelta(minutes=1)))
    sign = "−" if since < dt.timedelta() else "+"
    return _("%(sign)s%(hours)d tim %(minutes)d min") % {"sign": sign, "hours": minutes // 60, "minutes": minutes % 60}


def _inject(found: Scenario, code: str) -> Inject:
    inject = next((one for one in found.injects if one.code == code), None)
    if inject is None:
        raise Http404
    return inject


def _counted(request: WorkerRequest, entered: dict[str, Any], units: list[Unit]) -> None:
    """Store every number that was entered. Raises NotOn, and ValueError naming the field that cannot be."""
    at = clock.now()
    for code in forms.ENTERED:
        if entered[code] is not None:
            play.count(code=code, value=entered[code], of=entered.get(f"{code}_of"), by=request.worker, at=at)
    for unit in units:
        if (value := entered[f"unit_{unit.pk}"]) is not None:
            play.took_part(unit, value=value, by=request.worker, at=at)
