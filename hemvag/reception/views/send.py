"""Give a task to whoever does it: what the law says, what the task needs, how it will leave, and then send it."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.agencies.models import Unit
from hemvag.counsel import shown
from hemvag.dossiers import agreement, drafts
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.views import keep_draft
from hemvag.exchange import facts as told_facts
from hemvag.exchange import ground, offer, tell
from hemvag.exchange import words as told_words
from hemvag.exchange.forms import TEST
from hemvag.exchange.items import Item
from hemvag.law.sharing import Answer
from hemvag.lib import clock
from hemvag.reception import facts, family, items, sending, tasks
from hemvag.reception.forms import end_of
from hemvag.reception.plan import Plan, PlanTask
from hemvag.reception.sending import Part
from hemvag.reception.task_forms import WRITTEN, AgreementForm, SendForm
from hemvag.reception.views.opening import context_of, name_of, of_the_same, to_work
from hemvag.reception.views.task import task_of
from hemvag.staff.models import Worker
from hemvag.web.once import once

WITHIN = frozenset({"social_services", "other_social_services"})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The task, the children of it that the worker may tell of, and what the law answers of the first."""

    plan: Plan
    task: PlanTask
    children: Sequence[Opened]
    answer: Answer
    left_out: int


@page(Ability.EXCHANGE_TELL)
@once
def send(request: WorkerRequest, plan_id: uuid.UUID, key: str) -> HttpResponse:
    """Show what the law says and what the task needs, show it as it will leave, and send it: what was looked at and
    nothing else. When it changed meanwhile it is shown again."""
    at = clock.now()
    opened = to_work(request, plan_id, at=at)
    asked = _asked(request, opened, key, at)
    context = context_of(request, opened, at) | _context(asked)
    if asked.answer.verdict in {"no", "no_duty"}:
        context["refused"] = told_facts.Forbidden(asked.answer).sentence
        return render(request, "reception/refused.html", context, status=422)
    draft = drafts.kept(opened, SendForm.code, by=request.worker)
    step = request.POST.get("step", "")
    form = _form(request, opened, asked, of_the_same(draft, key), at)
    if step in {"look", "send"} and form.is_valid():
        parts = _parts(asked, form)
        looked = sending.fingerprint(parts)
        if step == "look" or request.POST.get("looked") != looked:
            look = {"form": form, "sent": _sent(request), "telling": form.telling(), "looked": looked}
            context |= look | _as_told(parts) | {"is_changed": step == "send"}
            return render(request, "reception/look.html", context)
        if _send(opened, asked, form, by=request.worker, at=at):
            drafts.discard(opened, SendForm.code, by=request.worker, at=draft.at or opened.dossier.opened_at)
            messages.success(request, _("Det står i förteckningen, en rad för varje barn."))
            return redirect("reception:plan", plan_id)
    context |= {"form": form, "draft": draft}
    return render(request, "reception/send.html", context, status=422 if form.errors else 200)


@require_POST
@page(Ability.EXCHANGE_TELL)
def draft(request: WorkerRequest, plan_id: uuid.UUID, key: str) -> HttpResponse:
    """Keep what is typed, sealed in the plan for this worker alone; one draft a plan, so that its name in the open does
    not tell of which task."""
    at = clock.now()
    opened = to_work(request, plan_id, at=at)
    task_of(opened, key)
    names = frozenset(SendForm.base_fields)

    def holds(name: str) -> bool:
        return name in names or name.startswith((TEST, WRITTEN))

    return keep_draft(request, opened, SendForm.code, holds=holds, at=at)


@page(Ability.EXCHANGE_TELL)
@once
def agree(request: WorkerRequest, plan_id: uuid.UUID, key: str) -> HttpResponse:
    """Write down that a guardian lets whoever does the task be told."""
    at = clock.now()
    opened = to_work(request, plan_id, at=at)
    asked = _asked(request, opened, key, at)
    form = AgreementForm(request.POST or None, children=_choices(asked, at), at=at)
    if request.method == "POST" and form.is_valid() and _agree(opened, asked, form, by=request.worker, at=at):
        messages.success(request, _("Medgivandet är sparat i barnens akter."))
        return redirect("reception:send", plan_id, key)
    context = context_of(request, opened, at) | _context(asked) | {"form": form}
    return render(request, "reception/agree.html", context, status=422 if form.errors else 200)


def _asked(request: WorkerRequest, opened: Opened, key: str, at: dt.datetime) -> Asked:
    """Return what is asked, or answer 404 for a task that is ticked here or of which she may open no child."""
    found, task = task_of(opened, key)
    if tasks.is_ours(task):
        raise Http404
    about = [task.child] if task.child else found.coming
    held = family.opened(found, by=request.worker, at=at, to_tell=True)
    children = [held[child.dossier] for child in about if child.dossier in held]
    if not children:
        raise Http404
    for child in children:
        try:
            tell.may_tell(child, request.worker, at)
        except told_facts.NotYours:
            raise Http404 from None
    return Asked(
        plan=found,
        task=task,
        children=children,
        answer=sending.ask(children[0], task, at),
        left_out=len(about) - len(children),
    )


