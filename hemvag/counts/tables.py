"""A table of months whose numbers may be told: each month by itself, and then the quarters and years that have ended.

A month is protected alone and stands as it is told, whatever is told later; a sum over months is added only where it
gives none of them away. So no two days' tables, laid beside each other, tell more than one (`hemvag.disclosure`).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hemvag.counts.months import Period, whole
from hemvag.disclosure import UNKNOWN, Sum, TooEntangled, Value, protect, withheld

Way = str
"""A way in which a month's total is divided: by source, by channel."""
Ways = Mapping[Way, Sequence[str]]
"""The groups of each way, those that are held back first standing last."""
Group = tuple[Way, str]
Found = Mapping[dt.date, Mapping[Way, Mapping[str, int]]]
Key = tuple[Period, Way, str]
ALL = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """What may be told of one month, quarter or year: all, and each group of each way."""

    period: Period
    total: Value
    groups: Mapping[Way, Mapping[str, Value]]


def told(
    found: Found,
    *,
    ways: Ways,
    months: Sequence[dt.date],
    since: dt.date | None,
    same: Sequence[tuple[Group, Group]] = (),
) -> list[Row]:
    """Return the rows of consecutive ended months and of the quarters and years that lie whole among them.

    Nothing is known of what was before `since` (None: not in use); a month since then without a number is a nought.
    `same` are groups of two ways that count the same persons. The same numbers are reckoned with once.
    """
    counted = frozenset(
        (m, w, g, n) for m, here in found.items() for w, groups in here.items() for g, n in groups.items()
    )
    divided = tuple((way, tuple(groups)) for way, groups in ways.items())
    return list(_told(counted, divided, tuple(months), since, tuple(same)))


@lru_cache(maxsize=32)
def _told(
    counted: frozenset[tuple[dt.date, Way, str, int]],
    divided_by: tuple[tuple[Way, tuple[str, ...]], ...],
    months: tuple[dt.date, ...],
    since: dt.date | None,
    same: tuple[tuple[Group, Group], ...],
) -> tuple[Row, ...]:
    ways: Ways = dict(divided_by)
    found: dict[dt.date, dict[Way, dict[str, int]]] = {}
    for month, way, group, number in counted:
        found.setdefault(month, {}).setdefault(way, {})[group] = number
    numbers: dict[Key, int | None] = {}
    values: dict[Key, Value] = {}
    sums: list[Sum[Key]] = []
    for month in months:
        period = Period(month, 1)
        here = _numbers(period, ways, [found.get(month, {})] if since is not None and month >= since else None)
        divided = _divided(period, ways, same)
        numbers |= here
        sums += divided
        values |= _alone(here, divided)
    for length, part in ((3, 1), (12, 3)):
        for period in whole(list(months), length):
            inside = period.each_month()
            known = since is not None and inside[0] >= since
            numbers |= _numbers(period, ways, [found.get(month, {}) for month in inside] if known else None)
            parts = [Period(month, part) for month in inside[::part]]
            sums += [*_divided(period, ways, same), *_over(period, parts, ways)]
            keys = [key for key in numbers if period.first <= key[0].first <= inside[-1]]
            within = [one for one in sums if one.total in set(keys)]
            values |= protect(
                {key: numbers[key] for key in sorted(keys, key=lambda key: key[0] != period)},
                within,
                after={key: values[key] for key in keys if key in values},
            )
    return tuple(_row(period, ways, values) for period in sorted({key[0] for key in values}, key=_order))


def _alone(numbers: Mapping[Key, int | None], sums: Sequence[Sum[Key]]) -> Mapping[Key, Value]:
    """Return what may be told of a month by itself: its noughts alone where its numbers hang together too much."""
    try:
        return protect(numbers, sums)
    except TooEntangled:
        return withheld(numbers)


def _order(period: Period) -> tuple[dt.date, int]:
    return period.each_month()[-1], period.months


def _keys(period: Period, ways: Ways) -> list[Key]:
    return [(period, ALL, ALL), *((period, way, group) for way, groups in ways.items() for group in groups)]


def _numbers(period: Period, ways: Ways, months: list[Mapping[Way, Mapping[str, int]]] | None) -> dict[Key, int | None]:
    """Return the period's numbers, totals first; None where nothing is known."""
    if months is None:
        return dict.fromkeys(_keys(period, ways))
    numbers: dict[Key, int | None] = {}
    for _period, way, group in _keys(period, ways)[1:]:
        numbers[period, way, group] = sum(month.get(way, {}).get(group, 0) for month in months)
    first = next(iter(ways))
    return {(period, ALL, ALL): sum(numbers[period, first, group] or 0 for group in ways[first]), **numbers}


def _divided(period: Period, ways: Ways, same: Sequence[tuple[Group, Group]]) -> list[Sum[Key]]:
    divided = [Sum((period, ALL, ALL), [(period, way, group) for group in groups]) for way, groups in ways.items()]
    return divided + [Sum((period, *one), [(period, *other)]) for one, other in same]


def _over(period: Period, parts: Sequence[Period], ways: Ways) -> list[Sum[Key]]:
    return [Sum((period, way, group), [(part, way, group) for part in parts]) for _p, way, group in _keys(period, ways)]


def _row(period: Period, ways: Ways, values: Mapping[Key, Value]) -> Row:
    return Row(
        period=period,
        total=values.get((period, ALL, ALL), UNKNOWN),
        groups={way: {group: values[period, way, group] for group in groups} for way, groups in ways.items()},
    )
