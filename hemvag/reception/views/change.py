"""Change a plan: what is known, the template that holds, and who comes."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers import drafts
from hemvag.dossiers.opened import Changed, Opened
from hemvag.dossiers.views import keep_draft
from hemvag.lib import clock
from hemvag.reception import change, facts, family, plan, template
from hemvag.reception.forms import AddForm, ChangeKnownForm, FamilyForm, TemplateForm, kept
from hemvag.reception.known import Known
from hemvag.reception.plan import Plan
from hemvag.reception.views.opening import context_of, named, names, to_work
from hemvag.staff.models import Worker
from hemvag.web import changed
from hemvag.web.once import once


@page(Ability.CASE_WORK)
@once
def known(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Change what is known of the return; what a colleague changed meanwhile is shown beside what was typed."""
    at = clock.now()
    opened = to_work(request, plan_id, at=at)
    found = plan.read(opened)
    draft = drafts.kept(opened, ChangeKnownForm.code, by=request.worker)
    shown = kept(found.known) | {"version": found.version}
    form = ChangeKnownForm(request.POST or None, initial=shown | dict(draft.fields))
    context = context_of(request, opened, at) | {"form": form, "draft": draft}
    if request.method == "POST" and form.is_valid():
        try:
            change.know(opened, form.known, version=form.cleaned_data["version"], by=request.worker, at=at)
        except Changed as other:
            context |= _beside(form, other)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            drafts.discard(opened, ChangeKnownForm.code, by=request.worker, at=at)
            messages.success(request, _("Sparat. Alla dagar i planen är räknade på nytt."))
            return redirect("reception:plan", plan_id)
    return render(request, "reception/known.html", context, status=422 if request.method == "POST" else 200)


def _beside(form: ChangeKnownForm, other: Changed) -> dict[str, object]:
    """Return both versions, and the form with both texts in it, on top of the colleague's version."""
    theirs = {name: str(value) for name, value in kept(Known.from_data(other.now.data["known"])).items()}
    anew = ChangeKnownForm(initial=changed.merged(form, theirs, other.now.version))
    return changed.context(form, theirs, at=other.now.at) | {"form": anew}


@require_POST
@page(Ability.CASE_WORK)
def draft(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Keep what is typed of what is known, sealed in the plan for this worker alone."""
    at = clock.now()
    opened = to_work(request, plan_id, at=at)
    names_ = frozenset(ChangeKnownForm.base_fields) - {"version"}
    return keep_draft(request, opened, ChangeKnownForm.code, holds=lambda name: name in names_, at=at)


@page(Ability.CASE_WORK)
@once
def use(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Let another template hold: what was done stays, tasks come and go."""
    at = clock.now()
    opened = to_work(request, plan_id, at=at)
    found = plan.read(opened)
    form = TemplateForm(request.POST or None, templates=template.templates(), initial={"template": found.template.code})
    if request.method == "POST" and form.is_valid():
        chosen = template.templates()[form.cleaned_data["template"]]
        try:
            change.use(opened, chosen, text=form.cleaned_data["text"], by=request.worker, at=at)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, _("Mallen är bytt. Det som är gjort står kvar."))
            return redirect("reception:plan", plan_id)
    context = context_of(request, opened, at) | {"form": form}
    return render(request, "reception/use.html", context, status=422 if form.errors else 200)


@page(Ability.CASE_WORK)
@once
def comes(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Say that a child does not come after all, or that it does."""
    at = clock.now()
    opened = to_work(request, plan_id, at=at)
    found = plan.read(opened)
    form = FamilyForm(
        request.POST or None, children=_choices(found, request.worker, at), initial={"version": found.version}
    )
    if request.method == "POST" and form.is_valid() and _comes(opened, form, by=request.worker, at=at):
        messages.success(request, _("Sparat. Barnets eget ärende och dess tider är som förut."))
        return redirect("reception:plan", plan_id)
    context = context_of(request, opened, at) | {"form": form}
    return render(request, "reception/comes.html", context, status=422 if form.errors else 200)


@page(Ability.CASE_WORK)
@once
def add(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Take one more brother or sister into the plan, of those whose case this worker handles."""
    at = clock.now()
    opened = to_work(request, plan_id, at=at)
    found = plan.read(opened)
    outside = {str(child.dossier.id): child for child in family.outside(found, by=request.worker, at=at)}
    choices = [(key, named(child, clock.local(at).date())) for key, child in outside.items()]
    form = AddForm(request.POST or None, children=choices, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        chosen, version = outside[form.cleaned_data["child"]], form.cleaned_data["version"]
        try:
            change.add(opened, chosen, version=version, by=request.worker, at=at)
        except Changed:
            form.add_error(None, _("En kollega ändrade planen. Läs hur den står och spara igen."))
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, _("Barnet är med i planen."))
            return redirect("reception:plan", plan_id)
    context = context_of(request, opened, at) | {"form": form if outside else None}
    return render(request, "reception/add.html", context, status=422 if form.errors else 200)


def _comes(opened: Opened, form: FamilyForm, *, by: Worker, at: dt.datetime) -> bool:
    data = form.cleaned_data
    try:
        change.comes(
            opened,
            int(data["child"]),
            coming=data["coming"] == "yes",
            text=data["text"],
            version=data["version"],
            by=by,
            at=at,
        )
    except Changed:
        form.add_error(None, _("En kollega ändrade planen. Läs hur den står och spara igen."))
    except facts.Refused as fact:
        form.add_error(None, fact.sentence)
    return not form.errors


def _choices(found: Plan, worker: Worker, at: dt.datetime) -> list[tuple[str, str]]:
    known = family.opened(found, by=worker, at=at)
    return [(str(child.number), name) for child, name in names(found, known, at)]
