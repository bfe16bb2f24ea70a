"""Reports of concern by district over the last four quarters that have ended, and how many were decided too late.

The whole of them is the sum of quarters that the pages of months tell or hold back; so it is told only where it gives
none of those away, and the districts are protected after it.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final, LiteralString

from hemvag.counts import months as months_of
from hemvag.counts import reports
from hemvag.counts.contacts import in_use_since
from hemvag.counts.months import Period
from hemvag.counts.reading import NUMBERS, rows
from hemvag.counts.tables import Row
from hemvag.disclosure import UNKNOWN, Sum, Value, protect

_REPORTS: Final[LiteralString] = (
    "SELECT month, district, number, late FROM counts.reports_by_district WHERE month >= %(first)s AND month < %(end)s"
)
Numbers = dict[Hashable, int | None]


@dataclass(frozen=True, kw_only=True)
class Reported:
    """Reports of a district in four quarters, and those not decided in time."""

    reports: Value
    late: Value


def last_year(on: dt.date) -> Period:
    """Return the last four quarters that have ended on a day."""
    end = dt.date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    return Period(months_of.later(end, -12), 12)


def reported(on: dt.date, *, connection: str = NUMBERS) -> Mapping[uuid.UUID | None, Reported] | None:
    """Return what may be told of each district with a report; a district that is not among them had none.

    None where the reports have not been here for the whole time: then nothing is known of any district.
    """
    year = last_year(on)
    since = in_use_since("reports", connection=connection)
    if since is None or since > year.first:
        return None
    found: dict[uuid.UUID | None, dict[str, int]] = defaultdict(lambda: {"reports": 0, "late": 0})
    by_month: dict[dt.date, dict[str, int]] = defaultdict(lambda: {"reports": 0, "late": 0})
    params = {"first": months_of.later(year.first, -24), "end": year.next.first}
    for month, district, number, late in rows(_REPORTS, params, connection=connection):
        for here in ([found[district]] if month >= year.first else []) + [by_month[month]]:
            here["reports"] += int(number)
            here["late"] += int(late)
    told = reports.by_month(on=on, months=12 + on.month - 1 + 12, connection=connection)
    whole = {what: _whole(what, year, by_month, told) for what in ("reports", "late")}
    return _by_district(found, whole)


def _whole(what: str, year: Period, by_month: Mapping[dt.date, Mapping[str, int]], told: list[Row]) -> Value:
    """Return what may be told of all the districts together, beside quarters and calendar years."""
    values = {row.period: row.total if what == "reports" else row.groups["decided"]["late"] for row in told}
    quarters = [Period(month, 3) for month in year.each_month()[::3]]
    calendar = [period for period in values if period.months == 12 and period != year]
    numbers: dict[Period, int | None] = {
        period: sum(by_month.get(month, {}).get(what, 0) for month in period.each_month())
        for period in [year, *calendar, *(one for one in values if one.months == 3)]
        if values.get(period) != UNKNOWN
    }
    sums = [Sum(year, quarters)]
    sums += [Sum(one, [Period(month, 3) for month in one.each_month()[::3]]) for one in calendar if one in numbers]
    return protect(numbers, sums, after={key: values[key] for key in numbers if key in values})[year]


def _by_district(
    found: Mapping[uuid.UUID | None, Mapping[str, int]], whole: Mapping[str, Value]
) -> dict[uuid.UUID | None, Reported]:
    numbers: Numbers = {("all", what): sum(one[what] for one in found.values()) for what in ("reports", "late")}
    numbers["all", "in_time"] = (numbers["all", "reports"] or 0) - (numbers["all", "late"] or 0)
    for key, one in found.items():
        numbers |= {(key, "reports"): one["reports"], (key, "in_time"): one["reports"] - one["late"]}
        numbers[key, "late"] = one["late"]
    kinds = ("reports", "in_time", "late")
    sums: list[Sum[Hashable]] = [Sum(("all", kind), [(key, kind) for key in found]) for kind in kinds]
    sums += [Sum((key, "reports"), [(key, "in_time"), (key, "late")]) for key in ["all", *found]]
    settled: dict[Hashable, Value] = {("all", what): value for what, value in whole.items()}
    told = protect(numbers, sums, after=settled)
    return {key: Reported(reports=told[key, "reports"], late=told[key, "late"]) for key in found}
