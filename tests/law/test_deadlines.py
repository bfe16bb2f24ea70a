"""Statutory clocks: vectors written by hand, properties for every day, and the move from one act to the next."""

import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.law import calendar, deadlines, rules
from hemvag.law.deadlines import due

VECTORS = """
preliminary_assessment 2019-03-11 2019-03-25 2019-03-25 2019-03-25
preliminary_assessment 2019-04-05 2019-04-19 2019-04-18 2019-04-23
preliminary_assessment 2019-06-07 2019-06-21 2019-06-20 2019-06-24
preliminary_assessment 2019-12-10 2019-12-24 2019-12-23 2019-12-27
preliminary_assessment 2019-12-17 2019-12-31 2019-12-30 2020-01-02
preliminary_assessment 2025-06-06 2025-06-20 2025-06-19 2025-06-23
preliminary_assessment 2026-03-20 2026-04-03 2026-04-02 2026-04-07
preliminary_assessment 2026-04-17 2026-05-01 2026-04-30 2026-05-04
investigation 2018-10-31 2019-02-28 2019-02-28 2019-02-28
investigation 2019-08-24 2019-12-24 2019-12-23 2019-12-27
investigation 2025-10-31 2026-02-28 2026-02-27 2026-03-02
investigation 2026-02-28 2026-06-28 2026-06-26 2026-06-29
investigation 2023-10-29 2024-02-29 2024-02-29 2024-02-29
feedback 2026-01-20 2026-01-27 2026-01-27 2026-01-27
feedback 2026-03-27 2026-04-03 2026-04-02 2026-04-07
follow_up 2024-12-31 2025-02-28 2025-02-28 2025-02-28
follow_up 2025-08-31 2026-02-28 2026-02-27 2026-03-02
lvu_submission 2026-04-03 2026-04-10 2026-04-10 2026-04-10
lvu_application 2026-03-06 2026-04-03 2026-04-02 2026-04-07
case_transfer_answer 2026-01-31 2026-02-28 2026-02-27 2026-03-02
""".strip().splitlines()

PLAIN = tuple(step for step in deadlines.steps() if step not in {"protection_assessment", "feedback_at_once"})
DAYS = st.dates(dt.date(2013, 1, 1), dt.date(2099, 12, 31))
MOMENTS = st.datetimes(dt.datetime(2013, 1, 2), dt.datetime(2099, 12, 30), timezones=st.just(dt.UTC))  # noqa: DTZ001


@pytest.mark.parametrize("vector", VECTORS)
def test_days_written_by_hand(vector: str) -> None:
    step, *days = vector.split()
    start, strict, target, latest = map(dt.date.fromisoformat, days)
    found = due(step, start)
    assert (found.strict, found.target, found.latest) == (strict, target, latest)


@given(st.sampled_from(PLAIN), DAYS)
def test_target_lies_between_start_and_strict_and_latest_is_never_before(step: str, start: dt.date) -> None:
    found = due(step, start)
    if found.strict is None or found.target is None:
        assert step == "feedback"
        assert start < dt.date(2026, 1, 15)
        return
    assert start <= found.target <= found.strict
    assert found.latest is None or found.latest >= found.strict
    assert found.valid_from <= start
    assert found.valid_to is None or start < found.valid_to


@given(MOMENTS)
def test_protection_is_due_that_day_and_late_after_the_next(moment: dt.datetime) -> None:
    found = due("protection_assessment", moment)
    day = moment.astimezone(ZoneInfo("Europe/Stockholm")).date()
    assert found.start == found.target == day
    assert found.strict == day + dt.timedelta(1)
    assert found.latest is None
    assert found.strict_at is not None
    assert not found.is_late(found.strict_at - dt.timedelta(microseconds=1))
    assert found.is_late(found.strict_at)


