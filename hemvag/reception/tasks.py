"""What is done with a task here: ticked, said not to be needed, taken up again. What is sent stands in `sending`."""

import datetime as dt
from typing import Final

from django.db import transaction

from hemvag.dossiers import writing
from hemvag.dossiers.opened import Opened
from hemvag.law import provisions
from hemvag.lib import clock
from hemvag.reception import facts, plan
from hemvag.reception.plan import Act, Deed, Plan, PlanTask
from hemvag.staff.models import Worker

OWN: Final = "own"
"""The receiver of a task that the plan's own unit does."""
CUSTODY: Final = "R09"
"""Immediate custody (LVU 6 §): one decision a child, on that child's own risk, and two clocks run from it."""
COURT: Final = "R24"
"""The same child's custody is submitted to the court and care applied for: each ends its clock."""


def is_ours(task: PlanTask) -> bool:
    """Say whether the task is ticked here: the plan's own unit does it, or nobody is told anything about a person."""
    return task.task.receiver == OWN or not task.task.needs


def done(
    opened: Opened,
    key: str,
    *,
    text: str = "",
    decided_at: dt.datetime | None = None,
    carried_out_at: dt.datetime | None = None,
    seen: int,
    by: Worker,
    at: dt.datetime,
) -> None:
    """Tick a task of one's own; a note is sealed with it. Custody demands the child's own risk in words and when it was
    decided, since its clocks run from there.

    What goes to the court is written by `court`. Raises NotYours, NoSuchTask, Meanwhile, NotItsOwn, NoCustody,
    OneAtATime, InTheFuture and TooLong.
    """
    with transaction.atomic():
        task = plan.locked(opened, key, seen=seen, by=by, at=at)
        if not is_ours(task):
            raise facts.NotItsOwn
        if task.task.code == COURT:
            raise facts.NoCustody
        said = writing.written(text, required=False)
        if task.task.code == CUSTODY:
            decided_at, carried_out_at = _custody(task, said, decided_at, carried_out_at, at)
        deed = Deed(
            act=Act.DONE,
            at=at,
            by=by.pk,
            by_name=by.name,
            text=said,
            decided_at=decided_at,
            carried_out_at=carried_out_at,
        )
        plan.do(opened, key, deed, by=by, at=at)
        _enter(opened, "plan_task_done", at=at, by=by)


def court(
    opened: Opened,
    key: str,
    *,
    submitted_at: dt.datetime | None = None,
    applied_at: dt.datetime | None = None,
    text: str = "",
    seen: int,
    by: Worker,
    at: dt.datetime,
) -> None:
    """Write down that one child's custody was submitted to the court, or that care was applied for, or both: that ends
    the one clock or the other, and the task is done when both have ended.

    Raises NotYours, NoSuchTask, Meanwhile, NoCustody unless that child is in custody by this plan, InTheFuture,
    TooEarly and TooLong.
    """
    with transaction.atomic():
        task = plan.locked(opened, key, seen=seen, by=by, at=at)
        decided = custody_of(plan.read(opened), task)
        if task.task.code != COURT or decided is None or not (submitted_at or applied_at):
            raise facts.NoCustody
        first = decided.decided_at or decided.at
        moments = [writing.moment(one, not_before=first, at=at) if one else None for one in (submitted_at, applied_at)]
        before = [ended(task, decided, name) for name in ("submitted_at", "applied_at")]
        is_done = all(now or then for now, then in zip(moments, before, strict=True))
        deed = Deed(
            act=Act.DONE if is_done else Act.BEGUN,
            at=at,
            by=by.pk,
            by_name=by.name,
            text=writing.written(text, required=False),
            submitted_at=moments[0],
            applied_at=moments[1],
        )
        plan.do(opened, key, deed, by=by, at=at)
        _enter(opened, f"plan_task_{deed.act}", at=at, by=by)


def custody_of(found: Plan, task: PlanTask) -> Deed | None:
    """Return the decision by which the task's child is in custody now, or None: it ends when somebody says, with the
    reason, that custody is not needed, and not by being taken up again."""
    for other in found.tasks:
        if other.task.code == CUSTODY and other.child == task.child and other.child is not None:
            said = [deed for deed in other.deeds if deed.act in {Act.DONE, Act.NOT_NEEDED}]
            return said[-1] if said and said[-1].act == Act.DONE else None
    return None


def ended(task: PlanTask, decided: Deed, name: str) -> bool:
    """Say whether the task ended a clock (`submitted_at` or `applied_at`) of this decision, and not of an older one."""
    moments = [getattr(deed, name) for deed in task.deeds]
    return any(
        moment >= (decided.decided_at or decided.at).replace(second=0, microsecond=0) for moment in moments if moment
    )


def not_needed(opened: Opened, key: str, *, text: str, seen: int, by: Worker, at: dt.datetime) -> None:
    """Say that a task is not needed, and why. Raises NotYours, NoSuchTask, Meanwhile, NothingWritten and TooLong."""
    _say(opened, key, Act.NOT_NEEDED, writing.written(text), seen=seen, by=by, at=at)


def needed(opened: Opened, key: str, *, text: str = "", seen: int, by: Worker, at: dt.datetime) -> None:
    """Take up a task that is done only if needed, or that was said not to be, or done too early.

    Raises NotYours, NoSuchTask, Meanwhile and TooLong.
    """
    _say(opened, key, Act.NEEDED, writing.written(text, required=False), seen=seen, by=by, at=at)


def _say(opened: Opened, key: str, act: Act, text: str, *, seen: int, by: Worker, at: dt.datetime) -> None:
    with transaction.atomic():
        plan.locked(opened, key, seen=seen, by=by, at=at)
        plan.do(opened, key, Deed(act=act, at=at, by=by.pk, by_name=by.name, text=text), by=by, at=at)
        _enter(opened, f"plan_task_{act}", at=at, by=by)


def _custody(
    task: PlanTask, said: str, decided_at: dt.datetime | None, carried_out_at: dt.datetime | None, at: dt.datetime
) -> tuple[dt.datetime, dt.datetime | None]:
    """Return the moments of one child's custody. Raises OneAtATime when no child or no risk of its own is named."""
    if task.child is None or not said or decided_at is None:
        raise facts.OneAtATime
    first = writing.moment(decided_at, not_before=decided_at, at=at)
    return first, writing.moment(carried_out_at, not_before=first, at=at) if carried_out_at else None


def _enter(opened: Opened, step: str, *, by: Worker, at: dt.datetime) -> None:
    """Write a line in the plan's own journal: which step, never which task or child."""
    provision = provisions.text("documentation", clock.local(at).date()).provision
    writing.enter(opened, step, provision, content=None, by=by, at=at)
