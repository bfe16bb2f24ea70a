"""Give an adult's case to someone or to the desk, or step off it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers.writing import MOST_TEXT
from hemvag.lib import clock
from hemvag.support import assignment, case, facts
from hemvag.support.views.opening import context_of, opened_for
from hemvag.web.forms import ChoiceRow, Form, TextField
from hemvag.web.once import once


class WorkerForm(Form):
    """Who gets the case."""

    worker = ChoiceRow(label=gettext_lazy("Vem får ärendet?"), choices=[], row=False)


class UnitForm(Form):
    """Which unit gets the case."""

    unit = forms.ChoiceField(label=gettext_lazy("Enhet"))


class OffForm(Form):
    """Why someone steps off."""

    reasons = TextField(
        label=gettext_lazy("Varför du kliver av"),
        max_length=MOST_TEXT,
        rows=5,
        help_text=gettext_lazy("Skälen förseglas i akten. Efteråt ser du inte längre ärendet."),
    )


@page(Ability.SUPPORT_LEAD)
@once
def assign(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show who may take the case and where it may go; on POST hand it over."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at)
    if not case.may_assign(opened, request.worker, at):
        raise Http404
    workers = {str(one.id): one for one in assignment.eligible(opened.dossier, at)}
    units = {str(one.id): one for one in assignment.units(opened.dossier, at)}
    moving = "unit" in request.POST
    worker_form = WorkerForm(request.POST if request.method == "POST" and not moving else None)
    worker_form.fields["worker"].choices = [(key, one.name) for key, one in workers.items()]  # type: ignore[attr-defined]
    unit_form = UnitForm(request.POST if moving else None)
    unit_form.fields["unit"].choices = [(key, one.name) for key, one in units.items()]  # type: ignore[attr-defined]
    form: Any = unit_form if moving else worker_form
    if request.method == "POST" and form.is_valid():
        try:
            if moving:
                chosen = units[form.cleaned_data["unit"]]
                assignment.move(opened, unit=chosen, by=request.worker, at=at)
            else:
                assignment.assign(opened, worker=workers[form.cleaned_data["worker"]], by=request.worker, at=at)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, _("Ärendet är tilldelat."))
            return redirect("support:unit")
    context = context_of(request, opened, at) | {"worker_form": worker_form, "unit_form": unit_form if units else None}
    return render(request, "support/assign.html", context, status=422 if request.method == "POST" else 200)


@page(Ability.SUPPORT_WORK, Ability.SUPPORT_LEAD)
@once
def step_off(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """SupportStep off the case for bias; afterwards it is as if it did not exist."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at)
    form = OffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assignment.step_off(opened, reasons=form.cleaned_data["reasons"], by=request.worker, at=at)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, _("Du har klivit av ärendet. En kollega får ta över det."))
            return redirect("today")
    context = context_of(request, opened, at) | {"form": form, "provision": assignment.RECUSAL}
    return render(request, "support/step_off.html", context, status=422 if request.method == "POST" else 200)
