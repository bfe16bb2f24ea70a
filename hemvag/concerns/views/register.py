"""The registrar's page for a new report."""

from django.conf import settings
from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.agencies.models import District, Municipality
from hemvag.concerns import facts, report
from hemvag.concerns.intake_form import ReportForm, children_of
from hemvag.concerns.models import ConcernReport
from hemvag.dossiers import desk
from hemvag.dossiers.drafts import Draft
from hemvag.dossiers.models import Dossier, Sight
from hemvag.dossiers.views import keep_draft
from hemvag.lib import clock
from hemvag.people.forms import PREFIX, ChildForm, ChildFormSet, beside_children, unfinished, with_one_more
from hemvag.web import drafts
from hemvag.web.once import once


@page(Ability.REPORT_REGISTER)
@once
def register(request: WorkerRequest) -> HttpResponse:
    """Show and store a new report about one or several children."""
    at = clock.now()
    town = Municipality.objects.get(code=settings.HEMVAG_MUNICIPALITY)
    day = clock.local(at).date()
    rows = {"day": day, "districts": list(District.objects.on(day).filter(municipality=town).order_by("name"))}
    if request.method != "POST":
        draft = desk.kept(request.worker, ReportForm.code, at=at)
        typed = drafts.as_sent(draft.fields)
        return _page(request, draft, ReportForm(initial=typed.dict(), at=at), unfinished(typed, **rows))
    form = ReportForm(request.POST, at=at)
    if "more" in request.POST:
        more = unfinished(with_one_more(request.POST), **rows)
        draft = desk.kept(request.worker, ReportForm.code, at=at)
        return _page(request, draft, ReportForm(initial=request.POST.dict(), at=at), more)
    children = ChildFormSet(request.POST, prefix=PREFIX, form_kwargs=rows)
    if all([form.is_valid(), children.is_valid()]):
        try:
            made = report.receive(
                children=children_of(children),
                reporter=form.reporter(),
                text=form.cleaned_data["text"],
                channel=form.cleaned_data["channel"],
                received_at=form.received_at,
                feedback_asked_at=form.feedback_asked_at,
                municipality=town,
                by=request.worker,
                at=at,
            )
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            desk.discard(request.worker, ReportForm.code, at=at)
            return _registered(request, made)
    return _page(request, desk.kept(request.worker, ReportForm.code, at=at), form, children, status=422)


@require_POST
@page(Ability.REPORT_REGISTER)
def draft(request: WorkerRequest) -> HttpResponse:
    """Keep what is typed of a report that is not registered yet, on the worker's own desk."""
    at = clock.now()
    held = desk.opened_for(request.worker, at=at)
    return keep_draft(request, held, ReportForm.code, holds=beside_children(ReportForm), at=at)


def _page(
    request: WorkerRequest, draft: Draft, form: ReportForm, children: "BaseFormSet[ChildForm]", *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "children": children, "draft": draft}
    return render(request, "concerns/register.html", context, status=status)


def _registered(request: WorkerRequest, made: list[ConcernReport]) -> HttpResponse:
    """Say where each child's case went; then on to whom may be known here, for one who may see it."""
    for row in made:
        messages.success(
            request,
            _("%(reference)s är registrerad och väntar hos %(unit)s.")
            % {"reference": row.dossier.reference, "unit": row.dossier.unit.name},
        )
    if request.grants.has(Ability.CHILD_IDENTIFY):
        seen = Dossier.objects.visible_to(request.worker, clock.now(), Sight.IDENTITY)
        first = ConcernReport.objects.filter(id__in=[row.id for row in made], dossier__in=seen).first()
        if first is not None:
            return redirect("concerns:known", first.id)
    return redirect("today")
