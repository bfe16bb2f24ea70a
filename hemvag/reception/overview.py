"""A whole plan on one page: its tasks in order of time, what blocks what, who is late. The list is the truth; the chart
beside it and the prints are drawn from the same rows."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.reception import resting, schedule, stands, statutory, words
from hemvag.reception.plan import Child, Plan
from hemvag.reception.schedule import Facts, Item, Schedule, Standing
from hemvag.reception.stands import Stands, State
from hemvag.reception.statutory import Statutory
from hemvag.reception.template import PHASES, Task

Naming = Callable[[Child | None], str]
"""What a page or a print calls a child."""

_STATES: Final[Mapping[str, str]] = {
    State.DONE: schedule.DONE,
    State.NOT_NEEDED: schedule.NOT_NEEDED,
    State.IF_NEEDED: schedule.IF_NEEDED,
    State.SENT: schedule.GIVEN,
    State.ACCEPTED: schedule.GIVEN,
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """How a task stands, for those whom it stands alike for. `whose` are keys and what each child is called; a task
    of the whole plan has one without a name."""

    whose: Sequence[tuple[str, str]]
    state: str
    sign: str
    word: str
    due: str
    late: bool

    @property
    def children(self) -> str:
        """The children it is about; empty for a task of the whole plan."""
        return ", ".join(name for _key, name in self.whose if name)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One task with the lines of everybody it concerns. `waits_for` and `holds_up` are codes with titles, and `more`
    how many others it holds up through them."""

    task: Task
    title: str
    do: str
    who: str
    note: str
    lines: Sequence[Line]
    waits_for: Sequence[tuple[str, str]]
    holds_up: Sequence[tuple[str, str]]
    more: int

    @property
    def key(self) -> str:
        """The task's key where it is one of the whole plan, else nothing."""
        key, name = self.lines[0].whose[0]
        return "" if name else key

    @property
    def keys(self) -> list[str]:
        """The keys of the task, one for each child it is about."""
        return [key for line in self.lines for key, _name in line.whose]

    @property
    def late(self) -> bool:
        """Whether it is late for somebody."""
        return any(line.late for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Phase:
    """The tasks of one time, such as the first week."""

    code: str
    name: str
    rows: Sequence[Row]


@dataclass(frozen=True, kw_only=True)
class Late:
    """Who is late with what, for which children, since when."""

    task: Task
    title: str
    children: str
    who: str
    due: str


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything that the page and the prints show. `hidden` is how many children's clocks this worker may not see."""

    schedule: Schedule
    phases: Sequence[Phase]
    late: Sequence[Late]
    chain: Sequence[str]
    clocks: Sequence[tuple[Statutory, str, bool]]
    hidden: int

    @property
    def rows(self) -> list[Row]:
        """Every task, in order of time."""
        return [row for phase in self.phases for row in phase.rows]


def facts_of(found: Plan, opened: Opened, at: dt.datetime) -> Facts:
    """Return what the plan's days are counted from."""
    return Facts(
        today=clock.local(at).date(),
        reported=clock.local(opened.dossier.opened_at).date(),
        arrival=found.known.day,
        sure=str(found.known.sure),
        resting=resting.now(opened) is not None,
    )


def of(found: Plan, opened: Opened, known: Mapping[uuid.UUID, Opened], *, naming: Naming, at: dt.datetime) -> Overview:
    """Return the plan as it stands. `known` are the children whose dossiers the worker has opened: only their clocks
    are seen."""
    clocks = statutory.of(found, known)
    made = schedule.compute(_items(found, clocks), facts_of(found, opened, at))
    children = {child.number: child for child in found.children}
    called = {number: naming(child) for number, child in children.items()}
    of_dossier = {child.dossier: naming(child) for child in found.children}
    rows = [_row(list(group), made, called) for _code, group in groupby(_in_order(made), key=lambda one: one.task.code)]
    return Overview(
        schedule=made,
        phases=_phases(rows),
        late=_late(made, called),
        chain=[_named(made.standings[key], called) for key in made.chain],
        clocks=[(one, of_dossier[one.child], one.is_late(at)) for one in clocks],
        hidden=len(found.children) - len(known),
    )


def tasks_alone(found: Plan, opened: Opened, at: dt.datetime) -> Schedule:
    """Return how the tasks stand by the plan's own days, with none of the children's dossiers opened: the law's clocks
    are not in it."""
    return schedule.compute(_items(found, []), facts_of(found, opened, at))


def _items(found: Plan, clocks: Sequence[Statutory]) -> list[Item]:
    standing = stands.of_plan(found)
    return [
        Item(
            key=one.key,
            task=one.task,
            child=one.child.number if one.child else 0,
            state=_STATES.get(standing[one.key].state, schedule.OPEN),
            since=_since(standing[one.key]),
            clocks=tuple(
                clock_.due
                for clock_ in clocks
                if one.child and clock_.child == one.child.dossier and clock_.step in one.task.when.clocks
            ),
        )
        for one in found.tasks
        if not one.is_retired
    ]


def _since(standing: Stands) -> dt.date | None:
    return clock.local(standing.since).date() if standing.since else None


def _in_order(made: Schedule) -> list[Standing]:
    """Return the standings by phase, then by last day, then by code, so that a task's children stand together."""

    def order(one: Standing) -> tuple[int, bool, dt.timedelta, str, int]:
        when = one.task.when
        return PHASES.index(when.phase), when.counted_from != "report", when.latest, one.task.code, one.item.child

    return sorted(made.standings.values(), key=order)


def _phases(rows: Sequence[Row]) -> list[Phase]:
    return [
        Phase(code=code, name=str(words.PHASES[code]), rows=list(group))
        for code, group in groupby(rows, key=lambda row: row.task.when.phase)
    ]


def _row(group: Sequence[Standing], made: Schedule, called: Mapping[int, str]) -> Row:
    task = group[0].task
    waits = _titles((key for one in group for key in one.blocked_by), made)
    holds = _titles((key for one in group for key in one.blocks), made)
    beyond = _titles((key for one in group for key in one.beyond), made)
    return Row(
        task=task,
        title=words.title(task),
        do=task.do.said_in(words.language()),
        who=task.who.said_in(words.language()),
        note=words.proposal() if task.is_proposal else "",
        lines=_lines(group, made.facts, called),
        waits_for=waits,
        holds_up=holds,
        more=len(beyond) - len(holds),
    )


def _titles(keys: Iterable[str], made: Schedule) -> list[tuple[str, str]]:
    tasks = {made.standings[key].task.code: made.standings[key].task for key in keys}
    return [(code, words.title(task)) for code, task in sorted(tasks.items())]


def _lines(group: Sequence[Standing], facts: Facts, called: Mapping[int, str]) -> list[Line]:
    """Return a line for those whom the task stands alike for."""
    alike: dict[tuple[str, str, str, bool], list[tuple[str, str]]] = {}
    for one in group:
        whose = (one.key, called.get(one.item.child, ""))
        alike.setdefault((one.state, words.state(one), words.due(one, facts), one.late), []).append(whose)
    return [
        Line(whose=whose, state=state, sign=words.SIGNS[state], word=word, due=due, late=late)
        for (state, word, due, late), whose in alike.items()
    ]


def _late(made: Schedule, called: Mapping[int, str]) -> list[Late]:
    alike: dict[tuple[str, str], list[Standing]] = {}
    for one in made.late:
        alike.setdefault((one.task.code, words.due(one, made.facts)), []).append(one)
    return [
        Late(
            task=group[0].task,
            title=words.title(group[0].task),
            children=", ".join(called[one.item.child] for one in group if one.item.child in called),
            who=group[0].task.who.said_in(words.language()),
            due=due,
        )
        for (_code, due), group in alike.items()
    ]


def _named(one: Standing, called: Mapping[int, str]) -> str:
    child = called.get(one.item.child, "")
    return f"{words.title(one.task)} ({child})" if child else words.title(one.task)
