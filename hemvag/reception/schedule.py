"""When each task of a plan is due, what waits for what, and who is late: computed from facts, each time it is asked.

Pure: the same facts give the same answer. What is counted from the arrival moves with it. The law's own clocks are
given as they run in the children's cases (`law.deadlines.Due`); nothing here moves, stops or hides them.
"""

import datetime as dt
import graphlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hemvag.law.deadlines import Due
from hemvag.reception.template import Task

KNOWN: Final = "known"
LIKELY: Final = "likely"
UNKNOWN: Final = "unknown"

OPEN: Final = "open"
GIVEN: Final = "given"
DONE: Final = "done"
NOT_NEEDED: Final = "not_needed"
IF_NEEDED: Final = "if_needed"
BLOCKED: Final = "blocked"
OVER: Final = frozenset({DONE, NOT_NEEDED})
"""Nothing remains to be done."""
FREE: Final = OVER | {IF_NEEDED}
"""Nobody waits for it: it is over, or nobody has said that it is needed."""


class Ring(ValueError):
    """Tasks wait for one another in a ring. No template that was checked has one."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One task of a plan, or of one child of it (`child` is its number, 0 for all).

    `state` is open, given (somebody else has it), done, not_needed or if_needed; `since` is the day it came so;
    `clocks` are the law's that run for it.
    """

    key: str
    task: Task
    child: int = 0
    state: str = OPEN
    since: dt.date | None = None
    clocks: tuple[Due, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What days are counted from: the day the plan was opened, and the arrival. `sure` says how sure the arrival is; of
    an unknown one no day is computed. `resting` says that the plan rests or has ended: nothing is late but the law."""

    today: dt.date
    reported: dt.date
    arrival: dt.date | None = None
    sure: str = UNKNOWN
    resting: bool = False

    @property
    def arrives(self) -> dt.date | None:
        """The day to count from, or None while it is not known."""
        return None if self.sure == UNKNOWN else self.arrival


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one task stands.

    `start` and `day` are its first and last day, None while what they are counted from is not known; `is_sure` says
    that they do not rest on a likely arrival. `clocks` are the law's. `blocked_by` and `blocks` are keys of tasks that
    it waits for and that wait for it, `through` and `beyond` the same through others too. `again` is when what is done
    is to be done the next time. `state` is that of the item, or blocked.
    """

    item: Item
    state: str
    start: dt.date | None
    day: dt.date | None
    is_sure: bool
    clocks: tuple[Due, ...]
    blocked_by: tuple[str, ...]
    blocks: tuple[str, ...]
    through: tuple[str, ...]
    beyond: tuple[str, ...]
    again: dt.date | None
    late: bool

    @property
    def key(self) -> str:
        """The key of the task in its plan."""
        return self.item.key

    @property
    def task(self) -> Task:
        """The task of the template."""
        return self.item.task

    @property
    def is_over(self) -> bool:
        """Whether nothing remains to be done."""
        return self.item.state in OVER and self.again is None

    @property
    def clock(self) -> Due | None:
        """The law's clock that ends first, if one runs."""
        running = [due for due in self.clocks if due.strict]
        return min(running, key=lambda due: due.strict or dt.date.max, default=None)

    @property
    def first_day(self) -> dt.date | None:
        """The day that counts: the law's where a clock runs, else when it comes again, else the plan's."""
        return self.clock.strict if self.clock else self.again or self.day


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A whole plan as it stands. `chain` is the longest row of open tasks that wait for one another, in order."""

    facts: Facts
    standings: Mapping[str, Standing]
    chain: tuple[str, ...]

    @property
    def late(self) -> list[Standing]:
        """Those that are late, the longest late first."""
        found = [one for one in self.standings.values() if one.late]
        return sorted(found, key=lambda one: (one.first_day or dt.date.max, one.key))


@dataclass(frozen=True, kw_only=True)
class _Web:
    """What waits for what: what each waits for, what waits for it, and both through others."""

    waits: Mapping[str, set[str]]
    holds: Mapping[str, set[str]]
    through: Mapping[str, set[str]]
    beyond: Mapping[str, set[str]]


def compute(items: Sequence[Item], facts: Facts) -> Schedule:
    """Return how every task stands. A task whose clock runs is needed, whoever has said so. Raises Ring."""
    items = [replace(item, state=OPEN) if item.state == IF_NEEDED and item.clocks else item for item in items]
    by_key = {item.key: item for item in items}
    waits = {key: _waits(item, items) for key, item in by_key.items()}
    try:
        order = list(graphlib.TopologicalSorter(waits).static_order())
    except graphlib.CycleError as ring:
        raise Ring(", ".join(ring.args[1])) from None
    holds = {key: {other for other in by_key if key in waits[other]} for key in by_key}
    web = _Web(waits=waits, holds=holds, through=_reach(order, waits), beyond=_reach(list(reversed(order)), holds))
    return Schedule(
        facts=facts,
        standings={key: _standing(item, facts, web) for key, item in by_key.items()},
        chain=_chain(order, waits),
    )


def _waits(item: Item, items: Sequence[Item]) -> set[str]:
    """Return the open tasks that this one waits for. A child's waits for the same child's, not for the others'."""
    if item.state in FREE:
        return set()
    return {
        other.key
        for other in items
        if other.task.code in item.task.waits_for
        and other.state not in FREE
        and (not other.child or not item.child or other.child == item.child)
    }


def _reach(order: Sequence[str], links: Mapping[str, set[str]]) -> Mapping[str, set[str]]:
    """Return everything reached through the links; `order` has what is linked to before what links to it."""
    found: dict[str, set[str]] = {}
    for key in order:
        found[key] = links[key].union(*(found[other] for other in links[key]))
    return found


def _standing(item: Item, facts: Facts, web: _Web) -> Standing:
    start, day = _days(item, facts)
    again = _again(item)
    return Standing(
        item=item,
        state=BLOCKED if item.state == OPEN and web.waits[item.key] else item.state,
        start=start,
        day=day,
        is_sure=item.task.when.counted_from != "arrival" or facts.sure == KNOWN,
        clocks=item.clocks,
        blocked_by=tuple(sorted(web.waits[item.key])),
        blocks=tuple(sorted(web.holds[item.key])),
        through=tuple(sorted(web.through[item.key])),
        beyond=tuple(sorted(web.beyond[item.key])),
        again=again,
        late=_late(item, facts, day, again),
    )


def _days(item: Item, facts: Facts) -> tuple[dt.date | None, dt.date | None]:
    when = item.task.when
    began = {"arrival": facts.arrives, "report": facts.reported}.get(when.counted_from)
    if began is None:
        return None, None
    return began + when.earliest, began + when.latest


def _again(item: Item) -> dt.date | None:
    repeats = item.task.when.repeats
    return item.since + repeats if repeats and item.since and item.state == DONE else None


def _late(item: Item, facts: Facts, day: dt.date | None, again: dt.date | None) -> bool:
    """Say whether the task is late. A clock of the law that has run out is late whatever was said of the task, and
    while the plan rests. What comes after an arrival that is only likely is not: nobody may have come. Where
    a clock runs, its day is the one that counts, and the plan's own is not held against it."""
    if any(due.is_late(facts.today) for due in item.clocks):
        return True
    if facts.resting or any(due.strict for due in item.clocks):
        return False
    if item.state == DONE and again is not None:
        return again < facts.today
    if item.state in FREE or day is None or day >= facts.today:
        return False
    when = item.task.when
    is_after = when.counted_from == "arrival" and when.earliest >= dt.timedelta(0)
    return not (is_after and facts.sure != KNOWN)


def _chain(order: Sequence[str], waits: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return the longest row of tasks that wait, each for the one before it; of equals the first by key."""
    longest: dict[str, tuple[str, ...]] = {}
    for key in order:
        before = max((longest[other] for other in sorted(waits[key])), key=len, default=())
        longest[key] = (*before, key)
    found = max((longest[key] for key in sorted(longest)), key=len, default=())
    return found if len(found) > 1 else ()
