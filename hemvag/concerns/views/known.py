"""Who may be known here already: for each child of a report, or for one child's case. A person chooses."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.audit.models import Purpose
from hemvag.concerns.models import ConcernReport, Merge, MergeKind
from hemvag.concerns.views.opening import Head, head_of, opened_for
from hemvag.dossiers import record
from hemvag.dossiers.models import Dossier, Sight
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.people import matching
from hemvag.people.matching import Suggestion


@dataclass(frozen=True, kw_only=True)
class Known:
    """One child of a new report, and whom it may be; `settled` once somebody has said who it is."""

    head: Head
    settled: bool
    suggestions: list[tuple[Head, Suggestion]]


@page(Ability.CHILD_IDENTIFY)
def known(request: WorkerRequest, report_id: uuid.UUID) -> HttpResponse:
    """Show, for each child of a report, the dossiers that may be about the same child. A person chooses."""
    at = clock.now()
    seen = Dossier.objects.visible_to(request.worker, at, Sight.IDENTITY)
    row = ConcernReport.objects.filter(id=report_id, dossier__in=seen).first()
    if row is None:
        raise Http404
    opened = opened_for(request, row.dossier_id, at=at, purpose=Purpose.MATCH, sight=Sight.IDENTITY)
    siblings = opened.piece(row.content_id).data["siblings"]
    held = _held([row.dossier_id, *siblings], request, at)
    children = [_known(one, request, at) for one in held.values()]
    context = {
        "children": children,
        "any": any(child.suggestions for child in children),
        "some_settled": any(child.settled for child in children),
    }
    return render(request, "concerns/known.html", context)


def _known(one: Opened, request: WorkerRequest, at: dt.datetime) -> Known:
    if Merge.objects.filter(dossier=one.dossier, kind=MergeKind.SUGGESTED, follower=None).exists():
        return Known(head=head_of(one, at), settled=True, suggestions=[])
    return known_of(one, request, at)


def known_of(one: Opened, request: WorkerRequest, at: dt.datetime) -> Known:
    """Return whom an opened dossier's child may be, among those that the worker may tell apart."""
    suggestions = matching.suggest(one, by=request.worker, at=at)
    others = _held([found.dossier_id for found in suggestions], request, at)
    return Known(
        head=head_of(one, at),
        settled=False,
        suggestions=[
            (head_of(others[found.dossier_id], at), found) for found in suggestions if found.dossier_id in others
        ],
    )


def _held(ids: list[uuid.UUID], request: WorkerRequest, at: dt.datetime) -> dict[uuid.UUID, Opened]:
    """Open the identities of those of the dossiers that the worker may see."""
    rows = Dossier.objects.filter(id__in=ids).select_related("unit")
    return record.open_many(
        rows, by=request.worker, purpose=Purpose.MATCH, at=at, kinds=["identity"], sight=Sight.IDENTITY
    )
