"""Who of a family belongs to a plan: the children's dossiers that a worker may open herself, and no others."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Final

from hemvag.agencies.models import Unit
from hemvag.audit.models import Act, Purpose
from hemvag.concerns import case, report
from hemvag.dossiers import agreement, links, record
from hemvag.dossiers.links import Relation
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.exchange import items
from hemvag.people import identities
from hemvag.reception.plan import Plan
from hemvag.staff.models import Worker

NAMES: Final = (identities.KIND,)
"""All that is read to say who a child is."""
TO_TELL: Final = (identities.KIND, items.REPORT, items.PROTECTION, items.DECISION, agreement.KIND)
"""All that can be told from a child's dossier, and the agreements that it can rest on."""


def siblings(child: Opened, *, by: Worker, at: dt.datetime) -> list[Opened]:
    """Return the brothers and sisters of an opened child that `by` may work with: those linked, and the other children
    of its reports. One whom she may not open is not among them, and nothing tells that it exists."""
    together = {
        uuid.UUID(other): str(Relation.SIBLING)
        for content in child.read(report.KIND)
        for other in content.data["siblings"]
    }
    ends = links.linked(child, kinds=[identities.KIND], by=by, at=at, also=together)
    return [
        end.opened
        for end in ends
        if end.relation == Relation.SIBLING
        and end.opened.dossier.compartment == Compartment.CHILD
        and case.may_work(end.opened, by, at)
    ]


def is_protected(child: Opened) -> bool:
    """Say whether the child has protected identity, or a case that lies at the protected desk."""
    return bool(identities.current(child).protected) or child.dossier.unit.kind == Unit.Kind.PROTECTED_DESK


def eldest_first(children: Sequence[Opened], on: dt.date) -> list[Opened]:
    """Return the children in the order of a family; one whose age is not known comes last."""
    ages = {child.dossier.id: identities.age(identities.current(child), on) for child in children}
    return sorted(children, key=lambda child: -1 if (years := ages[child.dossier.id]) is None else years, reverse=True)


def outside(plan: Plan, *, by: Worker, at: dt.datetime) -> list[Opened]:
    """Return the brothers and sisters of the plan's children that `by` may work with and that are not in the plan."""
    inside = {child.dossier for child in plan.children}
    rows = Dossier.objects.filter(id__in=inside, compartment=Compartment.CHILD)
    kinds = [report.KIND, links.KIND]
    mine = record.open_many(rows, by=by, purpose=Purpose.LINK, at=at, kinds=kinds, act=Act.OPENED)
    found = {one.dossier.id: one for child in mine.values() for one in siblings(child, by=by, at=at)}
    return [one for key, one in found.items() if key not in inside]


def opened(plan: Plan, *, by: Worker, at: dt.datetime, to_tell: bool = False) -> Mapping[uuid.UUID, Opened]:
    """Return the plan's children whose dossiers `by` may open by her work, opened: to show who they are, or to tell
    from. The others she sees as a number and no name; so also a child whose identity was protected meanwhile, unless
    the plan lies at the protected desk. One log line, in which the plan does not stand, with a purpose that any
    family's has: the log is no list of children who come home."""
    rows = Dossier.objects.filter(id__in=[child.dossier for child in plan.children], compartment=Compartment.CHILD)
    held = record.open_many(
        rows.select_related("unit", "authority"),
        by=by,
        purpose=Purpose.TELL if to_tell else Purpose.LINK,
        at=at,
        kinds=TO_TELL if to_tell else NAMES,
        act=Act.OPENED if to_tell else Act.NAME_SHOWN,
    )
    if plan.dossier.unit.kind == Unit.Kind.PROTECTED_DESK:
        return held
    return {key: child for key, child in held.items() if not is_protected(child)}
