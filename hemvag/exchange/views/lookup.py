"""The page that asks the municipality's other committees whether a child is known there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.exchange import facts, lookup
from hemvag.exchange.look_up_form import LookUpForm
from hemvag.exchange.lookup import Told
from hemvag.lib import clock
from hemvag.web.once import once


@page(Ability.PERSON_SEARCH)
@never_cache
@once
def look_up(request: WorkerRequest) -> HttpResponse:
    """Ask who and why; on POST answer, in a message that names no child, above an empty form."""
    at = clock.now()
    form = LookUpForm(request.POST if request.method == "POST" else None, day=clock.local(at).date())
    if form.is_valid():
        try:
            answered = lookup.look_up(form.asking(), by=request.worker, at=at)
        except facts.TestMissing as missing:
            for code in missing.codes:
                form.add_error(f"test_{code}", missing.sentence)
        except (lookup.NotAChild, lookup.TooVague) as fact:
            form.add_error("text", fact.sentence)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            _say(request, answered)
            return redirect("exchange:look_up")
    return render(request, "exchange/lookup.html", {"form": form}, status=422 if form.errors else 200)


def _say(request: WorkerRequest, answered: lookup.Answered) -> None:
    if answered.told == Told.KNOWN:
        for unit in answered.units:
            text = _("Barnet är känt. Fråga %(unit)s. Det står i barnets akt där att du har fått veta det.")
            messages.success(request, text % {"unit": unit.name})
    elif answered.told == Told.CENTRAL_DESK:
        text = _("Fråga enheten för skyddade uppgifter. Här svaras aldrig om den som har skyddade personuppgifter.")
        messages.info(request, text)
    else:
        text = _(
            "Inte känt hos en annan nämnd, eller så får det inte sägas. Kan barnet ha skyddade personuppgifter: fråga "
            "enheten för skyddade uppgifter."
        )
        messages.info(request, text)
