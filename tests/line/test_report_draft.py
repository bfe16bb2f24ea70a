"""What is typed past the gate comes back after a crash, to who typed it alone, and is gone when the gate is left."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemvag.concerns.models import ConcernReport
from hemvag.dossiers import desk
from hemvag.dossiers.models import Compartment, Dossier, Sealed
from hemvag.lib import clock
from hemvag.line import contact, gate, report_draft
from hemvag.line.models import Contact
from tests.conftest import Town
from tests.line.conftest import CODED, written

ClientFor = Callable[..., Client]
TYPED: dict[str, Any] = {
    "kind": "relative",
    "text": "Två syskon i ett läger.",
    "children-0-given": "Amina",
    "children-1-given": "Adam",
    "children-TOTAL_FORMS": "2",
    "children-INITIAL_FORMS": "0",
    "feedback": [],
    "strange": "no",
}


@pytest.fixture
def client(town: Town, client_for: ClientFor) -> Client:
    """The counsellor's browser."""
    return client_for(town.workers["counsellor"])


@pytest.fixture
def heard(town: Town) -> Contact:
    """A contact in which the caller has heard what happens, and goes on."""
    call = contact.start(by=town.workers["counsellor"], at=clock.now())
    written(call, town, at=clock.now(), notes="Mormor ringer", **CODED)
    read(call, town, gate.RECEIVE)
    return call


def read(call: Contact, town: Town, chose: str) -> None:
    said = gate.Heard(audience=gate.RELATIVE, version=1, language="sv", chose=chose)
    gate.read_aloud(call.id, said, by=town.workers["counsellor"], at=clock.now())


def keep(client: Client, call: Contact, version: int = 0) -> int:
    body = json.dumps({"version": version, "tab": "tab-of-a-test", "fields": TYPED})
    return client.post(reverse("line:report_draft", args=[call.id]), body, content_type="application/json").status_code


def page(client: Client, call: Contact) -> str:
    return client.get(reverse("line:report", args=[call.id])).content.decode()


def lies(call: Contact, town: Town, part: str = "counsellor") -> bool:
    """Say whether a draft is kept; where none is, nothing readable lies on any desk either."""
    found = desk.holds_draft(town.workers[part], report_draft.form(call.id))
    assert found or not Sealed.objects.filter(dossier__compartment=Compartment.DRAFT).exclude(content=b"").exists()
    return found


def test_a_draft_comes_back_on_the_page_after_a_crash(heard: Contact, town: Town, client_for: ClientFor) -> None:
    client = client_for(town.workers["counsellor"])
    assert 'data-draft-version="0"' in page(client, heard)
    assert keep(client, heard) == 200
    shown = page(client_for(town.workers["counsellor"]), heard)
    for words in [TYPED["text"], 'value="Amina"', 'value="Adam"', 'data-draft-version="1"']:
        assert words in shown
    assert "Mormor ringer" not in shown, "what she took away of the notes stays away"
    assert "checked" not in shown.split('name="feedback"')[1].split(">")[0]


def test_notes_written_since_come_back_too(heard: Contact, client: Client, town: Town) -> None:
    keep(client, heard)
    written(heard, town, at=clock.now(), notes="Mormor ringer igen", **CODED)
    shown = page(client, heard)
    assert TYPED["text"] in shown
    assert "Mormor ringer igen" in shown


def test_a_second_tab_does_not_overwrite_it(heard: Contact, client: Client) -> None:
    assert [keep(client, heard), keep(client, heard)] == [200, 409]


def test_nobody_else_sees_it_and_nothing_of_it_lies_in_the_contact(
    heard: Contact, client: Client, town: Town, client_for: ClientFor
) -> None:
    before = heard.dossier.sealed.count()
    keep(client, heard)
    assert heard.dossier.sealed.count() == before
    assert "Amina" not in page(client_for(town.workers["other_counsellor"]), heard)
    held = desk.opened_for(town.workers["counsellor"], at=clock.now())
    for part, worker in town.workers.items():
        seen = Dossier.objects.visible_to(worker, clock.now()).filter(id=held.dossier.id).exists()
        assert seen == (part == "counsellor")
    stored = b"".join(bytes(row) for row in Sealed.objects.values_list("content", flat=True))
    assert TYPED["text"].encode() not in stored


def test_each_contact_has_its_own(heard: Contact, client: Client, town: Town) -> None:
    keep(client, heard)
    other = contact.start(by=town.workers["counsellor"], at=clock.now())
    read(other, town, gate.RECEIVE)
    assert "Amina" not in page(client, other)


def test_it_is_gone_after_receiving_whoever_typed_it(
    heard: Contact, client: Client, town: Town, client_for: ClientFor
) -> None:
    keep(client, heard)
    keep(client_for(town.workers["other_counsellor"]), heard)
    form = {name: value for name, value in TYPED.items() if value} | {"once": str(uuid.uuid4())}
    refused = client.post(reverse("line:report", args=[heard.id]), form | {"kind": ""})
    assert refused.status_code == 422
    assert 'data-draft-version="1"' in refused.content.decode()
    assert lies(heard, town)
    answer = client.post(reverse("line:report", args=[heard.id]), form)
    assert answer.headers["Location"] == reverse("line:received")
    assert ConcernReport.objects.count() == 2
    assert not lies(heard, town)
    assert not lies(heard, town, "other_counsellor")
    assert keep(client, heard, 1) == 404


def test_it_is_gone_when_the_gate_is_left_without_a_report(heard: Contact, client: Client, town: Town) -> None:
    keep(client, heard)
    read(heard, town, gate.RECEIVE)
    assert lies(heard, town), "reading aloud anew forgets nothing"
    read(heard, town, gate.WITHOUT)
    assert not lies(heard, town)
    assert keep(client, heard) == 400
    read(heard, town, gate.RECEIVE)
    assert "Amina" not in page(client, heard)
    assert keep(client, heard) == 200, "and she may begin again"
    contact.close(heard.id, by=town.workers["counsellor"], at=clock.now())
    assert not lies(heard, town)
    assert keep(client, heard) == 400
