"""A unit says how ready it is on a page of its own, and the table says the lowest and what is not known."""

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hemvag.lib import clock
from hemvag.readiness import answer, grades
from hemvag.readiness.answer import Answer
from hemvag.readiness.models import Draft, Gap, ItemGrade
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.readiness.services import unit_gap

LIST = "/readiness/units/"
ClientFor = Callable[[Worker], Client]


@pytest.fixture
def lead(town: Town, client_for: ClientFor) -> Client:
    return client_for(town.workers["support_lead"])


def post(client: Client, path: str, **facts: Any) -> Any:
    return client.post(path, {**facts, "once": str(uuid.uuid4())}, follow=True)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def of(town: Town) -> str:
    return f"{LIST}{town.adults.id}/"


def all_items(town: Town, **others: str) -> dict[str, str]:
    [row] = grades.of_units([town.adults], on=clock.today())
    said = {f"{code}-grade": "3" for code in row.items} | {f"{code}-reason": "Läst." for code in row.items}
    return {"seen": "0"} | said | others


def test_a_lead_sees_her_unit_and_the_coordinator_the_town(lead: Client, town: Town, client_for: ClientFor) -> None:
    page = words(lead.get(LIST))
    assert "Stöd till vuxna" in page
    assert "Mottagningen" not in page
    assert "Stadens grad" not in page
    whole = words(client_for(town.workers["coordinator"]).get(LIST))
    assert "Stadens grad är okänd: ingen enhet har svarat än." in whole
    assert "Hemväg · Malmö" in whole, "the frame keeps its own words"
    assert "Mottagningen" in whole


def test_a_unit_says_its_grades_and_the_lowest_stands(lead: Client, town: Town, client_for: ClientFor) -> None:
    page = post(lead, of(town), **all_items(town, **{"deputies-grade": "1"}))
    assert "1 utsedd Ersättare för alla inget" in words(page)
    whole = words(client_for(town.workers["coordinator"]).get(LIST))
    assert "Stadens grad är okänd, högst 1" in whole
    last = post(lead, of(town), **all_items(town, **{"deputies-grade": "", "seen": str(answer.number_of(town.adults))}))
    assert "okänt, högst 3" in words(last)
    assert "1 punkt av 4" in words(last)


@pytest.mark.parametrize(
    ("facts", "said"),
    [({"deputies-reason": ""}, "Skriv skälet"), ({"deputies-grade": "4"}, "Övad kräver en dag")],
)
def test_a_grade_without_its_reason_or_day_is_asked_for(
    lead: Client, town: Town, facts: dict[str, str], said: str
) -> None:
    page = post(lead, of(town), **all_items(town, **facts))
    assert page.status_code == 422
    assert said in words(page)
    assert not ItemGrade.objects.exists()


def test_what_a_colleague_answered_meanwhile_is_shown_and_kept(lead: Client, town: Town) -> None:
    theirs = {
        "deputies": Answer(grade=0, reason="Ingen är utsedd."),
        "trauma_path": Answer(grade=2, reason="Avtal."),
    }
    answer.answer(town.adults.id, theirs, seen=0, by=town.workers["coordinator"], at=clock.now())
    mine = all_items(town, **{"trauma_path-grade": "", "trauma_path-reason": ""})
    page = post(lead, of(town), **mine)
    assert page.status_code == 409
    assert ItemGrade.objects.count() == 2
    text = words(page)
    assert "0 finns inte: Ingen är utsedd." in text
    assert "3 utbildad personal: Läst." in text
    assert 'value="Avtal."' in page.content.decode(), "what only the colleague answered is taken"
    done = post(lead, of(town), **mine | {"seen": "2", "trauma_path-grade": "2", "trauma_path-reason": "Avtal."})
    assert "Sparat." in words(done)


def test_what_only_the_colleague_answered_is_taken_with_a_word(lead: Client, town: Town) -> None:
    theirs = {"deputies": Answer(grade=0, reason="Ingen är utsedd.")}
    answer.answer(town.adults.id, theirs, seen=0, by=town.workers["coordinator"], at=clock.now())
    page = post(lead, of(town), seen="0")
    assert page.status_code == 409
    assert "Kollegans svar är med nedan" in words(page)


def test_what_is_typed_survives_until_it_is_saved(lead: Client, town: Town) -> None:
    fields = {"deputies-reason": "Två är ut", "other": "x"}
    body = {"version": 0, "tab": "a1b2c3d4-0000", "fields": fields, "take_over": False}
    lead.post(f"{of(town)}draft/", json.dumps(body), content_type="application/json")
    assert Draft.objects.get().fields == {"deputies-reason": "Två är ut"}
    assert 'value="Två är ut"' in lead.get(of(town)).content.decode()
    post(lead, of(town), **all_items(town))
    assert not Draft.objects.exists()


def test_a_units_gap_is_noted_and_closed_once(lead: Client, town: Town, client_for: ClientFor) -> None:
    page = f"{of(town)}deputies/gap/"
    assert lead.get(f"{of(town)}school_path/gap/").status_code == 404
    assert post(lead, page).status_code == 422
    due = {"action": "Utse en till.", "owner": "Enhetschefen", "due": clock.today().isoformat()}
    assert "Utse en till." in words(post(lead, page, **due))
    close = f"{LIST}gaps/{Gap.objects.get().id}/"
    assert "Utsedd." in words(post(lead, close, words="Utsedd."))
    assert "redan sagt" in words(post(lead, close, words="Igen."))
    assert lead.get(f"{LIST}gaps/{unit_gap(town).id}/").status_code == 404
