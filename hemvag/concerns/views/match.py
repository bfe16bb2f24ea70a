"""Two dossiers side by side, for one who may see both: is it the same child? One person says so, another confirms."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.audit.models import Purpose
from hemvag.concerns import facts, merge, part
from hemvag.concerns.case import Case
from hemvag.concerns.models import ConcernReport, Merge, MergeKind
from hemvag.concerns.views.known import known_of
from hemvag.concerns.views.opening import head_of, opened_for
from hemvag.dossiers.models import Dossier, Sight
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.people.comparison import side_by_side
from hemvag.web.once import once


@page(Ability.CHILD_IDENTIFY, Ability.CASE_LEAD)
@once
def match(request: WorkerRequest, dossier_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Show a dossier's child beside another's; on POST suggest that it is the same child."""
    at = clock.now()
    other = opened_for(request, dossier_id, at=at, purpose=Purpose.MATCH, sight=Sight.IDENTITY)
    main = opened_for(request, other_id, at=at, purpose=Purpose.MATCH, sight=Sight.IDENTITY)
    context: dict[str, Any] = {"new": head_of(other, at), "known": head_of(main, at)}
    if request.method == "POST":
        try:
            merge.suggest(dossier_id, into=other_id, by=request.worker, at=at)
        except facts.Refused as fact:
            context["refused"] = fact.sentence
        else:
            messages.success(request, _("Föreslaget. Akterna förs samman när någon annan har bekräftat."))
            row = other.dossier.reports.order_by("-registered_at").first()
            if row is not None and request.grants.has(Ability.CHILD_IDENTIFY) and _others_wait(other, row, request, at):
                return redirect("concerns:known", row.id)
            return redirect("today")
    context["rows"] = side_by_side(context["new"].identity, context["known"].identity).rows
    context["known_case"] = Case.of(main.dossier)
    return render(request, "concerns/match.html", context, status=422 if "refused" in context else 200)


def _others_wait(other: Opened, row: ConcernReport, request: WorkerRequest, at: dt.datetime) -> bool:
    """Say whether the same report names another child, visible here, of whom nobody has said anything yet."""
    siblings = other.piece(row.content_id).data["siblings"]
    seen = Dossier.objects.visible_to(request.worker, at, Sight.IDENTITY)
    return seen.filter(id__in=siblings, merges=None).exists()


@page(Ability.CHILD_IDENTIFY, Ability.CASE_LEAD)
@once
def merging(request: WorkerRequest, merge_id: uuid.UUID) -> HttpResponse:
    """Show what was said of two dossiers; on POST confirm it, refuse it, or suggest that they are parted again."""
    at = clock.now()
    try:
        row, pair = merge.opened(merge_id, by=request.worker, at=at)
    except Dossier.DoesNotExist:
        raise Http404 from None
    context: dict[str, Any] = {"merge": row, "new": head_of(pair.other, at), "known": head_of(pair.main, at)}
    if request.method == "POST":
        try:
            return _answered(request, row)
        except facts.Refused as fact:
            context["refused"] = fact.sentence
    waits = row.waits
    context |= {
        "rows": side_by_side(context["new"].identity, context["known"].identity).rows,
        "why": pair.other.piece(row.content_id).data.get("reason", ""),
        "may_answer": waits and row.by_id != request.worker.id,
        "waits": waits,
        "may_part": row.kind in {MergeKind.CONFIRMED, MergeKind.PART_REFUSED}
        and not Merge.objects.filter(follows=row).exists(),
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "concerns/merging.html", context, status=422 if "refused" in context else 200)


def _answered(request: WorkerRequest, row: Merge) -> HttpResponse:
    """Do what the button said, and return where to go."""
    at, by, reason = clock.now(), request.worker, request.POST.get("reason", "")
    if "refuse" in request.POST:
        merge.refuse(row.id, reason=reason, by=by, at=at)
        messages.success(request, _("Avböjt. Akterna ligger som förut."))
        return redirect("today")
    if "part" in request.POST:
        merge.suggest_parting(row.id, reason=reason, by=by, at=at)
        messages.success(request, _("Föreslaget. Akterna delas när någon annan har bekräftat."))
        return redirect("today")
    if row.kind == MergeKind.PART_SUGGESTED:
        part.confirm(row.id, by=by, at=at)
        messages.success(request, _("Akterna är delade igen."))
        return redirect("concerns:check", row.dossier_id)
    done = merge.confirm(row.id, by=by, at=at)
    messages.success(request, _("Akterna är sammanförda. Barnet kan vara känt under fler namn: se här."))
    _row, pair = merge.opened(done.id, by=by, at=at)
    return redirect("concerns:check", pair.main.dossier.id)


@page(Ability.CHILD_IDENTIFY, Ability.CASE_WORK, Ability.CASE_UNIT, Ability.CASE_LEAD)
def check(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show who may be the same child as this case's, among those that the worker may tell apart."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at, purpose=Purpose.MATCH, sight=Sight.IDENTITY)
    child = known_of(opened, request, at)
    return render(request, "concerns/known.html", {"children": [child], "any": bool(child.suggestions), "one": opened})
