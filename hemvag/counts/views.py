"""The page of counts: tables without a name in them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.counts import contacts

MONTHS = 24


@page(Ability.COUNTS_READ)
def counts(request: WorkerRequest) -> HttpResponse:
    """Show contacts and reports month by month, with small numbers held back."""
    tables = [
        _table(
            _("Samtal till stödtelefonen, efter vem som ringde"),
            [_("Anhöriga"), _("Personen själv"), _("Vänner och allmänhet"), _("Yrkespersoner"), _("Övriga")],
            contacts.contacts(months=MONTHS),
        ),
        _table(
            _("Orosanmälningar om barn, efter vem som anmälde"),
            [_("Polis och rättsväsen"), _("Skola"), _("Vård"), _("Privatpersoner"), _("Övriga")],
            contacts.reports(months=MONTHS),
        ),
    ]
    return render(request, "counts/counts.html", {"tables": tables, "fewest": contacts.FEWEST})


def _table(title: str, heads: list[str], rows: list[contacts.Month]) -> dict[str, Any]:
    return {"title": title, "heads": heads, "rows": [(row, list(zip(heads, row.cells, strict=True))) for row in rows]}
