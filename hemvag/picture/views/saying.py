"""How many?: the three populations side by side, and the forms that say something of one."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.lib import clock
from hemvag.picture import define, say, shown
from hemvag.picture.forms import OwnForm, PopulationForm, UnknownForm
from hemvag.picture.models import Kind, Population
from hemvag.web.once import once


@page(Ability.PICTURE_WORK)
def picture(request: WorkerRequest) -> HttpResponse:
    """Show each population with what is unknown, our own estimate, and what was estimated from lists."""
    return render(request, "picture/picture.html", {"populations": shown.populations(request.worker, clock.now())})


@page(Ability.PICTURE_WORK)
@once
def define_population(request: WorkerRequest, kind: str) -> HttpResponse:
    """Say what is counted. A new version begins without any number: the old ones were about something else."""
    title, latest = title_of(kind), _latest(request, kind)
    kept = ("since", "until", "area", "definition")
    initial = {name: getattr(latest, name) for name in kept} if latest else {}
    form = PopulationForm(request.POST if request.method == "POST" else None, initial=initial)
    if not (form.is_bound and form.is_valid()):
        return _form(request, "picture/define.html", form, title=title, kind=kind, latest=latest)
    define.define(authority=_mine(request), kind=kind, by=request.worker, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("Sparat. Talen för den här bestämningen börjar om från okänt."))
    return redirect("picture:picture")


@page(Ability.PICTURE_WORK)
@once
def say_unknown(request: WorkerRequest, kind: str) -> HttpResponse:
    """Write down that it is not known how many there are, and why."""
    of = standing(request, kind)
    form = UnknownForm(request.POST if request.method == "POST" else None, of=of)
    if not (form.is_bound and form.is_valid()):
        return _form(request, "picture/unknown.html", form, title=title_of(kind), kind=kind, latest=of)
    say.unknown(of, words=form.cleaned_data["words"], by=request.worker, at=clock.now())
    messages.success(request, _("Sparat: det är inte känt."))
    return redirect("picture:picture")


@page(Ability.PICTURE_WORK)
@once
def say_own(request: WorkerRequest, kind: str) -> HttpResponse:
    """Write down an estimate of our own: a range, its method, whose it is and when it was made."""
    of = standing(request, kind)
    form = OwnForm(request.POST if request.method == "POST" else None, of=of)
    if not (form.is_bound and form.is_valid()):
        return _form(request, "picture/own.html", form, title=title_of(kind), kind=kind, latest=of)
    facts = {name: value for name, value in form.cleaned_data.items() if name != "population"}
    say.own(of, by=request.worker, at=clock.now(), **facts)
    messages.success(request, _("Uppskattningen är sparad."))
    return redirect("picture:picture")


def _form(request: WorkerRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


def title_of(kind: str) -> str:
    """Return the population's name. Raises Http404."""
    if kind not in Kind.values:
        raise Http404
    return str(Kind(kind).label)


def _mine(request: WorkerRequest) -> uuid.UUID:
    """Return the committee whose picture the coordinator makes; of several always the same."""
    return min(request.grants.authorities(Ability.PICTURE_WORK))


def _latest(request: WorkerRequest, kind: str) -> Population | None:
    return Population.objects.visible_to(request.worker, clock.now()).standing(kind)


def standing(request: WorkerRequest, kind: str) -> Population:
    """Return the version that stands. Raises Http404."""
    title_of(kind)
    found = _latest(request, kind)
    if found is None:
        raise Http404
    return found
