"""The lead's pages: what is to be reviewed, one review, and the worker's own page when she is asked."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.agencies.models import Unit
from hemvag.lib import clock
from hemvag.oversight import draw, mark, reasons, review, shown
from hemvag.oversight.forms import AnswerForm, SignForm
from hemvag.oversight.models import Draw, Remark, Review
from hemvag.people import identities
from hemvag.people.identities import Identity
from hemvag.staff.models import Membership
from hemvag.web.once import once

SIGNED_SHOWN = 20


@page(Ability.LOG_REVIEW)
def reviews(request: WorkerRequest) -> HttpResponse:
    """List what waits for this lead, what she last signed, and the units whose week is not drawn yet."""
    at = clock.now()
    given = Review.objects.visible_to(request.worker, at).filter(lead=request.worker)
    rows = given.select_related("worker", "dossier").prefetch_related("remarks")
    week = draw.last_whole_week(at)
    done = Draw.objects.filter(week=week).values("unit")
    units = Unit.objects.filter(id__in=request.grants.units(Ability.LOG_REVIEW)).exclude(id__in=done)
    newest = [_row(row, at) for row in rows.signed().order_by("-at", "-id")[:SIGNED_SHOWN]]
    context = {
        "waiting": [_row(row, at) for row in rows.waiting().order_by("at", "id")],
        "signed": sorted(newest, key=lambda row: row["signed"].at, reverse=True),
        "undrawn": units.order_by("name"),
        "week": week,
    }
    return render(request, "oversight/reviews.html", context)


@page(Ability.LOG_REVIEW, Ability.LOG_READ)
@once
def one(request: WorkerRequest, review_id: uuid.UUID) -> HttpResponse:
    """Show one review, and let its lead sign it; who reads the log sees it without a name and signs nothing."""
    at = clock.now()
    found = _found(request, review_id, at)
    is_lead = found.lead_id == request.worker.id and request.grants.has(Ability.LOG_REVIEW)
    form = SignForm(request.POST or None)
    if request.method == "POST":
        if not is_lead:
            raise Http404
        if form.is_valid():
            try:
                review.sign(review_id, outcome=form.cleaned_data["outcome"], by=request.worker, at=at)
            except review.AlreadySaid:
                messages.info(request, _("Granskningen är redan underskriven. Det du valde är inte sparat."))
                return redirect("oversight:review", review_id)
            messages.success(request, _("Granskningen är underskriven."))
            return redirect("oversight:reviews")
    context = _context(request, found, at, is_lead=is_lead) | {"form": form}
    return render(request, "oversight/review.html", context, status=422 if form.errors else 200)


@require_POST
@page(Ability.LOG_REVIEW)
@once
def ask(request: WorkerRequest, review_id: uuid.UUID) -> HttpResponse:
    """Ask the worker about the opening."""
    try:
        review.ask(review_id, by=request.worker, at=clock.now())
    except review.NotYours:
        raise Http404 from None
    except review.AlreadySaid:
        messages.info(request, _("Frågan är redan ställd, eller granskningen underskriven."))
    else:
        messages.success(request, _("Frågan är ställd. Medarbetaren ser den på sin sida I dag."))
    return redirect("oversight:review", review_id)


@require_POST
@page(Ability.LOG_REVIEW)
@once
def draw_now(request: WorkerRequest, unit_id: uuid.UUID) -> HttpResponse:
    """Draw the last whole week of a unit that this worker reviews, when it has not been drawn."""
    at = clock.now()
    unit = Unit.objects.filter(id=unit_id, id__in=request.grants.units(Ability.LOG_REVIEW)).first()
    if unit is None:
        raise Http404
    try:
        drawn = draw.draw(unit, week=draw.last_whole_week(at), by=request.worker, at=at)
    except draw.AlreadyDrawn:
        messages.info(request, _("Stickprovet är redan draget."))
    else:
        messages.success(request, _("Stickprovet är draget ur %(number)s öppningar.") % {"number": drawn.openings})
    return redirect("oversight:reviews")


@require_POST
@page(Ability.LOG_REVIEW)
@once
def mark_dossier(request: WorkerRequest, review_id: uuid.UUID) -> HttpResponse:
    """Mark the dossier under review as about somebody whom many know of, or take the mark away."""
    at = clock.now()
    found, on = _found(request, review_id, at), request.POST.get("on") == "1"
    try:
        mark.mark(found, on=on, by=request.worker, at=at)
    except mark.NotYours:
        raise Http404 from None
    messages.success(request, _("Akten är märkt.") if on else _("Märket är borta."))
    return redirect("oversight:review", review_id)


@page()
@once
def asked(request: WorkerRequest, review_id: uuid.UUID) -> HttpResponse:
    """Let the worker who is asked about her own opening answer; nobody else finds the page."""
    found = Review.objects.asked_of(request.worker).select_related("dossier").filter(id=review_id).first()
    if found is None:
        raise Http404
    said = {remark.kind: remark for remark in found.remarks.select_related("by")}
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            review.answer(review_id, code=form.cleaned_data["answer"], by=request.worker, at=clock.now())
        except review.AlreadySaid:
            messages.info(request, _("Frågan är redan besvarad, eller granskningen avslutad."))
            return redirect("oversight:asked", review_id)
        messages.success(request, _("Tack. Ditt svar är sparat."))
        return redirect("today")
    context = {
        "review": found,
        "asked": said[Remark.Kind.ASKED],
        "answered": said.get(Remark.Kind.ANSWERED),
        "is_over": Remark.Kind.SIGNED in said,
        "form": form,
    }
    return render(request, "oversight/asked.html", context, status=422 if form.errors else 200)


def _found(request: WorkerRequest, review_id: uuid.UUID, at: dt.datetime) -> Review:
    rows = Review.objects.visible_to(request.worker, at)
    found = rows.select_related("unit", "worker", "lead", "dossier").filter(id=review_id).first()
    if found is None:
        raise Http404
    return found


def _row(row: Review, at: dt.datetime) -> dict[str, Any]:
    said = {remark.kind: remark for remark in row.remarks.all()}
    return {
        "review": row,
        "state": _state(row.due(), clock.local(at).date()),
        "asked": said.get(Remark.Kind.ASKED),
        "answered": said.get(Remark.Kind.ANSWERED),
        "signed": said.get(Remark.Kind.SIGNED),
    }


def _state(due: dt.date, today: dt.date) -> str:
    return "late" if due < today else "now" if due == today else "soon"


def _context(request: WorkerRequest, found: Review, at: dt.datetime, *, is_lead: bool) -> dict[str, Any]:
    said = {remark.kind: remark for remark in found.remarks.select_related("by")}
    who = shown.identity(found, to=request.worker, at=at) if is_lead else None
    return {
        "review": found,
        "name": identities.display(who) if who else "",
        "is_marked": who is not None and who.well_known,
        "is_lead": is_lead,
        "work": shown.work(found),
        "lines": shown.lines(found),
        "most": shown.LINES,
        "in_a_row": shown.in_a_row(found) if found.kind == Review.Kind.MANY else [],
        "why": _why(found, who) if who else [],
        "asked": said.get(Remark.Kind.ASKED),
        "answered": said.get(Remark.Kind.ANSWERED),
        "signed": said.get(Remark.Kind.SIGNED),
    }


def _why(found: Review, who: Identity) -> list[str]:
    """Say what in the dossier speaks for a look."""
    rows = Membership.objects.filter(unit__authority=found.unit.authority_id).select_related("worker")
    why = reasons.told(who, reasons.names_of(found.worker, [row.worker for row in rows]))
    words = {
        reasons.Reason.FAMILY_NAME: _("Någon i akten har samma efternamn som medarbetaren."),
        reasons.Reason.COLLEAGUE: _("Någon i akten heter som en medarbetare i nämnden."),
        reasons.Reason.WELL_KNOWN: _("Akten är märkt för att den rör någon som många känner till."),
    }
    return [text for reason, text in words.items() if reason & why]
