"""Open a plan from a child's case: the children that were reported together, a template, what is known."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.concerns import case
from hemvag.concerns.views.opening import context_of, opened_for
from hemvag.dossiers import desk
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.views import keep_draft
from hemvag.lib import clock
from hemvag.reception import facts, family, opening, template
from hemvag.reception.forms import OpenForm
from hemvag.reception.views.opening import named, of_the_same
from hemvag.web.once import once


@page(Ability.CASE_WORK)
@once
def begin(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Ask what is known and open the plan; a child that is in one already leads to that."""
    at = clock.now()
    child = _child(request, dossier_id, at)
    standing = opening.plan_of(child)
    if standing is not None:
        return _to_standing(request, standing, child, at)
    day = clock.local(at).date()
    together = family.eldest_first([child, *family.siblings(child, by=request.worker, at=at)], day)
    choices = [(str(one.dossier.id), named(one, day)) for one in together]
    kept = desk.kept(request.worker, OpenForm.code, at=at)
    usual = {"district": child.dossier.district.name if child.dossier.district else "", "about": str(dossier_id)}
    form = OpenForm(
        request.POST or None,
        templates=template.templates(),
        children=choices,
        initial=usual | of_the_same(kept, str(dossier_id)),
    )
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in together if str(one.dossier.id) in form.cleaned_data["children"]]
        try:
            made = opening.open_plan(
                chosen,
                template=template.templates()[form.cleaned_data["template"]],
                known=form.known,
                unit=child.dossier.unit,
                by=request.worker,
                at=at,
            )
        except facts.AlreadyPlanned as fact:
            return _to_standing(request, fact.plan, child, at)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            desk.discard(request.worker, OpenForm.code, at=at)
            messages.success(request, _("Planen är öppnad."))
            return redirect("reception:plan", made.dossier.id)
    context = context_of(request, child, at) | {"form": form, "draft": kept}
    return render(request, "reception/begin.html", context, status=422 if form.errors else 200)


@require_POST
@page(Ability.CASE_WORK)
def draft(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Keep what is typed of a plan that is not open yet, on the worker's own desk: in the child's dossier the draft's
    name would tell, in the open, that the child comes home. A desk holds one such draft."""
    at = clock.now()
    _child(request, dossier_id, at)
    held = desk.opened_for(request.worker, at=at)
    return keep_draft(request, held, OpenForm.code, holds=lambda name: name in OpenForm.base_fields, at=at)


def _child(request: WorkerRequest, dossier_id: uuid.UUID, at: dt.datetime) -> Opened:
    child = opened_for(request, dossier_id, at=at)
    if not case.may_work(child, request.worker, at):
        raise Http404
    return child


def _to_standing(request: WorkerRequest, plan: uuid.UUID, child: Opened, at: dt.datetime) -> HttpResponse:
    """Lead to the plan that the child is in, or say that another unit leads it."""
    if Dossier.objects.visible_to(request.worker, at).filter(id=plan).exists():
        messages.info(request, facts.AlreadyPlanned(plan).sentence)
        return redirect("reception:plan", plan)
    return render(request, "reception/elsewhere.html", context_of(request, child, at))
