"""Telling as a person does it: whom, the law, item by item, as it will leave; and what became of it."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from hemvag.concerns.models import ConcernReport
from hemvag.dossiers.opened import Opened
from hemvag.exchange import answer, incident, offer, received, tell
from hemvag.exchange.models import Answer, Disclosure, Offer, Receipt, Received
from hemvag.exchange.today import items
from hemvag.lib import clock
from hemvag.staff.models import Worker
from tests.concerns import making
from tests.conftest import Town
from tests.exchange.making import ALL_TESTS, sent, telling
from tests.rules.story import case

Signed = Callable[[Worker], Client]
ONCE = re.compile(r'name="once" value="([^"]+)"')
CARE = {"receiver": "health_care", "situation": "care_or_support", "unit": ""}


@pytest.fixture
def held(town: Town) -> Opened:
    return making.opened(town, case(town), at=clock.now())


@pytest.fixture
def worker(town: Town, client_for: Signed) -> Client:
    return client_for(town.workers["social_worker"])


@pytest.fixture
def lead(town: Town, client_for: Signed) -> Client:
    return client_for(town.workers["other_lead"])


def page(name: str, *keys: object) -> str:
    return reverse(f"exchange:{name}", args=keys)


def post(client: Client, address: str, **fields: Any) -> HttpResponse:
    """Send a form with the once-token that its page gives."""
    token = ONCE.search(client.get(address, secure=True).content.decode())
    return client.post(address, {**fields, "once": token.group(1) if token else ""}, secure=True)


def filled(**changed: Any) -> dict[str, Any]:
    return {
        **CARE,
        "items": ["age", "name"],
        "own_words": "",
        "receiver_name": "Barnmottagningen",
        "purpose": "Boka en undersökning.",
        "channel": "phone",
        "requested_by": "",
        "delegation": "Punkt 4",
        "informed": "before",
        "not_informed": "",
        "kind": "",
        "day": "i dag",
        "time": f"{clock.local(clock.now()):%H.%M}",
        **{f"test_{code}": text for code, text in ALL_TESTS.items()},
        **changed,
    }


def test_the_law_is_shown_before_anything_can_be_chosen(worker: Client, held: Opened) -> None:
    first = worker.get(page("tell", held.dossier.id), secure=True)
    assert "Vem ska få veta" in first.content.decode()
    text = post(worker, page("tell", held.dossier.id), **CARE, step="ask").content.decode()
    assert "Ja, du får" in text
    assert "26 kap. 9 §" in text
    assert text.index("Ålder") < text.index("Namn: Amina") < text.index("Anmälan")


def test_what_leaves_is_shown_as_it_will_leave_and_nothing_is_stored_before(worker: Client, held: Opened) -> None:
    look = post(worker, page("tell", held.dossier.id), **filled(step="look"))
    text = look.content.decode()
    assert "Så här lämnas det" in text
    assert "Amina Östberg" in text
    assert "Barnet är utan vuxna" not in text
    assert not Disclosure.objects.exists()
    assert post(worker, page("tell", held.dossier.id), **filled(step="send")).status_code == 302
    row = Disclosure.objects.get()
    assert (row.rule, row.items) == ("IS-24", 2)
    told = worker.get(page("told", held.dossier.id), secure=True).content.decode()
    assert "Boka en undersökning." in told
    assert "Hälso- och sjukvård" in told


def test_a_forbidden_telling_is_refused_with_its_provision(worker: Client, held: Opened) -> None:
    refused = post(worker, page("tell", held.dossier.id), **(CARE | {"receiver": "coordinator"}), step="ask")
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Det får inte lämnas ut" in text
    assert "26 kap. 1 §" in text
    assert 'name="items"' not in text
    forced = post(worker, page("tell", held.dossier.id), **filled(receiver="coordinator", step="send"))
    assert forced.status_code == 422
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    ("receiver", "situation", "label"),
    [
        ("other_social_services", "transfer_of_case", "Ja, du ska"),
        ("health_care", "care_or_support", "Ja, du får"),
        ("school", "joint_table", "Bara med samtycke"),
        ("cve", "consultation", "Bara utan namn"),
        ("coordinator", "care_or_support", "Nej"),
        ("enforcement_authority", "care_or_support", "Nej"),
    ],
)
def test_each_answer_of_the_law_is_met_on_the_page(
    worker: Client, held: Opened, receiver: str, situation: str, label: str
) -> None:
    asked = {"receiver": receiver, "situation": situation, "unit": ""}
    assert label in post(worker, page("tell", held.dossier.id), **asked, step="ask").content.decode()


def test_only_with_agreement_is_refused_without_one_and_nothing_typed_is_lost(worker: Client, held: Opened) -> None:
    typed = filled(receiver="school", situation="joint_table", purpose="Plats i klass 2.", step="send")
    answered = post(worker, page("tell", held.dossier.id), **typed)
    assert answered.status_code == 422
    assert "12 kap. 2 § OSL" in answered.content.decode()
    assert "Plats i klass 2." in answered.content.decode()


def test_wrong_input_is_said_beside_its_field(worker: Client, held: Opened) -> None:
    wrong = filled(items=[], purpose="", informed="not", step="look")
    text = post(worker, page("tell", held.dossier.id), **wrong).content.decode()
    assert "Välj minst en uppgift att lämna." in text
    assert "Skriv varför personen inte får veta." in text
    assert "Fyll i det här." in text


def test_a_unit_here_gets_an_envelope_and_answers_it(town: Town, worker: Client, lead: Client, held: Opened) -> None:
    typed = filled(receiver="other_social_services", unit=str(town.other_children.pk), kind="hand_over", step="send")
    assert post(worker, page("tell", held.dossier.id), **typed).status_code == 302
    made = Offer.objects.get()
    assert "Barn och unga Innerstaden" in lead.get(page("inbox"), secure=True).content.decode()
    read = lead.get(page("envelope", made.envelope_id), secure=True).content.decode()
    assert "Amina Östberg" in read
    assert held.dossier.reference not in read
    assert "Öppnat" in worker.get(page("told", held.dossier.id), secure=True).content.decode()
    assert post(lead, page("envelope", made.envelope_id), kind="rejected", reason="", text="").status_code == 422
    assert post(lead, page("envelope", made.envelope_id), kind="need_more", text="Skola?", reason="").status_code == 302
    back = worker.get(page("told", held.dossier.id), secure=True).content.decode()
    assert f"?more={made.id}" in back
    more = filled(receiver="other_social_services", unit=str(town.other_children.pk), kind="hand_over", items=["birth"])
    address = page("tell", held.dossier.id) + f"?more={made.id}"
    assert post(worker, address, **more, step="send").status_code == 302
    assert post(lead, page("envelope", made.envelope_id), kind="accepted", text="", reason="").status_code == 302
    assert post(lead, page("envelope", made.envelope_id), kind="done", text="Klart.", reason="").status_code == 302
    assert list(Answer.objects.values_list("kind", flat=True)) == [
        "opened", "need_more", "more_given", "accepted", "done",
    ]  # fmt: skip
    assert "Klart." in worker.get(page("envelope", made.envelope_id), secure=True).content.decode()


def test_what_is_taken_over_becomes_a_report_that_the_worker_reads_first(
    town: Town, lead: Client, held: Opened
) -> None:
    made = sent(town, held, at=clock.now(), codes=("name", "birth"))
    assert post(lead, page("register", made.envelope_id)).headers["Location"] == page("envelope", made.envelope_id)
    assert post(lead, page("envelope", made.envelope_id), kind="accepted", text="", reason="").status_code == 302
    assert "Börja en orosanmälan" in lead.get(page("envelope", made.envelope_id), secure=True).content.decode()
    assert post(lead, page("register", made.envelope_id)).headers["Location"] == reverse("concerns:register")
    form = lead.get(reverse("concerns:register"), secure=True).content.decode()
    assert 'value="Amina"' in form
    assert 'value="Östberg"' in form
    assert "Födelsedatum" in form
    assert ConcernReport.objects.count() == 1
    again = post(lead, page("register", made.envelope_id))
    assert again.headers["Location"] == page("envelope", made.envelope_id)
    assert "Du har redan börjat skriva en anmälan" in lead.get(again.headers["Location"], secure=True).content.decode()


def test_an_empty_inbox_is_said_kindly(lead: Client) -> None:
    assert "Inget kuvert väntar" in lead.get(page("inbox"), secure=True).content.decode()


def test_it_is_taken_back_and_recalled_and_received_by_a_press(town: Town, worker: Client, held: Opened) -> None:
    made = sent(town, held, at=clock.now())
    told = page("told", held.dossier.id)
    row = made.disclosure
    for _twice in range(2):
        worker.post(page("arrived", held.dossier.id, row.id), {"kind": "arrived"}, secure=True)
    assert Receipt.objects.get().kind == "arrived"
    now = f"{clock.local(clock.now()):%H.%M}"
    typed = {"text": "Fel enhet.", "day": "i dag", "time": now}
    assert post(worker, page("recall", held.dossier.id, row.id), **typed).status_code == 302
    text = worker.get(told, secure=True).content.decode()
    assert "kvar att anmäla till Integritetsskyddsmyndigheten" in text
    typed = {"kind": "reported", "text": "", "day": "i dag", "time": now}
    assert post(worker, page("incident", held.dossier.id, row.id), **typed).status_code == 302
    assert "Anmäld till Integritetsskyddsmyndigheten" in worker.get(told, secure=True).content.decode()


def test_what_is_withdrawn_is_gone_for_the_receiver(town: Town, worker: Client, lead: Client, held: Opened) -> None:
    made = sent(town, held, at=clock.now())
    worker.post(page("withdraw", held.dossier.id, made.id), secure=True)
    assert lead.get(page("envelope", made.envelope_id), secure=True).status_code == 404
    assert "Återtaget" in worker.get(page("told", held.dossier.id), secure=True).content.decode()


def test_another_towns_answer_is_written_in(town: Town, worker: Client, held: Opened) -> None:
    told = telling(held, receiver="other_social_services", situation="transfer_of_case", channel="letter")
    moved = offer.send(held, told, kind="transfer", by=town.workers["social_worker"], at=clock.now())
    assert "IVO" in worker.get(page("told", held.dossier.id), secure=True).content.decode()
    typed = {"kind": "accepted", "reason": "", "text": "Lund tar över."}
    assert post(worker, page("written_in", held.dossier.id, moved.id), **typed).status_code == 302
    assert "Mottaget" in worker.get(page("told", held.dossier.id), secure=True).content.decode()


def test_what_the_police_tell_is_received_with_its_ground(worker: Client, held: Opened) -> None:
    typed = {
        "sender": "police",
        "situation": "prevent_terror_crime",
        "asks": "Kontakta familjen.",
        "day": "i dag",
        "time": f"{clock.local(clock.now()):%H.%M}",
    }
    assert post(worker, page("received", held.dossier.id), **typed).status_code == 302
    row = Received.objects.get()
    assert (row.sender, row.verdict, row.rule) == ("police", "may", "IS-09")
    assert "Kontakta familjen." in worker.get(page("told", held.dossier.id), secure=True).content.decode()
    assert received.KIND == "received"


def test_a_consultation_stands_in_the_ledger_without_anybody(town: Town, worker: Client, client_for: Signed) -> None:
    typed = {"receiver": "cve", "channel": "phone", "day": "i dag", "time": f"{clock.local(clock.now()):%H.%M}"}
    assert post(worker, page("consult"), **typed).status_code == 302
    officer = client_for(town.workers["privacy_officer"])
    assert "rådfrågning utan identitet" in officer.get(page("ledger"), secure=True).content.decode()


def test_the_privacy_officer_reads_the_ledger_without_content(town: Town, client_for: Signed, held: Opened) -> None:
    by = town.workers["social_worker"]
    row = tell.record(held, telling(held), told_at=clock.now(), by=by, at=clock.now())
    incident.recall(held, row, discovered_at=clock.now(), text="Fel nummer.", by=by, at=clock.now())
    officer = client_for(town.workers["privacy_officer"])
    text = officer.get(page("ledger"), secure=True).content.decode()
    assert held.dossier.reference in text
    assert "IS-24" in text
    assert "återkallat" in text
    for word in ("Amina", "Östberg", "Barnmottagningen", "undersökning", "Fel nummer", "Prövat"):
        assert word not in text
    assert "IS-24" not in officer.get(page("ledger") + "?receiver=police", secure=True).content.decode()
    assert "IS-24" in officer.get(page("ledger") + "?receiver=health_care&since=i+dag", secure=True).content.decode()
    assert officer.get(page("ledger") + "?since=snart", secure=True).status_code == 422
    rows = list(csv.DictReader(io.StringIO(officer.get(page("export"), secure=True).content.decode())))
    assert [(line["rule"], line["items"], line["recalled"]) for line in rows] == [("IS-24", "2", "ja")]
    assert "Amina" not in str(rows)


def test_today_shows_the_envelope_the_silence_and_the_incident(town: Town, held: Opened) -> None:
    at = clock.now()
    made = sent(town, held, at=at)
    assert [item.kind for item in items(town.workers["other_lead"], at)] == ["envelope"]
    assert items(town.workers["social_worker"], at) == []
    later = at + dt.timedelta(days=8)
    assert [item.kind for item in items(town.workers["social_worker"], later)] == ["offer"]
    assert items(town.workers["unit_lead"], later) == []
    latest = at + dt.timedelta(days=20)
    assert [item.kind for item in items(town.workers["unit_lead"], latest)] == ["offer"]
    found, opened = answer.read(made.envelope_id, by=town.workers["other_lead"], at=at)
    answer.accept(opened, found, by=town.workers["other_lead"], at=at)
    assert items(town.workers["social_worker"], latest) == []
    assert items(town.workers["other_lead"], at) == []
    incident.recall(held, made.disclosure, discovered_at=at, text="Fel.", by=town.workers["social_worker"], at=at)
    [item] = items(town.workers["social_worker"], at)
    assert (item.kind, item.state) == ("incident", "now")
    assert "Amina" not in f"{item.title} {item.who} {item.note} {item.when}"
