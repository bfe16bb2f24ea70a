"""What was told from a case and what became of it; what others told us; receipts, withdrawals, incidents."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers.opened import Opened
from hemvag.exchange import answer, facts, incident, offer, receipt, received, standing, words
from hemvag.exchange.forms import AnswerForm, IncidentForm, RecallForm, ReceivedForm
from hemvag.exchange.models import AnswerKind, Disclosure, Incident, IncidentStep, Offer, Receipt
from hemvag.exchange.standing import Standing
from hemvag.exchange.views.opening import context_of, opened_for
from hemvag.law.deadlines import Due
from hemvag.lib import clock
from hemvag.web.forms import Form
from hemvag.web.once import once

OUTSIDE = [AnswerKind.ACCEPTED, AnswerKind.REJECTED, AnswerKind.NEED_MORE]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One line of the ledger as the case's own page shows it, with what was told and how it stands."""

    row: Disclosure
    said: dict[str, Any]
    receiver: str
    verdict: str
    offer: Offer | None = None
    stands: Standing | None = None
    stands_words: str = ""
    due: Due | None = None
    silent: bool = False
    receipts: frozenset[str] = frozenset()
    incident: Incident | None = None
    hours_left: int = 0
    settled: bool = False
    steps: list[IncidentStep] = field(default_factory=list)


