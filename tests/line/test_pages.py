"""The line's pages as a browser without scripts sends them: nothing typed is lost, and strangers find nothing."""

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hemvag.concerns.models import ConcernReport
from hemvag.lib import clock
from hemvag.line import codes, contact, return_code
from hemvag.line.models import CallBack, Contact, CountedContact
from tests.conftest import Town
from tests.line.conftest import CODED, written

ClientFor = Callable[..., Client]
TAB = "a1b2c3d4-0000"


@pytest.fixture
def client(town: Town, client_for: ClientFor) -> Client:
    """The counsellor's browser."""
    return client_for(town.workers["counsellor"])


@pytest.fixture
def call(town: Town) -> Contact:
    """A contact begun just now."""
    return contact.start(by=town.workers["counsellor"], at=clock.now())


def post(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"once": str(uuid.uuid4())} | fields)


def at(call: Contact, page: str = "") -> str:
    return f"/contacts/{call.id}/{page}"


def kept_notes(call: Contact, town: Town) -> str:
    held, opened = contact.open_contact(call.id, by=town.workers["counsellor"], at=clock.now())
    text: str = contact.notes_of(held, opened)[-1][1].data["text"]
    return text


def send_draft(client: Client, call: Contact, version: int, tab: str = TAB, **fields: Any) -> Any:
    body = {"version": version, "tab": tab, "fields": fields, "take_over": False}
    return client.post(at(call, "draft/"), json.dumps(body), content_type="application/json")


def test_a_contact_begins_by_a_press_and_once_only(client: Client) -> None:
    assert b"112" in client.get("/contacts/new/").content
    assert not Contact.objects.exists(), "looking begins nothing"
    token = str(uuid.uuid4())
    first, second = (client.post("/contacts/new/", {"once": token}) for _click in range(2))
    assert first.url == second.url
    assert Contact.objects.count() == 1


def test_saving_without_scripts_keeps_all_and_leads_on(client: Client, call: Contact, town: Town) -> None:
    page = client.get(at(call))
    assert page.context["version"] == 1
    answer = post(client, at(call), version=1, notes="Mormor ringer", go="gate", **CODED)
    assert answer.url == at(call, "gate/")
    assert kept_notes(call, town) == "Mormor ringer"
    assert codes.of(Contact.objects.get(id=call.id)) == CODED
    shown = client.get(at(call)).content.decode()
    assert "Mormor ringer</textarea>" in shown
    assert re.search(r'value="grandparent"[^>]*checked', shown)


def test_text_saved_elsewhere_comes_back_with_mine(client: Client, call: Contact, town: Town) -> None:
    written(call, town, notes="Skrivet i den första", caller="friend")
    answer = post(client, at(call), version=1, notes="Skrivet i den andra", caller="parent")
    assert answer.status_code == 409
    assert answer.context["notes"] == "Skrivet i den första\n\nSkrivet i den andra"
    assert kept_notes(call, town) == "Skrivet i den första"
    post(client, at(call), version=answer.context["version"], notes=answer.context["notes"], caller="parent")
    assert kept_notes(call, town) == "Skrivet i den första\n\nSkrivet i den andra"


def test_a_draft_saved_on_the_way_stands_in_no_ones_way(client: Client, call: Contact, town: Town) -> None:
    send_draft(client, call, 1, notes="Mormor")
    assert post(client, at(call), version=1, notes="Mormor ringer", go="close").url == at(call, "close/")
    assert kept_notes(call, town) == "Mormor ringer"


@pytest.mark.parametrize(
    "fields",
    [{"notes": "x" * 200_001}, {"notes": "a\0b"}, {"notes": "x", "caller": "priest"}, {"notes": "x", "version": "x"}],
)
def test_what_cannot_be_saved_is_shown_again(client: Client, call: Contact, town: Town, fields: dict[str, str]) -> None:
    written(call, town, notes="Först")
    answer = post(client, at(call), **({"version": "2"} | fields))
    assert answer.status_code in {409, 422}
    assert fields["notes"] in answer.context["notes"]
    assert kept_notes(call, town) == "Först"


def test_a_draft_is_saved_and_another_tab_is_told(client: Client, call: Contact, town: Town) -> None:
    answer = send_draft(client, call, 1, notes="Ett", caller="parent", theme=["travel"])
    assert answer.status_code == 200
    assert answer.json()["version"] == 2
    other = send_draft(client, call, 1, "ffffffff-1111", notes="Två")
    assert other.status_code == 409
    told = other.json()
    assert (told["version"], told["tab"], told["fields"]["notes"], told["fields"]["theme"]) == (
        2,
        TAB,
        "Ett",
        ["travel"],
    )
    assert kept_notes(call, town) == "Ett"
    for page in (answer, other):
        assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"version": 1}'])
