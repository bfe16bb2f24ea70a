"""Feedback: mandated reporters only, one week from 2026-01-15, at once when asked late; a private reporter never."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.law import calendar, reporters
from hemvag.law.feedback import owed

PRIVATE = ("relative", "parent", "child_self", "neighbour", "public", "association", "anonymous")
MOMENTS = st.datetimes(dt.datetime(2014, 1, 1), dt.datetime(2099, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001


def at(day: str, hour: int = 10) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), ZoneInfo("Europe/Stockholm"))


def test_asked_before_the_decision_is_one_week_after_it() -> None:
    found = owed("police", at("2026-03-16"), at("2026-03-27"), False)
    assert found.owed
    assert found.why == "within_one_week"
    assert found.due is not None
    assert found.due.strict == dt.date(2026, 4, 3)
    assert found.due.target == dt.date(2026, 4, 2)
    assert found.provision.startswith("19 kap. 6 § andra stycket")


def test_asked_after_the_decision_is_at_once() -> None:
    found = owed("school", at("2026-04-10", 14), at("2026-04-10", 9), False)
    assert found.why == "at_once"
    assert found.due is not None
    assert (found.due.target, found.due.strict) == (dt.date(2026, 4, 10), dt.date(2026, 4, 11))


def test_asked_while_an_investigation_runs_is_at_once() -> None:
    found = owed("police", at("2026-04-10"), None, True)
    assert found.why == "at_once"
    assert found.due is not None
    assert found.due.latest is None


def test_a_report_of_the_old_time_decided_in_the_new_has_a_week() -> None:
    found = owed("police", at("2026-01-12"), at("2026-01-20"), False)
    assert found.due is not None
    assert found.due.strict == dt.date(2026, 1, 27)


@pytest.mark.parametrize(
    ("asked", "decided", "running"),
    [("2026-01-05", "2026-01-14", False), ("2025-03-05", "2025-03-01", False), ("2019-03-05", None, True)],
)
def test_before_2026_the_law_set_no_time(asked: str, decided: str | None, running: bool) -> None:
    found = owed("police", at(asked), at(decided) if decided else None, running)
    assert found.owed
    assert found.why == "no_time_limit"
    assert found.due is not None
    assert found.due.strict is None
    assert found.note is not None


def test_no_decision_yet_is_owed_without_a_day() -> None:
    found = owed("police", at("2026-04-10"), None, False)
    assert found.owed
    assert found.why == "awaiting_decision"
    assert found.due is None


def test_who_has_not_asked_may_be_told_but_is_not_owed() -> None:
    found = owed("police", None, at("2026-04-10"), False)
    assert not found.owed
    assert found.why == "not_asked"
    assert owed("police", None, None, False).why == "not_asked"


@given(st.sampled_from(PRIVATE), st.none() | MOMENTS, st.none() | MOMENTS, st.booleans())
def test_a_private_reporter_is_never_owed_feedback(
    kind: str, asked: dt.datetime | None, decided: dt.datetime | None, running: bool
) -> None:
    found = owed(kind, asked, decided, running)
    assert not found.owed
    assert found.due is None
    assert found.why == "private_reporter"
    assert "26 kap. 1 § OSL" in found.provision


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(reporters.UnknownReporter):
        owed("postman", None, None, False)
    with pytest.raises(calendar.Naive):
        owed("police", dt.datetime(2026, 1, 1), None, False)  # noqa: DTZ001
