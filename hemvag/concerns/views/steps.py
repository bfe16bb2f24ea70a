"""One page a step: the form, the law beside it, and what the step is about. The form's verb does the work."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.concerns import case, facts, forms
from hemvag.concerns.case import Case
from hemvag.concerns.forms import StepForm
from hemvag.concerns.models import ConcernReport, Step, StepKind
from hemvag.concerns.views import showing
from hemvag.concerns.views.opening import context_of, opened_for
from hemvag.dossiers import drafts
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.views import keep_draft
from hemvag.lib import clock
from hemvag.web.once import once

FORMS: dict[str, type[StepForm]] = {}
"""Every form that has a page, by the code under which its drafts are kept."""

StepView = Callable[..., HttpResponseBase]


def step_page(form_class: type[StepForm], *abilities: Ability) -> StepView:
    """Return the view of one step's form."""

    @page(*(abilities or (Ability.CASE_WORK,)))
    @once
    def view(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
        at = clock.now()
        opened = opened_for(request, dossier_id, at=at)
        if not _may(form_class, opened, request, at):
            raise Http404
        step = _step_of(form_class, opened, request)
        if step is None and request.method == "GET" and form_class.kind is not None:
            messages.info(request, _("Det steget är redan taget, eller väntar inte än."))
            return redirect("concerns:case", dossier_id)
        form = _form(form_class, opened, request, step, at)
        if request.method == "POST" and form.is_valid():
            try:
                form.act(opened, by=request.worker, at=at)
            except facts.Refused as fact:
                form.add_error(None, fact.sentence)
            except (Step.DoesNotExist, ConcernReport.DoesNotExist):
                form.add_error(None, _("Det steget är redan taget, eller väntar inte än."))
            else:
                drafts.discard(opened, form.code, by=request.worker, at=at)
                messages.success(request, _("Sparat."))
                return redirect("concerns:case", dossier_id)
        kept = drafts.kept(opened, form.code, by=request.worker)
        context = context_of(request, opened, at) | showing.beside(opened, step, at)
        context |= {"form": form, "draft": kept if case.may_work(opened, request.worker, at) else None}
        return render(request, "concerns/step.html", context, status=200 if request.method == "GET" else 422)

    FORMS[form_class.code] = form_class
    view.__name__ = form_class.code
    view.__doc__ = f"Show and take the step “{form_class.code}”."
    return view


def _may(form_class: type[StepForm], opened: Opened, request: WorkerRequest, at: dt.datetime) -> bool:
    """Say whether the step is this worker's to take; passing on is also for those who give out cases."""
    gives_out = form_class.kind == StepKind.PASS_ON and case.may_assign(opened, request.worker, at)
    return gives_out or case.may_work(opened, request.worker, at)


def _step_of(form_class: type[StepForm], opened: Opened, request: WorkerRequest) -> Step | None:
    """Return the waiting step that the page is about: the one named, else the one that waits longest."""
    if form_class.kind is None:
        return None
    waiting = [row for row in Case.of(opened.dossier).waiting() if row.kind == form_class.kind]
    named = request.GET.get("of", "")
    return next((row for row in waiting if str(row.id) == named), waiting[0] if waiting else None)


def _form(
    form_class: type[StepForm], opened: Opened, request: WorkerRequest, step: Step | None, at: dt.datetime
) -> StepForm:
    if request.method == "POST":
        return form_class(request.POST, at=at)
    kept = drafts.kept(opened, form_class.code, by=request.worker)
    initial = {"step": step.id if step else request.GET.get("of")}
    return form_class(initial={**kept.fields, **initial}, at=at)


@require_POST
@page(Ability.CASE_WORK)
def draft(request: WorkerRequest, dossier_id: uuid.UUID, code: str) -> HttpResponse:
    """Keep what is typed in one of the case's forms, sealed for this worker alone, and say when."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at)
    if code not in FORMS or not case.may_work(opened, request.worker, at):
        raise Http404
    return keep_draft(request, opened, code, holds=_names(code).__contains__, at=at)


def _names(code: str) -> frozenset[str]:
    """Return the fields of the form with this code that a draft holds; none for a form that does not exist."""
    found = FORMS.get(code)
    return frozenset(found.base_fields) - {"step"} if found else frozenset()


protection = step_page(forms.ProtectionForm)
preliminary = step_page(forms.PreliminaryForm)
more_time = step_page(forms.MoreTimeForm)
extension = step_page(forms.ExtendForm)
closing = step_page(forms.ClosingForm)
feedback = step_page(forms.FeedbackForm)
feedback_asked = step_page(forms.AskedForm)
voice = step_page(forms.VoiceForm)
meeting = step_page(forms.MeetingForm)
note = step_page(forms.NoteForm)
pass_on = step_page(forms.PassOnForm, Ability.CASE_WORK, Ability.CASE_ASSIGN)
receipt = step_page(forms.ReceiptForm, Ability.CASE_WORK, Ability.CASE_ASSIGN)
