"""May I tell?, the rules of a day, the open questions: who reaches what, and what it says."""

import re
import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from hemvag.counsel import position
from hemvag.counsel.models import Position
from hemvag.law import codes, listing
from hemvag.lib import clock
from hemvag.staff.models import Worker
from tests.conftest import Town

ClientFor = Callable[[Worker], Client]
MAY = "/law/may-i-tell/"
ASKED = {"sender": "social_services", "receiver": "police", "subject": "child", "situation": "risk_of_crime"}
PAGES = [MAY, "/law/rules/", "/law/rules/IS-01/", "/law/questions/", "/law/questions/Q02/"]


@pytest.fixture
def reader(town: Town, client_for: ClientFor) -> Client:
    return client_for(town.workers["social_worker"])


@pytest.fixture
def lawyer(town: Town, client_for: ClientFor) -> Client:
    return client_for(town.workers["lawyer"])


def text(client: Client, url: str, **question: str) -> str:
    response = client.get(url, question, secure=True)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.mark.parametrize("url", PAGES)
def test_every_worker_may_read_the_law_and_nobody_else(url: str, town: Town, client_for: ClientFor) -> None:
    for part in ("counsellor", "coordinator", "privacy_officer", "lawyer"):
        assert client_for(town.workers[part]).get(url, secure=True).status_code == 200, part
    answer = Client().get(url, secure=True)
    assert answer.status_code == 302
    assert "/account/sign-in/" in answer["Location"]


def test_four_choices_lead_to_an_answer(reader: Client) -> None:
    made: dict[str, str] = {}
    for number, (step, code) in enumerate(ASKED.items(), 1):
        page = text(reader, MAY, **made)
        assert f"Fråga {number} av 4" in page
        assert f'name="{step}" value="{code}"' in page
        for before, chosen in made.items():
            assert f'type="hidden" name="{before}" value="{chosen}"' in page
        made[step] = code
    page = text(reader, MAY, **made)
    assert "Ja, du får" in page
    assert "10 kap. 18 a § OSL" in page
    assert "De konkreta omständigheterna" in page
    assert "/law/rules/IS-14c/" in page


def test_every_code_can_be_chosen_and_answered(reader: Client) -> None:
    known = codes.codes()
    page = text(reader, MAY)
    assert all(f'value="{code}"' in page for code in known.authority)
    for receiver in known.authority:
        text(reader, MAY, **{**ASKED, "receiver": receiver})


def test_going_on_without_a_choice_is_told_beside_the_choices(reader: Client) -> None:
    response = reader.get(MAY, {"step": "sender"}, secure=True)
    assert response.status_code == 422
    assert "Välj ett av alternativen." in response.content.decode()


def test_a_code_nobody_knows_is_asked_again(reader: Client) -> None:
    response = reader.get(MAY, {**ASKED, "receiver": "<script>"}, secure=True)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Fråga 2 av 4" in page
    assert "<script>" not in page.replace('<script type="module"', "")


def test_another_days_law_gives_another_answer(reader: Client) -> None:
    asked = {**ASKED, "subject": "adult", "situation": "prevent_terror_crime"}
    before, after = text(reader, MAY, **asked, on="2019-03-11"), text(reader, MAY, **asked, on="2021-01-01")
    assert 'class="callout-title">Nej<' in before
    assert 'class="callout-title">Ja, du får<' in after
    assert "Skriv ner" not in re.sub(r"<details>.*?</details>", "", before, flags=re.DOTALL)


def test_a_wrong_day_is_told_and_the_question_is_kept(reader: Client) -> None:
    response = reader.get(MAY, {**ASKED, "on": "31/2"}, secure=True)
    assert response.status_code == 422
    assert 'value="risk_of_crime"' in response.content.decode()


def test_no_rule_means_no(reader: Client) -> None:
    page = text(reader, MAY, sender="court", receiver="school", subject="adult", situation="statistics")
    assert "Ingen regel betyder nej." in page


def test_the_rules_of_a_day_are_those_of_the_day(reader: Client) -> None:
    old, new = text(reader, "/law/rules/", on="2019-03-11"), text(reader, "/law/rules/", on="2026-01-15")
    assert 'href="/law/rules/IS-01/"' in old
    assert 'href="/law/rules/IS-01b/"' not in old
    assert 'href="/law/rules/IS-01b/"' in new
    assert "Lagtexten är läst i sin helhet." in new
    assert "Inte läst: en människa måste bekräfta det." in new


