"""Open a plan for a return: from the children's cases, from a template, in one act."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from hemvag.agencies.models import Unit
from hemvag.audit.models import Purpose
from hemvag.concerns import case
from hemvag.dossiers import links, record
from hemvag.dossiers.links import Relation
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.reception import facts, family, plan
from hemvag.reception.known import Known
from hemvag.reception.plan import Child
from hemvag.reception.template import Template
from hemvag.staff.models import Worker

OPENED: Final = "plan_opened"


def open_plan(
    children: Sequence[Opened],
    *,
    template: Template,
    known: Known,
    unit: Unit | None = None,
    by: Worker,
    at: dt.datetime,
) -> Opened:
    """Make the plan, a dossier of its own, and link each child to it; return it opened. `unit` leads it: that of one of
    the children, the first one's when none is named.

    The children's dossiers get a sealed link and nothing else: no line of a journal and no row with this moment. Of two
    who open one for the same children at once, the second raises AlreadyPlanned, with the first one's plan. Raises
    NoChildren, NotYours, and ProtectedChild unless a plan with a protected child lies at the protected desk.
    """
    if not children:
        raise facts.NoChildren
    if not all(case.may_work(child, by, at) and child.dossier.compartment == Compartment.CHILD for child in children):
        raise facts.NotYours
    lead = next((child.dossier for child in children if child.dossier.unit == unit), children[0].dossier)
    ask_protected(children, lead.unit)
    with transaction.atomic():
        ask_unplanned(children)
        new = record.New(
            compartment=Compartment.PLAN, unit=lead.unit, authority=lead.authority, worker=by, reason=OPENED
        )
        [made] = record.create([new], by=by, purpose=Purpose.RECEPTION, at=at)
        come = [Child(dossier=child.dossier.id, number=number) for number, child in enumerate(children, 1)]
        made.seal(plan.KIND, plan.known_data(known, come), by=by, at=at)
        plan.write(made, plan.TEMPLATE, {"template": template.as_data()}, by=by, at=at)
        for child in children:
            links.link(child, made, relation=Relation.PLAN, by=by, at=at)
        made.journal(OPENED, case.provision("documentation", at), by=by, at=at)
    return made


def ask_protected(children: Sequence[Opened], unit: Unit) -> None:
    """Raise ProtectedChild when one of the children has protected identity, or lies at the protected desk, and the plan
    would not lie there."""
    if unit.kind == Unit.Kind.PROTECTED_DESK:
        return
    if any(map(family.is_protected, children)):
        raise facts.ProtectedChild


def plan_of(child: Opened) -> uuid.UUID | None:
    """Return the plan that a child is in, or None: the newest, whoever may open it."""
    found = Dossier.objects.filter(id__in=links.known(child, Relation.PLAN), erased_at=None)
    return found.order_by("-opened_at").values_list("id", flat=True).first()


def ask_unplanned(children: Sequence[Opened]) -> None:
    """Hold the children's dossiers until the transaction ends. Raises AlreadyPlanned."""
    ids = [child.dossier.id for child in children]
    list(Dossier.objects.select_for_update(of=("self",)).filter(id__in=ids).order_by("id"))
    for child in children:
        standing = plan_of(child)
        if standing is not None:
            raise facts.AlreadyPlanned(standing)
