"""Reports by what became of them, and whether the days that the law gives were kept."""

import datetime as dt

import pytest

from hemvag.concerns.models import ConcernReport, DecisionKind, Step
from hemvag.counts import measures, reports
from hemvag.disclosure import NOUGHT, UNKNOWN, Exact, Held
from hemvag.law import deadlines
from tests.concerns import making
from tests.conftest import Town
from tests.database import as_owner

DAY = dt.timedelta(days=1)
APRIL_DAY = dt.date(2026, 4, 5)


@pytest.fixture
def month(own_town: Town) -> Town:
    """March: seven reports decided in time, five after fifteen days, six that still wait."""
    for days, number, outcome in [(14, 7, DecisionKind.OPEN), (15, 5, DecisionKind.NOT_OPEN), (None, 6, None)]:
        for _each in range(number):
            made = making.case(own_town)
            if days and outcome:
                making.protect(own_town, made, at=making.MONDAY)
                making.decide(own_town, made, outcome, at=making.MONDAY + days * DAY)
    return own_town


def test_reports_are_told_by_what_became_of_them_and_in_time_or_late(month: Town) -> None:
    february, march = reports.by_month(on=APRIL_DAY, months=2)
    assert february.total == UNKNOWN
    assert march.total == Exact(18)
    assert march.groups["source"]["justice"] == Exact(18)
    assert march.groups["outcome"] == {
        "open": Exact(7),
        "not_open": Exact(5),
        "join": NOUGHT,
        "waiting": Exact(6),
        "passed_on": NOUGHT,
        "others": NOUGHT,
    }
    assert march.groups["decided"]["in_time"] == Exact(7)
    assert march.groups["decided"]["late"] == Exact(11)
    assert march.groups["protected"]["same_day"] == Exact(12)
    assert measures.late_share_by_month(on=APRIL_DAY, months=1) == [
        (dt.date(2026, 3, 1), measures.Share(low=11 / 18, high=11 / 18))
    ]


def test_the_views_days_are_those_of_the_law(month: Town) -> None:
    for kind, days in (("preliminary_assessment", 14), ("protection_assessment", 1)):
        step = Step.objects.filter(kind=kind)[0]
        strict = deadlines.due(kind, step.started_at).strict
        assert strict is not None
        # What is to be done at once is late the day after by law; the table tells whether it was the same day.
        assert strict - making.MONDAY.date() == days * DAY


def test_a_day_set_by_a_decision_is_the_day_that_counts(month: Town) -> None:
    with as_owner():
        Step.objects.filter(kind="preliminary_assessment", outcome="not_open").update(until=making.MONDAY + 20 * DAY)
    [march] = reports.by_month(on=APRIL_DAY, months=1)
    assert march.groups["decided"]["in_time"] == Exact(12)
    assert march.groups["decided"]["late"] == Exact(6)


def test_a_few_late_ones_are_held_back_with_those_in_time(own_town: Town) -> None:
    for days in [5] * 8 + [16, 16]:
        made = making.case(own_town)
        making.decide(own_town, made, DecisionKind.NOT_OPEN, at=making.MONDAY + days * DAY)
    assert ConcernReport.objects.count() == 10
    [march] = reports.by_month(on=APRIL_DAY, months=1)
    assert march.total == Exact(10)
    assert march.groups["decided"]["late"] == Held(1, 4)
    assert isinstance(march.groups["decided"]["in_time"], Held)
    [(_month, share)] = measures.late_share_by_month(on=APRIL_DAY, months=1)
    assert share == measures.Share(low=0.1, high=0.4)
