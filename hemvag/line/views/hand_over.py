"""A caller asks for help for herself: the only page of the line beside the report on which she may be identified."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.pages import WorkerRequest
from hemvag.agencies.models import Municipality
from hemvag.dossiers import desk, refusals
from hemvag.dossiers.views import keep_draft
from hemvag.lib import clock
from hemvag.line import contact, facts, hand_over, report_draft
from hemvag.line.views.call import take
from hemvag.line.views.opening import contact_for
from hemvag.support.forms import OwnContactForm
from hemvag.web import drafts
from hemvag.web.once import once


@take
@once
def ask(request: WorkerRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Show what happens with what is written, and take down who asks; on POST hand her over."""
    at = clock.now()
    held, opened = contact_for(request, contact_id, at=at)
    if held.closed_at is not None:
        return redirect("line:call", contact_id)
    kept = desk.kept(request.worker, report_draft.help_form(contact_id), at=at)
    notes = "\n\n".join(piece.data["text"].strip() for _row, piece in contact.notes_of(held, opened)).strip()
    form = OwnContactForm(request.POST if request.method == "POST" else None, initial={"words": notes, **kept.fields})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = hand_over.hand_over(
                contact_id,
                identity=form.identity(),
                words=said["words"],
                reach=said["reach"],
                municipality=Municipality.objects.get(code=settings.HEMVAG_MUNICIPALITY),
                by=request.worker,
                at=at,
            )
        except (facts.Refused, refusals.Refused) as fact:
            form.add_error(None, fact.sentence)
        else:
            told = {"reference": made.dossier.reference, "unit": made.dossier.unit.name}
            messages.success(request, _("%(reference)s väntar hos %(unit)s. De hör av sig som personen vill.") % told)
            return redirect("line:list")
    context = {"contact": held, "form": form, "draft": kept}
    return render(request, "line/hand_over.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@take
def draft(request: WorkerRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Keep what is typed of who asks for help, on the worker's own desk; refused when the contact is over."""
    at = clock.now()
    held, _opened = contact_for(request, contact_id, at=at)
    if held.closed_at is not None:
        return drafts.refused()
    own = desk.opened_for(request.worker, at=at)
    form = report_draft.help_form(contact_id)
    return keep_draft(request, own, form, holds=frozenset(OwnContactForm.base_fields).__contains__, at=at)
