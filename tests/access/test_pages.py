"""The administrator's pages: from a new worker to one who has left, and nothing that leads to a case."""

import io
import re
import uuid
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from hemvag.access.abilities import ask
from hemvag.lib import clock
from hemvag.staff import workers
from hemvag.staff.models import Change, Proposal, Worker
from tests.conftest import Town
from tests.rules import story
from tests.rules.permissions import ROWS
from tests.staff.signing_in import PASSWORD

Enter = Callable[[Worker], Client]


def post(client: Client, page: str, *ids: object, **sent: str) -> tuple[int, str]:
    """Send a form, and return the page it leads to."""
    answer = client.post(reverse(page, args=ids), {"once": str(uuid.uuid4())} | sent, secure=True, follow=True)
    return answer.status_code, answer.content.decode()


def get(client: Client, name: str, *ids: object) -> str:
    answer = client.get(reverse(name, args=ids), secure=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_a_new_worker_to_one_who_has_left(town: Town, client_for: Enter) -> None:
    desk, lead = client_for(town.workers["administrator"]), client_for(town.workers["unit_lead"])
    assert "är inlagd" in post(desk, "access:enter", name="Ny Person", email="ny@example.test")[1]
    new = Worker.objects.get(email="ny@example.test")
    facts = {"unit": str(town.children.id), "role": "social_worker", "valid_from": "i dag", "valid_to": ""}
    _status, page = post(desk, "access:give", new.id, **facts)
    assert "någon annan har bekräftat den" in page
    assert "någon annan behöver bekräfta det" in page
    assert "finns redan de dagarna" in post(desk, "access:give", new.id, **facts)[1]

    link = re.findall(r"https://testserver(/account/password/new/[^<]+)", post(desk, "access:link", new.id)[1])
    assert len(link) == 1
    assert link[0] not in get(desk, "access:worker", new.id)
    own = Client()
    form = own.get(link[0], secure=True)["Location"]
    assert own.post(form, {"password1": PASSWORD, "password2": PASSWORD}, secure=True).status_code == 302

    [waits] = Proposal.objects.all()
    assert "Bekräfta en roll" in get(lead, "today")
    assert "Ska rollen gälla?" in get(lead, "access:answer", waits.id)
    assert "Bekräftat" in post(lead, "access:answer", waits.id, answer="confirm")[1]
    assert ask(new, clock.now()).places == (town.children.name,)
    assert lead.get(reverse("access:answer", args=[waits.id]), secure=True).status_code == 404

    [held] = new.memberships.all()
    assert "avslutad" in post(desk, "access:end_role", held.id, last="igår")[1]
    assert ask(new, clock.now()).places == ()
    assert "Sparat" in post(desk, "access:away", new.id, first="i dag", last="i dag")[1]
    assert "kommer före" in post(desk, "access:away", new.id, first="2035-01-02", last="2035-01-01")[1]
    assert "är avslutade" in post(desk, "access:end_sessions", new.id)[1]
    assert "Har slutat" in post(desk, "access:leave", new.id)[1]
    assert "Ny Person" in get(desk, "access:workers")


def test_who_is_here_already_is_given_a_role_and_not_entered_twice(town: Town, client_for: Enter) -> None:
    desk = client_for(town.workers["administrator"])
    status, page = post(desk, "access:enter", name="X", email=town.workers["colleague"].email.upper())
    assert (status, "Colleague finns redan" in page, "Ge en roll" in page) == (200, True, True)


def test_each_page_of_an_act_asks_in_words(town: Town, client_for: Enter) -> None:
    desk, one = client_for(town.workers["administrator"]), town.workers["colleague"]
    for name in ("link", "leave", "end_sessions", "new_factors", "give", "away"):
        assert "<form" in get(desk, f"access:{name}", one.id), name
    assert "<form" in get(desk, "access:enter")
    assert "<form" in get(desk, "access:end_role", one.memberships.get().id)


def test_her_own_page_offers_an_administrator_nothing(town: Town, client_for: Enter) -> None:
    one = town.workers["administrator"]
    desk = client_for(one)
    page = get(desk, "access:worker", one.id)
    assert "Ingen ändrar sin egen behörighet" in page
    assert "Ge en roll" not in page
    for name in ("link", "leave", "end_sessions", "new_factors"):
        assert desk.get(reverse(f"access:{name}", args=[one.id]), secure=True).status_code == 404
    facts = {"unit": str(town.children.id), "role": "social_worker", "valid_from": "i dag", "valid_to": ""}
    assert "sin egen behörighet" in post(desk, "access:give", one.id, **facts)[1]
    assert "sin egen behörighet" in post(desk, "access:end_role", one.memberships.get().id, last="igår")[1]


def test_new_factors_wait_for_a_second_administrator(town: Town, client_for: Enter) -> None:
    second = workers.add(
        name="Andra", email="a@example.test", unit=town.reception, role="administrator", at=clock.now()
    )
    desk, other = client_for(town.workers["administrator"]), client_for(second)
    assert "bekräfta" in post(desk, "access:new_factors", town.workers["colleague"].id)[1]
    assert "finns redan" in post(desk, "access:new_factors", town.workers["colleague"].id)[1]
    [waits] = Proposal.objects.all()
    assert "nytt andra steg" in get(other, "access:workers")
    assert "själv har talat med" in get(other, "access:answer", waits.id)
    assert "Nekat" in post(other, "access:answer", waits.id, answer="refuse")[1]


def test_the_privacy_officer_reads_who_changed_whose_access(town: Town, client_for: Enter) -> None:
    officer = client_for(town.workers["privacy_officer"])
    assert "Inget har ändrats" in get(officer, "access:changes")
    story.proposal(town)
    page = get(officer, "access:changes")
    assert "Administrator" in page
    assert "föreslog rollen: Socialsekreterare" in page
    assert Change.objects.count() == 1


def texts_of(answer: HttpResponse) -> str:
    """What can be read of a page or a file; of a PDF its pages."""
    if answer.headers["Content-Type"] != "application/pdf":
        return answer.content.decode()
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


@pytest.mark.parametrize("part", ["administrator", "coordinator", "privacy_officer", "archivist"])
def test_who_sees_no_case_meets_no_name_on_any_page_she_reaches(town: Town, client_for: Enter, part: str) -> None:
    """Every page that opens to her, with a child's case and a contact in the house."""
    made = story.case(town)
    [name] = story.making.identity().names
    client, reached = client_for(town.workers[part]), 0
    for row in ROWS:
        if part in row.lets_in and row.of in {"", "worker", "membership"} and row.method == "get":
            answer = client.get(reverse(row.name, kwargs=story.KEYWORDS[row.of](town)), secure=True)
            text = texts_of(answer)
            reached += 1
            assert made.dossier.reference not in text, row.name
            assert name.given not in text, row.name
    assert reached > 5
