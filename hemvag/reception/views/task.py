"""One task: how it stands, and to tick it, say that it is not needed, or take it up."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers.opened import Opened
from hemvag.exchange import standing as exchange
from hemvag.exchange import words as told_words
from hemvag.lib import clock, dates
from hemvag.reception import facts, family, plan, stands, tasks
from hemvag.reception.plan import Act, Plan, PlanTask
from hemvag.reception.stands import Stands
from hemvag.reception.task_forms import CourtForm, CustodyForm, DeedForm
from hemvag.reception.views.opening import context_of, name_of, to_work
from hemvag.reception.views.plan import one
from hemvag.staff.models import Worker
from hemvag.web.once import once

FORMS: Final = {tasks.CUSTODY: CustodyForm, tasks.COURT: CourtForm}
"""Tasks that the law has clocks of its own for, and what is asked when they are done."""


@page(Ability.CASE_WORK)
@once
def task(request: WorkerRequest, plan_id: uuid.UUID, key: str) -> HttpResponse:
    """Show a task of the plan; on POST do with it what the pressed button says. What was written of a child is for who
    may open its dossier, and so is custody of it."""
    at = clock.now()
    opened = to_work(request, plan_id, at=at)
    found, row = task_of(opened, key)
    known = family.opened(found, by=request.worker, at=at)
    is_hidden = row.child is not None and row.child.dossier not in known
    may_do = not (is_hidden and row.task.code == tasks.CUSTODY)
    if request.method == "POST" and not may_do:
        raise Http404
    own = FORMS.get(row.task.code, DeedForm)
    kind = own if "done" in request.POST or request.method != "POST" else DeedForm
    form = kind(request.POST or None, initial={"seen": len(row.deeds)})
    if request.method == "POST" and form.is_valid() and _do(opened, key, form, request, at):
        messages.success(request, _("Sparat."))
        return redirect("reception:plan", plan_id)
    standing = stands.of_plan(found)[key]
    context = context_of(request, opened, at) | {
        "shown": one(found, row, standing, known, at),
        "told": _told(found, standing, known, at),
        "do": row.task.do.said_in((get_language() or "sv")[:2]),
        "is_ours": tasks.is_ours(row),
        "form": form,
        "is_hidden": is_hidden,
        "may_do": may_do,
        "acts": dict(Act.choices),
    }
    return render(request, "reception/task.html", context, status=422 if form.errors else 200)


def _told(found: Plan, standing: Stands, known: Mapping[uuid.UUID, Opened], at: dt.datetime) -> list[dict[str, object]]:
    """Return each line of the ledger that the task rests on: of which child, how it stands, and where its answer is
    written in by whoever may open that child's dossier."""
    by_dossier = {child.dossier: child for child in found.children}
    lines = []
    for sent in standing.offers:
        dossier = sent.disclosure.dossier_id
        child = by_dossier.get(dossier) if dossier else None
        now = exchange.of(sent)
        lines.append(
            {
                "name": name_of(child, known, clock.local(at).date()),
                "stands": told_words.stands(now) if sent.envelope_id or not now.is_open else str(standing.state.label),
                "unit": sent.receiver.name if sent.receiver else "",
                "offer": sent.id,
                "dossier": dossier if dossier in known else None,
                "outside": sent.envelope_id is None,
            }
        )
    return lines


def task_of(opened: Opened, key: str) -> tuple[Plan, PlanTask]:
    """Return the plan and the task that an address names, or answer 404."""
    found = plan.read(opened)
    try:
        return found, found.task(key)
    except facts.NoSuchTask:
        raise Http404 from None


def _do(opened: Opened, key: str, form: DeedForm, request: WorkerRequest, at: dt.datetime) -> bool:
    """Do it, and say whether it was done; what stands in the way stands in the form."""
    data, by = form.cleaned_data, request.worker
    seen: int = data["seen"]
    try:
        if "not_needed" in request.POST:
            tasks.not_needed(opened, key, text=data["text"], seen=seen, by=by, at=at)
        elif "needed" in request.POST:
            tasks.needed(opened, key, text=data["text"], seen=seen, by=by, at=at)
        else:
            _done(opened, key, form, by=by, at=at)
    except facts.NothingWritten as fact:
        form.add_error("text", fact.sentence)
    except dates.NotATime:
        form.add_error(None, _("Det klockslaget fanns inte den dagen: klockan ställdes fram."))
    except facts.Refused as fact:
        form.add_error(None, fact.sentence)
    return not form.errors


def _done(opened: Opened, key: str, form: DeedForm, *, by: Worker, at: dt.datetime) -> None:
    """Tick the task, with the moments that its own form asks for."""
    text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
    if isinstance(form, CourtForm):
        tasks.court(
            opened,
            key,
            submitted_at=form.moment("day", "time"),
            applied_at=form.moment("applied_day", "applied_time"),
            text=text,
            seen=seen,
            by=by,
            at=at,
        )
        return
    moments = {}
    if isinstance(form, CustodyForm):
        moments = {
            "decided_at": form.moment("day", "time"),
            "carried_out_at": form.moment("carried_day", "carried_time"),
        }
    tasks.done(opened, key, text=text, seen=seen, by=by, at=at, **moments)
