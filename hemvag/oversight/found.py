"""What the read log alone shows: openings at night, many in a row, and those that no work followed."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hemvag.access.abilities import Ability
from hemvag.agencies.models import Unit
from hemvag.audit.models import Act, Entry, Purpose
from hemvag.dossiers.models import Assignment, Dossier, JournalEntry, Recusal, Sealed
from hemvag.lib import clock
from hemvag.oversight.leads import with_ability
from hemvag.staff.models import Membership, Worker

NIGHT_BEGINS: Final = 22
NIGHT_ENDS: Final = 6
MANY: Final = 20
MANY_WITHIN: Final = dt.timedelta(hours=1)
WORKING: Final = (Purpose.HANDLE, Purpose.SUPPORT)
A_WEEK: Final = dt.timedelta(days=7)

Pair = tuple[uuid.UUID, uuid.UUID]
"""A worker and a dossier."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A worker opened a dossier: one line of the read log, or one of the dossiers of a line that names several."""

    entry: uuid.UUID
    worker: uuid.UUID
    dossier: uuid.UUID
    purpose: str
    at: dt.datetime

    @property
    def pair(self) -> Pair:
        """Who opened what."""
        return self.worker, self.dossier


def members(unit: Unit, week: dt.date) -> dict[uuid.UUID, Worker]:
    """Return who belonged to the unit on some day of the week, by id."""
    days = [week + dt.timedelta(days=number) for number in range(7)]
    rows = Membership.objects.filter(unit=unit, valid_from__lte=days[-1]).select_related("worker")
    return {row.worker_id: row.worker for row in rows if row.valid_to is None or row.valid_to > days[0]}


def starts(week: dt.date) -> dt.datetime:
    """Return the moment a week begins in Sweden."""
    return dt.datetime.combine(week, dt.time(), clock.STOCKHOLM)


def openings(workers: Collection[uuid.UUID], unit: Unit, week: dt.date) -> list[Opening]:
    """Return what the workers opened in a week of their committee's dossiers, oldest first. Two queries."""
    lines = list(
        Entry.objects.filter(
            worker__in=list(workers), act=Act.OPENED, at__gte=starts(week), at__lt=starts(week + A_WEEK)
        ).order_by("at", "id")
    )
    named = {dossier for line in lines for dossier in line.dossiers}
    ours = set(Dossier.objects.filter(id__in=named, authority=unit.authority_id).values_list("id", flat=True))
    return [
        Opening(entry=line.id, worker=line.worker, dossier=dossier, purpose=line.purpose, at=line.at)
        for line in lines
        for dossier in line.dossiers
        if line.worker is not None and dossier in ours
    ]


def at_night(found: Iterable[Opening], unit: Unit) -> list[Opening]:
    """Return those between 22 and 6 in Sweden; none of an on-call unit, whose work is then."""
    if unit.kind == Unit.Kind.ON_CALL:
        return []
    return [one for one in found if not NIGHT_ENDS <= clock.local(one.at).hour < NIGHT_BEGINS]


def many_in_a_row(found: Iterable[Opening]) -> list[Opening]:
    """Return, for each worker who opened MANY dossiers or more within an hour, the first opening of that hour."""
    return list(_firsts(_by_worker(found).values()))


def _firsts(workers: Iterable[Sequence[Opening]]) -> Iterator[Opening]:
    for rows in workers:
        start = 0
        for stop, row in enumerate(rows):
            while row.at - rows[start].at > MANY_WITHIN:
                start += 1
            if len({one.dossier for one in rows[start : stop + 1]}) >= MANY:
                yield rows[start]
                break


def _by_worker(found: Iterable[Opening]) -> Mapping[uuid.UUID, list[Opening]]:
    rows: dict[uuid.UUID, list[Opening]] = {}
    for one in found:
        rows.setdefault(one.worker, []).append(one)
    return rows


def unworked(found: Iterable[Opening]) -> list[Opening]:
    """Return the first opening of each dossier that was opened to handle it and in which the worker never did anything.

    Who leads a unit, or gives out its cases, opens what she does not work on: her openings there are left out.
    """
    firsts: dict[Pair, Opening] = {}
    for one in found:
        if one.purpose in WORKING:
            firsts.setdefault(one.pair, one)
    if not firsts:
        return []
    worked, overseen = worked_on(firsts), _overseen({worker for worker, _dossier in firsts})
    units = dict(Dossier.objects.filter(id__in={dossier for _, dossier in firsts}).values_list("id", "unit"))
    return [
        one
        for pair, one in firsts.items()
        if pair not in worked and (one.worker, units.get(one.dossier)) not in overseen
    ]


def worked_on(pairs: Collection[Pair]) -> set[Pair]:
    """Return those in which the worker had or gave the case, wrote, took a step, or stepped off. Six queries."""
    workers, dossiers = {worker for worker, _ in pairs}, {dossier for _, dossier in pairs}
    rows: set[Pair] = set()
    for held in (
        Assignment.objects.filter(worker__in=workers, dossier__in=dossiers).values_list("worker", "dossier"),
        Assignment.objects.filter(by__in=workers, dossier__in=dossiers).values_list("by", "dossier"),
        JournalEntry.objects.filter(by__in=workers, dossier__in=dossiers).values_list("by", "dossier"),
        Sealed.objects.filter(by__in=workers, dossier__in=dossiers).values_list("by", "dossier"),
        Recusal.objects.filter(worker__in=workers, dossier__in=dossiers).values_list("worker", "dossier"),
        Dossier.objects.filter(worker__in=workers, id__in=dossiers).values_list("worker", "id"),
    ):
        rows |= set(held)
    return rows & set(pairs)


def _overseen(workers: Collection[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID | None]]:
    codes = with_ability(Ability.CASE_LEAD, Ability.CASE_UNIT, Ability.SUPPORT_LEAD)
    return set(Membership.objects.filter(worker__in=workers, role__in=codes).values_list("worker", "unit"))
