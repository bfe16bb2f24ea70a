"""The ledger for the privacy officer: every line of her committees, never a word of content."""

import csv
import datetime as dt
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.exchange import words
from hemvag.exchange.forms import LedgerForm
from hemvag.exchange.models import Disclosure
from hemvag.lib import clock, dates

MOST: Final = 200
MOST_EXPORTED: Final = 50_000
MIDNIGHT: Final = dt.time(0, 0)


@page(Ability.LEDGER_READ)
def ledger(request: WorkerRequest) -> HttpResponse:
    """Show the newest MOST lines that fit, without content; before which moment comes from the page before."""
    form = LedgerForm(request.GET or None)
    rows = _rows(request, form)
    before = request.GET.get("before", "")
    if before:
        rows = rows.filter(told_at__lt=_moment(before))
    found = list(rows[: MOST + 1])
    context = {
        "form": form,
        "lines": [_line(row) for row in found[:MOST]],
        "older": found[MOST - 1].told_at.isoformat() if len(found) > MOST else "",
        "asked": request.GET.urlencode(),
        "most": MOST,
    }
    return render(request, "exchange/ledger.html", context, status=422 if form.errors else 200)


@page(Ability.LEDGER_READ)
def export(request: WorkerRequest) -> HttpResponse:
    """Give the same lines as a file of comma-separated values, at most MOST_EXPORTED."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="ledger.csv"'
    response.headers["Cache-Control"] = "no-store"
    writer = csv.DictWriter(response, fieldnames=list(COLUMNS))
    writer.writeheader()
    for row in _rows(request, LedgerForm(request.GET or None))[:MOST_EXPORTED].iterator(chunk_size=2000):
        line = _line(row)
        writer.writerow({name: line[name] for name in COLUMNS})
    return response


COLUMNS: Final = (
    *("told_at", "reference", "rule", "law_date", "verdict", "receiver", "unit", "items", "channel", "requested_at"),
    *("decider", "informed", "agreement", "expires_at", "arrived", "recalled"),
)


def _rows(request: WorkerRequest, form: LedgerForm) -> QuerySet[Disclosure]:
    authorities = request.grants.authorities(Ability.LEDGER_READ)
    rows = Disclosure.objects.filter(authority__in=authorities).select_related("by", "dossier", "unit", "incident")
    rows = rows.prefetch_related("receipts").order_by("-told_at", "-id")
    wanted: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    asked = Q()
    if wanted.get("since"):
        asked &= Q(told_at__gte=dates.moment(wanted["since"], MIDNIGHT))
    if wanted.get("until"):
        asked &= Q(told_at__lt=dates.moment(wanted["until"] + dt.timedelta(days=1), MIDNIGHT))
    for name in ("receiver", "verdict", "rule"):
        if wanted.get(name):
            asked &= Q(**{name: wanted[name]})
    return rows.filter(asked)


def _line(row: Disclosure) -> dict[str, Any]:
    receipts = {one.kind for one in row.receipts.all()}
    return {
        "told_at": clock.local(row.told_at),
        "reference": row.dossier.reference if row.dossier else _("rådfrågning utan identitet"),
        "rule": row.rule,
        "law_date": row.law_date,
        "verdict": words.verdict(row.verdict),
        "receiver": words.receiver(row.receiver),
        "unit": row.unit.name if row.unit else "",
        "items": row.items,
        "channel": row.get_channel_display(),
        "requested_at": clock.local(row.requested_at) if row.requested_at else "",
        "decider": row.by.name,
        "informed": row.get_informed_display(),
        "agreement": _("ja") if row.agreement_id else "",
        "expires_at": clock.local(row.expires_at) if row.expires_at else "",
        "arrived": _("ja") if "arrived" in receipts else "",
        "recalled": _("ja") if hasattr(row, "incident") else "",
    }


def _moment(text: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return clock.now()
    return found if found.tzinfo else clock.now()
