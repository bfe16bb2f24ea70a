"""A table of months is told month by month, and its sums are added without giving a month away."""

import datetime as dt
import random

import pytest

from hemvag.counts import chart, months, tables
from hemvag.disclosure import UNKNOWN, Exact, Held, Nought, Value
from tests.disclosure.attackers import reckoned

WAYS = {"a": ["x", "y", "z"], "b": ["in", "out"]}
YEAR = [dt.date(2025, month, 1) for month in range(1, 13)]


def invented(seed: int, *, most: int) -> tables.Found:
    """A year of numbers that add up, small ones and noughts among them."""
    drawn = random.Random(seed)
    found = {}
    for month in YEAR:
        parts = [drawn.choice([0, 1, 2, drawn.randint(0, most)]) for _each in range(3)]
        inside = drawn.randint(0, sum(parts))
        found[month] = {"a": dict(zip("xyz", parts, strict=True)), "b": {"in": inside, "out": sum(parts) - inside}}
    return found


@pytest.mark.parametrize(("seed", "most"), [(1, 4), (2, 9), (3, 20)])
def test_no_held_number_of_a_year_can_be_solved_from_months_quarters_and_the_year(seed: int, most: int) -> None:
    found = invented(seed, most=most)
    rows = tables.told(found, ways=WAYS, months=YEAR, since=YEAR[0])
    assert [row.period.months for row in rows] == [1, 1, 1, 3] * 4 + [12]
    told: dict[tables.Key, Value] = {}
    for row in rows:
        told[row.period, tables.ALL, tables.ALL] = row.total
        told |= {(row.period, way, group): row.groups[way][group] for way in WAYS for group in WAYS[way]}
    sums = [one for row in rows for one in tables._divided(row.period, WAYS, ())]
    for row in rows:
        part = {3: 1, 12: 3}.get(row.period.months)
        if part:
            parts = [months.Period(month, part) for month in row.period.each_month()[::part]]
            sums += tables._over(row.period, parts, WAYS)
    for (period, way, group), (low, high) in reckoned(told, sums).items():
        inside = [found[month] for month in period.each_month()]
        true = sum(sum(one["a"].values()) if way == tables.ALL else one[way][group] for one in inside)
        assert low <= true <= high
        assert high - low >= 3, (period, way, group)


def test_a_month_reads_the_same_whether_its_quarter_is_told_or_not() -> None:
    found = invented(4, most=12)
    early = tables.told(found, ways=WAYS, months=YEAR[:2], since=YEAR[0])
    late = tables.told(found, ways=WAYS, months=YEAR, since=YEAR[0])
    for row in early:
        same = next(one for one in late if one.period == row.period)
        assert {type(value) for value in (row.total, same.total)} == {type(row.total)}
        for way, groups in WAYS.items():
            assert [type(row.groups[way][group]) for group in groups] == [type(same.groups[way][g]) for g in groups]


def test_periods_are_those_of_the_calendar() -> None:
    assert months.ended(dt.date(2026, 1, 15), months=2) == [dt.date(2025, 11, 1), dt.date(2025, 12, 1)]
    assert [period.first for period in months.whole(YEAR[1:], 3)] == [YEAR[3], YEAR[6], YEAR[9]]
    assert list(months.whole(YEAR[1:], 12)) == []
    assert months.Period(YEAR[11], 1).next == months.Period(dt.date(2026, 1, 1), 1)


def test_a_chart_tells_held_back_nought_and_unknown_apart() -> None:
    values: list[Value] = [Exact(12), Held(1, 4), Held(5, None), Nought(), UNKNOWN]
    rows = [
        tables.Row(period=months.Period(month, 1), total=value, groups={})
        for month, value in zip(YEAR, values, strict=False)
    ]
    drawn = chart.draw(rows)
    assert [bar.kind for bar in drawn.bars] == ["exact", "held", "held", "nought", "unknown"]
    assert drawn.most == 12
    assert (drawn.bars[0].y, drawn.bars[3].height, drawn.bars[4].height) == (chart.TOP, 0, 0)
