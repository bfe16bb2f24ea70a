"""Totals month by month as bars, drawn on the server. What is held back is a range, and what is not known says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from hemvag.counts.tables import Row
from hemvag.counts.words import say
from hemvag.disclosure import Exact, Held, Value, span

WIDTH: Final = 400
BASE: Final = 130
TOP: Final = 16
MARGIN: Final = 30
"""Room for the numbers at the left."""


@dataclass(frozen=True)
class Bar:
    """One month, in the drawing's own measure. `kind` is exact, held, nought or unknown."""

    kind: Literal["exact", "held", "nought", "unknown"]
    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    words: str


@dataclass(frozen=True)
class Chart:
    """What the drawing needs; `most` is the highest mark of its scale and `half` the one between."""

    bars: Sequence[Bar]
    most: int
    half: int
    is_held: bool
    is_unknown: bool


def draw(rows: Sequence[Row]) -> Chart:
    """Return the bars of months in their order."""
    most = _round_up(max([5, *(_reach(row.total) for row in rows)]))
    step = (WIDTH - MARGIN) / max(len(rows), 1)
    bars = [_bar(row, MARGIN + step * i, step, most) for i, row in enumerate(rows)]
    kinds = {bar.kind for bar in bars}
    return Chart(bars=bars, most=most, half=most // 2, is_held="held" in kinds, is_unknown="unknown" in kinds)


def _bar(row: Row, x: float, step: float, most: int) -> Bar:
    month = row.period.first
    label = f"{month:%Y-%m}" if month.month in {1, 7} else ""
    height = _reach(row.total) / most * (BASE - TOP)
    return Bar(
        kind=_kind(row.total),
        x=round(x + step * 0.15, 1),
        y=round(BASE - height, 1),
        width=round(step * 0.7, 1),
        height=round(height, 1),
        middle=round(x + step / 2, 1),
        label=label,
        words=f"{month:%Y-%m}: {say(row.total)}",
    )


def _kind(value: Value) -> Literal["exact", "held", "nought", "unknown"]:
    match value:
        case Exact():
            return "exact"
        case Held():
            return "held"
    return "unknown" if span(value) is None else "nought"


def _reach(value: Value) -> int:
    """Return how high a value may reach: of what has no upper end, its lower."""
    ends = span(value)
    if ends is None:
        return 0
    return ends[0] if ends[1] is None else ends[1]


def _round_up(number: int) -> int:
    """Return an even round number at least as high."""
    step: int = 10 ** max(len(str(number)) - 2, 0) * 2
    return -(-number // step) * step
