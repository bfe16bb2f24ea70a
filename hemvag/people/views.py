"""The search page. What is asked for travels in the body of the request: no name stands in an address or a log."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.lib import clock
from hemvag.people import identities, search, words
from hemvag.people.forms import SearchForm


@page(Ability.PERSON_SEARCH)
@never_cache
def search_page(request: WorkerRequest) -> HttpResponse:
    """Ask for a name, number or case number, and show what of it this worker may open."""
    if request.method != "POST":
        return render(request, "people/search.html", {"form": SearchForm(), "hits": None})
    form = SearchForm(request.POST)
    hits: list[dict[str, Any]] | None = None
    if form.is_valid():
        try:
            found = search.search(form.cleaned_data["text"], by=request.worker, at=clock.now())
            hits = [_shown(hit) for hit in found]
        except search.TooLittle:
            form.add_error(
                "text", _("Skriv två namn, eller ett namn och ett födelseår. Ett namn ger för många träffar.")
            )
    return render(request, "people/search.html", {"form": form, "hits": hits}, status=422 if form.errors else 200)


def _shown(hit: search.Hit) -> dict[str, Any]:
    return {
        "name": identities.display(hit.identity),
        "birth": words.birth(hit.identity.birth),
        "reference": hit.dossier.reference,
        "unit": hit.dossier.unit.name,
        "url": f"/children/{hit.dossier.id}/",
        "protected": words.protection(hit.identity),
        "reasons": words.reasons(hit.reasons),
    }
