"""Open the plan that a page is about, and show its head: the same for every page of a plan."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from hemvag.access.pages import WorkerRequest
from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.drafts import Draft
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.people import identities
from hemvag.reception import assignment, resting
from hemvag.reception import plan as plans
from hemvag.reception.plan import Child, Plan


def opened_for(
    request: WorkerRequest, plan_id: uuid.UUID, *, at: dt.datetime, purpose: Purpose = Purpose.RECEPTION
) -> Opened:
    """Return the plan opened for this page, or answer 404, the same for another's and for none."""
    try:
        opened = record.open_dossier(plan_id, by=request.worker, purpose=purpose, at=at)
    except Dossier.DoesNotExist:
        raise Http404 from None
    if opened.dossier.compartment != Compartment.PLAN:
        raise Http404
    return opened


def to_work(request: WorkerRequest, plan_id: uuid.UUID, *, at: dt.datetime) -> Opened:
    """Return the same for who handles the plan, or answer 404."""
    opened = opened_for(request, plan_id, at=at)
    if not plans.may_work(opened, request.worker, at):
        raise Http404
    return opened


def name_of(child: Child | None, known: Mapping[uuid.UUID, Opened], on: dt.date) -> str:
    """Return what a page calls a child: name and age for who may open its dossier, else that it is a sibling."""
    if child is None:
        return ""
    held = known.get(child.dossier)
    return _("Ett syskon") if held is None else named(held, on)


def named(child: Opened, on: dt.date) -> str:
    """Return an opened child's name, with its age when that is known."""
    identity = identities.current(child)
    years, name = identities.age(identity, on), identities.full_name(identity)
    return name if years is None else _("%(name)s, %(years)s år") % {"name": name, "years": years}


def of_the_same(draft: Draft, about: str) -> dict[str, Any]:
    """Return what was typed, if it was about this; what was typed about something else is nobody's here."""
    return dict(draft.fields) if draft.fields.get("about") == about else {}


def names(plan: Plan, known: Mapping[uuid.UUID, Opened], at: dt.datetime) -> list[tuple[Child, str]]:
    """Return the plan's children with what a page calls each."""
    day = clock.local(at).date()
    return [(child, name_of(child, known, day)) for child in plan.children]


def context_of(request: WorkerRequest, opened: Opened, at: dt.datetime) -> dict[str, Any]:
    """Return what every page of a plan shows."""
    return {
        "dossier": opened.dossier,
        "may_work": plans.may_work(opened, request.worker, at),
        "may_assign": assignment.may_assign(opened, request.worker, at),
        "resting": resting.now(opened),
        "at": at,
    }
