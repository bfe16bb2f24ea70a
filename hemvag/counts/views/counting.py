"""Contacts and reports of concern month by month, and the same as a file."""

from django.http import HttpResponse
from django.shortcuts import render

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.counts import contacts, reports, sheets
from hemvag.disclosure import FEWEST
from hemvag.lib import clock


@page(Ability.COUNTS_READ)
def counts(request: WorkerRequest) -> HttpResponse:
    """Show contacts and reports month by month, with small numbers held back."""
    return render(request, "counts/counts.html", {"subjects": _subjects(), "fewest": FEWEST})


@page(Ability.COUNTS_READ)
def counts_file(_request: WorkerRequest) -> HttpResponse:
    """Give what the page shows as a file."""
    shown = [sheet for subject in _subjects() for sheet in subject.sheets]
    return a_file(sheets.as_csv(shown), sheets.file_name("manad", clock.today()))


def a_file(text: str, name: str) -> HttpResponse:
    """Return an answer that is a file of values, in UTF-8 with the mark that spreadsheets look for."""
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _subjects() -> list[sheets.Subject]:
    """Return what has ended of this year, and the whole of last year."""
    on = clock.today()
    months = 12 + on.month - 1
    return [
        sheets.of_contacts(contacts.by_month(on=on, months=months)),
        sheets.of_reports(reports.by_month(on=on, months=months)),
    ]
