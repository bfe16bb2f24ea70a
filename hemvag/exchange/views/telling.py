"""Tell in three looks: whom and why, item by item beside the law, and as it will leave. Then it is sent."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.agencies.models import Unit
from hemvag.counsel import shown
from hemvag.dossiers import drafts
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.views import keep_draft
from hemvag.exchange import facts, ground, items, offer, tell
from hemvag.exchange.forms import TEST, TellForm, WhomForm
from hemvag.exchange.models import Offer
from hemvag.exchange.views.opening import context_of, opened_for
from hemvag.law.sharing import Answer
from hemvag.lib import clock
from hemvag.staff.models import Worker
from hemvag.web.once import once

DRAFT = "tell"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The question that was asked, and what the law answers: receiver, situation, the unit that gets an envelope, and
    the offer that asked for more."""

    receiver: str
    situation: str
    unit: Unit | None
    answer: Answer
    more_of: Offer | None


@page(Ability.EXCHANGE_TELL)
@once
def tell_page(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Ask whom, show what the law says and what can be told, show it as it will leave, and send it."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at)
    more_of = _more_of(opened, request.GET.get("more", ""))
    units = offer.units_to(opened.dossier, at)
    given = request.POST or _asked(opened, more_of) or None
    whom = WhomForm(given, units=units)
    if not whom.is_valid():
        context = context_of(opened, at) | {"form": whom}
        return render(request, "exchange/whom.html", context, status=422 if whom.errors else 200)
    data = whom.cleaned_data
    answer = ground.ask(opened, receiver=data["receiver"], situation=data["situation"], at=at)
    unit = next((one for one in units if str(one.pk) == data["unit"]), None)
    asked = Asked(receiver=data["receiver"], situation=data["situation"], unit=unit, answer=answer, more_of=more_of)
    if answer.verdict in {"no", "no_duty"}:
        context = context_of(opened, at) | {"asked": asked, "law": shown.answer(answer)}
        context["refused"] = facts.Forbidden(answer).sentence
        return render(request, "exchange/refused.html", context, status=422)
    return _choose(request, opened, asked, at)


def _choose(request: WorkerRequest, opened: Opened, asked: Asked, at: dt.datetime) -> HttpResponse:
    """Show what can be told, then how it will leave, then send it."""
    step = request.POST.get("step", "ask")
    form = _tell_form(request, opened, asked, at, bound=step in {"look", "send"})
    context = context_of(opened, at) | {"asked": asked, "law": shown.answer(asked.answer), "form": form}
    context["draft"] = drafts.kept(opened, DRAFT, by=request.worker)
    if step in {"look", "send"} and form.is_valid():
        if step == "look":
            telling = form.telling(receiver=asked.receiver, situation=asked.situation)
            return render(request, "exchange/look.html", context | {"telling": telling, "sent": _sent(request)})
        if _send(opened, asked, form, by=request.worker, at=at):
            drafts.discard(opened, DRAFT, by=request.worker, at=at)
            messages.success(request, _("Det står i förteckningen."))
            return redirect("exchange:told", opened.dossier.id)
    return render(request, "exchange/tell.html", context, status=422 if form.errors else 200)


def _send(opened: Opened, asked: Asked, form: TellForm, *, by: Worker, at: dt.datetime) -> bool:
    """Do it, and say whether it was done; what stands in the way stands in the form."""
    telling = form.telling(receiver=asked.receiver, situation=asked.situation)
    kind = form.cleaned_data["kind"]
    try:
        if asked.more_of is not None:
            offer.more(opened, asked.more_of, telling, by=by, at=at)
        elif asked.unit is not None or kind:
            offer.send(opened, telling, kind=kind, unit=asked.unit, by=by, at=at)
        else:
            tell.record(opened, telling, told_at=form.when, by=by, at=at)
    except facts.TestMissing as missing:
        for code in missing.codes:
            form.add_error(TEST + code if TEST + code in form.fields else None, missing.sentence)
    except facts.Refused as fact:
        form.add_error(None, fact.sentence)
    else:
        return True
    return False


def _tell_form(request: WorkerRequest, opened: Opened, asked: Asked, at: dt.datetime, *, bound: bool) -> TellForm:
    kept = drafts.kept(opened, DRAFT, by=request.worker)
    return TellForm(
        request.POST if bound else None,
        offered=items.available(opened, clock.local(at).date()),
        tests=ground.tests_of(asked.answer),
        envelope=asked.unit is not None,
        at=at,
        initial=kept.fields or None,
    )


def _sent(request: WorkerRequest) -> list[tuple[str, str]]:
    """Return every field as it was sent, so that the last look can send it again."""
    skipped = {"csrfmiddlewaretoken", "once", "step"}
    return [(name, value) for name, values in request.POST.lists() if name not in skipped for value in values]


def _more_of(opened: Opened, offer_id: str) -> Offer | None:
    """Return the offer that asked for more, or None when the page is about a new telling."""
    if not offer_id:
        return None
    try:
        found = Offer.objects.filter(id=uuid.UUID(offer_id), disclosure__dossier=opened.dossier).first()
    except ValueError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found


def _asked(opened: Opened, more_of: Offer | None) -> dict[str, str]:
    if more_of is None:
        return {}
    told = more_of.disclosure
    situation = opened.piece(told.content_id).data["situation"] if told.content_id else ""
    return {"receiver": told.receiver, "situation": situation, "unit": str(more_of.receiver_id or "")}


@require_POST
@page(Ability.EXCHANGE_TELL)
def draft(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Keep what is typed, sealed for this worker alone, and say when."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at)
    names = frozenset(TellForm.base_fields)
    return keep_draft(request, opened, DRAFT, holds=lambda name: name in names or name.startswith(TEST), at=at)
