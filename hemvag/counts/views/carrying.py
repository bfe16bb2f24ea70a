"""What each unit and district carries: the town for the coordinator, her own unit for a lead."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.counts import load, sheets
from hemvag.counts.views.counting import a_file
from hemvag.disclosure import FEWEST
from hemvag.lib import clock


@page(Ability.LOAD_READ)
def carrying(request: WorkerRequest) -> HttpResponse:
    """Show the load: of the whole town by last Monday, protected; of the units that one leads as it is, exact."""
    town, own = _shown(request)
    context = {"sheets": town, "own": own, "on": load.sunday_before(clock.today()), "fewest": FEWEST}
    return render(request, "counts/load.html", context)


@page(Ability.LOAD_READ)
def carrying_file(request: WorkerRequest) -> HttpResponse:
    """Give what the page shows as a file."""
    town, own = _shown(request)
    return a_file(sheets.as_csv([*town, *own]), sheets.file_name("belastning", clock.today()))


def _shown(request: WorkerRequest) -> tuple[list[sheets.Sheet], list[sheets.Sheet]]:
    """Return the sheets of the town and those of the worker's own units; each is empty where she may not see it."""
    on = clock.today()
    town: list[sheets.Sheet] = []
    if request.grants.authorities(Ability.LOAD_READ):
        for by, first in (("district", _("Stadsdel")), ("unit", _("Enhet"))):
            found = load.of_town(on, by="unit" if by == "unit" else "district")
            town += sheets.of_load(found.places, found.all, first)
    own = load.of_units(request.grants.units(Ability.LOAD_READ), on) if request.grants.units(Ability.LOAD_READ) else []
    return town, sheets.of_load(own, None, _("Enhet")) if own else []
