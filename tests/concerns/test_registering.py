"""The registrar's page: the true time of arrival, what is asked, what is refused, and who may be known here already."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from hemvag.concerns.models import ConcernReport, Merge
from hemvag.dossiers.models import Dossier
from hemvag.staff.models import Worker
from tests.concerns import making
from tests.concerns.making import MONDAY
from tests.conftest import Town

NOW = MONDAY + dt.timedelta(hours=2)
ClientFor = Callable[[Worker], Client]


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def made(town: Town) -> ConcernReport:
    return making.case(town)


def registration(**fields: str) -> dict[str, str]:
    return {
        "once": str(uuid.uuid4()),
        "day": "igår",
        "time": "14.05",
        "channel": "written",
        "source": "police",
        "name": "Bo Ek",
        "feedback": "yes",
        "text": "Två barn utan vuxna.",
        "children-TOTAL_FORMS": "1",
        "children-INITIAL_FORMS": "0",
        "children-0-given": "Amina",
        "children-0-family": "Östberg",
        "children-0-birth_kind": "exact",
        "children-0-birth_date": "2020-05-04",
        "children-0-number_kind": "none",
        "children-0-district_code": "innerstaden",
    } | fields


def test_the_registrar_enters_a_report_with_its_true_time_and_sees_who_is_known(
    town: Town, made: ConcernReport, client_for: ClientFor
) -> None:
    client = client_for(town.workers["registrar"])
    assert client.get("/reports/new/").status_code == 200
    answer = client.post("/reports/new/", registration())
    assert answer.status_code == 302, answer.content.decode()
    new = ConcernReport.objects.exclude(id=made.id).get()
    assert new.received_at == dt.datetime(2026, 3, 1, 14, 5, tzinfo=NOW.tzinfo)
    assert new.feedback_asked_at == new.received_at
    known = client.get(answer.headers["Location"]).content.decode()
    assert "De här barnen kan vara kända här" in known
    place = f"/children/{new.dossier_id}/match/{made.dossier_id}/"
    assert place in known
    assert "Östberg" in client.get(place).content.decode()
    moved = client.post(place, {"once": str(uuid.uuid4())})
    assert moved.headers["Location"] == "/today/"
    assert Merge.objects.get().dossier_id == new.dossier_id


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": "i morgon"}, "Dagen har inte varit än."),
        ({"day": "i dag", "time": "12.30"}, "Tidpunkten har inte varit än."),
        ({"source": "relative"}, "En privatperson får ingen återkoppling"),
        ({"text": ""}, "Fyll i det här."),
        ({"text": "x" * 20_001}, "Korta den till högst 20000"),
        ({"children-0-birth_date": "2005-05-04"}, "Personen har fyllt 18 år"),
        ({"children-0-birth_date": "2023-02-29"}, "29 februari"),
    ],
)
def test_a_wrong_registration_says_what_and_keeps_what_was_typed(
    town: Town, client_for: ClientFor, wrong: dict[str, str], said: str
) -> None:
    answer = client_for(town.workers["registrar"]).post("/reports/new/", registration(**wrong))
    shown = answer.content.decode().replace("\xa0", "")
    assert answer.status_code == 422
    assert said in shown
    assert 'value="Amina"' in shown
    assert not Dossier.objects.exists()


def test_one_more_child_keeps_what_was_typed(town: Town, client_for: ClientFor) -> None:
    answer = client_for(town.workers["registrar"]).post("/reports/new/", registration(more="1"))
    shown = answer.content.decode()
    assert 'name="children-1-given"' in shown
    assert 'value="Amina"' in shown
    assert "Två barn utan vuxna." in shown


def test_after_a_protected_child_the_registrar_is_led_to_what_she_may_see(town: Town, client_for: ClientFor) -> None:
    client = client_for(town.workers["registrar"])
    alone = client.post("/reports/new/", registration(**{"children-0-protected": "secrecy_marking"}))
    assert alone.headers["Location"] == "/today/"
    second = {"children-1-given": "Bilal", "children-1-family": "Östberg", "children-TOTAL_FORMS": "2"}
    both = client.post("/reports/new/", registration(**second, **{"children-0-protected": "secrecy_marking"}))
    assert client.get(both.headers["Location"]).status_code == 200
    assert "/known/" in both.headers["Location"]
