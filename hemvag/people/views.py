"""The search page, and the page that breaks the glass.

What is asked for travels in the body of the request: no name stands in an address or a log.
"""

import datetime as dt
import uuid
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers import glass
from hemvag.dossiers.models import BrokenGlass, Dossier, Sight
from hemvag.lib import clock
from hemvag.people import glass as asked_glass
from hemvag.people import identities, search, words
from hemvag.people.forms import SearchForm
from hemvag.people.glass_form import GlassForm
from hemvag.web.once import once

ELSEWHERE: Final = "/look-up/"
"""Where a higher room asks the municipality's other committees."""


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
    context = {"form": form, "hits": hits, "may_break": _may_break(request, form), "elsewhere": ELSEWHERE}
    return render(request, "people/search.html", context, status=422 if form.errors else 200)


def _may_break(request: WorkerRequest, form: SearchForm) -> str:
    """Return what search hands on to the page that breaks the glass: a number that was looked for, a space for a name,
    nothing for who may not break it."""
    if form.errors or not request.grants.has(Ability.GLASS_BREAK):
        return ""
    text: str = form.cleaned_data["text"]
    return text if asked_glass.is_number(text, at=clock.now()) else " "


def _shown(hit: search.Hit) -> dict[str, Any]:
    return {
        "name": identities.display(hit.identity),
        "birth": words.birth(hit.identity.birth),
        "reference": hit.dossier.reference,
        "unit": hit.dossier.unit.name,
        "url": _case(hit.dossier.id),
        "protected": words.protection(hit.identity),
        "reasons": words.reasons(hit.reasons),
    }


def _case(dossier_id: uuid.UUID) -> str:
    return f"/children/{dossier_id}/"


@page(Ability.GLASS_BREAK)
@never_cache
@once
def glass_page(request: WorkerRequest) -> HttpResponse:
    """Ask which case and why; on POST open it to be read for a while, or say the same of all that cannot be opened."""
    at = clock.now()
    is_asking = request.method == "POST" and "reason" in request.POST
    form = GlassForm(request.POST if is_asking else None, initial={"text": request.POST.get("text", "")})
    refused: tuple[str, str] | None = None
    if is_asking and form.is_valid():
        try:
            found = _opened_by_glass(form.cleaned_data, request, at)
        except asked_glass.NotANumber:
            form.add_error("text", _("Skriv ett ärendenummer eller ett personnummer. Kontrollera att det stämmer."))
        except glass.ReasonTooShort:
            form.add_error("reason", _("Skriv mer, så att den som granskar förstår varför."))
        except (glass.NothingOpened, glass.TooManyTries) as fact:
            refused = _why_not(fact)
        else:
            return redirect(_case(found[0]) if len(found) == 1 else "people:glass")
    rows = BrokenGlass.objects.of(request.worker).open_at(at).select_related("dossier").order_by("until")
    mine = rows.filter(dossier__in=Dossier.objects.visible_to(request.worker, at, Sight.GLASS))
    context = {
        "form": form,
        "refused": refused,
        "broken": [{"glass": row, "minutes": row.minutes_left(at), "url": _case(row.dossier_id)} for row in mine],
        "minutes": settings.HEMVAG_GLASS_MINUTES,
    }
    return render(request, "people/glass.html", context, status=422 if form.errors or refused else 200)


def _opened_by_glass(asked: dict[str, Any], request: WorkerRequest, at: dt.datetime) -> list[uuid.UUID]:
    """Return what may be read now: her own as it is, others' by breaking the glass. Raises what stands in the way."""
    named = asked_glass.named(asked["text"], by=request.worker, at=at)
    if named.own:
        return list(named.own)
    broken = glass.break_glass(named.ids, reason=asked["reason"], by=request.worker, at=at)
    return [row.dossier_id for row in broken]


def _why_not(fact: Exception) -> tuple[str, str]:
    if isinstance(fact, glass.TooManyTries):
        return (
            _("Du har försökt många gånger i dag"),
            _("Ring den som leder enheten eller socialjouren. Försöken står i läsloggen."),
        )
    return (
        _("Inget ärende öppnades"),
        _(
            "Kontrollera numret. Finns barnet kanske någon annanstans, ring enheten. Kan det gälla skyddade "
            "personuppgifter, fråga enheten för skyddade uppgifter."
        ),
    )
