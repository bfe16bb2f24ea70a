"""Load: what each unit and district carries, exact to its lead, protected for the town, and never a name."""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence

import pytest
from django.test import Client

from hemvag.agencies.models import Catchment
from hemvag.concerns import report
from hemvag.counts import load, measures
from hemvag.disclosure import NOUGHT, UNKNOWN, Exact, Held, Sum, TooEntangled, Value, protect, protecting, span
from hemvag.dossiers.models import Dossier
from hemvag.staff.models import Absence, Membership
from tests.concerns import making
from tests.conftest import Town
from tests.database import as_owner
from tests.support import making as adults

DAY = dt.timedelta(days=1)
TUESDAY = (making.MONDAY + 15 * DAY).date()


def cases(town: Town, number: int, *, other: bool = False, at: dt.datetime = making.MONDAY) -> None:
    district = town.other_district if other else town.district
    for _each in range(number):
        making.receive(town, at=at, children=[report.Child(identity=making.identity(), district=district)])


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    load._protected.cache_clear()


@pytest.fixture
def carried(own_town: Town) -> Town:
    """Three weeks: seven cases and an investigation in one district, two in the other."""
    cases(own_town, 6)
    cases(own_town, 2, other=True, at=making.MONDAY + 10 * DAY)
    made = making.case(own_town)
    making.decide(own_town, made, at=making.MONDAY + DAY)
    return own_town


def test_a_lead_sees_each_number_of_her_unit(carried: Town) -> None:
    [mine] = load.of_units([carried.children.id], TUESDAY)
    assert mine.name == carried.children.name
    assert (mine.cases, mine.kinds["investigation"], mine.kinds["preliminary_assessment"]) == (
        *(Exact(7), Exact(1)),
        Exact(6),
    )
    assert (mine.times["late"], mine.times["later"]) == (Exact(6), Exact(1))
    assert (mine.placed, mine.kinds["adult"]) == (UNKNOWN, NOUGHT)
    assert (mine.members, mine.present) == (Exact(2), Exact(2))


def test_who_is_away_is_not_there_and_a_lead_is_not_counted_among_those_who_work(carried: Town) -> None:
    Absence.objects.create(worker=carried.workers["colleague"], first_day=TUESDAY, last_day=TUESDAY)
    [mine] = load.of_units([carried.children.id], TUESDAY)
    assert (mine.members, mine.present) == (Exact(2), Exact(1))
    [after] = load.of_units([carried.children.id], TUESDAY + DAY)
    assert after.present == Exact(2)
    Membership.objects.filter(worker=carried.workers["colleague"]).update(valid_to=TUESDAY)
    [left] = load.of_units([carried.children.id], TUESDAY)
    assert left.members == Exact(1)


def test_the_town_is_told_by_the_last_monday_and_small_numbers_are_held_back(carried: Town) -> None:
    town = load.of_town(TUESDAY)
    assert town.on == dt.date(2026, 3, 15)
    places = {place.name: place for place in town.places}
    assert isinstance(places["Söder"].cases, Held)
    assert places["Söder"].kinds["preliminary_assessment"] == Held(1, 4)
    assert isinstance(places["Innerstaden"].cases, Held)
    assert isinstance(town.all.cases, Held)
    assert places["Söder"].kinds["investigation"] == NOUGHT


def test_where_no_number_is_small_everything_is_told(own_town: Town) -> None:
    cases(own_town, 6)
    cases(own_town, 5, other=True)
    town = load.of_town(TUESDAY)
    assert [place.cases for place in town.places] == [Exact(6), Exact(5)]
    assert (town.all.cases, town.all.times["this_week"]) == (Exact(11), Exact(11))


def test_units_and_districts_are_protected_together_so_that_subtracting_them_tells_nothing(own_town: Town) -> None:
    cases(own_town, 10)
    cases(own_town, 12, other=True)
    for district, number in ((own_town.district, 1), (own_town.other_district, 3)):
        chosen = Dossier.objects.filter(district=district).values("pk")[:number]
        Dossier.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))).update(district=None)
    units = {place.key: place for place in load.of_town(TUESDAY, by="unit").places}
    districts = {place.key: place for place in load.of_town(TUESDAY, by="district").places}
    served = ((own_town.children, own_town.district), (own_town.other_children, own_town.other_district))
    for unit, district in served:
        least, most = span(units[unit.id].cases) or (0, 0)
        low, high = span(districts[district.id].cases) or (0, 0)
        assert (most or 999) - low - (least - (high or 999)) >= 3, "cases of the unit without a district"


