"""The unit's page, for those who lead it or give out its cases: what waits, who is late and why."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.concerns import facts, late, words
from hemvag.concerns.case import Case
from hemvag.concerns.models import LateReason, StepKind
from hemvag.concerns.today import next_label, step_url
from hemvag.concerns.views import showing
from hemvag.concerns.views.opening import context_of, opened_for
from hemvag.lib import clock
from hemvag.web.forms import ChoiceRow, Form, TextField
from hemvag.web.once import once


@page(Ability.CASE_LEAD, Ability.CASE_ASSIGN)
def unit(request: WorkerRequest) -> HttpResponse:
    """List the unit's waiting steps; `step` and `worker` in the address narrow the list."""
    at = clock.now()
    kind, worker = request.GET.get("step", ""), request.GET.get("worker", "")
    rows = late.rows(request.worker, at)
    workers = {str(row.step.dossier.worker_id): row.step.dossier.worker.name for row in rows if row.step.dossier.worker}
    chosen = [
        row
        for row in rows
        if (not kind or row.step.kind == kind) and (not worker or str(row.step.dossier.worker_id) == worker)
    ]
    shown = [
        {
            "row": row,
            "kind": StepKind(row.step.kind).label,
            "when": words.by_when(row.step.due(), at),
            "next": (next_label(row.step), step_url(row.step)),
        }
        for row in chosen
    ]
    groups = [
        (_("Försenade"), "late", [one for one in shown if one["row"].state == "late"]),  # type: ignore[attr-defined]
        (_("Ingen har ärendet"), "now", [one for one in shown if _is_unassigned(one["row"])]),
        (_("På gång"), "soon", [one for one in shown if not _is_unassigned(one["row"]) and one["row"].state != "late"]),  # type: ignore[attr-defined]
    ]
    context = {
        "groups": [group for group in groups if group[2]],
        "kinds": StepKind.choices,
        "kind": kind,
        "workers": sorted(workers.items(), key=lambda pair: pair[1]),
        "worker": worker,
        "most": late.MOST,
        "is_cut": len(rows) == late.MOST,
    }
    return render(request, "concerns/unit.html", context)


def _is_unassigned(row: object) -> bool:
    return isinstance(row, late.Row) and row.step.dossier.worker_id is None and row.state != "late"


class LateForm(Form):
    """Why a step is late."""

    code = ChoiceRow(label=gettext_lazy("Varför är det sent?"), choices=LateReason.Code.choices)
    note = TextField(
        label=gettext_lazy("Med egna ord"),
        max_length=2000,
        rows=4,
        required=False,
        help_text=gettext_lazy("Förseglas i barnets akt."),
    )


@page(Ability.CASE_WORK)
@once
def explain(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Say why the case's most urgent late step is late."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at)
    waiting = [step for step in Case.of(opened.dossier).waiting() if step.is_late(at)]
    if not waiting:
        raise Http404
    step = waiting[0]
    form = LateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            late.explain(
                opened,
                step.id,
                code=form.cleaned_data["code"],
                note=form.cleaned_data["note"],
                by=request.worker,
                at=at,
            )
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            messages.success(request, _("Sparat."))
            return redirect("concerns:case", dossier_id)
    context = (
        context_of(request, opened, at)
        | showing.beside(opened, step, at)
        | {"form": form, "step": step, "kind": StepKind(step.kind).label}
    )
    return render(request, "concerns/late.html", context, status=422 if request.method == "POST" else 200)
