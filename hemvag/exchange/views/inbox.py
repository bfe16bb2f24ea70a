"""The unit's envelopes: what others have sent, each read and answered on a page of its own; and advice asked for."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Opened
from hemvag.exchange import answer, facts, offer, registering, standing, tell, words
from hemvag.exchange.forms import AnswerForm, ConsultForm
from hemvag.exchange.models import AnswerKind, Offer
from hemvag.lib import clock
from hemvag.web.once import once

MOST = 100
ANSWERS = [AnswerKind.ACCEPTED, AnswerKind.NEED_MORE, AnswerKind.REJECTED]


@page(Ability.EXCHANGE_RECEIVE)
def inbox(request: WorkerRequest) -> HttpResponse:
    """List the envelopes to this worker's units, those without an answer first."""
    at = clock.now()
    units = request.grants.units(Ability.EXCHANGE_RECEIVE)
    seen = Dossier.objects.visible_to(request.worker, at)
    rows = Offer.objects.filter(receiver__in=units, envelope__in=seen).select_related("sender", "receiver", "envelope")
    shown = [(row, standing.of(row)) for row in rows.prefetch_related("answers").order_by("-at")[:MOST]]
    waiting = [(row, now, words.stands(now)) for row, now in shown if now.is_open]
    answered = [(row, now, words.stands(now)) for row, now in shown if not now.is_open]
    return render(request, "exchange/inbox.html", {"waiting": waiting, "answered": answered, "most": MOST})


@page(Ability.EXCHANGE_RECEIVE, Ability.EXCHANGE_TELL)
@once
def envelope(request: WorkerRequest, envelope_id: uuid.UUID) -> HttpResponse:
    """Open one envelope, and answer it when one receives for its unit."""
    at = clock.now()
    try:
        sent, opened = answer.read(envelope_id, by=request.worker, at=at)
    except Dossier.DoesNotExist:
        raise Http404 from None
    now = standing.of(sent)
    receives = sent.receiver_id in request.grants.units(Ability.EXCHANGE_RECEIVE)
    allowed = _allowed(now.kind) if receives else []
    form = AnswerForm(request.POST or None, allowed=allowed)
    if request.method == "POST" and allowed and form.is_valid():
        try:
            _act(opened, sent, form, request)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, _("Svaret är skickat."))
            return redirect("exchange:inbox")
    context = {
        "offer": sent,
        "parts": [part.data for part in opened.read(offer.ENVELOPE)],
        "replies": [(reply.at, reply.data["text"]) for reply in opened.read(answer.KIND)],
        "stands": words.stands(now),
        "form": form if allowed else None,
        "may_register": receives and now.kind in registering.TAKEN and request.grants.has(Ability.REPORT_REGISTER),
        "at": at,
    }
    return render(request, "exchange/envelope.html", context, status=422 if form.errors else 200)


@require_POST
@page(Ability.EXCHANGE_RECEIVE)
def register(request: WorkerRequest, envelope_id: uuid.UUID) -> HttpResponse:
    """Begin a report on the worker's desk with what the envelope holds, and go to the page where she finishes it."""
    at = clock.now()
    try:
        sent, opened = answer.read(envelope_id, by=request.worker, at=at)
    except Dossier.DoesNotExist:
        raise Http404 from None
    try:
        registering.lay_out(opened, sent, by=request.worker, at=at)
    except facts.Refused as fact:
        messages.warning(request, fact.sentence)
        return redirect("exchange:envelope", envelope_id)
    return redirect("concerns:register")


def _allowed(kind: str) -> list[AnswerKind]:
    if kind in standing.OPEN:
        return ANSWERS
    return [AnswerKind.DONE] if kind == AnswerKind.ACCEPTED else []


def _act(opened: Opened, sent: Offer, form: AnswerForm, request: WorkerRequest) -> None:
    data, by, at = form.cleaned_data, request.worker, clock.now()
    if data["kind"] == AnswerKind.REJECTED:
        answer.reject(opened, sent, reason=data["reason"], text=data["text"], by=by, at=at)
    elif data["kind"] == AnswerKind.NEED_MORE:
        answer.need_more(opened, sent, text=data["text"], by=by, at=at)
    elif data["kind"] == AnswerKind.DONE:
        answer.done(opened, sent, text=data["text"], by=by, at=at)
    else:
        answer.accept(opened, sent, text=data["text"], by=by, at=at)


@page(Ability.EXCHANGE_TELL)
@once
def consult(request: WorkerRequest) -> HttpResponse:
    """Note that somebody was asked for advice without telling about whom."""
    at = clock.now()
    form = ConsultForm(request.POST or None, at=at)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            tell.consult(
                receiver=data["receiver"], told_at=form.when, channel=data["channel"], by=request.worker, at=at
            )
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, _("Det står i förteckningen, utan någon person."))
            return redirect("today")
    return render(request, "exchange/consult.html", {"form": form}, status=422 if form.errors else 200)
