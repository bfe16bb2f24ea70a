"""The case page: a head that stays, the clocks, the one next step, the journal, and panels by step."""

import datetime as dt
import uuid

from django.http import HttpResponse
from django.shortcuts import render

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.concerns import merge, words
from hemvag.concerns.attachment_form import AttachForm
from hemvag.concerns.case import Case
from hemvag.concerns.models import Merge
from hemvag.concerns.views import links, showing
from hemvag.concerns.views.opening import context_of, opened_for
from hemvag.dossiers import attachments
from hemvag.dossiers.models import Sight
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock


@page(Ability.CASE_WORK, Ability.CASE_UNIT, Ability.CASE_LEAD, Ability.CHILD_IDENTIFY)
def case(request: WorkerRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show one child's case, to who has broken its glass too. `step` in the address filters the journal."""
    at = clock.now()
    opened = opened_for(request, dossier_id, at=at, sight=Sight.GLASS)
    return shown(request, opened, at)


def shown(
    request: WorkerRequest, opened: Opened, at: dt.datetime, *, attach_form: AttachForm | None = None
) -> HttpResponse:
    """Return the page of an opened case; `attach_form` is one that was sent and could not be taken."""
    found = Case.of(opened.dossier)
    contents = {content.id: content for content in opened.read()}
    show = request.GET.get("step", "")
    may_merge = merge.may(request.worker, at) and not opened.is_only_to_read
    context = context_of(request, opened, at) | {
        "case": found,
        "clocks": showing.clock_line(found, at),
        "next_step": showing.next_of(found),
        "waiting": found.waiting(),
        "late_step": next((step for step in found.waiting() if step.is_late(at)), None),
        "journal": showing.journal(opened, contents, show=show),
        "filters": words.filter_labels(),
        "show": show if show in words.JOURNAL_FILTERS else "",
        "reports": showing.reports(found, contents),
        "ends": (ends := links.shown(opened, request, at)),
        "is_planned": any(end.is_plan for end in ends),
        "decisions": showing.final(found.decisions),
        "merge": Merge.objects.newest(opened.dossier) if may_merge else None,
        "merged_from": [
            row.data["from"] for row in opened.read(merge.KIND) if "from" in row.data and not opened.is_only_to_read
        ],
        "attachments": attachments.listing(opened),
    }
    context["attach_form"] = (attach_form or AttachForm()) if context["may_work"] else None
    response = render(request, "concerns/case.html", context, status=422 if attach_form else 200)
    if opened.glass:
        response.headers["Cache-Control"] = "no-store"
    return response
