"""The directory keeps every version, lets each keeper change her own, and takes nothing that cannot be so."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hemvag.config import schedule
from hemvag.lib import clock
from hemvag.readiness import desk, enter, gaps, resource_today
from hemvag.readiness import said as saying
from hemvag.readiness.facts import AlreadyClosed, Changed, NotYours, Wrong
from hemvag.readiness.models import Draft, Gap, Resource, Version
from hemvag.staff.models import Worker
from hemvag.web import drafts
from tests.conftest import Town
from tests.readiness.services import said, service

TODAY = dt.date(2026, 11, 25)


def changed(town: Town, last: Version, *, by: str = "coordinator", **facts: Any) -> Version:
    new = dataclasses.replace(saying.of(last), **facts)
    worker, keeper = town.workers[by], last.resource.keeper
    return enter.change(last.resource_id, new, seen=last.number, keeper=keeper, by=worker, at=clock.now())


def standing(version: Version) -> Version:
    return Version.objects.filter(resource=version.resource_id).standing().get()


def test_a_change_is_a_new_version_and_the_old_one_stays_readable(town: Town) -> None:
    first = service(town, hours="vardagar 9–16")
    second = changed(town, first, hours="alla dagar 9–21")
    assert (first.number, second.number) == (1, 2)
    assert standing(first) == second
    first.refresh_from_db()
    assert first.hours == "vardagar 9–16"


def test_what_a_colleague_wrote_meanwhile_is_never_written_over(town: Town) -> None:
    first = service(town)
    changed(town, first, hours="alla dagar")
    with pytest.raises(Changed) as fact:
        changed(town, first, hours="helger")
    assert fact.value.kept.hours == "alla dagar"
    assert standing(first).hours == "alla dagar"


def test_the_capacity_unknown_is_not_nought_and_a_number_has_its_day(town: Town) -> None:
    first = service(town)
    assert (first.free, first.total, first.said_on) == (None, None, None)
    none = enter.say_capacity(first.resource_id, free=0, total=6, by=town.workers["coordinator"], at=clock.now())
    assert (none.free, none.total, none.said_on) == (0, 6, clock.today())
    unknown = enter.say_capacity(first.resource_id, free=None, total=6, by=town.workers["coordinator"], at=clock.now())
    assert (unknown.free, unknown.said_on) == (None, None)
    with pytest.raises(Wrong, match="free"):
        enter.say_capacity(first.resource_id, free=7, total=6, by=town.workers["coordinator"], at=clock.now())


def test_the_capacity_is_no_check_of_the_rest_and_a_check_holds_half_a_year(town: Town) -> None:
    long_ago = clock.now() - dt.timedelta(days=300)
    first = service(town, at=long_ago)
    assert first.next_check == long_ago.date() + enter.HALF_A_YEAR
    told = enter.say_capacity(first.resource_id, free=2, total=6, by=town.workers["coordinator"], at=clock.now())
    assert told.next_check == first.next_check < clock.today()
    checked = enter.check(first.resource_id, by=town.workers["coordinator"], at=clock.now())
    assert checked.next_check == clock.today() + enter.HALF_A_YEAR
    assert checked.free == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"needs": ()}, "needs"),
        ({"needs": ("threats",)}, "needs"),
        ({"languages": ("xx",)}, "languages"),
        ({"districts": ("rosengard",)}, "districts"),
        ({"organisation": ""}, "organisation"),
        ({"free": 3}, "said_on"),
        ({"from_age": 18, "to_age": 12}, "to_age"),
        ({"agreement_from": TODAY, "agreement_to": TODAY - dt.timedelta(days=1)}, "agreement_to"),
        ({"grade": 5}, "grade"),
        ({"grade": 4}, "exercised_on"),
    ],
)
def test_what_cannot_be_so_is_refused_by_its_field(town: Town, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Wrong) as fact:
        service(town, **facts)
    assert fact.value.field == field
    assert not Version.objects.exists()


def test_the_database_refuses_an_owner_that_is_two_and_a_capacity_without_its_day(town: Town) -> None:
    columns = {name: getattr(service(town), name) for name in ("resource", "checked_by", "checked_on", "next_check")}
    columns |= {"number": 2, "name": "x", "needs": ["trauma"], "contact": "x", "by": columns["checked_by"]}
    for bad in ({"unit": town.adults, "organisation": "x"}, {"organisation": "x", "free": 1}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.create(at=clock.now(), **columns | bad)


def test_a_lead_keeps_her_own_units_entries_and_the_coordinator_the_whole_towns(town: Town) -> None:
    mine, towns = service(town, keeper=town.children), service(town)
    lead, coordinator, counsellor = (town.workers[part] for part in ("unit_lead", "coordinator", "counsellor"))

    def kept(worker: Worker) -> set[Resource]:
        return set(Resource.objects.kept_by(worker, clock.now()))

    assert kept(lead) == {mine.resource}
    assert kept(coordinator) == {mine.resource, towns.resource}
    assert kept(counsellor) == kept(town.workers["other_lead"]) == set()
    assert Resource.objects.visible_to(counsellor, clock.now()).count() == 2
    assert not Resource.objects.visible_to(town.workers["privacy_officer"], clock.now()).exists()
    with pytest.raises(Resource.DoesNotExist):
        changed(town, towns, by="unit_lead", hours="x")
    with pytest.raises(NotYours):
        enter.enter(said(), municipality=town.municipality, keeper=None, by=lead, at=clock.now())
    with pytest.raises(Wrong, match="keeper"):
        enter.change(mine.resource_id, said(), seen=1, keeper=town.other_children, by=lead, at=clock.now())


def test_a_gap_has_an_action_an_owner_and_a_day_and_is_closed_once(town: Town) -> None:
    first, by, at = service(town), town.workers["coordinator"], clock.now()
    gap = gaps.note_of_service(
        first.resource_id, action="Utbilda två", owner="Enhetschefen", due=clock.today(), by=by, at=at
    )
    assert list(first.resource.gaps.open()) == [gap]
    with pytest.raises(Gap.DoesNotExist):
        gaps.close(gap.id, words="Klart", by=town.workers["unit_lead"], at=at)
    gaps.close(gap.id, words="Klart", by=by, at=at)
    assert not first.resource.gaps.open().exists()
    with pytest.raises(AlreadyClosed):
        gaps.close(gap.id, words="Igen", by=by, at=at)


def test_today_reminds_the_one_who_answers_for_an_entry(town: Town) -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    service(town, name="Enhetens", keeper=town.children, next_check=yesterday)
    service(town, name="Stadens", next_check=clock.today())
    service(town, name="Avtalet", agreement_purpose="x", agreement_to=clock.today() + dt.timedelta(days=60))
    service(town, name="Upphörd", next_check=yesterday, ended_on=yesterday)
    checked = service(town, name="Kontrollerad", next_check=yesterday)
    enter.check(checked.resource_id, by=town.workers["coordinator"], at=clock.now())
    gap = service(town, name="Bristen")
    facts = {"action": "x", "owner": "x", "due": yesterday}
    gaps.note_of_service(gap.resource_id, by=town.workers["coordinator"], at=clock.now(), **facts)

    def reminded(part: str) -> list[tuple[str, str]]:
        return [(item.reference, item.state) for item in resource_today.items(town.workers[part], clock.now())]

    assert reminded("unit_lead") == [("Enhetens", "late")]
    assert reminded("coordinator") == [("Bristen", "late"), ("Stadens", "now"), ("Avtalet", "soon")]
    assert reminded("counsellor") == reminded("other_lead") == []


def test_what_was_typed_and_left_for_a_week_is_forgotten_by_the_nightly_job(town: Town) -> None:
    sent = drafts.Draft(version=0, tab="a1b2c3d4-0000", fields={}, take_over=False)
    for days in (6, 8):
        at = clock.now() - dt.timedelta(days=days)
        desk.keep(f"service {days}", sent, fields={"name": "x"}, by=town.workers["coordinator"], at=at)
    assert schedule.forget_typed_services(0) == 1
    assert Draft.objects.get().form == "service 6"
