"""When things happen in the invented town: in office hours mostly, and around the day it is loaded."""

import datetime as dt
import random

from hemvag.law import calendar
from hemvag.lib.clock import STOCKHOLM

YEARS = 3
RECENT_DAYS = 21


def arrivals(chance: random.Random, count: int, *, today: dt.date) -> list[dt.date]:
    """Return days over three years, oldest first: an eighth in the last three weeks: work is waiting."""
    recent = round(count / 8)
    days = [chance.uniform(RECENT_DAYS, 365 * YEARS) for _ in range(count - recent)]
    days += [float(chance.choice([0, 1, 1, 2, 4, 6, 9, 12, 13, 14, 14, 14, 16, 17, 18, 19])) for _ in range(recent)]
    return sorted(today - dt.timedelta(days=round(ago)) for ago in days)


def office(chance: random.Random, day: dt.date) -> dt.datetime:
    """Return a moment in office hours on the day, or on the next weekday when it is none."""
    while not calendar.is_weekday(day):
        day += dt.timedelta(days=1)
    return dt.datetime(day.year, day.month, day.day, chance.randint(8, 15), chance.randint(0, 59), tzinfo=STOCKHOLM)


def evening(chance: random.Random, day: dt.date) -> dt.datetime:
    """Return a moment after office hours on the day."""
    return dt.datetime(day.year, day.month, day.day, chance.randint(18, 23), chance.randint(0, 59), tzinfo=STOCKHOLM)


def later(chance: random.Random, moment: dt.datetime, least: float, most: float) -> dt.datetime:
    """Return a moment in office hours between `least` and `most` days after another."""
    day = (moment + dt.timedelta(days=chance.uniform(least, most))).date()
    found = office(chance, day)
    return found if found > moment else moment + dt.timedelta(minutes=chance.randint(20, 90))