def test_a_town_too_tangled_to_tell_both_is_told_by_district_and_totals_alone(
    carried: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tangled(numbers: Mapping[Hashable, int | None], sums: Sequence[Sum[Hashable]]) -> Mapping[Hashable, Value]:
        if any(key[0][0] == "unit" for key in numbers if isinstance(key, tuple) and isinstance(key[0], tuple)):
            raise TooEntangled
        return protect(numbers, sums)

    monkeypatch.setattr(load, "protect", tangled)
    units, districts = load.of_town(TUESDAY, by="unit"), load.of_town(TUESDAY, by="district")
    assert {place.cases for place in units.places} == {UNKNOWN}
    assert {place.name: place.kinds["preliminary_assessment"] for place in districts.places}["Söder"] == Held(1, 4)
    assert units.all.cases == districts.all.cases != UNKNOWN


def test_what_cannot_be_told_safely_at_all_is_withheld_but_for_its_noughts(
    carried: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protecting, "EFFORT", 0)
    monkeypatch.setattr(protecting._Table, "exposed", lambda table: table.effort.spend())
    town = load.of_town(TUESDAY)
    assert town.all.cases == Held(1, None)
    assert {place.name: place.kinds["investigation"] for place in town.places}["Söder"] == NOUGHT


def test_staff_of_a_unit_that_serves_two_districts_is_unknown_in_both(own_town: Town) -> None:
    with as_owner():
        Catchment.objects.create(
            unit=own_town.children, district=own_town.other_district, valid_from=dt.date(2020, 1, 1)
        )
    places = {place.key: place for place in load.of_town(TUESDAY).places}
    assert [places[one.id].members for one in (own_town.district, own_town.other_district)] == [UNKNOWN, UNKNOWN]


def test_both_pages_of_the_town_tell_the_same_totals(carried: Town) -> None:
    by_unit, by_district = load.of_town(TUESDAY, by="unit").all, load.of_town(TUESDAY, by="district").all
    assert (by_unit.cases, by_unit.kinds, by_unit.times) == (by_district.cases, by_district.kinds, by_district.times)


def test_what_came_or_ended_since_monday_changes_nothing_that_is_told(carried: Town) -> None:
    before = load.of_town(TUESDAY, by="unit")
    cases(carried, 5, at=making.MONDAY + 14 * DAY)
    assert load.of_town(TUESDAY, by="unit") == before
    assert load.of_town(TUESDAY + 7 * DAY, by="unit") != before


def test_adults_are_cases_too_and_have_no_day_by_law(own_town: Town) -> None:
    for _each in range(5):
        adults.own(own_town)
    [mine] = load.of_units([own_town.adults.id], TUESDAY)
    assert (mine.kinds["adult"], mine.times["later"]) == (Exact(5), Exact(5))


def test_the_measure_of_the_town_is_the_pages(carried: Town) -> None:
    assert measures.load_of_town(on=TUESDAY) == load.of_town(TUESDAY, by="unit").all


def test_a_lead_and_the_coordinator_each_see_their_own_page_and_nobody_a_name(
    carried: Town, client_for: Callable[..., Client]
) -> None:
    lead = client_for(carried.workers["unit_lead"]).get("/counts/load/").content.decode()
    assert "Min enhet" in lead
    assert "Hela kommunen" not in lead
    assert carried.other_children.name not in lead
    town = client_for(carried.workers["coordinator"]).get("/counts/load/").content.decode()
    assert "Min enhet" not in town
    assert "Söder" in town
    file = client_for(carried.workers["unit_lead"]).get("/counts/load/load.csv").content.decode()
    assert carried.children.name in file
    assert carried.other_children.name not in file
    for page in (lead, town, file):
        assert "Östberg" not in page
    for role in ("counsellor", "social_worker", "registrar", "administrator"):
        assert client_for(carried.workers[role]).get("/counts/load/").status_code == 404
