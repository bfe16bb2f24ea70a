"""What the plans of an exercise show: how soon one was opened, its tasks sent and accepted, what went beyond need.

A plan lies sealed. It is opened here as its own invented worker, with a line in the space's read log as always.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.readiness import exercise_measures
from hemvag.readiness.models import InjectGiven, Play
from hemvag.reception import plan, stands
from hemvag.reception.plan import Act, Plan
from hemvag.reception.stands import Stands, State

ACCEPTED = frozenset({State.ACCEPTED, State.DONE})


def taken(row: Play, at: dt.datetime) -> Iterator[dict[str, Any]]:
    """Give the measures that rest on plans; none of them while there is no plan. Minutes run from the first inject."""
    first = InjectGiven.objects.order_by("at").first()
    made = Dossier.objects.filter(compartment=Compartment.PLAN, opened_at__gte=row.started_at, erased_at=None)
    rows = list(made.exclude(worker=None).select_related("worker").order_by("opened_at"))
    if first is None or not rows:
        return
    yield exercise_measures.row("plan_minutes", _minutes(first, rows[0].opened_at))
    found = [_read(dossier, at) for dossier in rows]
    sent = [deed for one in found for task in one.tasks for deed in task.deeds if deed.act == Act.SENT]
    if not sent:
        return
    yield exercise_measures.row("first_task_minutes", _minutes(first, min(deed.at for deed in sent)))
    yield exercise_measures.row("beyond_need", sum(len(deed.more) for deed in sent))
    last = _all_accepted([how for one in found for how in stands.of_plan(one).values() if how.offers])
    if last is not None:
        yield exercise_measures.row("accepted_minutes", _minutes(first, last))


def _read(dossier: Dossier, at: dt.datetime) -> Plan:
    if dossier.worker is None:
        raise AssertionError
    return plan.read(record.open_dossier(dossier.id, by=dossier.worker, purpose=Purpose.RECEPTION, at=at))


def _all_accepted(sent: list[Stands]) -> dt.datetime | None:
    """Return when the last task that was sent was accepted, or None while one of them waits."""
    moments = [how.since for how in sent if how.state in ACCEPTED and how.since is not None]
    return max(moments) if moments and len(moments) == len(sent) else None


def _minutes(first: InjectGiven, at: dt.datetime) -> int:
    return max(0, round((at - first.at) / dt.timedelta(minutes=1)))