def _as_told(parts: Sequence[Part]) -> dict[str, object]:
    """Return what each receives of each child; what is the same of all of them once, and of how many."""
    told = [part.items for part in parts]
    is_same = len(told) > 1 and all(one == told[0] for one in told)
    return {"parts": told[:1] if is_same else told, "same_of": len(told) if is_same else 0}


def _context(asked: Asked) -> dict[str, object]:
    language = (get_language() or "sv")[:2]
    return {
        "task": asked.task,
        "title": asked.task.task.title.said_in(language),
        "receiver": told_words.receiver(sending.receiver_of(asked.task)),
        "law": shown.answer(asked.answer),
        "left_out": asked.left_out,
        "needs_agreement": asked.answer.verdict == "consent",
    }


def _form(
    request: WorkerRequest, opened: Opened, asked: Asked, kept: Mapping[str, object], at: dt.datetime
) -> SendForm:
    day, language = clock.local(at).date(), (get_language() or "sv")[:2]

    def offer_of(chosen: Collection[str]) -> Mapping[str, Sequence[Item]]:
        together = [child for child in asked.children if str(child.dossier.id) in chosen]
        needs, known = asked.task.task.needs, asked.plan.known
        offered = {
            str(one.dossier.id): items.available(one, known, together, day, task_needs=needs) for one in together
        }
        if asked.answer.verdict != "deidentified":
            return offered
        return {key: items.without_names(found, needs) for key, found in offered.items()}

    usual = {
        "receiver_name": asked.task.task.who.said_in(language),
        "purpose": asked.task.task.title.said_in(language),
        "seen": len(asked.task.deeds),
        "about": asked.task.key,
    }
    return SendForm(
        request.POST if request.POST.get("step") in {"look", "send"} else None,
        children=_choices(asked, at),
        offer=offer_of,
        needs=asked.task.task.needs,
        tests=ground.tests_of(asked.answer),
        units=_units(opened, asked.task, at),
        initial=usual | {name: value for name, value in kept.items() if name != "seen"},
    )


def _parts(asked: Asked, form: SendForm) -> list[Part]:
    chosen = set(form.cleaned_data["who"])
    return [
        Part(child=child, items=form.items_of(str(child.dossier.id)))
        for child in asked.children
        if str(child.dossier.id) in chosen
    ]


def _send(opened: Opened, asked: Asked, form: SendForm, *, by: Worker, at: dt.datetime) -> bool:
    """Do it, and say whether it was done; what stands in the way stands in the form."""
    try:
        sending.send(
            opened,
            asked.task.key,
            _parts(asked, form),
            telling=form.telling(),
            unit=form.unit_chosen,
            seen=form.cleaned_data["seen"],
            by=by,
            at=at,
        )
    except told_facts.TestMissing as missing:
        for code in missing.codes:
            form.add_error(TEST + code if TEST + code in form.fields else None, missing.sentence)
    except (facts.Refused, told_facts.Refused) as fact:
        form.add_error(None, fact.sentence)
    return not form.errors


def _agree(opened: Opened, asked: Asked, form: AgreementForm, *, by: Worker, at: dt.datetime) -> bool:
    data = form.cleaned_data
    children = [child for child in asked.children if str(child.dossier.id) in data["who"]]
    try:
        sending.agree(
            opened,
            children,
            task=asked.task,
            what=data["what"],
            to_whom=told_words.receiver(sending.receiver_of(asked.task)),
            purpose=data["purpose"],
            given_by=data["given_by"],
            given_by_name=data["given_by_name"],
            read_back_by=data["read_back_by"],
            valid_to=end_of(data["last"]),
            by=by,
            at=at,
        )
    except agreement.NotThoseDays:
        form.add_error("last", _("Sista dagen måste komma efter den första."))
    except facts.Refused as fact:
        form.add_error(None, fact.sentence)
    return not form.errors


def _choices(asked: Asked, at: dt.datetime) -> list[tuple[str, str]]:
    return [(str(child.dossier.id), _named(asked, child, at)) for child in asked.children]


def _named(asked: Asked, child: Opened, at: dt.datetime) -> str:
    known = {held.dossier.id: held for held in asked.children}
    found = next(one for one in asked.plan.children if one.dossier == child.dossier.id)
    return name_of(found, known, clock.local(at).date())


def _units(opened: Opened, task: PlanTask, at: dt.datetime) -> list[Unit]:
    """Return the units here that could get an envelope: those of the task's kind, or any of social services."""
    if sending.receiver_of(task) not in WITHIN:
        return []
    units = offer.units_to(opened.dossier, at)
    same = [unit for unit in units if unit.kind == task.task.receiver]
    return same or units


def _sent(request: WorkerRequest) -> list[tuple[str, str]]:
    """Return every field as it was sent, so that the last look can send it again."""
    skipped = {"csrfmiddlewaretoken", "once", "step", "looked"}
    return [(name, value) for name, values in request.POST.lists() if name not in skipped for value in values]
