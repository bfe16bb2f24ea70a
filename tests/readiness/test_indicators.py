"""What speaks for and against: numbers with limits, none under five, unknown where nobody knows, never a person."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine

from hemvag.agencies.models import Unit
from hemvag.counts import measures
from hemvag.counts import months as months_of
from hemvag.counts.measures import InMonth, Share
from hemvag.disclosure import Held, alone
from hemvag.law import forbidden
from hemvag.lib import clock
from hemvag.line.models import CountedContact
from hemvag.readiness import answer, basis, indicators, limits
from hemvag.readiness.content import content
from hemvag.readiness.indicator import Indicator, Says
from tests.conftest import Town
from tests.line.conftest import CODED
from tests.readiness import exercising

AT = dt.datetime(2026, 5, 6, 10, 0, tzinfo=clock.STOCKHOLM)
KNOWN = {
    *("notice", "act", "reports", "line", "load", "late", "quiet", "grade", "exercise"),
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


Numbers = dict[str, list[InMonth]]


def months(*numbers: int | None) -> list[InMonth]:
    """Numbers of the latest ended months as the counts tell them, the last one last; None is not known."""
    ended = months_of.ended(AT.date(), months=len(numbers))
    return [InMonth(month=month, value=alone(number)) for month, number in zip(ended, numbers, strict=True)]


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> Numbers:
    """What the counts tell, to be set by the test."""
    given: Numbers = {"reports": [], "calls": []}
    monkeypatch.setattr(measures, "reports_by_month", lambda **_facts: given["reports"])
    monkeypatch.setattr(measures, "line_contacts_by_month", lambda **_facts: given["calls"])
    return given


def asked(town: Town) -> list[Indicator]:
    return indicators.ask(town.authority.id, AT)


def said(town: Town, code: str) -> Indicator:
    return next(one for one in asked(town) if one.code == code)


def test_the_limit_is_the_smallest_number_that_chance_seldom_reaches() -> None:
    assert limits.limit(2.3) == 6
    assert limits.tail(6, 2.3) == pytest.approx(0.030, abs=0.0005)
    assert limits.tail(5, 2.3) > limits.CHANCE
    assert limits.limit(0) == 1
    for mean in (0.1, 1.0, 7.5, 180.0, 5000.0):
        k = limits.limit(mean)
        assert limits.tail(k, mean) < limits.CHANCE <= (limits.tail(k - 1, mean) if k > 1 else 1)


@pytest.mark.parametrize(("last", "says"), [(25, Says.NEITHER), (31, Says.NEITHER), (32, Says.FOR), (60, Says.FOR)])
def test_a_month_above_its_limit_speaks_for(town: Town, numbers: Numbers, last: int, says: Says) -> None:
    """Ten months with 230 in all: the mean is 23 and the limit 32."""
    assert limits.limit(23) == 32
    numbers["reports"] = numbers["calls"] = months(20, 30, 20, 20, 30, 20, 20, 30, 20, 20, last)
    for code in ("reports", "line"):
        one = said(town, code)
        assert (one.says, one.number) == (says, str(last))
        assert "minst 32" in one.limit
        assert "23,0" in one.limit


def test_months_that_are_held_back_give_a_range_and_the_higher_limit(town: Town, numbers: Numbers) -> None:
    """From 1 to 4 each month: the mean may be 4, whose limit is 9."""
    numbers["reports"] = months(2, 3, 2, 2, 3, 2, 8)
    one = said(town, "reports")
    assert (one.says, one.number) == (Says.NEITHER, "8")
    assert "minst 9" in one.limit
    assert "1,0–4,0" in one.limit
    numbers["reports"] = months(2, 3, 2, 2, 3, 2, 9)
    assert said(town, "reports").says == Says.FOR


def test_no_number_under_five_is_shown_not_even_by_its_limit(town: Town, numbers: Numbers) -> None:
    numbers["reports"] = months(0, 0, 0, 0, 0, 0, 0, 0, 4)
    one = said(town, "reports")
    assert (one.says, one.number) == (Says.NEITHER, "färre än 5")
    assert "minst 5" in one.limit
    numbers["reports"][-1] = InMonth(month=numbers["reports"][-1].month, value=Held(3, 20))
    one = said(town, "reports")
    assert (one.says, one.number) == (Says.UNKNOWN, "3–20")
    numbers["reports"][0] = InMonth(month=numbers["reports"][0].month, value=Held(1, None))
    assert "så små att de inte visas" in said(town, "reports").limit


def test_what_is_not_known_is_unknown_and_never_nought(town: Town, numbers: Numbers) -> None:
    assert {one.code for one in asked(town) if one.says != Says.UNKNOWN} == {"notice", "act"}
    numbers["reports"] = months(None, 7, 7, 7, 7, 7, 7)
    assert said(town, "reports").says == Says.UNKNOWN
    numbers["reports"] = months(7, 7, 7, 7, 7, 7, None)
    assert (said(town, "reports").says, said(town, "reports").number) == (Says.UNKNOWN, "okänt")
    numbers["reports"] = months(7, 7, 7, 7, 7, 7, 7)
    assert said(town, "reports").says == Says.NEITHER


def test_a_true_nought_in_two_quarters_speaks_against_and_says_so(town: Town, numbers: Numbers) -> None:
    numbers["calls"] = months(9, 0, 0, 0, 0, 0, 0)
    assert (said(town, "quiet").says, said(town, "quiet").number) == (Says.AGAINST, "2 kvartal")
    numbers["calls"] = months(0, 0, 0, 9, 0, 0, 0)
    assert said(town, "quiet").says == Says.NEITHER
    numbers["calls"] = months(0, 0, 0, 0, 0, None)
    assert said(town, "quiet").says == Says.UNKNOWN


@pytest.mark.parametrize(
    ("last", "says", "number"),
    [
        ((0.3, 0.3), Says.FOR, "30 %"),
        ((0.15, 0.15), Says.NEITHER, "15 %"),
        ((0.12, 0.3), Says.UNKNOWN, "12–30 %"),
        (None, Says.UNKNOWN, "okänt"),
    ],
)
def test_a_share_that_is_late_and_clearly_rising_speaks_for(
    town: Town,
    numbers: Numbers,
    monkeypatch: pytest.MonkeyPatch,
    last: tuple[float, float] | None,
    says: Says,
    number: str,
) -> None:
    shares = [Share(low=0.1, high=0.1)] * 4 + [Share(low=last[0], high=last[1]) if last else None]
    monkeypatch.setattr(measures, "late_share_by_month", lambda **_facts: [(AT.date(), one) for one in shares])
    assert (said(town, "late").says, said(town, "late").number) == (says, number)


def test_numbers_come_through_the_role_that_reads_no_table(own_town: Town) -> None:
    for month, number in ((dt.date(2026, 1, 1), 6), (dt.date(2026, 4, 1), 7), (dt.date(2026, 5, 1), 30)):
        for _each in range(number):
            CountedContact.objects.create(unit=own_town.line, month=month, **CODED)
    one = said(own_town, "line")
    assert (one.says, one.number) == (Says.UNKNOWN, "7")
    assert said(own_town, "reports").says == Says.UNKNOWN


def test_no_indicator_is_about_a_person_faith_origin_address_or_social_media(
    town: Town,
    numbers: Numbers,
) -> None:
    found = asked(town)
    assert {one.code for one in found} == KNOWN
    for code in KNOWN:
        assert not forbidden.named(code, "field")
        assert not any(stem in code for stem in NEVER)


@pytest.mark.parametrize(
    ("investigations", "staff", "says", "number"),
    [
        ((40, 40), 3.0, Says.FOR, "1,33"),
        ((20, 20), 3.0, Says.NEITHER, "0,67"),
        ((25, 35), 3.0, Says.UNKNOWN, "0,83–1,17"),
        ((40, 40), None, Says.UNKNOWN, "okänt"),
        ((40, None), 3.0, Says.UNKNOWN, "okänt"),
    ],
)
def test_a_district_that_carries_more_than_it_has_staff_for_speaks_for(
    town: Town,
    numbers: Numbers,
    monkeypatch: pytest.MonkeyPatch,
    investigations: tuple[int, int | None],
    staff: float | None,
    says: Says,
    number: str,
) -> None:
    """Forty investigations of 15 points are 600, and three posts of 150 points are 450."""
    cases = {"preliminary_assessment": (0, 0), "investigation": investigations}
    place = basis.Place(key="x", name="Söder", cases=cases, late=None, reports=None, staff=staff)
    monkeypatch.setattr(basis, "measure", lambda _day: [place])
    assert (said(town, "load").says, said(town, "load").number) == (says, number)


@pytest.mark.parametrize(("grade", "says"), [(2, Says.NEITHER), (3, Says.AGAINST)])
def test_units_that_are_ready_speak_against(town: Town, numbers: Numbers, grade: int, says: Says) -> None:
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
    town: Town, numbers: Numbers, days: int, form: str, says: Says
) -> None:
    assert said(town, "exercise").says == Says.UNKNOWN
    with time_machine.travel(AT):
        exercising.held(town, days_ago=days, format=form)
    assert said(town, "exercise").says == says


def test_what_is_kept_holds_no_number_under_five(town: Town, numbers: Numbers) -> None:
    numbers["reports"] = numbers["calls"] = months(1, 2, 3, 4, 1, 2, 3, 4)
    kept = indicators.kept(town.authority.id, AT)
    assert all(set(row) == {"code", "says", "title", "number", "limit", "source"} for row in kept)
    assert not [row for row in kept if re.fullmatch(r"[1-4]", row["number"])]
    assert [one.says for one in indicators.read(kept)] == [row["says"] for row in kept]
