"""Take down an agreement and read it back, print it, take it back, and print the receipt."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.agencies.models import Unit
from hemvag.audit.models import Purpose
from hemvag.dossiers import drafts
from hemvag.dossiers.models import Agreement
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.people import identities
from hemvag.support import agreement_print, agreement_text, agreements, facts
from hemvag.support.agreement_form import AgreementForm, WithdrawForm
from hemvag.support.agreement_text import Said
from hemvag.support.views.opening import context_of, opened_for, to_work
from hemvag.web.once import once

READERS = (Unit.Kind.CHILDREN, Unit.Kind.ADULTS, Unit.Kind.PROTECTED_DESK)


@page(Ability.SUPPORT_WORK)
@once
def agree(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Take down what the person agrees to; then read it back in plain words; only then is it stored."""
    at = clock.now()
    opened = to_work(request, dossier_id, at=at)
    kept = drafts.kept(opened, AgreementForm.code, by=request.worker)
    units = _units(opened, at)
    if request.method == "POST":
        form = AgreementForm(request.POST, at=at, units=units)
    else:
        form = AgreementForm(initial=kept.fields, at=at, units=units)
    said = _said(opened, form, request) if request.method == "POST" and form.is_valid() else None
    if said is not None and "read_back" in request.POST:
        try:
            agreements.give(
                opened,
                words=said.words,
                scope=form.scope(),
                valid_from=form.valid_from,
                valid_to=form.valid_to,
                by=request.worker,
                at=at,
            )
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            drafts.discard(opened, AgreementForm.code, by=request.worker, at=at)
            messages.success(request, _("Medgivandet gäller. Skriv ut det och ge det till personen."))
            return redirect("support:case", dossier_id)
    context = context_of(request, opened, at) | {"form": form, "draft": kept}
    if said is not None and not form.errors and "change" not in request.POST:
        return render(request, "support/read_back.html", context | _aloud(said, request))
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "support/agree.html", context, status=status)


def _units(opened: Opened, at: dt.datetime) -> list[Unit]:
    """Return the units of the town that may be let in to read a part."""
    town = opened.dossier.authority.municipality
    found = Unit.objects.on(clock.local(at).date()).filter(authority__municipality=town, kind__in=READERS)
    return list(found.exclude(id=opened.dossier.unit_id).order_by("name"))


def _said(opened: Opened, form: AgreementForm, request: WorkerRequest) -> Said:
    name, scope = identities.full_name(identities.current(opened)), form.scope()
    told = form.cleaned_data | {"read_back_by": request.worker.name}
    return Said(
        words=agreements.as_words(told, scope, given_by_name=name),
        name=name,
        unit=opened.dossier.unit.name,
        first=form.valid_from,
        until=form.valid_to,
        opens=scope.unit.name if scope.unit else "",
        kinds=list(scope.kinds),
    )


def _aloud(said: Said, request: WorkerRequest) -> dict[str, Any]:
    """Return the text as it is read back, in each language, and what was typed, to be sent again."""
    parts = ("explains", "said")
    sent = [(name, value) for name in AgreementForm.base_fields for value in request.POST.getlist(name)]
    return {
        "columns": [
            {
                "language": language,
                "heading": agreement_text.texts()[language]["heading"],
                "before": [agreement_text.sentence(part, said, language) for part in parts],
                "lines": agreement_text.lines(said, language),
                "after": [agreement_text.sentence("withdraw", said, language)],
            }
            for language in (agreement_text.BINDING, agreement_print.OTHER)
        ],
        "sent": sent,
    }


@page(Ability.SUPPORT_WORK)
@once
def withdraw(request: WorkerRequest, dossier_id: uuid.UUID, agreement_id: uuid.UUID) -> HttpResponse:
    """Take an agreement back: one click to this page, one to do it. Reasons need not be given."""
    at = clock.now()
    opened = to_work(request, dossier_id, at=at)
    row = _row(opened, agreement_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agreements.withdraw(opened, row.id, reasons=form.cleaned_data["reasons"], by=request.worker, at=at)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, _("Medgivandet är återkallat. Skriv ut kvittot och ge det till personen."))
            return redirect("support:case", dossier_id)
    said = agreement_print.said_of(opened, row)
    context = context_of(request, opened, at) | {
        "form": form,
        "lines": agreement_text.lines(said, agreement_text.BINDING),
        "is_last": opened.dossier.agreements.in_force(at).exclude(id=row.id).count() == 0,
    }
    return render(request, "support/withdraw.html", context, status=422 if request.method == "POST" else 200)


@page(Ability.SUPPORT_WORK, Ability.SUPPORT_LEAD)
def given_pdf(request: WorkerRequest, dossier_id: uuid.UUID, agreement_id: uuid.UUID) -> HttpResponse:
    """Send the agreement as it was printed the first time. Its name says nothing about the person."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at, purpose=Purpose.PRINT)
    drawn = agreement_print.given(opened, _row(opened, agreement_id), by=request.worker, at=at)
    return _pdf(opened, drawn)


@page(Ability.SUPPORT_WORK, Ability.SUPPORT_LEAD)
def receipt_pdf(request: WorkerRequest, dossier_id: uuid.UUID, agreement_id: uuid.UUID) -> HttpResponse:
    """Send the receipt of an agreement that was taken back."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at, purpose=Purpose.PRINT)
    try:
        drawn = agreement_print.receipt(opened, _row(opened, agreement_id), by=request.worker, at=at)
    except agreement_print.NotWithdrawn:
        raise Http404 from None
    return _pdf(opened, drawn)


def _row(opened: Opened, agreement_id: uuid.UUID) -> Agreement:
    try:
        return agreements.one(opened, agreement_id)
    except Agreement.DoesNotExist:
        raise Http404 from None


def _pdf(opened: Opened, drawn: bytes) -> HttpResponse:
    response = HttpResponse(drawn, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{opened.dossier.reference}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
