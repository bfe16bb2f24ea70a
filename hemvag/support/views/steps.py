"""One page a step: the form, and what it rests on. The form's verb does the work."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers import agreement, drafts
from hemvag.dossiers.act_forms import ActForm
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.views import keep_draft
from hemvag.lib import clock
from hemvag.support import agreements, conference, facts, forms, plan, words
from hemvag.support.agreement_form import AgreementForm
from hemvag.support.case import Case
from hemvag.support.conference_form import ConferenceForm
from hemvag.support.views.opening import context_of, to_work
from hemvag.web.once import once

FORMS: dict[str, type[ActForm]] = {}
"""Every form that has a page, by the code under which its drafts are kept."""

StepView = Callable[..., HttpResponseBase]


def step_page(form_class: type[ActForm]) -> StepView:
    """Return the view of one step's form."""

    @page(Ability.SUPPORT_WORK)
    @once
    def view(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
        at = clock.now()
        opened = to_work(request, dossier_id, at=at)
        kept = drafts.kept(opened, form_class.code, by=request.worker)
        form = _form(form_class, opened, request, kept.fields, at)
        if request.method == "POST" and form.is_valid():
            try:
                form.act(opened, by=request.worker, at=at)
            except facts.Refused as fact:
                form.add_error(None, fact.sentence)
            else:
                drafts.discard(opened, form.code, by=request.worker, at=at)
                messages.success(request, _("Sparat."))
                return redirect("support:case", dossier_id)
        context = context_of(request, opened, at) | {
            "form": form,
            "draft": kept,
            "case": Case.of(opened, at),
            "row_fields": _fields_of_rows(form),
        }
        return render(request, "support/step.html", context, status=200 if request.method == "GET" else 422)

    FORMS[form_class.code] = form_class
    view.__name__ = form_class.code
    view.__doc__ = f"Show and take the step “{form_class.code}”."
    return view


def _form(form_class: type[ActForm], opened: Opened, request: WorkerRequest, kept: Any, at: dt.datetime) -> ActForm:
    if request.method == "POST":
        form = form_class(request.POST, at=at)
    else:
        form = form_class(initial={**_first(form_class, opened), **kept}, at=at)
    if isinstance(form, ConferenceForm):
        named = agreements.named(agreement.in_force(opened, at))
        form.agreed([(key, conference.called(key, words.language())) for key in named])
    return form


def _first(form_class: type[ActForm], opened: Opened) -> dict[str, Any]:
    """Return what a plan begins with: the plan as it is."""
    written = plan.current(opened) if form_class is forms.PlanForm else None
    if written is None:
        return {}
    found = {"goals": written.data["goals"]}
    for number, row in enumerate(plan.rows_of(written), start=1):
        found |= {f"measure_{number}": row.measure, f"who_{number}": row.who, f"until_{number}": row.until}
    return found


def _fields_of_rows(form: ActForm) -> frozenset[str]:
    """Return the names of the fields that stand in rows, which the page lays out after the others."""
    rows = form.rows() if isinstance(form, (forms.PlanForm, ConferenceForm)) else []
    return frozenset(field.name for row in rows for field in row)


@require_POST
@page(Ability.SUPPORT_WORK)
def draft(request: WorkerRequest, dossier_id: uuid.UUID, code: str) -> HttpResponse:
    """Keep what is typed in one of the case's forms, sealed for this worker alone, and say when."""
    at = clock.now()
    opened = to_work(request, dossier_id, at=at)
    held = AgreementForm.base_fields if code == AgreementForm.code else FORMS[code].base_fields if code in FORMS else {}
    if not held:
        raise Http404
    return keep_draft(request, opened, code, holds=frozenset(held).__contains__, at=at)


attempt = step_page(forms.AttemptForm)
came_back = step_page(forms.CameBackForm)
make_plan = step_page(forms.PlanForm)
follow_up = step_page(forms.FollowUpForm)
note = step_page(forms.NoteForm)
police = step_page(forms.PoliceForm)
close = step_page(forms.CloseForm)