def test_what_is_no_draft_is_refused(client: Client, call: Contact, body: bytes) -> None:
    assert client.post(at(call, "draft/"), body, content_type="application/json").status_code == 400


def test_the_browsers_key_is_the_workers_own(client: Client, town: Town, client_for: ClientFor) -> None:
    mine, again = client.get("/draft-key/"), client.get("/draft-key/")
    other = client_for(town.workers["other_counsellor"]).get("/draft-key/")
    assert mine.json() == again.json() != other.json()
    assert mine.headers["Cache-Control"] == "no-store"
    assert Client().get("/draft-key/", headers={"Accept": "application/json"}).status_code == 401


def test_closing_asks_what_is_missing_and_keeps_what_was_answered(client: Client, call: Contact, town: Town) -> None:
    written(call, town, **(CODED | {"theme": [], "outcome": ""}))
    page = client.get(at(call, "close/"))
    assert [group.code for group in page.context["asked"]] == ["theme", "outcome"]
    answer = post(client, at(call, "close/"), outcome="done")
    assert answer.status_code == 422
    assert answer.context["wrong"] == ("theme",)
    assert re.search(r'value="done"[^>]*checked', answer.content.decode())
    assert Contact.objects.get(id=call.id).closed_at is None
    assert post(client, at(call, "close/"), outcome="done", theme=["unknown"]).url == "/contacts/"
    assert Contact.objects.get(id=call.id).closed_at is not None
    assert "Avslutat samtal" in client.get(at(call)).content.decode()


def test_a_code_is_shown_once_and_brings_the_caller_back(client: Client, call: Contact, town: Town) -> None:
    page = client.post(at(call, "code/"), {"act": "offer"})
    made = page.context["offered"]
    wrong = client.post(at(call, "code/"), {"act": "read_back", "offered": made, "typed": made[::-1]})
    assert wrong.status_code == 422
    assert wrong.context["offered"] == made
    assert client.post(at(call, "code/"), {"act": "read_back", "offered": made, "typed": made}).url == at(call)
    assert made not in client.get(at(call, "code/")).content.decode()
    written(call, town, notes="Förra gången", **(CODED | {"outcome": "code"}))
    contact.close(call.id, by=town.workers["counsellor"], at=clock.now())
    entry = client.get("/contacts/return/").context["form"]["call"].value()
    answer = client.post("/contacts/return/", {"typed": f"{made[:3]} {made[3:]}", "call": entry})
    assert answer.url == at(call)
    sheet = client.get(at(call)).content.decode()
    assert "Vad pratade vi om sist?" in sheet
    assert "Förra gången" in sheet


def test_a_wrong_code_says_what_to_ask_and_what_is_left(client: Client) -> None:
    entry = client.get("/contacts/return/").context["form"]["call"].value()
    answer = client.post("/contacts/return/", {"typed": "482 071 935", "call": entry})
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "Ingen kod stämmer helt. Be att få höra" in words
    assert "2 försök är kvar" in words
    assert 'value="482 071 935"' in words
    for _more in range(return_code.TRIES_A_CALL - 1):
        answer = client.post("/contacts/return/", {"typed": "482071935", "call": entry})
    answer = client.post("/contacts/return/", {"typed": "482071935", "call": entry})
    assert "Tre koder har varit fel" in answer.content.decode()
    assert "bara siffror" in client.post("/contacts/return/", {"typed": "hej", "call": uuid.uuid4()}).content.decode()


def test_a_call_back_is_promised_rung_and_forgotten(client: Client, call: Contact) -> None:
    fields = {
        "number": "070-174 06 05",
        "day": "imorgon",
        "earliest": "10",
        "latest": "9",
        "someone_else": "Tandläkaren",
    }
    answer = post(client, at(call, "call-back/"), **fields)
    assert answer.status_code == 422
    assert 'value="070-174 06 05"' in answer.content.decode()
    assert post(client, at(call, "call-back/"), **(fields | {"latest": "12.30"})).url == at(call, "call-back/")
    row = CallBack.objects.get()
    assert "070-174 06 05" in client.get(at(call, "call-back/")).content.decode()
    assert "070-174" not in client.get("/contacts/").content.decode()
    assert post(client, f"/call-backs/{row.id}/", how="tried").url == "/contacts/"
    assert post(client, f"/call-backs/{row.id}/", how="reached").url == at(call)
    assert post(client, f"/call-backs/{row.id}/", how="reached").url == "/contacts/"
    assert "070-174" not in client.get(at(call, "call-back/")).content.decode()


