"""A service is found by need, language, district and words, however they are spelled, and unknown is never nought."""

import datetime as dt
import time
from typing import Any

import pytest

from hemvag.lib import clock
from hemvag.readiness import entries, find
from hemvag.readiness.entries import Entry, looks_private
from hemvag.readiness.find import Asked
from hemvag.readiness.models import Gap, Paper, Resource, Version
from tests.conftest import Town
from tests.readiness.services import service

TODAY = clock.today()


@pytest.fixture
def known(town: Town) -> list[Entry]:
    """Five services, of which one has ended."""
    service(town, name="Anhörigmottagningen", needs=("relatives_talk",), languages=("sv", "so"), districts=("soder",))
    service(town, name="Traumateamet", needs=("trauma", "relatives_talk"), languages=("sv", "ar"))
    service(town, name="Budget- och skuldrådgivarna", needs=("debt",), languages=("sv",), districts=("innerstaden",))
    service(town, name="Åsas fritidsgård", needs=("leisure",), languages=())
    service(town, name="Nedlagda linjen", needs=("relatives_talk",), ended_on=TODAY)
    return entries.of_worker(town.workers["counsellor"], clock.now())


def names(known: list[Entry], **asked: str) -> list[str]:
    return [entry.version.name for entry in find.found(known, Asked(**asked))]


def test_what_has_ended_is_offered_to_nobody(known: list[Entry]) -> None:
    assert len(known) == 4
    assert "Nedlagda linjen" not in names(known)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ({"need": "relatives_talk"}, ["Anhörigmottagningen", "Traumateamet"]),
        ({"need": "relatives_talk", "spoken": "so"}, ["Anhörigmottagningen"]),
        ({"need": "relatives_talk", "district": "innerstaden"}, ["Traumateamet"]),
        ({"spoken": "ti"}, []),
        ({"words": "asas"}, ["Åsas fritidsgård"]),
        ({"words": "ÅSAS FRITIDSGÅRD"}, ["Åsas fritidsgård"]),
        ({"words": "anhorigmotagningen"}, ["Anhörigmottagningen"]),
        ({"words": "skulldrådgivning"}, ["Budget- och skuldrådgivarna"]),
        ({"words": "rådgivarna"}, ["Budget- och skuldrådgivarna"]),
        ({"words": "somaliska"}, ["Anhörigmottagningen"]),
        ({"words": "Somali"}, ["Anhörigmottagningen"]),
        ({"words": "trauma budget"}, []),
        ({"words": "xyzzy"}, []),
        ({"words": "  "}, None),
    ],
)
def test_a_service_is_found_by_what_is_asked(
    known: list[Entry], asked: dict[str, str], first: list[str] | None
) -> None:
    assert names(known, **asked) == (first if first is not None else names(known))


@pytest.mark.parametrize(("typed", "folded"), [("Åsas ÖL", "asas ol"), ("Möllevången", "mollevangen"), ("é", "e")])
def test_accents_and_case_are_folded(typed: str, folded: str) -> None:
    assert find.fold(typed) == folded


def test_free_places_come_before_unknown_and_unknown_before_none(town: Town) -> None:
    for name, free in (("Full", 0), ("Okänd", None), ("Ledig", 3)):
        service(town, name=name, free=free, said_on=None if free is None else TODAY)
    assert names(entries.of_worker(town.workers["counsellor"], clock.now())) == ["Ledig", "Okänd", "Full"]


def one(town: Town, **facts: Any) -> Entry:
    return entries.of_version(service(town, **facts), on=TODAY)


def test_unknown_is_said_and_never_shown_as_nought(town: Town) -> None:
    unknown, full = one(town), one(town, free=0, total=5, said_on=TODAY)
    assert unknown.capacity.words == "lediga platser: okänt"
    assert full.capacity.words.startswith("0 av 5 lediga, sagt")
    assert (unknown.capacity.state, full.capacity.state) == ("info", "late")
    assert unknown.lead_time == "okänt"
    assert one(town, lead_days=0).lead_time == "samma dag"
    assert (str(unknown.grade), str(one(town, grade=0).grade)) == ("okänt", "0 finns inte")
    assert one(town, languages=()).languages == "okänt"


def test_an_old_number_of_free_places_is_asked_for_again(town: Town) -> None:
    assert one(town, free=2, said_on=TODAY - dt.timedelta(days=30)).capacity.state == "now"
    assert one(town, free=2, said_on=TODAY - dt.timedelta(days=31)).capacity.state == "soon"


@pytest.mark.parametrize(("days", "state"), [(61, "done"), (60, "soon"), (0, "soon"), (-1, "late")])
def test_an_agreement_warns_before_it_runs_out_and_says_when_it_has(town: Town, days: int, state: str) -> None:
    agreed = one(town, agreement_purpose="Samordning", agreement_to=TODAY + dt.timedelta(days=days)).agreement
    assert agreed
    assert agreed.state == state
    assert one(town).agreement is None


def test_a_check_is_overdue_the_day_after(town: Town) -> None:
    assert not one(town, next_check=TODAY).is_overdue
    assert one(town, next_check=TODAY - dt.timedelta(days=1)).check.state == "late"


def test_a_four_is_read_as_three_with_an_open_gap(town: Town) -> None:
    exercised = service(town, grade=4, grade_reason="Övat.", exercised_on=TODAY)
    assert entries.of_version(exercised, on=TODAY).grade.value == 4
    by = town.workers["coordinator"]
    Gap.objects.create(resource=exercised.resource, action="x", owner="x", due=TODAY, at=clock.now(), by=by)
    assert entries.of_version(exercised, on=TODAY).grade.value == 3


@pytest.mark.parametrize(
    ("contact", "private"),
    [
        ("Växeln 040-628 04 10", False),
        ("mottagningen@exempel.se", False),
        ("010-123 70 12", False),
        ("Kim 070-174 06 05", True),
        ("0701740605", True),
        ("+46 70 174 06 05", True),
        ("kim.karlsson@exempel.se", True),
    ],
)
def test_a_private_persons_own_number_is_warned_about(contact: str, private: bool) -> None:
    assert looks_private(contact) == private


def test_a_protected_address_is_never_printed(town: Town) -> None:
    printed = [one(town, paper=paper).is_printed for paper in Paper.values]
    assert printed == [True, False, False]


def test_five_hundred_services_are_read_and_searched_at_once(town: Town) -> None:
    """A bound against a slip to seconds, far over what is measured."""
    first = service(town, languages=("sv", "so"))
    columns = [field.attname for field in Version._meta.concrete_fields if field.attname != "id"]
    kept = {name: getattr(first, name) for name in columns}
    by, at = town.workers["coordinator"], clock.now()
    resources = Resource.objects.bulk_create(
        Resource(municipality=town.municipality, by=by, at=at) for _number in range(499)
    )
    Version.objects.bulk_create(
        Version(**kept | {"resource_id": row.id, "name": f"Verksamhet {number}"})
        for number, row in enumerate(resources)
    )
    start = time.perf_counter()
    known = entries.of_worker(town.workers["counsellor"], at)
    hits = find.found(known, Asked(words="verksamhett anhöriga"))
    assert len(known) == len(hits) + 1 == 500
    assert time.perf_counter() - start < 2
