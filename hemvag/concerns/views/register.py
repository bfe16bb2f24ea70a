"""The registrar's page for a new report, and what may be known here already afterwards."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.agencies.models import District, Municipality
from hemvag.audit.models import Purpose
from hemvag.concerns import facts, report
from hemvag.concerns.intake_form import ReportForm, children_of
from hemvag.concerns.models import ConcernReport
from hemvag.concerns.views.opening import Head, head_of, opened_for
from hemvag.dossiers import desk, record
from hemvag.dossiers.drafts import Draft
from hemvag.dossiers.models import Dossier, Sight
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.views import keep_draft
from hemvag.lib import clock
from hemvag.people import matching
from hemvag.people.forms import PREFIX, ChildForm, ChildFormSet, beside_children, unfinished, with_one_more
from hemvag.people.matching import Suggestion
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


@dataclass(frozen=True, kw_only=True)
class Known:
    """One child of a new report, and whom it may be; `settled` once the report lies with earlier ones."""

    head: Head
    settled: bool
    suggestions: list[tuple[Head, Suggestion]]


@page(Ability.CHILD_IDENTIFY)
def known(request: WorkerRequest, report_id: uuid.UUID) -> HttpResponse:
    """Show, for each child of a report, the dossiers that may be about the same child. A person chooses."""
    at = clock.now()
    seen = Dossier.objects.visible_to(request.worker, at, Sight.IDENTITY)
    row = ConcernReport.objects.filter(id=report_id, dossier__in=seen).first()
    if row is None:
        raise Http404
    opened = opened_for(request, row.dossier_id, at=at, purpose=Purpose.MATCH, sight=Sight.IDENTITY)
    siblings = opened.piece(row.content_id).data["siblings"]
    held = _held([row.dossier_id, *siblings], request, at)
    children = [_known(one, request, at) for one in held.values()]
    context = {
        "children": children,
        "any": any(child.suggestions for child in children),
        "some_settled": any(child.settled for child in children),
    }
    return render(request, "concerns/known.html", context)


def _known(one: Opened, request: WorkerRequest, at: dt.datetime) -> Known:
    if one.dossier.reports.count() > 1:
        return Known(head=head_of(one, at), settled=True, suggestions=[])
    suggestions = matching.suggest(one, by=request.worker, at=at)
    others = _held([found.dossier_id for found in suggestions], request, at)
    return Known(
        head=head_of(one, at),
        settled=False,
        suggestions=[
            (head_of(others[found.dossier_id], at), found) for found in suggestions if found.dossier_id in others
        ],
    )


def _held(ids: list[uuid.UUID], request: WorkerRequest, at: dt.datetime) -> dict[uuid.UUID, Opened]:
    """Open the identities of those of the dossiers that the worker may see."""
    rows = Dossier.objects.filter(id__in=ids).select_related("unit")
    return record.open_many(
        rows, by=request.worker, purpose=Purpose.MATCH, at=at, kinds=["identity"], sight=Sight.IDENTITY
    )
