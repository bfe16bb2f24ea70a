"""Put a file in a child's case, and fetch it from there."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.concerns import case
from hemvag.concerns.attachment_form import AttachForm
from hemvag.concerns.views import case_page
from hemvag.concerns.views.opening import opened_for
from hemvag.dossiers import attachments
from hemvag.dossiers.opened import NothingSealed
from hemvag.lib import clock
from hemvag.web.once import once


@page(Ability.CASE_WORK)
@once
def attach(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Seal a file in the child's case; what stands in the way is said beside the field, on the case's page.

    Asked for without a file, as when that page is loaded anew, it is the case's page.
    """
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at)
    if not case.may_work(opened, request.worker, at):
        raise Http404
    if request.method != "POST":
        return case_page.shown(request, opened, at)
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid() and form.attach(opened, by=request.worker, at=at):
        messages.success(request, _("Bilagan är förseglad i akten."))
        return redirect("concerns:case", dossier_id)
    return case_page.shown(request, opened, at, attach_form=form)


@page(Ability.CASE_WORK, Ability.CASE_UNIT, Ability.CASE_LEAD)
def download(request: WorkerRequest, dossier_id: uuid.UUID, attachment_id: uuid.UUID) -> HttpResponse:
    """Send an attachment to be kept as a file: nothing of it is shown as a page of the house."""
    opened = opened_for(request, dossier_id, at=clock.now())
    try:
        found, data = attachments.fetch(opened, attachment_id)
    except NothingSealed:
        raise Http404 from None
    response = HttpResponse(data, content_type=found.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, found.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
