"""What people type as a day or a time, and how it is written back."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.lib import date_words, dates

TODAY = dt.date(2026, 5, 20)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    ("typed", "past", "future"),
    [
        ("14/5", "2026-05-14", "2027-05-14"),
        ("24/12", "2025-12-24", "2026-12-24"),
        ("20/5", "2026-05-20", "2026-05-20"),
        ("14/5 2025", "2025-05-14", "2025-05-14"),
        ("14/5-25", "2025-05-14", "2025-05-14"),
        ("14/5 99", "1999-05-14", "2099-05-14"),
        ("2026-05-14", "2026-05-14", "2026-05-14"),
        ("2026/5/4", "2026-05-04", "2026-05-04"),
        ("20260514", "2026-05-14", "2026-05-14"),
        ("200229", "2020-02-29", "2020-02-29"),
        ("14.5.2026", "2026-05-14", "2026-05-14"),
        ("14 maj", "2026-05-14", "2027-05-14"),
        ("den 14:e maj 2025", "2025-05-14", "2025-05-14"),
        ("  14  MAJ ", "2026-05-14", "2027-05-14"),
        ("3 okt", "2025-10-03", "2026-10-03"),
        ("14 sept. 2025", "2025-09-14", "2025-09-14"),
        ("torsdag 14 maj", "2026-05-14", None),
        ("May 14, 2025", "2025-05-14", "2025-05-14"),
        ("Thursday, 14 May 2026", "2026-05-14", "2026-05-14"),
        ("idag", "2026-05-20", "2026-05-20"),
        ("i dag", "2026-05-20", "2026-05-20"),
        ("Igår", "2026-05-19", "2026-05-19"),
        ("i förrgår", "2026-05-18", "2026-05-18"),
        ("imorgon", "2026-05-21", "2026-05-21"),
        ("yesterday", "2026-05-19", "2026-05-19"),
        ("the day before yesterday", "2026-05-18", "2026-05-18"),
        ("today", "2026-05-20", "2026-05-20"),
        ("3 dagar sen", "2026-05-17", "2026-05-17"),
        ("för 3 dagar sedan", "2026-05-17", "2026-05-17"),
        ("3 days ago", "2026-05-17", "2026-05-17"),
        ("29/2 2024", "2024-02-29", "2024-02-29"),
    ],
)
def test_days_as_people_type_them(typed: str, past: str, future: str | None) -> None:
    assert dates.parse_date(typed, today=TODAY).isoformat() == past
    if future is not None:
        assert dates.parse_date(typed, today=TODAY, toward="future").isoformat() == future


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("snart", "not_understood"),
        ("14", "not_understood"),
        ("14.30", "not_understood"),
        ("١٤/٥", "not_understood"),
        ("31/4", "no_such_date"),
        ("5/14", "no_such_date"),
        ("0/5", "no_such_date"),
        ("2026-13-01", "no_such_date"),
        ("0202-05-14", "no_such_date"),
        ("29/2", "not_leap_year"),
        ("29 februari 2025", "not_leap_year"),
        ("1900-02-29", "not_leap_year"),
        ("fredag 14 maj", "wrong_weekday"),
    ],
)
def test_what_is_no_day_has_a_code(typed: str, code: str) -> None:
    with pytest.raises(dates.NotADate) as refused:
        dates.parse_date(typed, today=TODAY)
    assert refused.value.code == code


@given(st.text(max_size=25))
def test_any_text_is_a_day_or_an_error_with_a_code(typed: str) -> None:
    with contextlib.suppress(dates.NotADate):
        assert isinstance(dates.parse_date(typed, today=TODAY), dt.date)
    with contextlib.suppress(dates.NotATime):
        assert isinstance(dates.parse_time(typed), dt.time)


@given(DAYS, DAYS, st.sampled_from(["past", "future"]))
def test_without_a_year_the_nearest_in_that_direction(day: dt.date, today: dt.date, toward: dates.Toward) -> None:
    typed = f"{day.day}/{day.month}"
    if typed == "29/2":
        return
    found = dates.parse_date(typed, today=today, toward=toward)
    assert (found.month, found.day) == (day.month, day.day)
    away = (today - found).days if toward == "past" else (found - today).days
    assert 0 <= away <= 366


@given(DAYS, DAYS, st.sampled_from(["sv", "en"]))
def test_a_day_written_in_words_is_read_back(day: dt.date, today: dt.date, language: str) -> None:
    words = date_words.day(day, today=today, language=language)
    toward: dates.Toward = "past" if day <= today else "future"
    assert dates.parse_date(words if str(day.year) in words else f"{words} {day.year}", today=today) == day
    if day.year == today.year:
        assert dates.parse_date(words, today=today, toward=toward) == day


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *(("14.30", "14:30"), ("14:30", "14:30"), ("1430", "14:30"), ("kl 14", "14:00"), ("kl. 14.30", "14:30")),
        *(("klockan 9", "09:00"), ("9.05", "09:05"), ("930", "09:30"), ("0", "00:00"), ("23:59", "23:59")),
        *(("2 pm", "14:00"), ("12:30am", "00:30"), ("12 pm", "12:00")),
    ],
)
def test_times_as_people_type_them(typed: str, found: str) -> None:
    assert dates.parse_time(typed).isoformat("minutes") == found


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("", "empty"), ("lunch", "not_understood"), ("14,30", "not_understood"), ("24", "no_such_time")),
        *(("14.60", "no_such_time"), ("13 pm", "no_such_time"), ("14.5", "not_understood")),
    ],
)
def test_what_is_no_time_has_a_code(typed: str, code: str) -> None:
    with pytest.raises(dates.NotATime) as refused:
        dates.parse_time(typed)
    assert refused.value.code == code


def test_the_hour_that_is_skipped_in_spring_is_no_time() -> None:
    with pytest.raises(dates.NotATime):
        dates.moment(dt.date(2026, 3, 29), dt.time(2, 30))
    assert dates.moment(dt.date(2026, 3, 29), dt.time(3, 0)).isoformat() == "2026-03-29T03:00:00+02:00"
    assert dates.moment(dt.date(2026, 10, 25), dt.time(2, 30)).isoformat() == "2026-10-25T02:30:00+02:00"


def test_days_and_times_as_swedes_write_them() -> None:
    day = dt.date(2026, 5, 14)
    at = dates.moment(day, dt.time(14, 30))
    assert date_words.day(day, today=TODAY, language="sv") == "torsdag 14 maj"
    assert date_words.day(day, today=dt.date(2027, 1, 1), language="sv") == "torsdag 14 maj 2026"
    assert date_words.day(day, today=TODAY, language="en") == "Thursday 14 May"
    assert date_words.time(at, language="sv") == "kl. 14.30"
    assert date_words.time(dt.time(9, 5), language="en") == "09:05"
    assert date_words.moment(at, today=TODAY, language="sv") == "torsdag 14 maj kl. 14.30"
    assert date_words.moment(at, today=TODAY, language="en") == "Thursday 14 May at 14:30"


@pytest.mark.parametrize(
    ("days", "sv", "en"),
    [
        (0, "i dag", "today"),
        (1, "i morgon", "tomorrow"),
        (-1, "i går", "yesterday"),
        (-3, "3 dagar sen", "3 days ago"),
        (2, "om 2 dagar", "in 2 days"),
        (-6, "6 dagar sen", "6 days ago"),
        (-7, "onsdag 13 maj", "Wednesday 13 May"),
        (8, "torsdag 28 maj", "Thursday 28 May"),
    ],
)
def test_near_days_are_said_from_today(days: int, sv: str, en: str) -> None:
    when = TODAY + dt.timedelta(days)
    assert date_words.relative(when, today=TODAY, language="sv") == sv
    assert date_words.relative(when, today=TODAY, language="en") == en
    assert dates.parse_date(sv, today=TODAY, toward="future" if days > 0 else "past") == when
