"""Whether a unit answers at a moment, and when it next will."""

import datetime as dt
from collections.abc import Iterable, Iterator

from hemvag.agencies.town import OpeningHours
from hemvag.agencies.town_form import MIDNIGHT, WEEKDAYS
from hemvag.law import calendar
from hemvag.lib.clock import STOCKHOLM, local

HORIZON = dt.timedelta(days=60)
"""How far ahead a next opening is looked for."""


def is_open(hours: Iterable[OpeningHours], *, at: dt.datetime) -> bool:
    """Whether any of the hours hold at the moment, by the clock in Sweden."""
    return closing(hours, at=at) is not None


def next_opening(hours: Iterable[OpeningHours], *, after: dt.datetime) -> dt.datetime | None:
    """The first moment after this one when the hours begin, within 60 days, else None. Later today counts."""
    held = list(hours)
    here = local(after)
    for ahead in range(HORIZON.days + 1):
        for opens, _closes in _spells(held, here.date() + dt.timedelta(days=ahead)):
            if opens > here:
                return opens
    return None


def closing(hours: Iterable[OpeningHours], *, at: dt.datetime) -> dt.datetime | None:
    """When the hours that hold at the moment end, or None when none hold."""
    here = local(at)
    return next((closes for opens, closes in _spells(list(hours), here.date()) if opens <= here < closes), None)


def _spells(hours: list[OpeningHours], day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The times of a day, in order. Public holidays and the three eves are closed days where the hours say so."""
    for row in sorted(hours, key=lambda row: row.opens):
        stays_shut = row.closed_on_holidays and _is_holiday(day)
        if WEEKDAYS[day.weekday()] in row.days and row.in_force(day) and not stays_shut:
            last = day + dt.timedelta(days=1) if row.closes == MIDNIGHT else day
            yield dt.datetime.combine(day, row.opens, STOCKHOLM), dt.datetime.combine(last, row.closes, STOCKHOLM)


def _is_holiday(day: dt.date) -> bool:
    return day in calendar.holidays_of(day.year) or day in calendar.eves_of(day.year)
