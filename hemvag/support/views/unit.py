"""The unit's list of cases, and what others have been let read by agreement."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.audit.models import Purpose
from hemvag.dossiers.models import Compartment, Dossier, Grant, Sight
from hemvag.lib import clock
from hemvag.people import identities
from hemvag.support import conference, plan, words
from hemvag.support.models import StepKind, SupportStep
from hemvag.support.today import LABELS, PAGES, names_of, wanted_by
from hemvag.support.views.case_page import measures
from hemvag.support.views.opening import opened_for
from hemvag.web.addresses import address

MOST = 200
DAYS = {"late": 0, "week": 7, "month": 31}
"""Until how many days ahead each choice of the date filter reaches."""


@page(Ability.SUPPORT_WORK, Ability.SUPPORT_LEAD)
def unit(request: WorkerRequest) -> HttpResponse:
    """List the waiting steps that this worker may see; `step`, `worker` and `when` in the address narrow the list."""
    at = clock.now()
    kind, worker, when = (request.GET.get("step", ""), request.GET.get("worker", ""), request.GET.get("when", ""))
    seen = SupportStep.objects.visible_to(request.worker, at).waiting(at).filter(kind__in=list(PAGES))
    rows = list(seen.select_related("dossier__worker", "dossier__unit").order_by("until", "started_at")[:MOST])
    workers = {str(row.dossier.worker_id): row.dossier.worker.name for row in rows if row.dossier.worker}
    until = clock.local(at).date() + dt.timedelta(days=DAYS[when]) if when in DAYS else None
    chosen = [
        row
        for row in rows
        if (not kind or row.kind == kind)
        and (not worker or str(row.dossier.worker_id) == worker)
        and (until is None or wanted_by(row) < until)
    ]
    names = names_of({row.dossier_id for row in chosen}, by=request.worker, purpose=Purpose.LEAD, at=at)
    context = {
        "rows": [_row(row, names.get(row.dossier_id, ""), at) for row in chosen],
        "kinds": [(one.value, one.label) for one in PAGES],
        "kind": kind,
        "workers": sorted(workers.items(), key=lambda pair: pair[1]),
        "worker": worker,
        "whens": [("late", _("Dagen har gått")), ("week", _("Inom en vecka")), ("month", _("Inom en månad"))],
        "when": when,
        "leads": request.grants.has(Ability.SUPPORT_LEAD),
        "is_cut": len(rows) == MOST,
        "most": MOST,
    }
    return render(request, "support/unit.html", context)


def _row(step: SupportStep, name: str, at: dt.datetime) -> dict[str, Any]:
    kind, today = StepKind(step.kind), clock.local(at).date()
    return {
        "dossier": step.dossier,
        "name": name,
        "kind": kind.label,
        "when": words.relative(step.until, at) if step.until else _("när personen vill"),
        "state": "" if not step.until or step.until > today else "late" if step.until < today else "now",
        "next": (LABELS[kind], address(PAGES[kind], step.dossier_id)),
    }


@page(Ability.AGREEMENT_READ)
def shared(request: WorkerRequest) -> HttpResponse:
    """List what adults have agreed to let this worker read, by case number."""
    at = clock.now()
    reached = Grant.objects.reaching(request.worker, at).values("dossier")
    seen = Dossier.objects.visible_to(request.worker, at, Sight.AGREED).filter(
        id__in=reached, compartment=Compartment.ADULT
    )
    return render(request, "support/shared.html", {"dossiers": list(seen.select_related("unit").order_by("reference"))})


@page(Ability.AGREEMENT_READ)
def agreed(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show, only to read, the part of an adult's dossier that an agreement in force opens to this worker."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at, sight=Sight.AGREED)
    person = identities.current(opened) if opened.read(identities.KIND) else None
    written = plan.current(opened)
    last = Grant.objects.reaching(request.worker, at).filter(dossier=dossier_id).order_by("valid_to").last()
    context = {
        "dossier": opened.dossier,
        "name": identities.full_name(person) if person else "",
        "plan": written,
        "measures": measures(written),
        "followed": [words.body(one) for one in opened.read(plan.FOLLOW_UP)],
        "meetings": [
            {
                "on": clock.local(held.held_at).date(),
                "table": conference.Table(held.table).label,
                "text": held.text,
                "parties": [(conference.called(one.receiver, words.language()), one) for one in held.parties],
            }
            for held in conference.read(opened)
        ],
        "last": clock.local(last.valid_to - dt.timedelta(seconds=1)).date() if last else None,
    }
    response = render(request, "support/agreed.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
