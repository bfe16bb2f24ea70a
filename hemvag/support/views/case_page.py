"""The case page: a head that stays, the steps, the one next, the journal, agreements, plan and rating."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers import agreement
from hemvag.dossiers.models import Agreement
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.support import agreement_text, chart, knowledge, plan, words
from hemvag.support.case import Case
from hemvag.support.models import Outcome, StepKind, SupportStep
from hemvag.support.today import LABELS, PAGES
from hemvag.support.views.opening import context_of, opened_for
from hemvag.web.addresses import address
from hemvag.web.components import Clock, Happening


@page(Ability.SUPPORT_WORK, Ability.SUPPORT_LEAD)
def case(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show one adult's case."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at)
    found = Case.of(opened, at)
    written = plan.current(opened)
    kind = found.next_kind()
    context = context_of(request, opened, at) | {
        "case": found,
        "next_step": (LABELS[kind], address(PAGES[kind], dossier_id)) if kind else None,
        "clocks": [_clock(step, found, at) for step in found.steps if step.kind != StepKind.SUPPORT],
        "journal": _journal(opened),
        "agreements": _agreements(opened, at),
        "since": clock.local(opened.dossier.opened_at).date(),
        "plan": written,
        "measures": measures(written),
        "chart": chart.of(plan.ratings(opened)),
        "reach": next((one.data.get("reach") for one in opened.read(knowledge.KIND) if one.data.get("reach")), ""),
        "offer": found.running(StepKind.OFFER),
    }
    return render(request, "support/case.html", context)


def measures(written: Any) -> list[dict[str, Any]]:
    """Return the rows of a plan as a page shows them."""
    if written is None:
        return []
    return [
        {
            "label": plan.Measure(row.measure).label,
            "who": row.who,
            "until": dt.date.fromisoformat(row.until) if row.until else None,
        }
        for row in plan.rows_of(written)
    ]


def _clock(step: SupportStep, found: Case, at: dt.datetime) -> Clock:
    label = str(StepKind(step.kind).label)
    if step.done_at is not None:
        ended = f"{Outcome(step.outcome).label}, {words.day(clock.local(step.done_at).date(), at)}"
        return Clock(label=label, state="done", when=ended)
    if step not in found.waiting:
        rests = (
            _("vilar: sista dagen har gått") if step.kind == StepKind.OFFER else _("stängt: medgivandet gäller inte")
        )
        return Clock(label=label, state="done", when=rests)
    if step.until is None:
        return Clock(label=label, state="now", when=_("när personen vill"))
    today = clock.local(at).date()
    state = "late" if step.until < today else "now" if step.until == today else "next"
    return Clock(label=label, state=state, when=words.relative(step.until, at))  # type: ignore[arg-type]


def _journal(opened: Opened) -> list[Happening]:
    """Return the journal, newest first."""
    contents = {content.id: content for content in opened.read()}
    return [
        Happening(
            at=row.at,
            title=words.happening(row.step),
            by=row.by.name if row.by else "",
            provision=row.provision,
            body=words.body(contents.get(row.note_id)) if row.note_id else "",
        )
        for row in opened.dossier.journal.select_related("by").order_by("-at", "-id")
    ]


def _agreements(opened: Opened, at: dt.datetime) -> list[dict[str, Any]]:
    """Return every agreement, the newest first, with its words and whether it holds."""
    rows = Agreement.objects.filter(dossier=opened.dossier).order_by("-valid_from")
    return [_agreement(opened, row, at) for row in rows]


def _agreement(opened: Opened, row: Agreement, at: dt.datetime) -> dict[str, Any]:
    said, taken_back = agreement.words_of(opened, row), row.withdrawn_at
    last = clock.local(row.valid_to - agreement_text.DAY_LONG).date()
    return {
        "id": row.id,
        "words": said,
        "holds": row.in_force(at),
        "begins": clock.local(row.valid_from).date() if row.valid_from > at else None,
        "last": last,
        "withdrawn": clock.local(taken_back).date() if taken_back else None,
    }
