"""The search page: by name, number or case number only, and nothing personal in an address."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment
from hemvag.people import identities
from hemvag.people.comparison import side_by_side
from hemvag.people.identities import Birth, Guardian, Identity, Name
from hemvag.staff.models import Worker
from tests.conftest import Town

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
SignIn = Callable[[Worker], Client]


@pytest.fixture
def amina(town: Town) -> str:
    [opened] = record.create(
        [record.New(compartment=Compartment.CHILD, unit=town.children)], by=None, purpose=Purpose.REGISTER, at=AT
    )
    named = Identity(names=[Name(given="Amina", family="Ek")], birth=Birth(kind="exact", date="2020-05-04"))
    identities.add(opened, named, by=None, at=AT)
    return opened.dossier.reference


@pytest.mark.parametrize("text", ["Emina Ek", "Amina 2020"])
def test_it_shows_what_was_found_and_why(town: Town, client_for: SignIn, amina: str, text: str) -> None:
    page = client_for(town.workers["unit_lead"]).post("/search/", {"text": text}, secure=True)
    assert page.status_code == 200
    assert "Ek, Amina" in page.content.decode()
    assert amina in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0")


def test_an_address_with_a_name_searches_for_nothing(town: Town, client_for: SignIn, amina: str) -> None:
    page = client_for(town.workers["unit_lead"]).get("/search/?q=Amina+Ek&text=Amina+Ek", secure=True)
    assert page.status_code == 200
    assert amina not in page.content.decode()


def test_what_one_may_not_open_is_not_shown(town: Town, client_for: SignIn, amina: str) -> None:
    page = client_for(town.workers["other_worker"]).post("/search/", {"text": "Amina Ek"}, secure=True)
    assert page.status_code == 200
    assert amina not in page.content.decode()
    assert "Ingen träff bland det du får se." in page.content.decode()


@pytest.mark.parametrize("role", ["counsellor", "coordinator", "administrator", "privacy_officer"])
def test_for_who_may_not_search_the_page_does_not_exist(town: Town, client_for: SignIn, role: str) -> None:
    assert client_for(town.workers[role]).get("/search/", secure=True).status_code == 404


@pytest.mark.parametrize("text", ["Amina", "x" * 201, ""])
def test_what_cannot_be_searched_for_is_explained_and_kept(town: Town, client_for: SignIn, text: str) -> None:
    page = client_for(town.workers["unit_lead"]).post("/search/", {"text": text}, secure=True)
    assert page.status_code == 422
    assert "field-error" in page.content.decode()
    assert text in page.content.decode()


def test_two_stand_side_by_side_with_what_agrees(town: Town) -> None:
    one = Identity(names=[Name(given="Amina", family="Ek")], guardians=[Guardian(name="Sara Ek", relation="mamma")])
    other = Identity(names=[Name(given="Emina", family="Ek"), Name(given="Mina", kind="spelling")])
    beside = side_by_side(one, other)
    assert [(row.one, row.other, row.is_same) for row in beside.rows][:3] == [
        ("Amina Ek", "Emina Ek", False),
        ("", "Mina", None),
        ("Sara Ek (mamma)", "", None),
    ]
    assert "samma namn i annan stavning" in beside.reasons
