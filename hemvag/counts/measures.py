"""Single measures for those who judge how ready the town is. Each is what may be told, and what the page would show.

They are taken from the same protected tables as the pages, so a measure beside a page gives nothing more away.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hemvag.counts import contacts, load, reports
from hemvag.counts.reading import NUMBERS
from hemvag.counts.tables import Row
from hemvag.disclosure import UNKNOWN, Nought, Value, span


@dataclass(frozen=True, kw_only=True)
class InMonth:
    """A number of a month that has ended."""

    month: dt.date
    value: Value


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share from `low` to `high`, 0 to 1; the same where it may be told exactly."""

    low: float
    high: float


def reports_by_month(*, on: dt.date, months: int = 13, connection: str = NUMBERS) -> list[InMonth]:
    """Return how many children were reported in each of the latest ended months, the oldest first."""
    return _totals(reports.by_month(on=on, months=months, connection=connection))


def line_contacts_by_month(*, on: dt.date, months: int = 13, connection: str = NUMBERS) -> list[InMonth]:
    """Return how many contacts the support line had in each of the latest ended months, the oldest first."""
    return _totals(contacts.by_month(on=on, months=months, connection=connection))


def late_share_by_month(
    *, on: dt.date, months: int = 13, connection: str = NUMBERS
) -> list[tuple[dt.date, Share | None]]:
    """Return which share of each month's reports was not decided in time, the oldest first; None is not known."""
    found = reports.by_month(on=on, months=months, connection=connection)
    return [(row.period.first, share(row.groups["decided"]["late"], row.total)) for row in _months(found)]


def load_of_town(*, on: dt.date, connection: str = NUMBERS) -> load.Load:
    """Return what the whole town carried by last Monday morning: cases by kind, how late, and who was there."""
    return load.of_town(on, by="unit", connection=connection).all


def share(part: Value, whole: Value) -> Share | None:
    """Return what share `part` is of `whole`, as far as both tell it. None is not known, also of nought."""
    parts, wholes = span(part), span(whole)
    if parts is None or wholes is None or wholes[1] == 0:
        return None
    low = 0.0 if wholes[1] is None else parts[0] / wholes[1]
    high = 1.0 if parts[1] is None else min(parts[1] / max(wholes[0], 1), 1.0)
    return Share(low=low, high=high)


def quarters_without(values: Sequence[InMonth]) -> int:
    """Return for how many quarters in a row, back from the latest month, there was a true nought each month."""
    count = 0
    for one in reversed(values):
        if not isinstance(one.value, Nought):
            break
        count += 1
    return count // 3


def latest(values: Sequence[InMonth]) -> Value:
    """Return the value of the latest month, UNKNOWN when there is none."""
    return values[-1].value if values else UNKNOWN


def _months(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.period.months == 1]


def _totals(rows: Sequence[Row]) -> list[InMonth]:
    return [InMonth(month=row.period.first, value=row.total) for row in _months(rows)]
