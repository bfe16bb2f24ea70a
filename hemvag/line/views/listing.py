"""The line's own list: calls promised, contacts that are open, and those closed last."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest
from hemvag.agencies.models import SupportLine
from hemvag.lib import clock
from hemvag.line import codes
from hemvag.line.models import CallBack, Contact
from hemvag.line.today import between
from hemvag.line.views.call import take

MOST = 50


@take
def contacts(request: WorkerRequest) -> HttpResponse:
    """Show the unit's contacts by what is to be done with them; no name is in any of them."""
    at = clock.now()
    visible = Contact.objects.visible_to(request.worker, at).select_related("dossier", "counsellor")
    promised = CallBack.objects.visible_to(request.worker, at).waiting().select_related("contact__dossier")
    midnight = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    context = {
        "promised": [(row, between(row.due_from, row.due_to, at), row.due_to < at) for row in promised[:MOST]],
        "open": [_row(row) for row in visible.filter(closed_at=None).order_by("started_at")[:MOST]],
        "closed": [_row(row) for row in visible.exclude(closed_at=None).order_by("-closed_at")[:10]],
        "calls_today": visible.filter(started_at__gte=midnight).count(),
        "closes": _closes(request, at),
    }
    return render(request, "line/list.html", context)


@take
def received(request: WorkerRequest) -> HttpResponse:
    """Say that the report was received, and offer support that is tied to nothing."""
    return render(request, "line/received.html")


def _row(row: Contact) -> tuple[Contact, str]:
    """Return a contact with its codes in words: who called, and where in the story."""
    language = get_language() or "sv"
    words = [codes.said(name, getattr(row, name), language) for name in ("caller", "stage", "outcome")]
    return row, " · ".join(word for word in words if word)


def _closes(request: WorkerRequest, at: dt.datetime) -> str:
    """Return when the line closes today, in words, or that it is closed."""
    line = (
        SupportLine.objects.on(clock.local(at).date())
        .filter(unit__in=request.grants.units(Ability.CONTACT_TAKE))
        .first()
    )
    hours = line.hours.get(str(clock.local(at).weekday())) if line else None
    if not hours:
        return _("Linjen är stängd i dag.")
    if f"{clock.local(at):%H:%M}" >= str(hours[1]):
        return _("Linjen är stängd för i dag.")
    return _("Linjen stänger %(time)s.") % {"time": str(hours[1]).replace(":", ".")}
