"""Opening hours: by the clock in Sweden, closed on holidays, and when it next opens."""

import datetime as dt

import pytest

from hemvag.agencies import hours, town
from hemvag.lib.clock import STOCKHOLM, Naive

LINE = town.read(town.published("malmo")).hours_of("stodlinjen")


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def row(days: tuple[str, ...], opens: str, closes: str, *, holidays: bool = False) -> town.OpeningHours:
    return town.OpeningHours(
        unit="x", days=days, opens=dt.time.fromisoformat(opens), closes=dt.time.fromisoformat(closes),
        closed_on_holidays=holidays, valid_from=dt.date(2024, 1, 1), certainty="design", source="test",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "is_open", "opens_next"),
    [
        ("2026-05-13 08:59", False, "2026-05-13 09:00"),
        ("2026-05-13 09:00", True, "2026-05-15 09:00"),
        ("2026-05-13 14:59", True, "2026-05-15 09:00"),
        ("2026-05-13 15:00", False, "2026-05-15 09:00"),
        ("2026-05-14 10:00", False, "2026-05-15 09:00"),  # Ascension Day
        ("2026-05-16 10:00", False, "2026-05-18 09:00"),  # Saturday
        ("2026-06-19 10:00", False, "2026-06-22 09:00"),  # Midsummer Eve
        ("2026-12-24 10:00", False, "2026-12-28 09:00"),
        ("2026-12-31 10:00", False, "2027-01-04 09:00"),
    ],
)
def test_the_line_in_malmo(at: str, is_open: bool, opens_next: str) -> None:
    assert hours.is_open(LINE, at=moment(at)) is is_open
    assert hours.next_opening(LINE, after=moment(at)) == moment(opens_next)


def test_the_clock_is_the_one_in_sweden() -> None:
    assert hours.is_open(LINE, at=dt.datetime(2026, 7, 1, 7, 30, tzinfo=dt.UTC))
    assert not hours.is_open(LINE, at=dt.datetime(2026, 12, 1, 7, 30, tzinfo=dt.UTC))
    with pytest.raises(Naive):
        hours.is_open(LINE, at=dt.datetime.fromisoformat("2026-07-01 09:30"))


def test_a_lunch_break_and_an_evening_to_midnight() -> None:
    day = [row(("thu",), "13:00", "16:00"), row(("thu",), "08:00", "12:00"), row(("thu",), "20:00", "00:00")]
    assert [hours.is_open(day, at=moment(f"2026-05-14 {clock}")) for clock in ("11:59", "12:30", "13:00", "23:59")] == [
        True, False, True, True,
    ]  # fmt: skip
    assert hours.next_opening(day, after=moment("2026-05-14 09:00")) == moment("2026-05-14 13:00")
    assert hours.closing(day, at=moment("2026-05-14 21:00")) == moment("2026-05-15 00:00")
    assert hours.closing(day, at=moment("2026-05-14 12:30")) is None


def test_hours_that_have_ended_never_open_again() -> None:
    old = town.read(town.published("malmo")).hours_of("stodlinjen_2016")
    assert hours.is_open(old, at=moment("2017-04-28 10:00"))
    assert hours.next_opening(old, after=moment("2017-04-28 10:00")) is None
    assert hours.next_opening([], after=moment("2026-05-14 10:00")) is None
