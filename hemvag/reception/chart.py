"""The plan as a timeline, drawn on the server: one bar a task, from before the arrival to years after it.

The scale is by phases, each as wide as the others: an hour of the first night weighs as much as a month of the second
year. All days are counted from the arrival, so that a plan without a known one can be drawn too, but for today's line.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from hemvag.reception import schedule, words
from hemvag.reception.overview import Overview, Row
from hemvag.reception.schedule import Facts, Standing

NAMES: Final = 350
WIDTH: Final = 1040
HEAD: Final = 30
STEP: Final = 26
LEAST: Final = 9
EDGES: Final = (("B", -30), ("0", 0), ("72h", 1), ("W", 3), ("M", 8), ("Y", 92), ("", 730))
"""Where each phase begins, in days from the arrival, and where the last one ends."""
_COLUMN: Final = (WIDTH - NAMES) / (len(EDGES) - 1)
_WORST: Final = (
    schedule.BLOCKED,
    schedule.OPEN,
    schedule.GIVEN,
    schedule.IF_NEEDED,
    schedule.NOT_NEEDED,
    schedule.DONE,
)
"""Of several children the state that most needs somebody is drawn."""
_SIGNS: Final = {schedule.GIVEN: "→", schedule.DONE: "✓", schedule.NOT_NEEDED: "✓"}


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One task's bar. `count` says how many of its children are over, where it has several; `marks` are where clocks of
    the law end."""

    title: str
    y: int
    x: float
    width: float
    state: str
    late: bool
    count: str
    marks: Sequence[str]
    sign: str

    @property
    def sign_x(self) -> float:
        """Where its sign stands: after the bar, or before it at the far edge."""
        after = self.x + self.width + 6
        return after if after < WIDTH - 14 else self.x - 14


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What the drawing needs. `now` is where today stands, None while the arrival is not known."""

    title: str
    height: int
    columns: Sequence[tuple[str, float, float]]
    bars: Sequence[Bar]
    now: float | None
    width: int = WIDTH


def place(days: float) -> float:
    """Return where a day, counted from the arrival, stands across the drawing."""
    first, last = EDGES[0][1], EDGES[-1][1]
    days = min(max(days, first), last)
    for column, ((_code, begin), (_next, end)) in enumerate(pairwise(EDGES)):
        if days <= end:
            return round(NAMES + _COLUMN * (column + (days - begin) / (end - begin)), 1)
    return float(WIDTH)


def draw(shown: Overview, title: str) -> Chart:
    """Return the drawing of a plan."""
    facts = shown.schedule.facts
    rows = shown.rows
    return Chart(
        title=title,
        height=HEAD + STEP * len(rows) + 8,
        columns=[(str(words.COLUMNS[code]), place(begin), _COLUMN) for code, begin in EDGES[:-1]],
        bars=[_bar(row, number, shown, facts) for number, row in enumerate(rows)],
        now=place((facts.today - facts.arrives).days) if facts.arrives else None,
    )


def _bar(row: Row, number: int, shown: Overview, facts: Facts) -> Bar:
    standings = [shown.schedule.standings[key] for key in row.keys]
    y = HEAD + STEP * number
    begin, end = _span(standings[0], facts)
    left = place(begin)
    state = min((one.state for one in standings), key=_WORST.index)
    over = sum(one.item.state in schedule.OVER for one in standings)
    return Bar(
        title=row.title,
        y=y,
        x=left,
        width=max(place(end) - left, LEAST),
        state=state,
        late=row.late,
        count=f"{over}/{len(standings)}" if len(standings) > 1 else "",
        marks=_marks(standings, facts, y),
        sign="!" if row.late else _SIGNS.get(state, ""),
    )


def _span(one: Standing, facts: Facts) -> tuple[float, float]:
    """Return the first and last day of a task from the arrival; a whole day is as wide as a day."""
    when = one.task.when
    if when.counted_from == "arrival" or facts.arrives is None:
        begin, end = when.earliest.days, when.latest.days
        return (begin, end + 1) if when.counted_from == "arrival" else (EDGES[0][1], EDGES[0][1] + 1)
    last = one.clock.strict if one.clock and one.clock.strict else one.day
    first = one.start or (one.clock.start if one.clock else None)
    if first is None or last is None:
        begin = dict(EDGES)[when.phase]
        return begin, begin + 1
    return (first - facts.arrives).days, (last - facts.arrives).days + 1


def _marks(standings: Sequence[Standing], facts: Facts, y: int) -> list[str]:
    """Return a small diamond for each day on which a clock of the law ends."""
    if facts.arrives is None:
        return []
    ends: set[dt.date] = {due.strict for one in standings for due in one.clocks if due.strict}
    middle = y + STEP // 2
    found = []
    for end in sorted(ends):
        x = place((end - facts.arrives).days + 1)
        found.append(f"{x},{middle - 7} {x + 6},{middle} {x},{middle + 7} {x - 6},{middle}")
    return found
