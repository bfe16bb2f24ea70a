"""Two ways in, kept apart: somebody asks for help, or something was lawfully told of somebody who has not asked."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.counsel import shown
from hemvag.dossiers import desk
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.views import keep_draft
from hemvag.lib import clock
from hemvag.support import facts, knowledge
from hemvag.support.forms import KnowledgeForm, OwnContactForm
from hemvag.web.once import once

FORMS: dict[str, type[OwnContactForm | KnowledgeForm]] = {form.code: form for form in (OwnContactForm, KnowledgeForm)}


@page(Ability.SUPPORT_WORK)
@once
def own(request: WorkerRequest) -> HttpResponse:
    """Begin a case: the person asks for help."""
    return _page(request, OwnContactForm)


@page(Ability.SUPPORT_WORK)
@once
def told(request: WorkerRequest) -> HttpResponse:
    """Keep what was told, show what the law said of it, and make the one plan of attempts."""
    return _page(request, KnowledgeForm)


def _page(request: WorkerRequest, form_class: type[OwnContactForm | KnowledgeForm]) -> HttpResponse:
    at = clock.now()
    kept = desk.kept(request.worker, form_class.code, at=at)
    form = form_class(request.POST if request.method == "POST" else None, initial=dict(kept.fields))
    if request.method == "POST" and form.is_valid():
        try:
            opened = _store(form, request, at)
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            desk.discard(request.worker, form_class.code, at=at)
            return _made(request, opened)
    context: dict[str, Any] = {"form": form, "draft": kept, "is_told": form_class is KnowledgeForm}
    context["answers"] = _answers(at) if context["is_told"] else []
    return render(request, "support/begin.html", context, status=422 if request.method == "POST" else 200)


def _store(form: OwnContactForm | KnowledgeForm, request: WorkerRequest, at: dt.datetime) -> Opened:
    said = form.cleaned_data
    if isinstance(form, OwnContactForm):
        return knowledge.own_contact(
            form.identity(), words=said["words"], reach=said["reach"], by=request.worker, at=at
        )
    return knowledge.told(
        form.identity(),
        source=said["source"],
        ground=said["ground"],
        reach=said["reach"],
        on=said["on"],
        plan=form.plan(),
        by=request.worker,
        at=at,
    )


def _answers(at: dt.datetime) -> list[tuple[str, Any]]:
    """Return what the law says today of each way it can have come, those that it is asked of."""
    day = clock.local(at).date()
    return [
        (str(knowledge.Source(source).label), shown.ask(sender, "social_services", "adult", situation, day))
        for source, (sender, situation) in knowledge.ASKED.items()
    ]


def _made(request: WorkerRequest, opened: Opened) -> HttpResponse:
    """Go on to the case; one with protected identity is at the desk, and this worker sees it no more."""
    if opened.dossier.worker_id == request.worker.id:
        return redirect("support:case", opened.dossier.id)
    told = {"reference": opened.dossier.reference, "unit": opened.dossier.unit.name}
    messages.success(request, _("%(reference)s finns hos %(unit)s.") % told)
    return redirect("support:unit")


@require_POST
@page(Ability.SUPPORT_WORK)
def own_draft(request: WorkerRequest) -> HttpResponse:
    """Keep what is typed of somebody who asks for help, on the worker's own desk."""
    return _keep(request, OwnContactForm)


@require_POST
@page(Ability.SUPPORT_WORK)
def told_draft(request: WorkerRequest) -> HttpResponse:
    """Keep what is typed of what was told, on the worker's own desk."""
    return _keep(request, KnowledgeForm)


def _keep(request: WorkerRequest, form_class: type[OwnContactForm | KnowledgeForm]) -> HttpResponse:
    at = clock.now()
    own_desk = desk.opened_for(request.worker, at=at)
    return keep_draft(request, own_desk, form_class.code, holds=frozenset(form_class.base_fields).__contains__, at=at)
