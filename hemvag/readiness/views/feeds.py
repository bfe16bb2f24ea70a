"""The feeds that are followed: add, pause, take up again, fetch now, and how each goes."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.lib import clock
from hemvag.readiness.horizon import feeds as following
from hemvag.readiness.horizon import shown
from hemvag.readiness.horizon.forms import FollowForm
from hemvag.readiness.horizon.suggested import suggested
from hemvag.readiness.models import Feed
from hemvag.readiness.views.level import mine
from hemvag.web.once import once


@page(Ability.READINESS_WORK)
@once
def feeds(request: WorkerRequest) -> HttpResponse:
    """Show each feed with when it last worked and why it failed, and take a new one."""
    at, authority = clock.now(), mine(request)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            following.follow(authority=authority, by=request.worker, at=at, **form.cleaned_data)
        except following.AlreadyFollowed:
            form.add_error("url", _("Det flödet följs redan."))
        else:
            messages.success(request, _("Flödet är tillagt och hämtas nu."))
            return redirect("readiness:feeds")
    rows = shown.feeds(request.worker, authority, at)
    if getattr(request, "htmx", False) and request.method == "GET":
        return render(request, "readiness/feed_rows.html", {"feeds": rows, "is_fetching": _is_fetching(rows)})
    context = {"form": form, "feeds": rows, "is_fetching": _is_fetching(rows), "suggested": suggested()}
    return render(request, "readiness/feeds.html", context, status=422 if form.errors else 200)


@require_POST
@page(Ability.READINESS_WORK)
@once
def fetch_now(request: WorkerRequest) -> HttpResponse:
    """Ask for every feed now: each is a job, and the page shows how far they have come."""
    number = following.ask(authority=mine(request), by=request.worker, at=clock.now())
    words = ngettext("%(number)d flöde hämtas.", "%(number)d flöden hämtas.", number) % {"number": number}
    messages.success(request, words)
    return redirect("readiness:feeds")


@require_POST
@page(Ability.READINESS_WORK)
@once
def pause(request: WorkerRequest, feed_id: uuid.UUID) -> HttpResponse:
    """Pause a feed, or take up one that is paused."""
    at = clock.now()
    feed = Feed.objects.visible_to(request.worker, at).filter(pk=feed_id).first()
    if feed is None:
        raise Http404
    if request.POST.get("follow") == "on":
        following.resume(feed, by=request.worker, at=at)
        messages.success(request, _("Flödet följs igen och hämtas nu."))
    else:
        following.pause(feed, by=request.worker, at=at)
        messages.success(request, _("Flödet är pausat. Det som har kommit ligger kvar."))
    return redirect("readiness:feeds")


def _is_fetching(rows: Iterable[shown.Followed]) -> bool:
    """Say whether a feed was asked for and is not tried yet, so that the page asks again by itself."""
    return any(one.feed.is_waiting and not one.is_stuck and not one.feed.paused_at for one in rows)
