"""The pages by which a case is given out, passed to another unit, or stepped off: the same for children and adults."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hemvag.access.pages import WorkerRequest
from hemvag.agencies.models import Unit
from hemvag.dossiers import assigning
from hemvag.dossiers.models import Assignment
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.refusals import Refused
from hemvag.dossiers.writing import MOST_TEXT
from hemvag.lib import clock, date_words
from hemvag.staff.models import Worker
from hemvag.staff.workers import away_until
from hemvag.web.forms import ChoiceRow, Form, TextField


class WorkerForm(Form):
    """Who gets the case."""

    worker = ChoiceRow(label=gettext_lazy("Vem får ärendet?"), choices=[], row=False)


class UnitForm(Form):
    """Which unit gets the case."""

    unit = forms.ChoiceField(label=gettext_lazy("Enhet"))


class StepOffForm(Form):
    """Why someone steps off."""

    reasons = TextField(
        label=gettext_lazy("Varför du kliver av"),
        max_length=MOST_TEXT,
        rows=5,
        help_text=gettext_lazy("Skälen förseglas i akten. Efteråt ser du inte längre ärendet."),
    )


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a room shows around these pages: its head, the names of the addresses of the case and of the unit's list."""

    head: str
    case: str
    unit: str
    context: Callable[[WorkerRequest, Opened, dt.datetime], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Takers:
    """Who may take the case now, the room's verbs that give it to them, and the unit that is suggested, if any."""

    workers: Sequence[Worker]
    units: Sequence[Unit]
    assign: Callable[..., Assignment]
    move: Callable[..., Assignment]
    suggested: Unit | None = None


def assign_page(
    request: WorkerRequest, opened: Opened, frame: Frame, takers: Takers, *, at: dt.datetime
) -> HttpResponse:
    """Show who may take the case and where it may go; on POST hand it over. The room has asked who may."""
    moving = "unit" in request.POST
    worker_form = WorkerForm(request.POST if request.method == "POST" and not moving else None)
    worker_form.fields["worker"].choices = _named(takers.workers, at)  # type: ignore[attr-defined]
    unit_form = UnitForm(request.POST if moving else None, initial={"unit": takers.suggested and takers.suggested.id})
    unit_form.fields["unit"].choices = [(str(one.id), one.name) for one in takers.units]  # type: ignore[attr-defined]
    form = unit_form if moving else worker_form
    if request.method == "POST" and form.is_valid():
        try:
            said = _hand(opened, form.cleaned_data, takers, by=request.worker, at=at)
        except Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, said)
            return redirect("today" if moving else frame.unit)
    context = {
        **_around(request, opened, frame, at),
        "worker_form": worker_form if takers.workers else None,
        "unit_form": unit_form if takers.units else None,
        "suggested": takers.suggested if takers.suggested != opened.dossier.unit else None,
    }
    return render(request, "dossiers/assign.html", context, status=422 if request.method == "POST" else 200)


def step_off_page(request: WorkerRequest, opened: Opened, frame: Frame, *, at: dt.datetime) -> HttpResponse:
    """Show what stepping off for bias means; on POST do it. Afterwards it is as if the case did not exist."""
    form = StepOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assigning.step_off(opened, reasons=form.cleaned_data["reasons"], by=request.worker, at=at)
        except Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, _("Du har klivit av ärendet. En kollega får ta över det."))
            return redirect("today")
    context = {**_around(request, opened, frame, at), "form": form, "provision": assigning.RECUSAL}
    return render(request, "dossiers/step_off.html", context, status=422 if request.method == "POST" else 200)


def _around(request: WorkerRequest, opened: Opened, frame: Frame, at: dt.datetime) -> dict[str, Any]:
    return {**frame.context(request, opened, at), "dossier": opened.dossier, "frame": frame}


def _hand(opened: Opened, chosen: Mapping[str, str], takers: Takers, *, by: Worker, at: dt.datetime) -> str:
    if "unit" in chosen:
        unit = next(one for one in takers.units if str(one.id) == chosen["unit"])
        takers.move(opened, unit=unit, by=by, at=at)
        return _("Ärendet är hos %s.") % unit.name
    worker = next(one for one in takers.workers if str(one.id) == chosen["worker"])
    takers.assign(opened, worker=worker, by=by, at=at)
    return _("Ärendet är tilldelat.")


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
