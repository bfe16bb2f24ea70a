"""A plan changes: the arrival moves, another template fits better, a child does not come. What was done is kept."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.db import transaction

from hemvag.concerns import case
from hemvag.dossiers import links, writing
from hemvag.dossiers.links import Relation
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Opened
from hemvag.reception import facts, opening, plan
from hemvag.reception.known import Known
from hemvag.reception.plan import Child, Plan
from hemvag.reception.template import Template
from hemvag.staff.models import Worker

KNOWN: Final = "plan_changed"
TEMPLATE: Final = "plan_template_changed"
FAMILY: Final = "plan_family_changed"


def know(opened: Opened, known: Known, *, version: int, by: Worker, at: dt.datetime) -> int:
    """Replace what is known that still has `version`; return the new version. Every day of a task is computed anew.

    Raises NotYours, and Changed with what a colleague wrote meanwhile; nothing is overwritten.
    """
    _ask(opened, by, at)
    with transaction.atomic():
        now = plan.read(opened)
        changed = _store(opened, now, known, now.children, version=version, by=by, at=at)
        moved = [name for name, value in vars(known).items() if value != getattr(now.known, name)]
        plan.write(opened, plan.CHANGE, {"step": KNOWN, "text": "", "what": moved}, by=by, at=at)
        _enter(opened, KNOWN, by=by, at=at)
    return changed


def use(opened: Opened, template: Template, *, text: str, by: Worker, at: dt.datetime) -> None:
    """Let another template hold from now on, and say why. Tasks that something was done with stay, those of the new
    one come, the others of the old one go.

    Raises NotYours, NothingWritten and TooLong.
    """
    _ask(opened, by, at)
    said = writing.written(text)
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        before = plan.read(opened.anew()).template
        plan.write(opened, plan.TEMPLATE, {"template": template.as_data()}, by=by, at=at)
        what = [before.code, template.code]
        plan.write(opened, plan.CHANGE, {"step": TEMPLATE, "text": said, "what": what}, by=by, at=at)
        _enter(opened, TEMPLATE, by=by, at=at)


def comes(opened: Opened, number: int, *, coming: bool, text: str, version: int, by: Worker, at: dt.datetime) -> int:
    """Say that a child does not come after all, or that it does, and why; return the new version. The child's own case
    and its clocks are not touched.

    Raises NotYours, NoSuchTask for a child that is not of the plan, NothingWritten, TooLong and Changed.
    """
    _ask(opened, by, at)
    said = writing.written(text)
    with transaction.atomic():
        now = plan.read(opened)
        if not any(child.number == number for child in now.children):
            raise facts.NoSuchTask
        family = [replace(child, coming=coming) if child.number == number else child for child in now.children]
        changed = _store(opened, now, now.known, family, version=version, by=by, at=at)
        what = [str(number), "comes" if coming else "stays"]
        plan.write(opened, plan.CHANGE, {"step": FAMILY, "text": said, "what": what}, by=by, at=at)
        _enter(opened, FAMILY, by=by, at=at)
    return changed


def add(opened: Opened, child: Opened, *, version: int, by: Worker, at: dt.datetime) -> int:
    """Take one more child into the plan; return the new version. Raises NotYours, ProtectedChild, AlreadyPlanned and
    Changed."""
    _ask(opened, by, at)
    if not case.may_work(child, by, at):
        raise facts.NotYours
    opening.ask_protected([child], opened.dossier.unit)
    with transaction.atomic():
        opening.ask_unplanned([child])
        now = plan.read(opened)
        last = max(one.number for one in now.children)
        family = [*now.children, Child(dossier=child.dossier.id, number=last + 1)]
        changed = _store(opened, now, now.known, family, version=version, by=by, at=at)
        links.link(child, opened, relation=Relation.PLAN, by=by, at=at)
        plan.write(opened, plan.CHANGE, {"step": FAMILY, "text": "", "what": [str(last + 1), "comes"]}, by=by, at=at)
        _enter(opened, FAMILY, by=by, at=at)
    return changed


def _ask(opened: Opened, by: Worker, at: dt.datetime) -> None:
    """Raise NotYours, or HasEnded when the plan must be taken up first."""
    if not plan.may_work(opened, by, at):
        raise facts.NotYours
    if plan.has_ended(opened):
        raise facts.HasEnded


def _store(
    opened: Opened,
    now: Plan,
    known: Known,
    family: Sequence[Child],
    *,
    version: int,
    by: Worker,
    at: dt.datetime,
) -> int:
    content: uuid.UUID = now.content
    return opened.reseal(content, plan.known_data(known, family), version=version, by=by, at=at)


def _enter(opened: Opened, step: str, *, by: Worker, at: dt.datetime) -> None:
    writing.enter(opened, step, case.provision("documentation", at), content=None, by=by, at=at)
