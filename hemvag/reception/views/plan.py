"""A plan's own page: who comes, what is known, the law's clocks, and each task as it stands."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers.opened import Opened
from hemvag.law import codes
from hemvag.lib import clock
from hemvag.reception import family, plan, sending, stands, statutory, tasks
from hemvag.reception.known import Sure
from hemvag.reception.plan import Plan, PlanTask
from hemvag.reception.stands import Stands
from hemvag.reception.views.opening import context_of, name_of, names, opened_for


@dataclass(frozen=True, kw_only=True)
class TaskShown:
    """A task as a page shows it: whose it is, how it stands, and what the law says of telling whoever does it."""

    task: PlanTask
    title: str
    who: str
    child: str
    stands: Stands
    verdict: str = ""
    provision: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """A task with everybody it is about, those of whom it stands alike together: what is the same stands once."""

    first: TaskShown
    alike: Sequence[Sequence[TaskShown]]


@page(Ability.CASE_WORK, Ability.CASE_UNIT, Ability.CASE_LEAD)
def show(request: WorkerRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Show the plan to who may open it."""
    at = clock.now()
    opened = opened_for(request, plan_id, at=at)
    found = plan.read(opened)
    known = family.opened(found, by=request.worker, at=at)
    return render(request, "reception/plan.html", context_of(request, opened, at) | context(found, known, at))


def context(found: Plan, known: Mapping[uuid.UUID, Opened], at: dt.datetime) -> dict[str, Any]:
    """Return what the page shows of a plan; `known` are the children whose dossiers the worker has opened."""
    day, language = clock.local(at).date(), (get_language() or "sv")[:2]
    named = {child.dossier: name_of(child, known, day) for child in found.children}
    return {
        "plan": found,
        "template_name": found.template.name.said_in(language),
        "sure": dict(Sure.choices),
        "family": names(found, known, at),
        "clocks": [(one_, named[one_.child], one_.is_late(at)) for one_ in statutory.of(found, known)],
        "clocks_hidden": len(found.children) - len(known),
        "groups": grouped(shown(found, known, at)),
    }


def shown(found: Plan, known: Mapping[uuid.UUID, Opened], at: dt.datetime) -> Sequence[TaskShown]:
    """Return every task with how it stands."""
    standing = stands.of_plan(found)
    return [one(found, task, standing[task.key], known, at) for task in found.tasks]


def grouped(tasks: Sequence[TaskShown]) -> list[Group]:
    """Return the tasks, those of one code and template together; what the law says is of the first that may be told."""
    found = []
    for _code, same in groupby(tasks, key=lambda row: (row.task.task.code, row.task.is_retired)):
        ones = list(same)
        alike: dict[object, list[TaskShown]] = {}
        for row in ones:
            alike.setdefault((row.stands.state, _day(row.stands)), []).append(row)
        first = next((row for row in ones if row.verdict), ones[0])
        found.append(Group(first=first, alike=list(alike.values())))
    return found


def _day(standing: Stands) -> dt.date | None:
    return clock.local(standing.since).date() if standing.since else None


def one(found: Plan, task: PlanTask, standing: Stands, known: Mapping[uuid.UUID, Opened], at: dt.datetime) -> TaskShown:
    """Return one task. The law is asked of a child that the worker may open; of none, nothing is said of it."""
    day, language = clock.local(at).date(), (get_language() or "sv")[:2]
    verdict = provision = ""
    about = [task.child] if task.child else found.coming
    held = next((known[child.dossier] for child in about if child.dossier in known), None)
    if held is not None and not tasks.is_ours(task):
        answer = sending.ask(held, task, at)
        verdict = codes.codes().verdict[answer.verdict].said_in(language)
        provision = answer.rules[0].rule.provision if answer.rules else ""
    return TaskShown(
        task=task,
        title=task.task.title.said_in(language),
        who=task.task.who.said_in(language),
        child=name_of(task.child, known, day),
        stands=standing,
        verdict=verdict,
        provision=provision,
    )
