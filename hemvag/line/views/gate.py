"""The gate, and only past it the page with fields that identify."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.pages import WorkerRequest
from hemvag.agencies.models import District, Municipality
from hemvag.concerns import facts as concern_facts
from hemvag.concerns.intake_form import children_of
from hemvag.dossiers import desk
from hemvag.dossiers.drafts import Draft
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.views import keep_draft
from hemvag.lib import clock
from hemvag.line import contact, facts, gate, report_draft
from hemvag.line.content import content
from hemvag.line.forms import ReporterForm
from hemvag.line.models import Contact
from hemvag.line.views.call import take
from hemvag.line.views.opening import contact_for
from hemvag.people.forms import PREFIX, ChildForm, ChildFormSet, beside_children, unfinished, with_one_more
from hemvag.web import drafts
from hemvag.web.changed import both
from hemvag.web.once import once

LANGUAGES = ("sv", "en")


@take
@once
def ask(request: WorkerRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Show what is read aloud before a child is named. The two buttons are the only way on; Enter presses neither."""
    at = clock.now()
    held, _opened = contact_for(request, contact_id, at=at)
    if held.closed_at is not None:
        return redirect("line:call", contact_id)
    audience = _one_of(request.GET.get("audience"), gate.AUDIENCES, gate.audience_of(held.caller))
    language = _one_of(request.GET.get("in"), LANGUAGES, get_language() or "sv")
    text = gate.text_for(audience, clock.local(at).date())
    chose = request.POST.get("chose", "")
    if chose in {gate.WITHOUT, gate.RECEIVE}:
        heard = gate.Heard(audience=audience, version=text.version, language=language, chose=chose)
        try:
            gate.read_aloud(contact_id, heard, by=request.worker, at=at)
        except facts.Refused as fact:
            messages.warning(request, fact.sentence)
            return redirect("line:list")
        if chose == gate.RECEIVE:
            return redirect("line:report", contact_id)
        messages.success(request, _("Samtalet fortsätter utan att barnet går att känna igen."))
        return redirect("line:call", contact_id)
    known = content()
    context = {
        "contact": held,
        "text": text,
        "said": text.text.in_language(language),
        "audience": audience,
        "language": language,
        "limits": known.limits,
        "without": known.phrases["gate_continue"].text,
        "receive": known.phrases["gate_receive"].text,
    }
    return render(request, "line/gate.html", context)


def _one_of(sent: str | None, known: tuple[str, ...], otherwise: str) -> str:
    return sent if sent in known else otherwise


@take
@once
def receive(request: WorkerRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Take the report: who the children are, who reports, and what of the notes goes into it."""
    at = clock.now()
    held, opened = contact_for(request, contact_id, at=at)
    try:
        gate.heard_before(opened)
    except gate.NotHeard as fact:
        messages.warning(request, fact.sentence)
        return redirect("line:gate", contact_id)
    town = Municipality.objects.get(code=settings.HEMVAG_MUNICIPALITY)
    day = clock.local(at).date()
    rows = {"day": day, "districts": list(District.objects.on(day).filter(municipality=town).order_by("name"))}
    if request.method != "POST":
        kept = desk.kept(request.worker, report_draft.form(contact_id), at=at)
        children = unfinished(drafts.as_sent(kept.fields), **rows)
        return _page(request, held, ReporterForm(at=at, initial=_first(held, opened, kept)), children, kept)
    if "more" in request.POST:
        more = unfinished(with_one_more(request.POST), **rows)
        return _page(request, held, ReporterForm(at=at, initial=request.POST.dict()), more)
    form = ReporterForm(request.POST, at=at)
    children = ChildFormSet(request.POST, prefix=PREFIX, form_kwargs=rows)
    if all([form.is_valid(), children.is_valid()]):
        try:
            made = gate.receive(
                contact_id,
                children=children_of(children),
                reporter=form.reporter(),
                text=form.cleaned_data["text"],
                feedback_asked_at=at if form.cleaned_data["feedback"] else None,
                municipality=town,
                by=request.worker,
                at=at,
            )
        except (facts.Refused, concern_facts.Refused) as fact:
            form.add_error(None, fact.sentence)
        else:
            for row in made:
                messages.success(
                    request,
                    _("%(reference)s väntar hos %(unit)s.")
                    % {"reference": row.dossier.reference, "unit": row.dossier.unit.name},
                )
            return redirect("line:received")
    return _page(request, held, form, children, status=422)


@require_POST
@take
def draft(request: WorkerRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Keep what is typed past the gate, on the worker's own desk; refused when there is no report to type."""
    at = clock.now()
    _held, opened = contact_for(request, contact_id, at=at)
    own = desk.opened_for(request.worker, at=at)
    with transaction.atomic():
        try:
            gate.passed(contact_id, opened)
        except facts.Refused:
            return drafts.refused()
        return keep_draft(request, own, report_draft.form(contact_id), holds=beside_children(ReporterForm), at=at)


def _first(held: Contact, opened: Opened, kept: Draft) -> dict[str, Any]:
    """Return what the form begins with: as it was left, or the notes to choose from and who most likely reports.

    Notes written since it was left come back too: what is not in the report is erased with the contact.
    """
    texts = [piece.data["text"].strip() for _row, piece in contact.notes_of(held, opened)]
    notes = "\n\n".join(text for text in texts if text)
    if kept.at is None:
        return {"text": notes, "kind": ReporterForm.kind_of(held.caller)}
    left = drafts.as_sent(kept.fields).dict()
    written_since = held.saved_at > kept.at
    return left | ({"text": both(str(left.get("text", "")), notes)} if written_since else {})


def _page(
    request: WorkerRequest,
    held: Contact,
    form: ReporterForm,
    children: "BaseFormSet[ChildForm]",
    kept: Draft | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    kept = kept or desk.kept(request.worker, report_draft.form(held.id), at=clock.now())
    context = {"contact": held, "form": form, "children": children, "draft": kept}
    return render(request, "line/report.html", context, status=status)
