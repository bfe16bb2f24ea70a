"""Every method as a line, drawn on the server: an interval, a point in it, and the range across them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any, Final

WIDTH: Final = 400
MARGIN: Final = 12
TOP: Final = 34
STEP: Final = 38
FAR: Final = 2.5
"""A limit further out than so many times the highest of the estimates and the range is cut, with an arrow."""


@dataclass(frozen=True)
class Line:
    """One method's line, in the drawing's own measure. None where there is no such point or limit."""

    label: str
    words: str
    y: int
    low: float | None
    high: float | None
    point: float | None
    is_cut: bool
    arrow: str


@dataclass(frozen=True)
class Chart:
    """What the drawing needs. `band` is the range that may be said, as its left edge and width."""

    height: int
    lines: Sequence[Line]
    ticks: Sequence[tuple[float, int]]
    observed: float
    band: tuple[float, float] | None
    base: int


def draw(rows: Sequence[Any], *, observed: int, span: Sequence[int] | None) -> Chart:
    """Return the drawing of `rows`, each with a label, words, and an estimate, low and high."""
    ends = [row.estimate for row in rows if row.estimate is not None] + [*(span or ())] + [observed + 1]
    most = max(ends)
    highs = [row.high for row in rows if row.high is not None and row.high <= FAR * most]
    most, least = max([most, *highs]), min([observed, *(row.low for row in rows if row.low is not None)])

    def x(value: float) -> float:
        return round(float(MARGIN + (value - least) / (most - least) * (WIDTH - 2 * MARGIN)), 1)

    lines = [_line(row, TOP + STEP * i, x, most) for i, row in enumerate(rows)]
    base = TOP + STEP * len(rows)
    return Chart(
        height=base + 24,
        lines=lines,
        ticks=[(x(value), value) for value in _ticks(least, most)],
        observed=x(observed),
        band=(x(span[0]), round(x(span[1]) - x(span[0]), 1)) if span else None,
        base=base,
    )


def _line(row: Any, y: int, x: Any, most: float) -> Line:
    is_cut = row.high is not None and row.high > most
    whole = row.low is not None and row.high is not None
    return Line(
        label=row.label,
        words=row.words,
        y=y + 10,
        low=x(row.low) if whole else None,
        high=x(min(row.high, most)) if whole else None,
        point=None if row.estimate is None else x(row.estimate),
        is_cut=is_cut,
        arrow=f"{WIDTH - MARGIN - 7},{y + 5} {WIDTH - MARGIN},{y + 10} {WIDTH - MARGIN - 7},{y + 15}",
    )


def _ticks(least: float, most: float) -> list[int]:
    """Return about four round numbers within the ends."""
    wish = max((most - least) / 4, 1)
    power = 10 ** floor(log10(wish))
    step = int(next(power * times for times in (1, 2, 5, 10) if power * times >= wish))
    first = -int(-least // step) * step
    return list(range(first, int(most) + 1, step))
