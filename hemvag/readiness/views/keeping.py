"""Enter a service, change it, say its capacity, check it, and note and close what is missing in it."""

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
from hemvag.readiness import desk, enter, entries, gaps, merging
from hemvag.readiness import said as saying
from hemvag.readiness.facts import AlreadyClosed, Changed, Wrong
from hemvag.readiness.models import Draft, Gap, Resource, Version
from hemvag.readiness.resource_forms import CapacityForm, CheckForm, GapClosingForm, GapForm, ResourceForm, initial
from hemvag.readiness.said import Said
from hemvag.readiness.views.resources import municipality
from hemvag.web import drafts
from hemvag.web.once import once

keeps = page(Ability.RESOURCE_KEEP)
NEW = "service new"


@keeps
@once
def new(request: WorkerRequest) -> HttpResponse:
    """Enter a service that the directory does not have."""
    if request.method != "POST":
        start = {"secrecy": "unknown", "paper": "yes", "seen": 0}
        return _form(request, _blank(request, initial=start | _typed(request, NEW)), form_name=NEW)
    form = _blank(request, request.POST)
    if form.is_valid():
        try:
            made = enter.enter(
                form.said(None),
                municipality=municipality(),
                keeper=form.answering(),
                by=request.worker,
                at=clock.now(),
            )
        except Wrong as fault:
            form.say(fault.field)
        else:
            return _saved(request, made, NEW)
    return _form(request, form, form_name=NEW, status=422)


@keeps
@once
def change(request: WorkerRequest, resource_id: uuid.UUID) -> HttpResponse:
    """Change what is said of a service; a colleague's change meanwhile is shown, and nothing is written over."""
    of = _kept(request, resource_id)
    form_name = f"service {of.id}"
    last = of.versions.select_related("unit__authority").latest("number")
    if request.method != "POST":
        start = initial(saying.of(last), keeper=of.keeper, seen=last.number)
        return _form(request, _blank(request, initial=start | _typed(request, form_name)), form_name=form_name, of=of)
    form = _blank(request, request.POST)
    if not form.is_valid():
        return _form(request, form, form_name=form_name, of=of, status=422)
    seen = _seen(of, form)
    mine = form.said(saying.of(seen))
    try:
        made = enter.change(of.id, mine, seen=seen.number, keeper=form.answering(), by=request.worker, at=clock.now())
    except Changed as fact:
        return _both(request, form, of=of, seen=saying.of(seen), kept=fact.kept, mine=mine)
    except Wrong as fault:
        form.say(fault.field)
        return _form(request, form, form_name=form_name, of=of, status=422)
    return _saved(request, made, form_name)


def _both(
    request: WorkerRequest, form: ResourceForm, *, of: Resource, seen: Said, kept: Version, mine: Said
) -> HttpResponse:
    theirs = saying.of(kept)
    start = initial(merging.merged(seen=seen, kept=theirs, mine=mine), keeper=form.answering(), seen=kept.number)
    context = {
        "changed_at": kept.at,
        "differences": merging.differences(form, seen=seen, kept=theirs, mine=mine),
    }
    form_name = f"service {of.id}"
    return _form(request, _blank(request, initial=start), form_name=form_name, of=of, status=409, **context)


def _seen(of: Resource, form: ResourceForm) -> Version:
    """Return the version that the page showed; a number that never was is the first."""
    number = form.cleaned_data["seen"] or 1
    rows = of.versions.select_related("unit__authority")
    return rows.filter(number=number).first() or rows.earliest("number")


@require_POST
@keeps
def new_draft(request: WorkerRequest) -> JsonResponse:
    """Keep what is typed of a service that is not entered yet."""
    return keep_draft(request, NEW, set(ResourceForm.base_fields))


@require_POST
@keeps
def draft(request: WorkerRequest, resource_id: uuid.UUID) -> JsonResponse:
    """Keep what is typed in a change that is not saved yet."""
    return keep_draft(request, f"service {_kept(request, resource_id).id}", set(ResourceForm.base_fields))


def keep_draft(request: WorkerRequest, form_name: str, names: set[str]) -> JsonResponse:
    """Keep the fields with these names of what a page sent, and answer in draft.js's own shape."""
    try:
        sent = drafts.read(request)
    except drafts.Unreadable:
        return drafts.refused()
    fields = {name: value for name, value in sent.fields.items() if name in names}
    try:
        kept = desk.keep(form_name, sent, fields=fields, by=request.worker, at=clock.now())
    except desk.KeptElsewhere as other:
        now = other.now
        return drafts.elsewhere(version=now.version, fields=now.fields, tab=now.tab, at=now.at)
    return drafts.saved(version=kept.version, at=kept.at)


