"""A plan as it stands: what is known, who comes, its tasks and what was done with each.

Everything lies sealed in the plan's own dossier, what was done too, stamped with the moment the plan was opened: a row
of the moment at which something was told from a child's dossier would tie the two together.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.dossiers.models import Dossier, Sealed
from hemvag.dossiers.opened import Opened
from hemvag.reception import facts, template
from hemvag.reception.known import Known
from hemvag.reception.template import Task, Template
from hemvag.staff.models import Worker

KIND: Final = "plan_known"
"""The kind of content that holds what is known and who comes; it is the only one that is changed."""
TEMPLATE: Final = "plan_template"
"""A template as it was that day; the newest is the one that holds."""
DONE: Final = "plan_task"
"""One thing that was done with a task. Never changed."""
CHANGE: Final = "plan_change"
"""That the plan was changed, and why. Never changed."""
REST: Final = "plan_rest"
"""That the plan rests, goes on or has ended, and why. Never changed."""
ENDED: Final = "end"
KINDS: Final = (KIND, TEMPLATE, DONE, CHANGE, REST)


MOMENTS: Final = ("decided_at", "carried_out_at", "submitted_at", "applied_at")


class Act(models.TextChoices):
    """What was done with a task here. What a receiver answers is read from the ledger, never copied."""

    SENT = "sent", _("Lämnad")
    BEGUN = "begun", _("Påbörjad")
    DONE = "done", _("Klar")
    NOT_NEEDED = "not_needed", _("Behövs inte")
    NEEDED = "needed", _("Behövs")


@dataclass(frozen=True, kw_only=True)
class Child:
    """One child of the plan: its dossier, its number here, and whether it still comes."""

    dossier: uuid.UUID
    number: int
    coming: bool = True


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of the ledger: from which child's dossier, and the offer that wants an answer."""

    child: uuid.UUID
    offer: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that was done with a task. `more` are codes of items beyond what the task needs; `decided_at` and
    `carried_out_at` are the moments that the clocks of custody run from, `submitted_at` and `applied_at` those at which
    they ended."""

    act: str
    at: dt.datetime
    by: uuid.UUID
    by_name: str
    text: str = ""
    told: Sequence[Told] = ()
    more: Sequence[str] = ()
    decided_at: dt.datetime | None = None
    carried_out_at: dt.datetime | None = None
    submitted_at: dt.datetime | None = None
    applied_at: dt.datetime | None = None

    @property
    def label(self) -> str:
        """What was done, in words."""
        return str(Act(self.act).label)


@dataclass(frozen=True, kw_only=True)
class PlanTask:
    """A task of the plan; of one child where it concerns each. `is_retired` when the template that holds now has it
    not, and something was done with it before."""

    key: str
    task: Task
    child: Child | None = None
    deeds: Sequence[Deed] = ()
    is_retired: bool = False

    @property
    def newest(self) -> Deed | None:
        """What was done last."""
        return self.deeds[-1] if self.deeds else None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan that was opened. `version` is that of what is known; `changes` are newest last."""

    dossier: Dossier
    known: Known
    version: int
    content: uuid.UUID
    template: Template
    children: Sequence[Child]
    tasks: Sequence[PlanTask]
    changes: Sequence[Mapping[str, Any]] = field(default_factory=tuple)

    @property
    def coming(self) -> list[Child]:
        """The children who come, as far as known."""
        return [child for child in self.children if child.coming]

    def task(self, key: str) -> PlanTask:
        """Return a task by its key. Raises NoSuchTask."""
        found = next((one for one in self.tasks if one.key == key), None)
        if found is None:
            raise facts.NoSuchTask
        return found


def read(opened: Opened) -> Plan:
    """Return the plan of an opened dossier. Raises NothingSealed for a dossier that holds none."""
    known = opened.one(KIND)
    children = [Child(**row | {"dossier": uuid.UUID(row["dossier"])}) for row in known.data["children"]]
    templates = [template.restored(row["template"]) for row in _in_order(opened, TEMPLATE)]
    deeds = [(row["task"], _deed(row)) for row in _in_order(opened, DONE)]
    return Plan(
        dossier=opened.dossier,
        known=Known.from_data(known.data["known"]),
        version=known.version,
        content=known.id,
        template=templates[-1],
        children=children,
        tasks=_tasks(templates, children, deeds),
        changes=_in_order(opened, CHANGE),
    )


