"""Let a plan rest, take it up again, or end it: three decisions, each with its reason."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.reception import facts, resting
from hemvag.reception.resting_forms import EndForm, RestForm, WakeForm
from hemvag.reception.views.opening import context_of, to_work
from hemvag.web.forms import Form
from hemvag.web.once import once


@page(Ability.CASE_WORK)
@once
def rest(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Ask why the plan rests and when it is looked at again."""
    today = clock.local(clock.now()).date()
    form = RestForm(request.POST or None, initial={"review": resting.usual_review(today).isoformat()})
    words = (_("Låt planen vila"), _("Planen vilar. Lagens tider går vidare."))
    return _decide(request, plan_id, form, resting.rest, words)


@page(Ability.CASE_WORK)
@once
def wake(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Ask why a plan that rests, or has ended, is taken up."""
    return _decide(request, plan_id, WakeForm(request.POST or None), resting.wake, (_("Ta upp planen"), _("Sparat.")))


@page(Ability.CASE_WORK)
@once
def end(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Ask what became of the plan."""
    words = (_("Avsluta planen"), _("Planen är avslutad. Barnens ärenden och deras tider är som förut."))
    return _decide(request, plan_id, EndForm(request.POST or None), resting.end, words)


def _decide(
    request: WorkerRequest, plan_id: uuid.UUID, form: Form, verb: Callable[..., None], words: tuple[str, str]
) -> HttpResponse:
    """Show the form, or do what it says. `words` are the page's heading and what is said when it is done."""
    at = clock.now()
    opened: Opened = to_work(request, plan_id, at=at)
    heading, done = words
    if request.method == "POST" and form.is_valid():
        try:
            verb(opened, **form.cleaned_data, by=request.worker, at=at)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, done)
            return redirect("reception:timeline", plan_id)
    context = context_of(request, opened, at) | {"form": form, "heading": heading}
    return render(request, "reception/resting.html", context, status=422 if form.errors else 200)
