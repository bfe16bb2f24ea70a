"""What every room's drafts need: the key under which this worker's browser keeps what has not reached the server.

And the page on which a lead reviews broken glass.
"""

import datetime as dt
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.access.pages import WorkerRequest, page
from hemvag.audit.models import Purpose
from hemvag.dossiers import drafts as kept_drafts
from hemvag.dossiers import glass, record
from hemvag.dossiers.glass_form import ReviewForm
from hemvag.dossiers.keys import keyring
from hemvag.dossiers.models import BrokenGlass, Dossier, GlassReview
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.web import drafts
from hemvag.web.once import once


@page()
def draft_key(request: WorkerRequest) -> JsonResponse:
    """Give the signed-in worker the key of her own drafts in the browser; another worker's opens none of them."""
    return drafts.key(keyring().every("browser draft", request.worker.id.bytes).values())


def keep_draft(
    request: WorkerRequest, opened: Opened, form: str, *, holds: Callable[[str], bool], at: dt.datetime
) -> JsonResponse:
    """Keep what a page sent of a form's fields, those that `holds` knows, and answer in draft.js's own shape."""
    try:
        sent = drafts.read(request)
    except drafts.Unreadable:
        return drafts.refused()
    fields = {name: value for name, value in sent.fields.items() if holds(name)}
    try:
        version = kept_drafts.keep(opened, form, fields, tab=sent.tab, version=sent.version, by=request.worker, at=at)
    except kept_drafts.KeptElsewhere as other:
        now = other.now
        return drafts.elsewhere(version=now.version, fields=now.fields, tab=now.tab, at=now.at or at)
    return drafts.saved(version=version, at=at)


@page(Ability.GLASS_REVIEW)
@once
def glass_review(request: WorkerRequest, glass_id: uuid.UUID) -> HttpResponse:
    """Show a lead of the dossier's unit who broke the glass, when and why; on POST keep what she says of it."""
    at = clock.now()
    rows = glass.waiting_for(request.worker, at, reviewed=True).select_related("dossier", "worker")
    row = rows.filter(id=glass_id).first()
    if row is None:
        raise Http404
    opened = _opened(request, row, at)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _keep(opened, row, form, request, at):
        messages.success(request, _("Granskningen är sparad."))
        return redirect("today")
    context = {
        "glass": row,
        "reason": glass.reasons({row.dossier_id: opened}).get(str(row.id), ""),
        "places": ", ".join(granted(row.worker, at).places),
        "case_url": f"/children/{row.dossier_id}/",
        "openings": glass.openings(row),
        "review": GlassReview.objects.select_related("by").filter(glass=row).first(),
        "provision": glass.PROVISION,
        "form": form,
    }
    return render(request, "dossiers/glass_review.html", context, status=422 if request.method == "POST" else 200)


def _opened(request: WorkerRequest, row: BrokenGlass, at: dt.datetime) -> Opened:
    try:
        return record.open_dossier(row.dossier_id, by=request.worker, purpose=Purpose.REVIEW, at=at)
    except Dossier.DoesNotExist:
        raise Http404 from None


def _keep(opened: Opened, row: BrokenGlass, form: ReviewForm, request: WorkerRequest, at: dt.datetime) -> bool:
    """Keep the review; say beside the form what stands in its way, and return whether nothing did."""
    said = form.cleaned_data
    try:
        glass.review(opened, row.id, outcome=said["outcome"], words=said["words"], by=request.worker, at=at)
    except glass.ReasonTooShort:
        form.add_error("words", _("Skriv varför, så att det går att utreda."))
    except glass.AlreadyReviewed:
        form.add_error(None, _("Någon annan har redan granskat nödöppningen."))
    return not form.errors