def write(opened: Opened, kind: str, said: Mapping[str, Any], *, by: Worker, at: dt.datetime) -> Sealed:
    """Seal something of the plan with its moment and its writer inside, and nothing of either outside."""
    row = opened.prepared(
        kind,
        dict(said) | {"at": at.isoformat(), "by": str(by.id), "by_name": by.name},
        by=None,
        at=opened.dossier.opened_at,
    )
    row.save(force_insert=True)
    return row


def known_data(known: Known, children: Sequence[Child]) -> dict[str, Any]:
    """Return what is sealed of what is known and who comes."""
    rows = [vars(child) | {"dossier": str(child.dossier)} for child in children]
    return {"known": known.as_data(), "children": rows}


def do(opened: Opened, key: str, deed: Deed, *, by: Worker, at: dt.datetime) -> None:
    """Seal what was done with a task."""
    said = {
        "task": key,
        "act": deed.act,
        "text": deed.text,
        "told": [{"child": str(told.child), "offer": str(told.offer)} for told in deed.told],
        "more": list(deed.more),
        **{name: _written(getattr(deed, name)) for name in MOMENTS},
    }
    write(opened, DONE, said, by=by, at=at)


def may_work(opened: Opened, by: Worker, at: dt.datetime) -> bool:
    """Say whether `by`, who has opened the plan to write in it, handles cases in its unit."""
    return not opened.is_only_to_read and opened.dossier.unit_id in granted(by, at).units(Ability.CASE_WORK)


def has_ended(opened: Opened) -> bool:
    """Say whether somebody has decided that the plan has ended, and nobody has taken it up since."""
    return any(row["step"] == ENDED for row in _in_order(opened, REST)[-1:])


def locked(opened: Opened, key: str, *, seen: int, by: Worker, at: dt.datetime) -> PlanTask:
    """Return a task of the plan, held until the transaction ends. `seen` is how much had been done with it when the
    page was shown. Raises NotYours, NoSuchTask, Meanwhile, HasEnded."""
    if not may_work(opened, by, at):
        raise facts.NotYours
    Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
    if has_ended(opened.anew()):
        raise facts.HasEnded
    found = read(opened).task(key)
    if len(found.deeds) != seen and found.newest:
        raise facts.Meanwhile(found.newest.by_name, found.newest.at)
    return found


def _in_order(opened: Opened, kind: str) -> list[dict[str, Any]]:
    """Return content of a kind by the moment sealed in it: outside they all have the same."""
    return sorted((content.data for content in opened.read(kind)), key=lambda row: dt.datetime.fromisoformat(row["at"]))


def _deed(row: Mapping[str, Any]) -> Deed:
    return Deed(
        act=row["act"],
        at=dt.datetime.fromisoformat(row["at"]),
        by=uuid.UUID(row["by"]),
        by_name=row["by_name"],
        text=row["text"],
        told=[Told(child=uuid.UUID(one["child"]), offer=uuid.UUID(one["offer"])) for one in row["told"]],
        more=row["more"],
        **{name: _moment(row.get(name, "")) for name in MOMENTS},
    )


def _written(moment: dt.datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _tasks(
    templates: Sequence[Template], children: Sequence[Child], deeds: Sequence[tuple[str, Deed]]
) -> list[PlanTask]:
    """Return the tasks of the template that holds, and of older ones those with which something was done."""
    done: dict[str, list[Deed]] = {}
    for key, deed in deeds:
        done.setdefault(key, []).append(deed)
    found: dict[str, PlanTask] = {}
    for number, one in enumerate(reversed(templates)):
        for task in one.tasks:
            for key, child in _keys(task, children):
                stays = child is None or child.coming or key in done
                if key not in found and (key in done if number else stays):
                    found[key] = PlanTask(
                        key=key, task=task, child=child, deeds=done.get(key, []), is_retired=bool(number)
                    )
    return list(found.values())


def _keys(task: Task, children: Sequence[Child]) -> list[tuple[str, Child | None]]:
    if not task.each_child:
        return [(task.code, None)]
    return [(f"{task.code}-{child.number}", child) for child in children]
