"""Which dossiers belong with a child's: seen, added and taken away by one who may open both ends."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.audit.models import Purpose
from hemvag.concerns import case, report
from hemvag.concerns.views.opening import context_of, opened_for
from hemvag.dossiers import links, record
from hemvag.dossiers.links import Relation
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock, references
from hemvag.people import identities
from hemvag.web.addresses import address
from hemvag.web.forms import ChoiceRow, Form, TextField
from hemvag.web.once import once

SAME_REPORT = "same_report"
OFFERED = (Relation.SIBLING, Relation.PARENT, Relation.RELATIVE)
PAGES = {Compartment.CHILD.value: "concerns:case", Compartment.PLAN.value: "reception:plan"}
"""The address of an upper room is known by its name only."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The other end of a link as a page shows it. `url` is empty where no page shows it yet."""

    id: uuid.UUID
    name: str
    reference: str
    unit: str
    relation: str
    url: str
    can_part: bool
    is_plan: bool = False


class LinkForm(Form):
    """Which dossier, and what it is to this child."""

    reference = TextField(
        label=gettext_lazy("Ärendenummer"),
        max_length=40,
        help_text=gettext_lazy("Ett ärende som du själv får öppna. Till exempel B26-4K7M-2XQ9."),
    )
    relation = ChoiceRow(label=gettext_lazy("Vad är det till barnet?"), choices=[])

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        chosen = self.fields["relation"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [(one.value, one.label) for one in OFFERED]


def shown(opened: Opened, request: WorkerRequest, at: dt.datetime) -> list[Shown]:
    """Return the dossiers that belong with an opened child's and that this worker may open herself: those linked, and
    the other children of its reports."""
    together = {
        uuid.UUID(other): SAME_REPORT for content in opened.read(report.KIND) for other in content.data["siblings"]
    }
    ends = links.linked(opened, kinds=[identities.KIND], by=request.worker, at=at, also=together)
    return [_shown(end) for end in ends]


def _shown(end: links.Linked) -> Shown:
    dossier = end.opened.dossier
    page = PAGES.get(dossier.compartment, "")
    named = end.opened.read(identities.KIND)
    is_same_report = end.relation == SAME_REPORT
    return Shown(
        id=dossier.id,
        name=identities.full_name(identities.current(end.opened)) if named else _unnamed(end),
        reference=dossier.reference,
        unit=dossier.unit.name,
        relation=_("I samma anmälan") if is_same_report else str(Relation(end.relation).label),
        url=address(page, dossier.id) if page else "",
        can_part=not is_same_report and dossier.compartment != Compartment.PLAN,
        is_plan=dossier.compartment == Compartment.PLAN,
    )


def _unnamed(end: links.Linked) -> str:
    """Return what a dossier that is about nobody alone is called."""
    is_plan = end.opened.dossier.compartment == Compartment.PLAN
    return str(Relation.PLAN.label) if is_plan else end.opened.dossier.reference


@page(Ability.CASE_WORK, Ability.CASE_UNIT)
@once
def together(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show what belongs with the child's dossier; on POST link another that this worker may open, or part two."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at)
    parting = "part" in request.POST
    form = LinkForm(request.POST if request.method == "POST" and not parting else None)
    if parting:
        _part(opened, request.POST["part"], request, at)
        return redirect("concerns:links", dossier_id)
    if request.method == "POST" and form.is_valid() and _link(opened, form, request, at):
        messages.success(request, _("Akterna är kopplade. Det ser bara den som får öppna båda."))
        return redirect("concerns:links", dossier_id)
    context = context_of(request, opened, at) | {
        "form": form if case.may_work(opened, request.worker, at) else None,
        "ends": shown(opened, request, at),
    }
    return render(request, "concerns/links.html", context, status=422 if request.method == "POST" else 200)


def _link(opened: Opened, form: LinkForm, request: WorkerRequest, at: dt.datetime) -> bool:
    """Link the two; say beside the form what stands in the way, the same for what is not there and what is not hers."""
    other = _other(request, at, reference=references.read(form.cleaned_data["reference"]) or "")
    try:
        if other is None or not case.may_work(opened, request.worker, at):
            form.add_error("reference", _("Du får inte öppna något ärende med det numret. Kontrollera det."))
        else:
            links.link(opened, other, relation=form.cleaned_data["relation"], by=request.worker, at=at)
    except links.SameDossier:
        form.add_error("reference", _("Det är det här ärendet. Skriv det andra ärendets nummer."))
    except links.AlreadyLinked:
        form.add_error("reference", _("De är redan kopplade."))
    return not form.errors


def _part(opened: Opened, typed: str, request: WorkerRequest, at: dt.datetime) -> None:
    other = _other(request, at, reference=typed)
    if other is None or not case.may_work(opened, request.worker, at):
        return
    try:
        links.unlink(opened, other)
    except links.NotLinked:
        return
    messages.success(request, _("Kopplingen är borttagen."))


def _other(request: WorkerRequest, at: dt.datetime, *, reference: str) -> Opened | None:
    """Return the other end opened, if it is hers by her work. What is not there is refused and logged alike."""
    rows = Dossier.objects.filter(reference=reference).exclude(compartment__in=[Compartment.DRAFT, Compartment.PLAN])
    found = rows.values_list("id", flat=True).first() or uuid.uuid4()
    try:
        return record.open_dossier(found, by=request.worker, purpose=Purpose.LINK, at=at)
    except Dossier.DoesNotExist:
        return None