def test_protection_has_no_weekend() -> None:
    saturday = dt.datetime(2026, 6, 20, 14, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
    found = due("protection_assessment", saturday)
    assert found.target == dt.date(2026, 6, 20)
    assert found.strict == dt.date(2026, 6, 21)
    assert found.latest is None


def test_a_late_evening_in_utc_is_the_next_day_in_sweden() -> None:
    found = due("protection_assessment", dt.datetime(2026, 6, 20, 22, 30, tzinfo=dt.UTC))
    assert found.start == dt.date(2026, 6, 21)
    assert due("preliminary_assessment", dt.datetime(2026, 6, 20, 22, 30, tzinfo=dt.UTC)).start == found.start


def test_protection_wants_a_moment_with_a_zone() -> None:
    with pytest.raises(TypeError):
        due("protection_assessment", dt.date(2026, 6, 20))
    with pytest.raises(calendar.Naive):
        due("protection_assessment", dt.datetime(2026, 6, 20, 12, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("step", "last_of_old", "first_of_new", "old", "new"),
    [
        ("preliminary_assessment", "2025-06-30", "2025-07-01", "11 kap. 1 a §", "20 kap. 2 §"),
        ("investigation", "2025-06-30", "2025-07-01", "11 kap. 2 §", "20 kap. 3 §"),
        ("feedback", "2025-06-30", "2025-07-01", "14 kap. 1 b §", "19 kap. 6 §"),
        ("feedback", "2026-01-14", "2026-01-15", "19 kap. 6 § SoL", "19 kap. 6 § andra stycket SoL"),
        ("follow_up", "2025-06-30", "2025-07-01", "11 kap. 4 a-4 c §§", "23 kap. 1 och 5 §§"),
        ("case_transfer_answer", "2025-06-30", "2025-07-01", "2 a kap. 10-12 §§", "29 kap. 10-12 §§"),
    ],
)
def test_the_provision_is_the_one_of_that_day(
    step: str, last_of_old: str, first_of_new: str, old: str, new: str
) -> None:
    before, after = due(step, dt.date.fromisoformat(last_of_old)), due(step, dt.date.fromisoformat(first_of_new))
    assert before.provision.startswith(old)
    assert after.provision.startswith(new)
    assert before.valid_to == after.valid_from == dt.date.fromisoformat(first_of_new)


def test_a_rule_of_another_day_may_be_asked_for() -> None:
    found = due("follow_up", dt.date(2025, 6, 30), on=dt.date(2025, 7, 1))
    assert found.strict == dt.date(2025, 12, 30)


def test_feedback_had_no_time_limit_before_2026() -> None:
    found = due("feedback", dt.date(2026, 1, 14))
    assert (found.strict, found.target, found.latest, found.strict_at) == (None, None, None, None)
    assert found.note is not None
    assert not found.is_late(dt.date(2030, 1, 1))


def test_a_step_is_late_when_its_strict_day_has_passed() -> None:
    found = due("preliminary_assessment", dt.date(2026, 3, 20))
    assert not found.is_late(dt.date(2026, 4, 3))
    assert found.is_late(dt.date(2026, 4, 4))


def test_a_target_is_never_before_the_start() -> None:
    saturday, sunday = dt.date(2026, 6, 20), dt.date(2026, 6, 21)
    assert deadlines._target(saturday, sunday, at_once=False) == saturday


def test_a_rule_no_longer_holds_on_the_day_it_ends() -> None:
    rule = deadlines.rule_of("investigation", dt.date(2025, 6, 30))
    assert rule.held_on(dt.date(2025, 6, 30))
    assert not rule.held_on(dt.date(2025, 7, 1))


def test_what_is_not_described_is_refused() -> None:
    with pytest.raises(deadlines.UnknownStep):
        due("coffee", dt.date(2026, 1, 20))
    with pytest.raises(rules.NoRule):
        due("investigation", dt.date(2012, 12, 31))
    with pytest.raises(rules.NoRule):
        due("feedback_at_once", dt.date(2026, 1, 14))


def test_every_rule_says_what_and_why_in_both_languages() -> None:
    for step in deadlines.steps():
        rule = deadlines.rule_of(step, dt.date(2026, 11, 23))
        assert rule.text.sv != rule.text.en
        assert rule.source in rules.sources()
        assert rule.id.startswith(step)


def test_repeated_days_are_fast() -> None:
    day = dt.date(2026, 3, 20)
    due("preliminary_assessment", day)
    began = time.perf_counter()
    for _ in range(20_000):
        due("preliminary_assessment", day)
    assert 20_000 / (time.perf_counter() - began) > 200_000