@keeps
@once
def capacity(request: WorkerRequest, resource_id: uuid.UUID) -> HttpResponse:
    """Say how many places are free, as of today."""
    of = _kept(request, resource_id)
    last = of.versions.latest("number")
    start = {"known": "no" if last.free is None else "yes", "free": last.free, "total": last.total}
    form = CapacityForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("free", "total")}
        enter.say_capacity(of.id, by=request.worker, at=clock.now(), **said)
        messages.success(request, _("Sparat med dagens datum."))
        return redirect("readiness:resource", of.id)
    return _small(request, form, of, title=_("Lediga platser"), button=_("Spara antalet"), name=last.name)


@keeps
@once
def check(request: WorkerRequest, resource_id: uuid.UUID) -> HttpResponse:
    """Say that all that is said of a service is right today."""
    of = _kept(request, resource_id)
    form = CheckForm(request.POST if request.method == "POST" else None, usual=clock.today() + enter.HALF_A_YEAR)
    if not (form.is_bound and form.is_valid()):
        name = of.versions.latest("number").name
        return _small(request, form, of, title=_("Kontrollera posten"), button=_("Uppgifterna stämmer"), name=name)
    made = enter.check(of.id, next_check=form.cleaned_data["next_check"], by=request.worker, at=clock.now())
    said = _("Kontrollerad i dag. Nästa kontroll är %(day)s.") % {"day": made.next_check.isoformat()}
    messages.success(request, said)
    return redirect("readiness:resource", of.id)


@keeps
@once
def gap(request: WorkerRequest, resource_id: uuid.UUID) -> HttpResponse:
    """Note what is missing in a service."""
    of = _kept(request, resource_id)
    form = GapForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        gaps.note_of_service(of.id, by=request.worker, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Bristen är antecknad."))
        return redirect("readiness:resource", of.id)
    name = of.versions.latest("number").name
    return _small(request, form, of, title=_("Ny brist"), button=_("Anteckna bristen"), name=name)


@keeps
@once
def close_gap(request: WorkerRequest, gap_id: uuid.UUID) -> HttpResponse:
    """Say how a service's gap was mended."""
    mine = Resource.objects.kept_by(request.worker, clock.now())
    row = Gap.objects.filter(id=gap_id, resource__in=mine).select_related("resource").first()
    if row is None or row.resource is None:
        raise Http404
    form = GapClosingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            gaps.close(row.id, by=request.worker, at=clock.now(), **form.cleaned_data)
        except AlreadyClosed:
            messages.warning(request, _("En kollega har redan sagt hur bristen är åtgärdad. Läs det nedan."))
        else:
            messages.success(request, _("Bristen är åtgärdad."))
        return redirect("readiness:resource", row.resource.id)
    facts = {"title": _("Bristen är åtgärdad"), "button": _("Spara"), "name": row.action}
    return _small(request, form, row.resource, **facts)


def _kept(request: WorkerRequest, resource_id: uuid.UUID) -> Resource:
    """Return the service, if this worker keeps it. Raises Http404."""
    rows = Resource.objects.kept_by(request.worker, clock.now()).select_related("keeper", "municipality")
    found = rows.filter(id=resource_id).first()
    if found is None:
        raise Http404
    return found


def _blank(request: WorkerRequest, data: Any = None, **facts: Any) -> ResourceForm:
    """Return the form with the units that this worker may let answer for an entry."""
    town = municipality()
    whole_town = bool(request.grants.authorities(Ability.RESOURCE_KEEP))
    mine = Unit.objects.on(clock.today()).filter(authority__municipality=town)
    if not whole_town:
        mine = mine.filter(id__in=request.grants.units(Ability.RESOURCE_KEEP))
    keepers = {str(unit.id): unit.name for unit in mine.order_by("name")}
    if whole_town:
        keepers = {"": _("Samordnaren"), **keepers}
    return ResourceForm(data, municipality=town, keepers=keepers, **facts)


def _typed(request: WorkerRequest, form_name: str) -> dict[str, Any]:
    """Return what this worker had typed and not saved."""
    kept = desk.kept(request.worker, form_name)
    return dict(kept.fields) if kept else {}


def _form(
    request: WorkerRequest,
    form: ResourceForm,
    *,
    form_name: str,
    of: Resource | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    kept: Draft | None = desk.kept(request.worker, form_name)
    return render(
        request, "readiness/resource_form.html", {"form": form, "of": of, "draft": kept, **context}, status=status
    )


def _small(request: WorkerRequest, form: Any, of: Resource, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "readiness/resource_step.html", {"form": form, "of": of, **context}, status=status)


def _saved(request: WorkerRequest, made: Version, form_name: str) -> HttpResponse:
    desk.discard(form_name, by=request.worker)
    messages.success(request, _("Sparat som version %(number)d.") % {"number": made.number})
    if entries.of_version(made, on=clock.today()).may_be_private:
        messages.warning(
            request,
            _("Kontakten ser ut som en persons egen. Kontrollera att den går till en funktion, och ändra den annars."),
        )
    return redirect("readiness:resource", made.resource_id)
