"""The horizon: a week of items to judge, one entered by hand, and one removed for good."""

import datetime as dt
import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.lib import clock
from hemvag.readiness.horizon import judge, shown
from hemvag.readiness.horizon.forms import EnterForm, WeekForm
from hemvag.readiness.models import HorizonItem, Removal
from hemvag.readiness.views.level import mine
from hemvag.web.once import once


@page(Ability.READINESS_WORK)
@once
def horizon(request: WorkerRequest) -> HttpResponse:
    """Show a week of items with what each was judged to be worth, and take what is judged now."""
    at, authority = clock.now(), mine(request)
    week = shown.week(request.worker, authority, _monday(request), at)
    form = WeekForm(week.items, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = [
            judge.judge(item, outcome=outcome, reason=reason, by=request.worker, at=at)
            for item, outcome, reason in form.chosen()
        ]
        number = len([one for one in made if one])
        words = ngettext("%(number)d bedömning är sparad.", "%(number)d bedömningar är sparade.", number)
        messages.success(request, words % {"number": number})
        return redirect(_address(week.monday))
    context = {
        "form": form,
        "week": week,
        "last_day": week.monday + dt.timedelta(days=6),
        "before": _address(week.monday - shown.A_WEEK),
        "after": _address(week.monday + shown.A_WEEK) if week.monday < shown.monday(clock.today()) else "",
        "waiting": _address(week.waiting_in) if week.waiting_in else "",
        "here": _address(week.monday),
        "feeds": shown.feeds(request.worker, authority, at),
        "removed": Removal.objects.filter(authority=authority).select_related("by").order_by("-at")[:10],
    }
    return render(request, "readiness/horizon.html", context, status=422 if form.errors else 200)


@page(Ability.READINESS_WORK)
@once
def enter(request: WorkerRequest) -> HttpResponse:
    """Enter an item by hand; what looks like a person must be answered for, and a personal number is refused."""
    form = EnterForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        judge.enter(authority=mine(request), by=request.worker, at=clock.now(), **form.facts())
        messages.success(request, _("Inskrivet. Bedöm det nedan."))
        return redirect("readiness:horizon")
    return render(request, "readiness/enter.html", {"form": form}, status=422 if form.errors else 200)


@page(Ability.READINESS_WORK)
@once
def remove(request: WorkerRequest, item_id: uuid.UUID) -> HttpResponse:
    """Ask in words whether an item shall go for good, and remove it."""
    at = clock.now()
    item = HorizonItem.objects.visible_to(request.worker, at).filter(pk=item_id).first()
    if item is None:
        raise Http404
    if request.method == "POST":
        monday = shown.monday(clock.local(item.at).date())
        judge.remove(item.pk, by=request.worker, at=at)
        messages.success(request, _("Borttaget för gott. Det står kvar att något togs bort, inte vad."))
        return redirect(_address(monday))
    return render(request, "readiness/remove.html", {"item": item, "signs": shown.signs(item, clock.today())})


def _monday(request: WorkerRequest) -> dt.date:
    """Return the Monday of the week asked for, else of this one."""
    try:
        return shown.monday(dt.date.fromisoformat(request.GET.get("week", "")))
    except ValueError:
        return shown.monday(clock.today())


def _address(monday: dt.date) -> str:
    return f"{reverse('readiness:horizon')}?{urlencode({'week': monday.isoformat()})}"
