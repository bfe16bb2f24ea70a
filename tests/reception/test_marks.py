"""What a plan and its pages let out: nothing in the open marks a child, and nothing is told that was not looked at."""

import re
import uuid
from collections.abc import Callable, Set
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemvag.dossiers.models import Dossier, Sealed
from hemvag.exchange.models import Offer
from hemvag.lib import clock
from hemvag.reception import plan, tasks
from hemvag.staff.models import Worker
from tests.conftest import Town, log_lines
from tests.reception import making
from tests.reception.test_opening import rows, values
from tests.reception.test_pages import SURE, TELL, once, opened, send, told


@pytest.fixture
def client(town: Town, client_for: Callable[[Worker], Client]) -> Client:
    return client_for(town.workers["social_worker"])


def keep(client: Client, url: str, version: int = 0, **fields: Any) -> int:
    """Keep a draft the way its page does; return its version."""
    body = {"fields": fields, "version": version, "tab": "a1b2c3d4"}
    answer = client.post(url, body, content_type="application/json", secure=True)
    assert answer.status_code == 200, answer.content.decode()
    return int(answer.json()["version"])


def moments(dossiers: Set[uuid.UUID]) -> set[Any]:
    """Every moment in a row that names one of the dossiers, but for the read log's."""
    return {
        value
        for _table, row in rows()
        if any(one in dossiers for one in values(row) if isinstance(one, uuid.UUID))
        for name, value in row.items()
        if name in {"at", "told_at", "opened_at"}
    }


@pytest.mark.parametrize("name", ["open_draft", "known_draft", "send_draft"])
def test_drafts_are_kept(town: Town, client: Client, name: str) -> None:
    made = opened(town, client)
    child = plan.read(making.opened(town, made.id, at=clock.now())).children[0].dossier
    parts = {"open_draft": [child], "known_draft": [made.id], "send_draft": [made.id, "R17"]}[name]
    field = {"open_draft": "text", "known_draft": "text", "send_draft": "purpose"}[name]
    body = {"fields": {field: "Ännu inte klart."}, "version": 0, "tab": "a1b2c3d4"}
    url = reverse(f"reception:{name}", args=parts)
    answer = client.post(url, body, content_type="application/json", secure=True)
    assert answer.status_code == 200, answer.content.decode()
    kinds = set(Sealed.objects.filter(dossier=child).values_list("kind", flat=True))
    assert kinds == {"identity", "report", "link"}


def test_what_was_typed_of_one_family_comes_back_there_and_not_in_anothers(town: Town, client: Client) -> None:
    at = making.office_hour(town)
    one, other = (
        making.cases(town, at=at, children=[making.child(given, district=town.district)])[0].dossier.id
        for given in ("Sami", "Lina")
    )
    fields = {"about": str(one), "text": "Farmor hämtar."}
    body = {"fields": fields, "version": 0, "tab": "a1b2c3d4"}
    url = reverse("reception:open_draft", args=[one])
    assert client.post(url, body, content_type="application/json", secure=True).status_code == 200
    pages = [client.get(reverse("reception:open", args=[key]), secure=True).content.decode() for key in (one, other)]
    assert ["Farmor hämtar." in page for page in pages] == [True, False]


def test_the_read_log_is_no_list_of_children_who_come_home(town: Town, client: Client) -> None:
    made = opened(town, client)
    for name in ("plan", "add", "known", "comes", "timeline", "names"):
        assert client.get(reverse(f"reception:{name}", args=[made.id]), secure=True).status_code == 200
    client.get(reverse("reception:send", args=[made.id, "R17"]), secure=True)
    held = making.opened(town, made.id, at=clock.now())
    for child in plan.read(held).children:
        purposes = {purpose for _worker, _act, purpose in log_lines(child.dossier)}
        assert purposes <= {"register", "handle", "link", "tell", "today"}


def test_a_draft_that_is_forgotten_when_a_task_is_sent_takes_no_moment_from_the_sending(
    town: Town, client: Client
) -> None:
    made = opened(town, client)
    theirs = {child.dossier for child in plan.read(making.opened(town, made.id, at=clock.now())).children}
    url = reverse("reception:send", args=[made.id, "R06"])
    keep(client, reverse("reception:send_draft", args=[made.id, "R06"]), purpose="Boka tid.")
    who = re.findall(r'name="who" value="([^"]+)"', client.get(url, secure=True).content.decode())
    given = TELL | {"who": who, "items": ["ages"], "seen": 0, "test_need": "Behövs för vården."}
    answer = told(client, url, **given)
    assert answer.status_code == 302, answer.content.decode()
    assert len(moments(theirs)) > 1
    assert not moments({made.id}) & moments(theirs)


def test_nothing_leaves_but_what_was_looked_at(town: Town, client: Client) -> None:
    made = opened(town, client, district="Innerstaden")
    url = reverse("reception:send", args=[made.id, "R17"])
    ids = re.findall(r'name="who" value="([^"]+)"', client.get(url, secure=True).content.decode())
    given = TELL | {"who": ids, "items": ["ages", "district"], "seen": 0}
    assert "har ändrats" not in send(client, url, **given, step="look").content.decode()
    assert "Så här lämnas det" in send(client, url, **given, step="send").content.decode()
    looked = re.search(r'name="looked" value="([^"]+)"', send(client, url, **given, step="look").content.decode())
    assert looked
    send(client, reverse("reception:known", args=[made.id]), **SURE, day="i morgon", district="Hyllie", version=1)
    answer = send(client, url, **given, step="send", looked=looked[1])
    assert answer.status_code == 200
    assert "har ändrats sedan du såg dem" in answer.content.decode()
    assert "Hyllie" in answer.content.decode()
    assert not Offer.objects.exists()
    assert told(client, url, **given).status_code == 302
    assert Offer.objects.count() == 3


def test_what_was_written_of_a_sibling_is_not_read_in_the_plan_nor_custody_decided_there(
    town: Town, client: Client
) -> None:
    made = opened(town, client)
    held, by = making.opened(town, made.id, at=clock.now()), town.workers["social_worker"]
    child = plan.read(held).children[1].dossier
    at = clock.now()
    tasks.done(held, "R09-2", text="Svälter.", decided_at=at, seen=0, by=by, at=at)
    tasks.done(held, "R08-2", text="Rädd för mormor.", seen=0, by=by, at=at)
    urls = [reverse("reception:task", args=[made.id, key]) for key in ("R08-2", "R09-2")]
    shown = "".join(client.get(url, secure=True).content.decode() for url in urls)
    assert "Rädd för mormor." in shown
    assert "Svälter." in shown
    Dossier.objects.filter(id=child).update(unit=town.other_children, worker=town.workers["other_worker"])
    hidden = [client.get(url, secure=True).content.decode() for url in urls]
    assert "Rädd för mormor." not in hidden[0]
    assert "Svälter." not in hidden[1]
    assert "Anteckningen ser bara den som får öppna barnets ärende." in hidden[1]
    assert 'name="done"' in hidden[0]
    assert 'name="done"' not in hidden[1]
    fields = {"once": once(client.get(urls[0], secure=True)), "seen": 1, "not_needed": "1", "text": "Hävt."}
    assert client.post(urls[1], fields, secure=True).status_code == 404
