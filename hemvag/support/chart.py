"""The person's own ratings as a curve, drawn on the server: marks with places, no style and no script."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

WIDTH: Final = 480
HEIGHT: Final = 180
LEFT, RIGHT, TOP, BOTTOM = 34, 24, 16, 30
MOST: Final = 10


@dataclass(frozen=True, kw_only=True)
class Point:
    """One rating: its day, its value, and where its mark stands."""

    day: dt.date
    value: int
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A curve with a title that says what it shows."""

    title: str
    points: Sequence[Point]
    line: str
    grid: Sequence[tuple[int, int]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - 8


def of(ratings: Sequence[tuple[dt.date, int]]) -> Chart | None:
    """Return the chart of ratings in order, or None where there is none."""
    if not ratings:
        return None
    first, last = ratings[0][0], ratings[-1][0]
    days = max((last - first).days, 1)
    points = [
        Point(day=day, value=value, x=LEFT + (day - first).days * (WIDTH - LEFT - RIGHT) // days, y=_height(value))
        for day, value in ratings
    ]
    return Chart(
        title=finding([value for _day, value in ratings]),
        points=points,
        line=" ".join(f"{point.x},{point.y}" for point in points),
        grid=[(value, _height(value)) for value in (0, 5, MOST)],
    )


def finding(values: Sequence[int]) -> str:
    """Return in a sentence what the ratings say."""
    first, last, count = values[0], values[-1], len(values)
    if count == 1:
        return _("Personen skattar sitt liv till %(value)d av 10.") % {"value": first}
    words = {"first": first, "last": last, "count": count}
    if last > first:
        said = _("Bättre: från %(first)d till %(last)d på %(count)d skattningar.")
    elif last < first:
        said = _("Sämre: från %(first)d till %(last)d på %(count)d skattningar.")
    else:
        said = _("Oförändrat: %(last)d både först och sist, på %(count)d skattningar.")
    return said % words


def _height(value: int) -> int:
    return HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM) // MOST
