"""Reports by district over four quarters, told so that neither a district nor a quarter is given away."""

import datetime as dt

import pytest

from hemvag.concerns import report
from hemvag.counts import districts
from hemvag.counts.months import Period
from hemvag.disclosure import NOUGHT, Exact, Held
from hemvag.readiness import basis
from tests.concerns import making
from tests.conftest import Town

DAY = dt.timedelta(days=1)
ON = dt.date(2027, 1, 12)


def reports(town: Town, number: int, *, at: dt.datetime, other: bool = False) -> None:
    district = town.other_district if other else town.district
    for _each in range(number):
        making.receive(town, at=at, children=[report.Child(identity=making.identity(), district=district)])


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (dt.date(2026, 3, 31), dt.date(2025, 1, 1)),
        (dt.date(2026, 4, 1), dt.date(2025, 4, 1)),
        (ON, dt.date(2026, 1, 1)),
    ],
)
def test_the_year_is_the_last_four_quarters_that_have_ended(on: dt.date, first: dt.date) -> None:
    assert districts.last_year(on) == Period(first, 12)


def test_large_districts_are_told_and_a_small_one_is_held_back_with_another(own_town: Town) -> None:
    start = making.MONDAY - 50 * DAY
    reports(own_town, 9, at=start)
    reports(own_town, 6, at=making.MONDAY, other=True)
    told = districts.reported(ON) or {}
    assert told[own_town.district.id].reports == Exact(9)
    assert told[own_town.other_district.id].reports == Exact(6)
    reports(own_town, 2, at=making.MONDAY + 5 * DAY)
    told = districts.reported(ON) or {}
    assert told[own_town.district.id].reports == Exact(11)
    assert told[own_town.district.id].late in {NOUGHT, Exact(11)}


def test_a_district_with_few_is_held_back(own_town: Town) -> None:
    reports(own_town, 9, at=making.MONDAY - 50 * DAY)
    reports(own_town, 3, at=making.MONDAY, other=True)
    told = districts.reported(ON) or {}
    assert isinstance(told[own_town.district.id].reports, Held)
    assert told[own_town.other_district.id].reports == Held(1, 4)


def test_nothing_is_known_before_the_reports_were_here_for_the_whole_time(own_town: Town) -> None:
    reports(own_town, 9, at=making.MONDAY)
    assert districts.reported(ON) is None


def test_a_year_without_a_report_is_a_true_nought_and_not_unknown(own_town: Town) -> None:
    reports(own_town, 1, at=making.MONDAY - 500 * DAY)
    assert districts.reported(ON) == {}
    assert [(place.reports, place.late) for place in basis.measure(ON)] == [((0, 0), (0, 0))] * 2
