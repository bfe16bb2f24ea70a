"""Holidays and weekdays, checked by days written down by hand (lag 1989:253; lag 1930:173, 2 §)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.law import calendar

DAYS = st.dates(dt.date(2005, 1, 20), dt.date(2100, 12, 10))

WRITTEN_BY_HAND = {
    2019: "01-01 01-06 04-19 04-21 04-22 05-01 05-30 06-06 06-09 06-22 11-02 12-25 12-26",
    2024: "01-01 01-06 03-29 03-31 04-01 05-01 05-09 05-19 06-06 06-22 11-02 12-25 12-26",
    2025: "01-01 01-06 04-18 04-20 04-21 05-01 05-29 06-06 06-08 06-21 11-01 12-25 12-26",
    2026: "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-06 06-20 10-31 12-25 12-26",
    2027: "01-01 01-06 03-26 03-28 03-29 05-01 05-06 05-16 06-06 06-26 11-06 12-25 12-26",
}


@pytest.mark.parametrize("year", WRITTEN_BY_HAND)
def test_holidays_of_years_written_by_hand(year: int) -> None:
    found = " ".join(day.strftime("%m-%d") for day in calendar.holidays_of(year))
    assert found == WRITTEN_BY_HAND[year]


def test_two_holidays_on_one_day_are_one_day() -> None:
    assert len(calendar.holidays_of(2008)) == 12, "Ascension fell on 1 May"
    assert dt.date(2008, 5, 1) in calendar.holidays_of(2008)


def test_whit_monday_is_a_weekday() -> None:
    assert calendar.is_weekday(dt.date(2005, 5, 16))
    assert calendar.is_weekday(dt.date(2026, 5, 25))


@pytest.mark.parametrize("day", ["2026-06-19", "2026-12-24", "2026-12-31", "2019-06-21", "2025-06-20"])
def test_the_three_eves_are_no_weekdays(day: str) -> None:
    found = dt.date.fromisoformat(day)
    assert found in calendar.eves_of(found.year)
    assert not calendar.is_weekday(found)


@pytest.mark.parametrize("day", ["2026-04-02", "2026-04-30", "2026-01-05", "2026-10-30", "2026-05-15"])
def test_other_eves_and_days_between_are_weekdays(day: str) -> None:
    assert calendar.is_weekday(dt.date.fromisoformat(day))


def _easter(year: int) -> dt.date:
    """Easter Sunday by the method of Meeus, Jones and Butcher, so that the library is checked by another way."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    left = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * left) // 451
    month, day = divmod(h + left - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


@pytest.mark.parametrize("year", range(calendar.FIRST_YEAR, calendar.LAST_YEAR + 1))
def test_every_year_holds_the_days_of_the_act(year: int) -> None:
    midsummer = next(d for n in range(20, 27) if (d := dt.date(year, 6, n)).weekday() == 5)
    saints = next(d for n in range(7) if (d := dt.date(year, 10, 31) + dt.timedelta(n)).weekday() == 5)
    easter = _easter(year)
    fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)]
    expected = {dt.date(year, *found) for found in fixed} | {midsummer, saints}
    expected |= {easter + dt.timedelta(days) for days in (-2, 0, 1, 39, 49)}
    assert set(calendar.holidays_of(year)) == expected
    eves = {midsummer - dt.timedelta(1), dt.date(year, 12, 24), dt.date(year, 12, 31)}
    assert set(calendar.eves_of(year)) == eves


@given(DAYS)
def test_nearest_weekdays_have_none_between(day: dt.date) -> None:
    after, before = calendar.next_weekday(day), calendar.previous_weekday(day)
    assert before <= day <= after
    assert calendar.is_weekday(after)
    assert calendar.is_weekday(before)
    between = [before + dt.timedelta(n) for n in range(1, (after - before).days)]
    assert not any(calendar.is_weekday(found) for found in between)
    if calendar.is_weekday(day):
        assert before == day == after


@pytest.mark.parametrize("day", [dt.date(2004, 12, 31), dt.date(2101, 1, 3)])
def test_other_years_are_refused(day: dt.date) -> None:
    with pytest.raises(calendar.OutsideCalendar):
        calendar.is_weekday(day)


def test_a_moment_is_its_day_in_sweden() -> None:
    late = dt.datetime(2026, 3, 14, 23, 30, tzinfo=dt.UTC)
    assert calendar.local_day(late) == dt.date(2026, 3, 15)
    with pytest.raises(calendar.Naive):
        calendar.local_day(dt.datetime(2026, 3, 14, 23, 30))  # noqa: DTZ001


def test_a_day_ends_at_swedish_midnight_whatever_the_clocks_do() -> None:
    ended = calendar.end_of(dt.date(2026, 3, 29))
    assert ended.astimezone(dt.UTC) == dt.datetime(2026, 3, 29, 22, 0, tzinfo=dt.UTC)
