"""The pages of who reads the log: the log, how the reviews ended, and the seal; never a name."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from hemvag.audit import roots, seal
from hemvag.audit.models import Act
from hemvag.oversight import overview, review, sealed
from hemvag.oversight.models import Remark, Review
from hemvag.staff.models import Worker
from tests import database
from tests.conftest import Town
from tests.oversight import making
from tests.oversight.making import NEXT_WEEK, at, child, drawn, opens
from tests.oversight.reading import text

ClientFor = Callable[[Worker], Client]
FINE = Remark.Outcome.FINE


@pytest.fixture(autouse=True)
def next_week() -> object:
    with time_machine.travel(NEXT_WEEK, tick=False):
        yield


@pytest.fixture
def officer(town: Town, client_for: ClientFor) -> Client:
    return client_for(town.workers["privacy_officer"])


def test_the_log_is_shown_and_taken_out(town: Town, officer: Client) -> None:
    case = child(town, "Amina", "Hemligsson")
    opens(town, "colleague", case.dossier_id)
    opens(town, "other_worker", case.dossier_id, act=Act.REFUSED)
    page = text(officer, "/log/", reference=case.dossier.reference.lower())
    assert "Other Worker" in page
    assert "Hemligsson" not in page
    assert "öppnade" in page
    assert 'name="reference" value="' in page
    refused = text(officer, "/log/", reference=case.dossier.reference, act="refused")
    assert "Colleague</bdi>" not in refused
    response = officer.post("/log/file/", {"reference": case.dossier.reference}, secure=True)
    written = b"".join(response.streaming_content).decode()
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert written.count("\r\n") >= 3
    assert "Hemligsson" not in written


def test_what_is_asked_wrongly_is_told_beside_the_field(officer: Client) -> None:
    for asked, said in (
        ({"reference": "Amina"}, "Det är inget aktnummer."),
        ({"since": "2026-03-05", "until": "2026-03-01"}, "före den första"),
        ({"since": "2024-03-05"}, "högst ett år"),
        ({"since": "snart"}, "Skriv datumet så här"),
        ({"worker": str(uuid.uuid4())}, ""),
    ):
        for response in (officer.get("/log/", asked, secure=True), officer.post("/log/file/", asked, secure=True)):
            assert response.status_code == 422
            assert said in response.content.decode()


def test_nothing_found_says_so(town: Town, officer: Client) -> None:
    page = text(officer, "/log/", worker=str(town.workers["lawyer"].id))
    assert "Inga rader" in page
    assert "Ta ut som fil" not in page


def test_older_lines_are_a_link_away(town: Town, officer: Client) -> None:
    case = child(town)
    for minute in range(55):
        opens(town, "colleague", case.dossier_id, when=at(1, 9, minute))
    page = text(officer, "/log/", reference=case.dossier.reference)
    assert "Äldre rader" in page
    link = page.split('href="/log/?reference')[1].split('"')[0]
    older = text(officer, "/log/?reference" + link.replace("&amp;", "&"))
    assert "Äldre rader" not in older
    assert older.count('<th scope="row"') >= 5


def test_the_outcomes_are_counted_unit_by_unit(town: Town, officer: Client) -> None:
    assert "Inga granskningar" in text(officer, "/log/outcomes/")
    opens(town, "social_worker", child(town).dossier_id)
    opens(town, "colleague", child(town).dossier_id)
    first, _second = drawn(town)
    review.sign(first.id, outcome=Remark.Outcome.INCIDENT, by=town.workers["unit_lead"], at=NEXT_WEEK)
    [unit] = overview.units(town.workers["privacy_officer"], NEXT_WEEK)
    assert (unit.openings, unit.drawn, unit.waiting, unit.late) == (2, 2, 1, 0)
    assert dict(unit.ended())["incident"] == 1
    [late] = overview.units(town.workers["privacy_officer"], NEXT_WEEK + dt.timedelta(days=15))
    assert (late.waiting, late.late) == (1, 1)
    page = text(officer, "/log/outcomes/")
    assert "Barn och unga Innerstaden" in page
    assert "Nilssonson" not in page
    assert page.count('class="reference"') == 2
    assert text(officer, "/log/outcomes/", state="incident").count('class="reference"') == 1
    assert text(officer, "/log/outcomes/", state="waiting").count('class="reference"') == 1


def test_the_outcomes_of_a_long_time_are_paged(town: Town, officer: Client) -> None:
    [row] = [making.one(town)]
    Review.objects.bulk_create(
        Review(
            unit=row.unit,
            worker=row.worker,
            lead=row.lead,
            dossier=row.dossier,
            entry=uuid.uuid4(),
            kind=row.kind,
            opened_at=row.opened_at,
            at=row.at,
        )
        for _ in range(overview.PAGE)
    )
    page = text(officer, "/log/outcomes/")
    assert page.count('class="reference"') == overview.PAGE
    link = page.split('href="/log/outcomes/?')[1].split('"')[0].replace("&amp;", "&")
    assert text(officer, f"/log/outcomes/?{link}").count('class="reference"') == 1
    assert text(officer, "/log/outcomes/", after="x").count('class="reference"') == overview.PAGE


def test_the_seal_is_shown_with_its_roots(town: Town, officer: Client) -> None:
    opens(town, "colleague", child(town).dossier_id, when=NEXT_WEEK - dt.timedelta(hours=1))
    page = text(officer, "/log/seal/")
    assert "mer än en halvtimme" in page
    assert "säg till den som sköter driften" in page
    assert "Inget är förseglat än" in page
    with database.as_owner():
        [*_, batch] = seal.seal(at=NEXT_WEEK)
    page = text(officer, "/log/seal/")
    assert roots.short(bytes(batch.root)) in page
    assert bytes(batch.root).hex() in page
    assert "som det ska" in page
    assert page.count(roots.short(bytes(batch.root))) == 2


def test_of_each_day_the_last_root_is_listed(town: Town) -> None:
    for hours in (0, 1, 30):
        when = NEXT_WEEK + dt.timedelta(hours=hours)
        opens(town, "colleague", child(town).dossier_id, when=when)
        with database.as_owner():
            seal.seal(at=when)
    shown = sealed.days(NEXT_WEEK + dt.timedelta(hours=31))
    assert [one.batch.at - NEXT_WEEK for one in shown] == [dt.timedelta(hours=30), dt.timedelta(hours=1)]
    assert sealed.days(NEXT_WEEK + dt.timedelta(days=40)) == []
