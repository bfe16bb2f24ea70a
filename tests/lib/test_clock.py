"""The clock answers in Swedish time and refuses what has no time zone."""

import datetime as dt

import pytest
import time_machine

from hemvag.lib import clock


def test_now_and_today_are_swedish() -> None:
    with time_machine.travel(dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC), tick=False):
        assert clock.now().isoformat() == "2026-07-01T00:30:00+02:00"
        assert clock.today() == dt.date(2026, 7, 1)


def test_a_moment_without_a_zone_is_refused() -> None:
    assert clock.local(dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)).hour == 13
    with pytest.raises(clock.Naive):
        clock.local(dt.datetime(2026, 1, 1, 12))  # noqa: DTZ001
