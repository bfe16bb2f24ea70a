"""Which days the law counts as weekdays: public holidays (allmänna helgdagar) and the days of the 1930 act."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays.constants import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

FIRST_YEAR = 2005
"""Before 2005 Whit Monday was a holiday and the National Day was none (lag 1989:253 as it then stood)."""

LAST_YEAR = 2100

_STOCKHOLM = ZoneInfo("Europe/Stockholm")
_DAY = dt.timedelta(days=1)


class OutsideCalendar(ValueError):
    """The day lies outside the years this calendar answers for."""


class Naive(ValueError):
    """A moment without a time zone: nobody can say which day it belongs to."""


def holidays_of(year: int) -> dict[dt.date, str]:
    """The public holidays of a year with their Swedish names, other Sundays not listed (lag 1989:253)."""
    return _days_of(year, PUBLIC)


def eves_of(year: int) -> dict[dt.date, str]:
    """Midsummer Eve, Christmas Eve and New Year's Eve of a year (lag 1930:173, 2 §)."""
    return _days_of(year, DE_FACTO)


@lru_cache(maxsize=32_768)
def is_weekday(day: dt.date) -> bool:
    """Whether the 1930 act (lag 1930:173, 2 §) counts the day as a weekday.

    No weekdays are Saturdays, Sundays, other public holidays, midsommarafton, julafton and nyårsafton.
    Raises `OutsideCalendar` for a day outside 2005-2100.
    """
    return day.weekday() < 5 and day not in _closed(day.year)


def next_weekday(day: dt.date) -> dt.date:
    """The day itself when it is a weekday, else the first weekday after it."""
    while not is_weekday(day):
        day += _DAY
    return day


def previous_weekday(day: dt.date) -> dt.date:
    """The day itself when it is a weekday, else the last weekday before it."""
    while not is_weekday(day):
        day -= _DAY
    return day


def local_day(moment: dt.date | dt.datetime) -> dt.date:
    """The day as it stands, or the day in Sweden of a moment. Raises `Naive` for a moment without a time zone."""
    if not isinstance(moment, dt.datetime):
        return moment
    if moment.utcoffset() is None:
        raise Naive(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(_STOCKHOLM).date()


def end_of(day: dt.date) -> dt.datetime:
    """The moment when the day has ended in Sweden: midnight, however long the day was."""
    return dt.datetime.combine(day + _DAY, dt.time(), _STOCKHOLM)


@lru_cache(maxsize=128)
def _closed(year: int) -> frozenset[dt.date]:
    return frozenset(_days_of(year, PUBLIC)) | frozenset(_days_of(year, DE_FACTO))


def _days_of(year: int, category: str) -> dict[dt.date, str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendar(f"the calendar knows {FIRST_YEAR}-{LAST_YEAR}, not {year}")
    found = Sweden(years=year, categories=(category,), language="sv")
    return dict(sorted(found.items()))
