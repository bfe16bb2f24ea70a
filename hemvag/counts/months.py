"""Months, quarters and years of a table: only those that have ended are told, so that no day's change shows."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A run of whole months: a month (1), a quarter (3) or a year (12)."""

    first: dt.date
    months: int

    @property
    def next(self) -> "Period":
        """Return the period that follows, as long."""
        return Period(later(self.first, self.months), self.months)

    def each_month(self) -> list[dt.date]:
        """Return the first day of each of its months."""
        return [later(self.first, i) for i in range(self.months)]


def later(month: dt.date, count: int) -> dt.date:
    """Return the first day of the month so many months later; earlier, where `count` is below nought."""
    year, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return dt.date(year, index + 1, 1)


def ended(on: dt.date, *, months: int) -> list[dt.date]:
    """Return the latest `months` months that have ended on a day, the oldest first."""
    this = on.replace(day=1)
    return [later(this, -i) for i in range(months, 0, -1)]


def whole(months: list[dt.date], length: int) -> Iterator[Period]:
    """Return the quarters (3) or years (12) of the calendar that lie whole within consecutive months."""
    for month in months:
        period = Period(month, length)
        if (month.month - 1) % length == 0 and later(month, length - 1) <= months[-1]:
            yield period