@pytest.mark.parametrize(
    ("question", "there", "gone"),
    [
        ({"family": "retention"}, "/law/rules/G01b/", "/law/rules/IS-01b/"),
        ({"confidence": "L"}, "/law/rules/IS-16b/", "/law/rules/IS-01b/"),
        ({"words": "sapo personnummer"}, "", "/law/rules/D10/"),
        ({"words": "PERSONNUMMER klart"}, "/law/rules/D10/", "/law/rules/D04/"),
        ({"words": "c05"}, "/law/rules/preliminary_assessment-2025/", "/law/rules/investigation-2025/"),
    ],
)
def test_rules_are_filtered(reader: Client, question: dict[str, str], there: str, gone: str) -> None:
    page = text(reader, "/law/rules/", on="2026-11-23", **question)
    assert there in page
    assert gone not in page


def test_a_rule_shows_its_other_times(reader: Client) -> None:
    page = text(reader, "/law/rules/IS-12b/")
    assert "lag 2025:179" in page
    assert "lag 2020:575" in page
    assert reader.get("/law/rules/IS-99/", secure=True).status_code == 404


def test_every_rule_has_a_page(reader: Client) -> None:
    for one in listing.every():
        text(reader, f"/law/rules/{one.rule.id}/")


def sent(client: Client, words: str) -> int:
    form = {"text": words, "once": str(uuid.uuid4())}
    return client.post("/law/questions/Q02/position/", form, secure=True).status_code


def test_the_lawyer_takes_a_position_that_shows_wherever_the_rule_does(
    town: Town, lawyer: Client, reader: Client
) -> None:
    before = text(reader, MAY, **{**ASKED, "subject": "adult"})
    assert sent(lawyer, "Nämnden prövar varje gång.") == 302
    assert sent(lawyer, "Nämnden prövar, och chefen beslutar.") == 302
    question = text(reader, "/law/questions/Q02/")
    assert question.index("chefen beslutar") < question.index("varje gång")
    assert town.workers["lawyer"].name in question
    for page in ("/law/rules/IS-23/", "/law/rules/", "/law/questions/"):
        assert "chefen beslutar" in text(reader, page), page
    after = text(reader, MAY, **{**ASKED, "subject": "adult"})
    assert "chefen beslutar" in after
    title = re.compile(r'class="callout-title">([^<]+)<')
    assert title.findall(before) == title.findall(after)


def test_only_the_lawyer_takes_a_position(town: Town, reader: Client, client_for: ClientFor) -> None:
    assert "Spara ställningstagandet" not in text(reader, "/law/questions/Q02/")
    assert sent(reader, "Jag bestämmer.") == 404
    assert sent(client_for(town.workers["administrator"]), "Jag bestämmer.") == 404
    with pytest.raises(position.NotTheLawyer):
        position.take(question="Q02", text="x", by=town.workers["unit_lead"], at=clock.now())
    with pytest.raises(position.UnknownQuestion):
        position.take(question="Q99", text="x", by=town.workers["lawyer"], at=clock.now())
    assert not Position.objects.exists()


def test_an_empty_position_is_told_beside_the_field(lawyer: Client) -> None:
    assert sent(lawyer, "  ") == 422
    assert not Position.objects.exists()
    assert lawyer.get("/law/questions/Q99/", secure=True).status_code == 404
    assert lawyer.get("/law/questions/Q99/position/", secure=True).status_code == 404
    assert lawyer.get("/law/questions/Q02/position/", secure=True).status_code == 200


def test_the_answer_stands_beside_a_button(town: Town) -> None:
    tag = '{% load counsel %}{% may_tell "social_services" "police" "adult" "contact_details_requested" %}'
    with translation.override("en"):
        shown = Template(tag).render(Context())
    assert 'data-verdict="must"' in shown
    assert "Yes, you must" in shown
    assert "It holds when somebody has asked." in shown
    assert 'href="/law/rules/IS-18/"' in shown
    none = Template('{% load counsel %}{% may_tell "court" "school" "adult" "statistics" %}').render(Context())
    assert 'data-verdict="no"' in none
    with pytest.raises(codes.UnknownCode):
        Template('{% load counsel %}{% may_tell "x" "school" "adult" "statistics" %}').render(Context())


def test_pages_ask_the_database_once_for_positions(reader: Client) -> None:
    text(reader, "/law/rules/")
    with CaptureQueriesContext(connection) as queries:
        text(reader, "/law/rules/")
    assert sum("counsel_position" in query["sql"] for query in queries) == 1


def test_pages_are_english_too(town: Town, client_for: ClientFor) -> None:
    client = client_for(town.workers["counsellor"])
    client.post("/language/", {"language": "en", "next": MAY}, secure=True)
    page = text(client, MAY, **ASKED)
    assert "Yes, you may" in page
    assert "Write down" in page
    assert "The concrete circumstances" in page