def test_the_gate_stands_before_every_field_that_identifies(client: Client, call: Contact, town: Town) -> None:
    written(call, town, notes="Om två barnbarn", **CODED)
    assert client.get(at(call, "report/")).url == at(call, "gate/")
    page = client.get(at(call, "gate/"))
    assert "Berättar du vilket barn det gäller" in page.content.decode()
    assert 'name="children' not in page.content.decode()
    english = client.get(at(call, "gate/") + "?audience=mandated_reporter&in=en").content.decode()
    assert "within a week" in english
    assert post(client, at(call, "gate/"), chose="without").url == at(call)
    assert client.get(at(call, "report/")).url == at(call, "gate/")
    assert post(client, at(call, "gate/"), chose="receive").url == at(call, "report/")
    assert "Om två barnbarn" in client.get(at(call, "report/")).content.decode()


def test_a_report_about_two_children_is_received_and_nothing_typed_is_lost(
    client: Client, call: Contact, town: Town
) -> None:
    written(call, town, notes="Om två barnbarn", **CODED)
    post(client, at(call, "gate/"), chose="receive")
    prefix = client.get(at(call, "report/")).context["children"].prefix
    children = {f"{prefix}-TOTAL_FORMS": "2", f"{prefix}-INITIAL_FORMS": "0"}
    for number, (given, born) in enumerate([("Amina", "2099-01-01"), ("Adam", "2022")]):
        facts = {"given": given, "family": "Ek", "birth_kind": "exact" if number == 0 else "approximate"}
        facts |= {"birth_date": born, "number_kind": "none", "whereabouts": "abroad"}
        children |= {f"{prefix}-{number}-{name}": value for name, value in facts.items()}
    rest = {"kind": "relative", "name": "", "text": "Två barnbarn i ett läger"}
    answer = post(client, at(call, "report/"), **children, **rest)
    assert answer.status_code == 422
    assert 'value="Amina"' in answer.content.decode()
    assert not ConcernReport.objects.exists()
    answer = post(client, at(call, "report/"), **children, **(rest | {"more": "1"}))
    assert "Barn 3" in answer.content.decode()
    children[f"{prefix}-0-birth_date"] = "2020-05-04"
    token = {"once": str(uuid.uuid4())}
    first, second = (client.post(at(call, "report/"), children | rest | token) for _click in range(2))
    assert first.url == second.url == "/contacts/received/"
    assert ConcernReport.objects.count() == 2
    assert CountedContact.objects.count() == 1
    assert "hänger inte ihop med anmälan" in client.get("/contacts/received/").content.decode()
    assert client.get(at(call)).status_code == 404


@pytest.mark.parametrize("kind", ["relative", "school"])
def test_the_two_differences_between_must_and_may(client: Client, call: Contact, kind: str) -> None:
    post(client, at(call, "gate/"), chose="receive")
    answer = post(client, at(call, "report/"), kind=kind, feedback="on", text="x")
    wrong = answer.context["form"].errors
    assert ("feedback" in wrong, "name" in wrong) == ((True, False) if kind == "relative" else (False, True))


PAGES = ["", "draft/", "close/", "code/", "call-back/", "gate/", "report/"]


@pytest.mark.parametrize("role", ["social_worker", "registrar", "unit_lead", "coordinator", "administrator", ""])
def test_the_line_does_not_exist_for_others(call: Contact, town: Town, client_for: ClientFor, role: str) -> None:
    stranger = client_for(town.workers[role]) if role else Client()
    for address in [*(at(call, page) for page in PAGES), "/contacts/", "/contacts/new/", "/contacts/return/"]:
        for answer in (stranger.get(address), post(stranger, address)):
            if role:
                assert answer.status_code in {404, 405}, address
            else:
                assert answer.status_code == 302, address
                assert "/contacts/" not in answer.url.split("?")[0]


def test_a_contact_of_nobody_is_not_found(client: Client, town: Town) -> None:
    nowhere = Contact(id=uuid.uuid4())
    assert {client.get(at(nowhere, page)).status_code for page in PAGES if page != "draft/"} == {404}
    assert send_draft(client, nowhere, 1, notes="x").status_code == 404


def test_the_list_says_what_is_open_promised_and_closed(client: Client, call: Contact, town: Town) -> None:
    words = client.get("/contacts/").content.decode()
    assert "1 samtal i dag" in words
    assert call.dossier.reference in words
    assert "Ingen väntar på att bli uppringd" in words
