"""The monthly numbers that indicators are made of, read through the connection that can read no name.

What is returned here is not yet held back: `indicators` shows nothing of it under five.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final, LiteralString

from django.db import connections

from hemvag.lib import clock

_CALLS: Final[LiteralString] = "SELECT month, sum(number) FROM counts.contacts_by_month GROUP BY month"
_REPORTS: Final[LiteralString] = "SELECT month, sum(number) FROM counts.reports_by_month GROUP BY month"
_FROM_SAPO: Final[LiteralString] = (
    "SELECT month, sum(number) FROM counts.reports_by_month WHERE source = 'sapo' GROUP BY month"
)

Months = Mapping[dt.date, int]
"""Number by month, from the first month with anything in it to the last whole one; a month without any is 0."""


def reports(at: dt.datetime) -> Months:
    """Return the reports of concern, one a child, whatever the cause."""
    return _filled(_read(_REPORTS), at)


def calls(at: dt.datetime) -> Months:
    """Return the closed contacts of the support line."""
    return _filled(_read(_CALLS), at)


def reports_from_sapo(at: dt.datetime) -> Months:
    """Return the reports that the security service made, over the months in which anyone reported."""
    whole = _filled(_read(_REPORTS), at)
    found = _read(_FROM_SAPO)
    return {month: found.get(month, 0) for month in whole}


def last_month(at: dt.datetime) -> dt.date:
    """Return the first day of the last whole month."""
    first = clock.local(at).date().replace(day=1)
    return (first - dt.timedelta(days=1)).replace(day=1)


def _read(query: LiteralString) -> dict[dt.date, int]:
    with connections["numbers"].cursor() as cursor:
        cursor.execute(query)
        return {month: int(number) for month, number in cursor.fetchall()}


def _filled(found: Mapping[dt.date, int], at: dt.datetime) -> Months:
    end, filled = last_month(at), {}
    month = min(found, default=end + dt.timedelta(days=31))
    while month <= end:
        filled[month] = found.get(month, 0)
        month = (month + dt.timedelta(days=31)).replace(day=1)
    return filled
