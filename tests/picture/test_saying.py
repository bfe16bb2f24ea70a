"""What is not known, and our own estimate, stand side by side and are never a bare number."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from hemvag.lib import clock
from hemvag.picture import define, say
from hemvag.picture.models import Kind, Population, Statement
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.picture import making

WINDOW = {"since": "2013-01-01", "until": "2017-12-31", "area": "Staden", "definition": "Vuxna som kom hem."}
OWN = {"low": "120", "high": "130", "words": "Räknat ihop av tre enheter.", "author": "Stadskontoret"}


@pytest.fixture
def client(town: Town, client_for: Callable[[Worker], Client]) -> Client:
    return client_for(town.workers["coordinator"])


def post(client: Client, path: str, **facts: str) -> Any:
    return client.post(f"/picture/{path}/", {**facts, "once": str(uuid.uuid4())}, follow=True)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def own(population: Population, **facts: str) -> dict[str, str]:
    return {**OWN, "made_on": "2017-05-04", "population": str(population.pk), **facts}


def test_what_nobody_has_said_is_called_unknown_and_never_nought(client: Client, town: Town) -> None:
    page = words(client.get("/picture/"))
    assert page.count("Okänt") == len(Kind)
    making.returned(town)
    page = words(client.get("/picture/"))
    assert "Ingen har skrivit att det är okänt" in page
    assert "Vi har inte gjort någon egen uppskattning" in page


def test_a_population_is_said_with_its_window_area_and_definition(client: Client) -> None:
    page = words(post(client, "returned/define", **WINDOW))
    assert all(part in page for part in ("2013-01-01", "2017-12-31", "Staden", "Vuxna som kom hem."))
    assert words(post(client, "abroad/define", **{**WINDOW, "until": "2012-01-01"})).count("Byt plats") == 2
    assert client.get("/picture/hiding/define/").status_code == 404


def test_unknown_and_our_own_stand_side_by_side_with_who_and_when(client: Client, town: Town) -> None:
    of = making.returned(town)
    post(client, "returned/unknown", words="Ingen har räknat.", population=str(of.pk))
    page = words(post(client, "returned/own", **own(of)))
    assert "Ingen har räknat." in page
    assert "120 till 130" in page
    assert "Räknat ihop av tre enheter." in page
    assert page.count(town.workers["coordinator"].name) >= 3


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"high": "120"}, "Ett enda tal låter säkrare"),
        ({"high": "110"}, "Byt plats"),
        ({"high": ""}, "Fyll i"),
        ({"words": ""}, "Fyll i"),
        ({"author": ""}, "Fyll i"),
        ({"made_on": ""}, "Fyll i"),
    ],
)
def test_a_bare_number_or_one_without_its_method_is_refused_and_comes_back(
    client: Client, town: Town, facts: dict[str, str], said: str
) -> None:
    of = making.returned(town)
    page = post(client, "returned/own", **own(of, **facts))
    assert page.status_code == 422
    assert said in words(page)
    assert 'value="120"' in page.content.decode()
    assert not Statement.objects.exists()


def test_the_database_takes_no_bare_number_either(town: Town) -> None:
    facts: dict[str, Any] = {"population": making.returned(town), "words": "x", "by": town.workers["coordinator"]}
    mine = {"kind": "own", "author": "Vi", "made_on": making.UNTIL, "at": clock.now()}
    for wrong in ({**mine, "low": 5, "high": 5}, {"kind": "unknown", "low": 0, "high": 0, "at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Statement.objects.create(**facts, **wrong)


def test_a_new_definition_takes_no_number_with_it(client: Client, town: Town) -> None:
    of = making.returned(town)
    post(client, "returned/own", **own(of))
    post(client, "returned/define", **{**WINDOW, "definition": "Även barn."})
    page = words(client.get("/picture/"))
    assert "Även barn." in page
    assert "Tidigare bestämningar" in page
    assert "120 till 130" not in page
    sent = post(client, "returned/own", **own(of))
    assert sent.status_code == 422
    assert "Någon har ändrat vilka som räknas" in words(sent)
    assert post(client, "returned/own", **own(Population.objects.exclude(pk=of.pk).get())).status_code == 200


def test_verbs_refuse_strangers_late_writers_and_bare_numbers(town: Town) -> None:
    first = making.returned(town)
    by, at = town.workers["coordinator"], clock.now()
    facts: dict[str, Any] = {"words": "x", "author": "Vi", "made_on": dt.date(2017, 1, 1), "at": at}
    with pytest.raises(say.NoRange):
        say.own(first, low=7, high=7, by=by, **facts)
    with pytest.raises(define.NotTheCoordinator):
        say.unknown(first, words="x", by=town.workers["unit_lead"], at=at)
    with pytest.raises(define.NotTheCoordinator):
        making.returned(town)
        define.define(
            authority=town.other_authority.id, kind="returned", since=at, until=at, area="", definition="", by=by, at=at
        )
    with pytest.raises(say.Redefined):
        say.own(first, low=6, high=7, by=by, **facts)
    with pytest.raises(define.DaysOutOfOrder):
        define.define(
            authority=town.authority.id,
            kind="returned",
            since=making.UNTIL,
            until=making.SINCE,
            area="",
            definition="",
            by=by,
            at=at,
        )
