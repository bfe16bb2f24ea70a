"""Two dossiers side by side, for one who may see both: is it the same child? Only a person says so."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.audit.models import Purpose
from hemvag.concerns import facts, report
from hemvag.concerns.case import Case
from hemvag.concerns.models import ConcernReport
from hemvag.concerns.views.opening import head_of, opened_for
from hemvag.dossiers.models import Dossier, Sight
from hemvag.lib import clock
from hemvag.people.comparison import side_by_side
from hemvag.web.once import once


@page(Ability.CHILD_IDENTIFY, Ability.CASE_LEAD)
@once
def match(request: WorkerRequest, dossier_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Show the new report's child beside the known one; on POST put the report into the known child's dossier."""
    at = clock.now()
    new = opened_for(request, dossier_id, at=at, purpose=Purpose.MATCH, sight=Sight.IDENTITY)
    known = opened_for(request, other_id, at=at, purpose=Purpose.MATCH, sight=Sight.IDENTITY)
    row = new.dossier.reports.order_by("-registered_at").first()
    if row is None:
        raise Http404
    context: dict[str, Any] = {"new": head_of(new, at), "known": head_of(known, at), "report": row}
    if request.method == "POST":
        try:
            added = report.add_to(known.dossier.id, row, by=request.worker, at=at)
        except facts.Refused as fact:
            context["refused"] = fact.sentence
        else:
            messages.success(request, _("Anmälan ligger nu i barnets akt %s.") % known.dossier.reference)
            if request.grants.has(Ability.CHILD_IDENTIFY) and _others_wait(added, request, at):
                return redirect("concerns:known", added.id)
            may_open = Dossier.objects.visible_to(request.worker, at).filter(id=known.dossier.id).exists()
            return redirect("concerns:case", known.dossier.id) if may_open else redirect("today")
    context["rows"] = side_by_side(context["new"].identity, context["known"].identity).rows
    context["known_case"] = Case.of(known.dossier)
    return render(request, "concerns/match.html", context, status=422 if "refused" in context else 200)


def _others_wait(row: ConcernReport, request: WorkerRequest, at: dt.datetime) -> bool:
    """Say whether the same report names another child, visible here, whose dossier holds nothing else yet."""
    opened = opened_for(request, row.dossier_id, at=at, purpose=Purpose.MATCH, sight=Sight.IDENTITY)
    siblings = Dossier.objects.visible_to(request.worker, at, Sight.IDENTITY).filter(
        id__in=opened.piece(row.content_id).data["siblings"]
    )
    return siblings.annotate(count=Count("reports")).filter(count=1).exists()
