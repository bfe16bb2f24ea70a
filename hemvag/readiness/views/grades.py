"""How ready the units are, as a table, and the checklist in which a unit says it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.agencies.models import Unit
from hemvag.lib import clock
from hemvag.readiness import answer, desk, gaps, grade_forms, grades
from hemvag.readiness.answer import Answer
from hemvag.readiness.content import Item, content
from hemvag.readiness.facts import AlreadyClosed, Changed
from hemvag.readiness.grade_forms import AnswersForm
from hemvag.readiness.models import Gap
from hemvag.readiness.models.checklist import units_seen_by
from hemvag.readiness.resource_forms import GapClosingForm, GapForm
from hemvag.readiness.views.keeping import keep_draft
from hemvag.readiness.views.resources import municipality
from hemvag.web.changed import Difference
from hemvag.web.once import once

answers = page(Ability.RESOURCE_KEEP, Ability.READINESS_WORK)


@answers
def units(request: WorkerRequest) -> HttpResponse:
    """Show the grade of each unit that this worker answers for, and of the town to who sees the whole of it."""
    at = clock.now()
    today = clock.local(at).date()
    seen = Unit.objects.on(today).filter(id__in=units_seen_by(request.worker, at).values("id"))
    rows = grades.of_units(seen.select_related("authority").order_by("name"), on=today)
    sees_town = any(request.grants.authorities(one) for one in (Ability.RESOURCE_KEEP, Ability.READINESS_WORK))
    whole = grades.town(municipality(), on=today) if sees_town else None
    context = {"rows": rows, "whole": whole}
    return render(request, "readiness/grades.html", context)


@answers
@once
def unit(request: WorkerRequest, unit_id: uuid.UUID) -> HttpResponse:
    """Say how ready a unit is, item by item; what a colleague said meanwhile is shown."""
    of = _unit(request, unit_id)
    items = _items(of)
    if request.method != "POST":
        start = grade_forms.initial(_said(of), seen=answer.number_of(of))
        kept = desk.kept(request.worker, _form_name(of))
        return _page(request, of, AnswersForm(items=items, initial=start | (kept.fields if kept else {})))
    form = AnswersForm(request.POST, items=items)
    if not form.is_valid():
        return _page(request, of, form, status=422)
    try:
        answer.answer(of.id, form.answers(), seen=form.cleaned_data["seen"], by=request.worker, at=clock.now())
    except Changed:
        return _both(request, of, form)
    desk.discard(_form_name(of), by=request.worker)
    messages.success(request, _("Sparat. Enhetens grad är den lägsta av de punkter som måste finnas."))
    return redirect("readiness:units")


def _both(request: WorkerRequest, of: Unit, form: AnswersForm) -> HttpResponse:
    """Show the form anew with what a colleague said since, and both where both said something."""
    before, theirs, mine = _said(of, upto=form.cleaned_data["seen"]), _said(of), form.answers()
    unknown = Answer(grade=None)
    merged, differences = dict(mine), []
    for code, item in form.items.items():
        was, now, own = (said.get(code, unknown) for said in (before, theirs, mine))
        if own == was:
            merged[code] = now
        elif now not in (was, own):
            differences.append(Difference(str(item.name), _words(now), _words(own)))
    last = answer.last_said(of)
    again = AnswersForm(items=form.items, initial=grade_forms.initial(merged, seen=answer.number_of(of)))
    context = {"differences": differences, "changed_at": last.at if last else clock.now()}
    return _page(request, of, again, status=409, **context)


@require_POST
@answers
def draft(request: WorkerRequest, unit_id: uuid.UUID) -> JsonResponse:
    """Keep what is typed in a checklist that is not saved yet."""
    of = _unit(request, unit_id)
    return keep_draft(request, _form_name(of), set(AnswersForm(items=_items(of)).fields))


@answers
@once
def gap(request: WorkerRequest, unit_id: uuid.UUID, item: str) -> HttpResponse:
    """Note what is missing in an item of a unit's checklist."""
    of = _unit(request, unit_id)
    known = _items(of).get(item)
    if known is None:
        raise Http404
    form = GapForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        gaps.note_of_unit(of.id, item=item, by=request.worker, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Bristen är antecknad."))
        return redirect("readiness:unit", of.id)
    return _small(request, form, of, title=_("Ny brist"), button=_("Anteckna bristen"), name=known.name)


@answers
@once
def close_gap(request: WorkerRequest, gap_id: uuid.UUID) -> HttpResponse:
    """Say how a gap in a unit's checklist was mended."""
    mine = units_seen_by(request.worker, clock.now())
    row = Gap.objects.filter(id=gap_id, unit__in=mine).select_related("unit").first()
    if row is None or row.unit is None:
        raise Http404
    form = GapClosingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            gaps.close(row.id, by=request.worker, at=clock.now(), **form.cleaned_data)
        except AlreadyClosed:
            messages.warning(request, _("En kollega har redan sagt hur bristen är åtgärdad. Läs det nedan."))
        else:
            messages.success(request, _("Bristen är åtgärdad."))
        return redirect("readiness:unit", row.unit.id)
    return _small(request, form, row.unit, title=_("Bristen är åtgärdad"), button=_("Spara"), name=row.action)


def _unit(request: WorkerRequest, unit_id: uuid.UUID) -> Unit:
    """Return the unit, if this worker answers for it. Raises Http404."""
    found = units_seen_by(request.worker, clock.now()).select_related("authority").filter(id=unit_id).first()
    if found is None or not _items(found):
        raise Http404
    return found


def _items(of: Unit) -> dict[str, Item]:
    return {code: item for code, item in content().items.items() if item.is_for(of.kind)}


def _said(of: Unit, *, upto: int | None = None) -> dict[str, Answer]:
    return {code: answer.as_answer(row) for code, row in answer.standing(of, upto=upto).items()}


def _words(said: Answer) -> str:
    return ": ".join(part for part in (str(grades.Grade(said.grade, said.grade)), said.reason) if part)


def _form_name(of: Unit) -> str:
    return f"unit {of.id}"


def _page(request: WorkerRequest, of: Unit, form: AnswersForm, *, status: int = 200, **context: Any) -> HttpResponse:
    [standing] = grades.of_units([of], on=clock.today())
    facts = {
        "of": of,
        "form": form,
        "standing": standing,
        "gaps": Gap.objects.filter(unit=of).select_related("closing").order_by("due"),
        "items": form.items,
        "today": clock.today(),
        "draft": desk.kept(request.worker, _form_name(of)),
    }
    return render(request, "readiness/unit.html", facts | context, status=status)


def _small(request: WorkerRequest, form: Any, of: Unit, **context: Any) -> HttpResponse:
    facts = {"form": form, "of_unit": of, **context}
    return render(request, "readiness/resource_step.html", facts, status=422 if form.errors else 200)
