"""Give the case to someone, pass it to the right unit, or step off it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.agencies.models import Unit
from hemvag.concerns import assignment, case, facts
from hemvag.concerns.views.opening import context_of, opened_for
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock, date_words
from hemvag.staff.models import Worker
from hemvag.staff.workers import away_until
from hemvag.web.forms import ChoiceRow, Form, TextField
from hemvag.web.once import once

TAKES_CASES = [Unit.Kind.RECEPTION, Unit.Kind.CHILDREN, Unit.Kind.PROTECTED_DESK, Unit.Kind.ON_CALL]


class WorkerForm(Form):
    """Who gets the case."""

    worker = ChoiceRow(label=gettext_lazy("Vem får ärendet?"), choices=[])


class UnitForm(Form):
    """Which unit gets the case."""

    unit = forms.ChoiceField(label=gettext_lazy("Enhet"))


class StepOffForm(Form):
    """Why someone steps off."""

    reasons = TextField(
        label=gettext_lazy("Varför du kliver av"),
        max_length=case.MOST_TEXT,
        rows=5,
        help_text=gettext_lazy("Skälen förseglas i akten. Efteråt ser du inte längre ärendet."),
    )


@page(Ability.CASE_ASSIGN)
@once
def assign(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show who may take the case and where it may go; on POST hand it over."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at)
    if not case.may_assign(opened, request.worker, at):
        raise Http404
    workers = {str(one.id): one for one in assignment.eligible(opened.dossier, at)}
    units = {str(unit.id): unit for unit in _units(opened, at)}
    moving = "unit" in request.POST
    route = assignment.where_to(opened, at)
    worker_form = WorkerForm(request.POST if request.method == "POST" and not moving else None)
    worker_form.fields["worker"].choices = _named(workers.values(), at)  # type: ignore[attr-defined]
    suggested = str(route.unit.id) if route.unit else ""
    unit_form = UnitForm(request.POST if moving else None, initial={"unit": suggested})
    unit_form.fields["unit"].choices = [(key, unit.name) for key, unit in units.items()]  # type: ignore[attr-defined]
    form = unit_form if moving else worker_form
    if request.method == "POST" and form.is_valid():
        try:
            said = _hand(opened, form.cleaned_data, workers=workers, units=units, request=request, at=at)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, said)
            return redirect("today" if moving else "concerns:unit")
    context = context_of(request, opened, at) | {
        "worker_form": worker_form,
        "unit_form": unit_form if units else None,
        "route": route,
        "has_workers": bool(workers),
    }
    return render(request, "concerns/assign.html", context, status=422 if request.method == "POST" else 200)


def _named(found: Iterable[Worker], at: dt.datetime) -> list[tuple[str, str]]:
    """Return each worker's id and name, and until when she is away."""
    people, language = list(found), get_language() or "sv"
    away = away_until(people, clock.local(at).date())
    return [(str(one.id), _with_absence(one, away.get(one.id), language, at)) for one in people]


def _with_absence(one: Worker, until: dt.date | None, language: str, at: dt.datetime) -> str:
    if until is None:
        return one.name
    day = date_words.day(until, today=clock.local(at).date(), language=language)
    return _("%(name)s (borta till och med %(day)s)") % {"name": one.name, "day": day}


def _units(opened: Opened, at: dt.datetime) -> list[Unit]:
    """Return the other units of the committee that take cases that day."""
    day = clock.local(at).date()
    units = Unit.objects.on(day).filter(authority=opened.dossier.authority_id, kind__in=TAKES_CASES)
    return list(units.exclude(id=opened.dossier.unit_id).order_by("name"))


def _hand(
    opened: Opened,
    chosen: dict[str, Any],
    *,
    workers: dict[str, Worker],
    units: dict[str, Unit],
    request: WorkerRequest,
    at: dt.datetime,
) -> str:
    if "unit" in chosen:
        unit = units[chosen["unit"]]
        assignment.move(opened, unit=unit, by=request.worker, at=at)
        return _("Ärendet är hos %s.") % unit.name
    worker = workers[chosen["worker"]]
    assignment.assign(opened, worker=worker, by=request.worker, at=at)
    return _("Ärendet är tilldelat.")


@page(Ability.CASE_WORK, Ability.CASE_UNIT)
@once
def step_off(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Step off the case for bias; afterwards it is as if it did not exist."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at)
    form = StepOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assignment.step_off(opened, reasons=form.cleaned_data["reasons"], by=request.worker, at=at)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, _("Du har klivit av ärendet. En kollega får ta över det."))
            return redirect("today")
    context = context_of(request, opened, at) | {"form": form, "provision": assignment.RECUSAL}
    return render(request, "concerns/step_off.html", context, status=422 if request.method == "POST" else 200)