@page(Ability.EXCHANGE_TELL)
def told(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """List what was told from the case, newest first, and what others told us."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at)
    rows = opened.dossier.disclosures.select_related("by", "unit", "offer", "offer__receiver", "incident")
    rows = rows.prefetch_related("receipts", "incident__steps", Prefetch("offer__answers"))
    contents = {content.id: content.data for content in opened.read()}
    came = opened.dossier.received.select_related("by")
    context = context_of(opened, at) | {
        "shown": [_shown(row, contents, at) for row in rows],
        "received": [
            (row, words.receiver(row.sender), words.verdict(row.verdict), contents[row.content_id]) for row in came
        ],
    }
    return render(request, "exchange/told.html", context)


def _shown(row: Disclosure, contents: dict[uuid.UUID, dict[str, Any]], at: dt.datetime) -> Shown:
    sent = getattr(row, "offer", None)
    wrong = getattr(row, "incident", None)
    steps = list(wrong.steps.all()) if wrong else []
    stands = standing.of(sent) if sent else None
    return Shown(
        row=row,
        said=contents.get(row.content_id, {}) if row.content_id else {},
        receiver=words.receiver(row.receiver),
        verdict=words.verdict(row.verdict),
        offer=sent,
        stands=stands,
        stands_words=words.stands(stands) if stands else "",
        due=standing.answer_due(sent) if sent else None,
        silent=standing.is_silent(sent, at) if sent else False,
        receipts=frozenset(one.kind for one in row.receipts.all()),
        incident=wrong,
        hours_left=incident.hours_left(wrong, at) if wrong else 0,
        settled=incident.is_settled(steps),
        steps=steps,
    )


def _of(opened: Opened, disclosure_id: uuid.UUID) -> Disclosure:
    found = opened.dossier.disclosures.filter(id=disclosure_id).first()
    if found is None:
        raise Http404
    return found


def _offer_of(opened: Opened, offer_id: uuid.UUID) -> Offer:
    found = Offer.objects.filter(id=offer_id, disclosure__dossier=opened.dossier).select_related("disclosure").first()
    if found is None:
        raise Http404
    return found


@require_POST
@page(Ability.EXCHANGE_TELL)
def arrived(request: WorkerRequest, dossier_id: uuid.UUID, disclosure_id: uuid.UUID) -> HttpResponse:
    """Note that it arrived, or that the person has been told: one press, and a second changes nothing."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at)
    row = _of(opened, disclosure_id)
    told_later = request.POST.get("kind") == Receipt.Kind.PERSON_INFORMED
    kind = Receipt.Kind.PERSON_INFORMED if told_later else Receipt.Kind.ARRIVED
    receipt.record(opened, row, kind=kind, happened_at=at, by=request.worker, at=at)
    messages.success(request, _("Sparat."))
    return redirect("exchange:told", dossier_id)


@require_POST
@page(Ability.EXCHANGE_TELL)
def withdraw(request: WorkerRequest, dossier_id: uuid.UUID, offer_id: uuid.UUID) -> HttpResponse:
    """Take back an offer that nobody has accepted."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at)
    try:
        offer.withdraw(opened, _offer_of(opened, offer_id), by=request.worker, at=at)
    except facts.Refused as fact:
        messages.error(request, fact.sentence)
    else:
        messages.success(request, _("Återtaget. Mottagaren kan inte längre öppna det."))
    return redirect("exchange:told", dossier_id)


def _form_page(
    request: WorkerRequest, opened: Opened, form: Form, act: Callable[[], object], at: dt.datetime, **texts: str
) -> HttpResponse:
    """Show a form beside the case, do what it says, and go back to what was told."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, _("Sparat."))
            return redirect("exchange:told", opened.dossier.id)
    context = context_of(opened, at) | {"form": form, **texts}
    return render(request, "exchange/form.html", context, status=422 if form.errors else 200)


@page(Ability.EXCHANGE_TELL)
@once
def written_in(request: WorkerRequest, dossier_id: uuid.UUID, offer_id: uuid.UUID) -> HttpResponse:
    """Write in what a receiver outside Hemväg answered."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at)
    sent = _offer_of(opened, offer_id)
    allowed = [AnswerKind.DONE] if standing.of(sent).kind == AnswerKind.ACCEPTED else OUTSIDE
    form = AnswerForm(request.POST or None, allowed=allowed)

    def act() -> object:
        data = form.cleaned_data
        return answer.written_in(
            opened, sent, kind=data["kind"], reason=data["reason"], text=data["text"], by=request.worker, at=at
        )

    heading, lead = _("Vad svarade mottagaren?"), _("Svaret kom utanför Hemväg. Skriv in det här.")
    return _form_page(request, opened, form, act, at, heading=heading, lead=lead, button=_("Spara svaret"))


@page(Ability.EXCHANGE_TELL)
@once
def recall(request: WorkerRequest, dossier_id: uuid.UUID, disclosure_id: uuid.UUID) -> HttpResponse:
    """Recall what went to the wrong one, and start counting the hours."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at)
    row = _of(opened, disclosure_id)
    form = RecallForm(request.POST or None, at=at)

    def act() -> object:
        text = form.cleaned_data["text"]
        return incident.recall(opened, row, discovered_at=form.when, text=text, by=request.worker, at=at)

    lead = _("Kuvertet dras tillbaka genast. Tiden till Integritetsskyddsmyndigheten är 72 timmar från upptäckten.")
    heading, button = _("Skickat till fel mottagare"), _("Återkalla och starta klockan")
    return _form_page(request, opened, form, act, at, heading=heading, lead=lead, button=button)


@page(Ability.EXCHANGE_TELL)
@once
def incident_step(request: WorkerRequest, dossier_id: uuid.UUID, disclosure_id: uuid.UUID) -> HttpResponse:
    """Write down what was done about an incident."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at)
    found = Incident.objects.filter(disclosure=_of(opened, disclosure_id)).first()
    if found is None:
        raise Http404
    form = IncidentForm(request.POST or None, at=at)

    def act() -> object:
        data = form.cleaned_data
        return incident.step(
            opened, found, kind=data["kind"], happened_at=form.when, text=data["text"], by=request.worker, at=at
        )

    lead = words.time_left(incident.hours_left(found, at))
    return _form_page(request, opened, form, act, at, heading=_("Incidenten"), lead=lead, button=_("Spara"))


@page(Ability.EXCHANGE_TELL)
@once
def received_page(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Write down what another authority told us, and what it asks of us."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at)
    form = ReceivedForm(request.POST or None, at=at)

    def act() -> object:
        data = form.cleaned_data
        return received.record(
            opened,
            sender=data["sender"],
            situation=data["situation"],
            asks=data["asks"],
            received_at=form.when,
            by=request.worker,
            at=at,
        )

    lead = _("Från polisen, Säkerhetspolisen eller någon annan. Lagens svar för den dagen sparas bredvid.")
    return _form_page(request, opened, form, act, at, heading=_("Mottaget från andra"), lead=lead, button=_("Spara"))
