"""A task goes to one unit or authority, which is told only what the task needs: a line in the ledger for each child.

The law is asked through `exchange`, whose verbs are the only way out; the envelope's answer moves the task.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction

from hemvag.agencies.models import Unit
from hemvag.dossiers import agreement
from hemvag.dossiers.agreement import Words
from hemvag.dossiers.models import Agreement, GivenBy
from hemvag.dossiers.opened import Opened
from hemvag.exchange import ground, offer
from hemvag.exchange.items import Item
from hemvag.exchange.models import Offer, OfferKind
from hemvag.exchange.tell import Telling
from hemvag.law.sharing import Answer
from hemvag.reception import facts, items, plan, tasks
from hemvag.reception.plan import Act, Deed, PlanTask, Told
from hemvag.staff.models import Worker

OTHERS: Final = "other_social_services"
"""What another unit of the social services is to the law."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What is told from one child's dossier."""

    child: Opened
    items: Sequence[Item]


def receiver_of(task: PlanTask) -> str:
    """Return the code of `law.codes` for whoever does the task: a unit here is another part of the social services."""
    return OTHERS if task.task.receiver in Unit.Kind.values else task.task.receiver


def fingerprint(parts: Sequence[Part]) -> str:
    """Return a mark of exactly what would leave, so that nothing else leaves than what was looked at."""
    told = [[str(part.child.dossier.id), [item.as_data() for item in part.items]] for part in parts]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def ask(child: Opened, task: PlanTask, at: dt.datetime) -> Answer:
    """Return what the law of that day says of telling whoever does the task about this child."""
    return ground.ask(child, receiver=receiver_of(task), situation=task.task.situation, at=at)


def send(
    opened: Opened,
    key: str,
    parts: Sequence[Part],
    *,
    telling: Telling,
    unit: Unit | None = None,
    seen: int,
    by: Worker,
    at: dt.datetime,
) -> list[Offer]:
    """Tell whoever does the task what was chosen for each child, each as a line of its own from that child's dossier;
    all or nothing. What goes beyond the task's needs is written down as such. The items of `telling` are not used, nor
    are its receiver and situation: the task names them.

    Raises NotYours, NoSuchTask, Meanwhile, NoChildren, and what `exchange.offer.send` raises: what the law forbids is
    refused with its provision.
    """
    if not parts:
        raise facts.NoChildren
    with transaction.atomic():
        task = plan.locked(opened, key, seen=seen, by=by, at=at)
        _ask_of_the_plan(opened, task, parts)
        sent = [
            offer.send(
                part.child,
                replace(telling, receiver=receiver_of(task), situation=task.task.situation, items=part.items),
                kind=OfferKind.HAND_OVER,
                unit=unit,
                by=by,
                at=at,
            )
            for part in parts
        ]
        told = [Told(child=part.child.dossier.id, offer=made.id) for part, made in zip(parts, sent, strict=True)]
        told_items = [item for part in parts for item in part.items]
        more = sorted({item.code for item in told_items if not items.is_needed(item, task.task.needs)})
        deed = Deed(act=Act.SENT, at=at, by=by.pk, by_name=by.name, told=told, more=more)
        plan.do(opened, key, deed, by=by, at=at)
    return sent


def agree(
    opened: Opened,
    children: Sequence[Opened],
    *,
    task: PlanTask,
    what: str,
    to_whom: str,
    purpose: str,
    given_by: str,
    given_by_name: str,
    read_back_by: str,
    valid_to: dt.datetime,
    by: Worker,
    at: dt.datetime,
) -> list[Agreement]:
    """Write down that a guardian, or a child of fifteen, lets the task's receiver be told: one agreement a child.

    Raises NotYours, NoChildren, and what `dossiers.agreement.agree` raises.
    """
    if not children:
        raise facts.NoChildren
    if not plan.may_work(opened, by, at):
        raise facts.NotYours
    words = Words(
        what=what,
        to_whom=to_whom,
        purpose=purpose,
        given_by_name=given_by_name,
        read_back_by=read_back_by,
        receivers=[receiver_of(task)],
    )
    with transaction.atomic():
        return [
            agreement.agree(
                child, given_by=GivenBy(given_by), words=words, valid_from=at, valid_to=valid_to, by=by, at=at
            )
            for child in children
        ]


def _ask_of_the_plan(opened: Opened, task: PlanTask, parts: Sequence[Part]) -> None:
    """Raise NoSuchTask for a child that is not of this plan or this task, and NotItsOwn for a task that is ticked."""
    if tasks.is_ours(task):
        raise facts.NotItsOwn
    mine = {child.dossier for child in ([task.child] if task.child else plan.read(opened).coming)}
    if any(part.child.dossier.id not in mine for part in parts):
        raise facts.NoSuchTask
