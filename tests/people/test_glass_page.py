"""The page that breaks the glass: a number and a reason, one answer for all that cannot be opened, a red frame then."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from hemvag.dossiers import glass
from hemvag.dossiers.models import BrokenGlass, Dossier
from hemvag.lib import clock, references
from hemvag.people.identities import Number
from hemvag.staff.models import Worker
from tests.concerns import making
from tests.conftest import Town, log_lines

SignIn = Callable[[Worker], Client]
REASON = "Barnet står här på jouren och ingen svarar på enheten."
NUMBER = "20200504-2383"
NOWHERE = references.reference("B", dt.date(2026, 3, 2))


def asked(client: Client, text: str, reason: str = REASON) -> HttpResponse:
    typed = {"text": text, "reason": reason, "once": str(uuid.uuid4())}
    answer: HttpResponse = client.post("/glass/", typed, secure=True)
    return answer


def with_number(town: Town, **facts: str) -> making.ConcernReport:
    child = making.report.Child(
        identity=making.identity(number=Number(kind="personal", value=NUMBER.replace("-", "")), **facts),
        district=town.district,
    )
    return making.case(town, children=[child])


@pytest.mark.parametrize("by_number", [False, True])
def test_a_case_number_or_a_personal_number_opens_the_case_in_a_red_frame(
    town: Town, client_for: SignIn, by_number: bool
) -> None:
    made = with_number(town)
    client = client_for(town.workers["other_worker"])
    answer = asked(client, NUMBER if by_number else made.dossier.reference.lower())
    assert answer.status_code == 302
    assert answer["Location"] == f"/children/{made.dossier_id}/"
    page = client.get(answer["Location"], secure=True)
    shown = page.content.decode()
    assert 'class="content behind-glass"' in shown
    assert "Nödöppnat: du kan läsa, inte skriva" in shown
    assert "om 60 minuter" in shown
    assert "Amina" in shown
    assert page["Cache-Control"] == "no-store"
    assert "/notes/" not in shown
    assert log_lines(made.dossier_id)[-1] == (town.workers["other_worker"].id, "glass", "handle")
    assert made.dossier.reference in client.get("/glass/", secure=True).content.decode()


def test_ones_own_case_has_no_frame_and_breaks_nothing(town: Town, client_for: SignIn) -> None:
    made = with_number(town)
    client = client_for(town.workers["social_worker"])
    assert asked(client, NUMBER)["Location"] == f"/children/{made.dossier_id}/"
    assert "behind-glass" not in client.get(f"/children/{made.dossier_id}/", secure=True).content.decode()
    assert not BrokenGlass.objects.exists()


def as_read(page: HttpResponse) -> str:
    """Return the page as it reads: what differs for each request, and the field with what was typed, taken out."""
    differs = ("csrf", 'name="once"', 'name="text"')
    lines = page.content.decode().casefold().splitlines()
    return "\n".join(line for line in lines if not any(sign in line for sign in differs))


def test_what_does_not_exist_reads_as_what_is_protected(town: Town, client_for: SignIn) -> None:
    hidden = with_number(town, protected="secrecy_marking")
    client = client_for(town.workers["other_worker"])
    texts = [NUMBER, hidden.dossier.reference, NOWHERE, "19811228-9874"]
    found = {}
    for text in texts:
        page = asked(client, text)
        found[page.status_code, as_read(page)] = text
    assert len(found) == 1
    [(status, shown)] = found
    assert status == 422
    assert "inget ärende öppnades" in shown
    assert not BrokenGlass.objects.exists()


def test_before_a_reason_is_given_nothing_is_told_apart(town: Town, client_for: SignIn) -> None:
    made = with_number(town)
    client = client_for(town.workers["other_worker"])
    pages = {as_read(asked(client, text, "nu")) for text in (made.dossier.reference, NOWHERE)}
    assert len(pages) == 1
    assert "skriv mer" in pages.pop()


@pytest.mark.parametrize("text", ["Amina Östberg", "B26", ""])
def test_a_name_is_not_enough(town: Town, client_for: SignIn, text: str) -> None:
    with_number(town)
    page = asked(client_for(town.workers["other_worker"]), text)
    assert page.status_code == 422
    assert REASON in page.content.decode()
    assert not BrokenGlass.objects.exists()


def test_search_leads_there_with_the_number_and_never_with_a_name(town: Town, client_for: SignIn) -> None:
    client = client_for(town.workers["other_worker"])
    for text, carried in ((NUMBER, NUMBER), ("Amina Östberg", " ")):
        page = client.post("/search/", {"text": text}, secure=True).content.decode()
        assert f'<input type="hidden" name="text" value="{carried}">' in page
    opened = client.post("/glass/", {"text": NUMBER, "once": str(uuid.uuid4())}, secure=True)
    assert NUMBER in opened.content.decode()
    assert "Fyll i" not in opened.content.decode()
    registrar = client_for(town.workers["registrar"]).post("/search/", {"text": NUMBER}, secure=True)
    assert 'action="/glass/"' not in registrar.content.decode()


def test_who_tries_too_often_is_told_to_ring(town: Town, client_for: SignIn) -> None:
    client = client_for(town.workers["other_worker"])
    for _ in range(glass.MOST_TRIES):
        asked(client, NOWHERE)
    assert "Du har försökt många gånger i dag" in asked(client, with_number(town).dossier.reference).content.decode()


def test_the_lead_is_told_first_of_all_and_reviews_it(town: Town, client_for: SignIn) -> None:
    made = with_number(town)
    Dossier.objects.filter(id=made.dossier_id).update(worker=None)
    worker = client_for(town.workers["other_worker"])
    worker.get(asked(worker, NUMBER)["Location"], secure=True)
    client = client_for(town.workers["unit_lead"])
    today = client.get("/today/", secure=True).content.decode()
    first = today.index("Nödöppnat: granska först")
    assert first < today.index("Skyddsbedömning")
    assert REASON in today
    row = BrokenGlass.objects.get(dossier=made.dossier_id)
    address = f"/glass/{row.id}/review/"
    page = client.get(address, secure=True).content.decode()
    assert "Other Worker" in page
    assert REASON in page
    assert "1 gång" in page
    no_words = client.post(address, {"outcome": "unfounded", "words": "", "once": str(uuid.uuid4())}, secure=True)
    assert "Skriv varför" in no_words.content.decode()
    done = client.post(address, {"outcome": "justified", "words": "", "once": str(uuid.uuid4())}, secure=True)
    assert done["Location"] == "/today/"
    assert "Nödöppnat" not in client.get("/today/", secure=True).content.decode()
    assert "Befogad" in client.get(address, secure=True).content.decode()
    again = client.post(address, {"outcome": "justified", "words": "", "once": str(uuid.uuid4())}, secure=True)
    assert (again.status_code, "Befogad" in again.content.decode()) == (422, True)


def test_the_page_says_how_long_is_left(town: Town, client_for: SignIn) -> None:
    made = with_number(town)
    at = clock.now() - dt.timedelta(minutes=59, seconds=30)
    glass.break_glass([made.dossier_id], reason=REASON, by=town.workers["other_worker"], at=at)
    page = client_for(town.workers["other_worker"]).get(f"/children/{made.dossier_id}/", secure=True)
    assert "om 1 minut." in page.content.decode()
