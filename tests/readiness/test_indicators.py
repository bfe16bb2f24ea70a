"""What speaks for and against: numbers with limits, none under five, unknown where nobody knows, never a person."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pytest
import time_machine

from hemvag.agencies.models import Unit
from hemvag.law import forbidden
from hemvag.lib import clock
from hemvag.line.models import CountedContact
from hemvag.readiness import answer, indicators, limits, measured
from hemvag.readiness.content import content
from hemvag.readiness.indicators import Says
from tests.conftest import Town
from tests.line.conftest import CODED
from tests.readiness import exercising

AT = dt.datetime(2026, 5, 6, 10, 0, tzinfo=clock.STOCKHOLM)
KNOWN = {
    *("reports", "line", "load", "late", "quiet", "grade", "exercise"),
}
"""Every indicator there is. A new one is a new word here, after a look at what it is about."""
NEVER = (
    "person",
    "relig",
    "birth",
    "born",
    "origin",
    "country",
    "language",
    "social",
    "suspic",
    "name",
    "where",
    "home",
)


def months(*numbers: int) -> Mapping[dt.date, int]:
    """Numbers of the latest whole months, the last one last."""
    month, found = measured.last_month(AT), {}
    for number in reversed(numbers):
        found[month] = number
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return found


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Mapping[dt.date, int]]:
    """What is measured, to be set by the test."""
    given: dict[str, Mapping[dt.date, int]] = {"reports": {}, "calls": {}, "reports_from_sapo": {}}
    monkeypatch.setattr(measured, "reports", lambda _at: given["reports"])
    monkeypatch.setattr(measured, "calls", lambda _at: given["calls"])
    monkeypatch.setattr(measured, "reports_from_sapo", lambda _at: given["reports_from_sapo"])
    return given


def asked(town: Town) -> list[indicators.Indicator]:
    return indicators.ask(town.authority.id, AT)


def said(town: Town, code: str) -> indicators.Indicator:
    return next(one for one in asked(town) if one.code == code)


def test_the_limit_is_the_smallest_number_that_chance_seldom_reaches() -> None:
    assert limits.limit(2.3) == 6
    assert limits.tail(6, 2.3) == pytest.approx(0.030, abs=0.0005)
    assert limits.tail(5, 2.3) > limits.CHANCE
    assert limits.limit(0) == 1
    for mean in (0.1, 1.0, 7.5, 180.0, 5000.0):
        k = limits.limit(mean)
        assert limits.tail(k, mean) < limits.CHANCE <= (limits.tail(k - 1, mean) if k > 1 else 1)


@pytest.mark.parametrize(("last", "says"), [(5, Says.NEITHER), (6, Says.FOR), (9, Says.FOR)])
def test_a_month_above_its_limit_speaks_for(
    town: Town, numbers: dict[str, Mapping[dt.date, int]], last: int, says: Says
) -> None:
    """Ten months with 23 in all: the mean is 2.3 and the limit 6."""
    numbers["reports"] = numbers["calls"] = months(2, 3, 2, 2, 3, 2, 2, 3, 2, 2, last)
    for code in ("reports", "line"):
        one = said(town, code)
        assert (one.says, one.number) == (says, str(last))
        assert "minst 6" in one.limit
        assert "2,3" in one.limit


def test_no_number_under_five_is_shown_not_even_by_its_limit(
    town: Town, numbers: dict[str, Mapping[dt.date, int]]
) -> None:
    numbers["reports"] = months(0, 1, 0, 1, 0, 0, 1, 0, 4)
    one = said(town, "reports")
    assert (one.says, one.number) == (Says.NEITHER, "färre än 5")
    assert "minst 5" in one.limit
    assert "för litet för att visas" in one.limit
    numbers["calls"] = numbers["reports_from_sapo"] = months(0, 0, 0, 0, 1, 1)
    assert said(town, "quiet").number == "färre än 5"


def test_what_is_not_known_is_unknown_and_never_nought(town: Town, numbers: dict[str, Mapping[dt.date, int]]) -> None:
    assert {one.says for one in asked(town)} == {Says.UNKNOWN}
    numbers["reports"] = months(7, 7, 7, 7, 7, 7)
    assert said(town, "reports").says == Says.UNKNOWN
    numbers["reports"] = months(7, 7, 7, 7, 7, 7, 7)
    assert said(town, "reports").says == Says.NEITHER


def test_a_true_nought_in_two_quarters_speaks_against_and_says_so(
    town: Town, numbers: dict[str, Mapping[dt.date, int]]
) -> None:
    numbers["calls"], numbers["reports_from_sapo"] = months(9, 0, 0, 0, 0, 0, 0), months(0, 0, 0, 0, 0, 0, 0)
    one = said(town, "quiet")
    assert (one.says, one.number) == (Says.AGAINST, "noll: ingen har ringt eller anmält")
    numbers["reports_from_sapo"] = months(0, 0, 0, 0, 1, 0)
    assert said(town, "quiet").says == Says.NEITHER
    numbers["calls"] = months(0, 0, 0)
    assert said(town, "quiet").says == Says.UNKNOWN


def test_numbers_come_through_the_role_that_reads_no_table(own_town: Town) -> None:
    for month, number in ((dt.date(2026, 1, 1), 6), (dt.date(2026, 4, 1), 2), (dt.date(2026, 5, 1), 3)):
        for _each in range(number):
            CountedContact.objects.create(unit=own_town.line, month=month, **CODED)
    assert list(measured.calls(AT).values()) == [6, 0, 0, 2]
    assert measured.reports(AT) == {}
    assert measured.reports_from_sapo(AT) == {}


def test_no_indicator_is_about_a_person_faith_origin_address_or_social_media(
    town: Town,
    numbers: dict[str, Mapping[dt.date, int]],
) -> None:
    found = asked(town)
    assert {one.code for one in found} == KNOWN
    for code in KNOWN:
        assert not forbidden.named(code, "field")
        assert not any(stem in code for stem in NEVER)


@pytest.mark.parametrize(("grade", "says"), [(2, Says.NEITHER), (3, Says.AGAINST)])
def test_units_that_are_ready_speak_against(
    town: Town, numbers: dict[str, Mapping[dt.date, int]], grade: int, says: Says
) -> None:
    assert said(town, "grade").says == Says.UNKNOWN
    facts: dict[str, Any] = {"seen": 0, "by": town.workers["coordinator"], "at": AT}
    for unit in Unit.objects.all():
        asks = [code for code, item in content().items.items() if item.is_for(unit.kind)]
        if asks:
            answer.answer(unit.id, {code: answer.Answer(grade=grade, reason="Så är det.") for code in asks}, **facts)
    one = said(town, "grade")
    assert (one.says, one.number) == (says, f"{grade} av 4")


@pytest.mark.parametrize(
    ("days", "form", "says"),
    [(10, "seminar", Says.AGAINST), (400, "function", Says.NEITHER), (1, "night_call", Says.UNKNOWN)],
)
def test_an_exercise_within_the_year_speaks_against(
    town: Town, numbers: dict[str, Mapping[dt.date, int]], days: int, form: str, says: Says
) -> None:
    assert said(town, "exercise").says == Says.UNKNOWN
    with time_machine.travel(AT):
        exercising.held(town, days_ago=days, format=form)
    assert said(town, "exercise").says == says


def test_what_is_kept_holds_no_number_under_five(town: Town, numbers: dict[str, Mapping[dt.date, int]]) -> None:
    numbers["reports"] = numbers["calls"] = months(1, 2, 3, 4, 1, 2, 3, 4)
    numbers["reports_from_sapo"] = months(1, 0, 0, 0, 0, 0)
    kept = indicators.kept(town.authority.id, AT)
    assert all(set(row) == {"code", "says", "title", "number", "limit", "source"} for row in kept)
    assert not [row for row in kept if re.fullmatch(r"[1-4]", row["number"])]
    assert [one.says for one in indicators.read(kept)] == [row["says"] for row in kept]
