"""When the town's offices are open: out of hours a new case goes to the on-call desk (socialjour)."""

import datetime as dt
from typing import Any, Final

from hemvag.agencies.models import Municipality
from hemvag.law import calendar
from hemvag.lib import clock

USUAL: Final[dict[str, Any]] = {str(day): ["08:00", "16:30"] for day in range(5)}


def is_open(municipality: Municipality, at: dt.datetime) -> bool:
    """Say whether the offices are open at `at`.

    The town's own hours stand in its facts as `office_hours`, weekday ("0" is Monday) to ["08:00", "16:30"]. No office
    is open on a day that the 1930 act does not count as a weekday.
    """
    local = clock.local(at)
    hours = municipality.facts.get("office_hours", USUAL).get(str(local.weekday()))
    if hours is None or not calendar.is_weekday(local.date()):
        return False
    opens, closes = (dt.time.fromisoformat(hour) for hour in hours)
    return opens <= local.time() < closes


def opens_next(municipality: Municipality, at: dt.datetime) -> dt.date:
    """Return the next day on which the offices open, after the day of `at`."""
    hours = municipality.facts.get("office_hours", USUAL)
    day = clock.local(at).date() + dt.timedelta(days=1)
    while str(day.weekday()) not in hours or not calendar.is_weekday(day):
        day += dt.timedelta(days=1)
    return day
