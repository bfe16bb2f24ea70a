"""From lists: paste the counts, say what each list is, merge those that feed each other, and start."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.estimate import faults
from hemvag.lib import clock
from hemvag.picture import calculate
from hemvag.picture.list_forms import DescribeForm, PasteForm
from hemvag.picture.models import Table
from hemvag.picture.views.saying import standing, title_of
from hemvag.web.once import once


@page(Ability.PICTURE_WORK)
@once
def paste(request: WorkerRequest, kind: str) -> HttpResponse:
    """Take counts for a population; nothing is stored unless all of them can be read."""
    of = standing(request, kind)
    form = PasteForm(request.POST, request.FILES) if request.method == "POST" else PasteForm()
    if not (form.is_bound and form.is_valid()):
        context = {"form": form, "kind": kind, "title": title_of(kind), "latest": of}
        return render(request, "picture/lists.html", context, status=422 if form.errors else 200)
    table = calculate.keep(of, form.cleaned_data["text"], by=request.worker, at=clock.now())
    return redirect("picture:table", table.pk)


@page(Ability.PICTURE_WORK)
@once
def describe(request: WorkerRequest, table_id: uuid.UUID) -> HttpResponse:
    """Say what each list is and start; lists that feed one another are refused, with an offer to merge them."""
    table = _table(request, table_id)
    known = calculate.described(table)
    form = DescribeForm(table.lists(), request.POST if request.method == "POST" else None, known=known)
    if not (form.is_bound and form.is_valid()):
        context = {"form": form, "listed": form.listed(), "table": table, "title": title_of(table.population.kind)}
        return render(request, "picture/table.html", context, status=422 if form.errors else 200)
    run = calculate.start(table, form.described(), by=request.worker, at=clock.now())
    return redirect("picture:run", run.pk)


@require_POST
@page(Ability.PICTURE_WORK)
@once
def merge(request: WorkerRequest, table_id: uuid.UUID) -> HttpResponse:
    """Make one list of two, in a table of its own, with what was typed of both."""
    table = _table(request, table_id)
    one, _mark, other = request.POST.get("pair", "").partition("-")
    places = {str(place): place for place in range(len(table.names))}
    if one not in places or other not in places or one == other:
        return redirect("picture:table", table.pk)
    form = DescribeForm(table.lists(), request.POST)
    form.is_valid()
    try:
        made = calculate.merge(table, places[one], places[other], form.described(), by=request.worker, at=clock.now())
    except faults.OneList:
        messages.error(request, _("De två listorna är de enda. Skaffa en lista till innan något räknas."))
        return redirect("picture:table", table.pk)
    messages.success(request, _("Listorna är ihopslagna. Läs igenom vad som står om den nya listan."))
    return redirect("picture:table", made.pk)


def _table(request: WorkerRequest, table_id: uuid.UUID) -> Table:
    visible = Table.objects.visible_to(request.worker, clock.now()).select_related("population")
    found = visible.filter(pk=table_id).first()
    if found is None:
        raise Http404
    return found
