"""The pages of a plan: opened in one form, each task given in two, what a colleague wrote is never overwritten."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from hemvag.dossiers import links
from hemvag.dossiers.models import Dossier
from hemvag.exchange.models import Disclosure, Offer
from hemvag.lib import clock
from hemvag.reception import change, plan
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.reception import making

SURE = {f"{name}sure": "likely" for name in ("", "place_", "origin_", "meets_", "first_night_")}
TELL = {
    "receiver_name": "Placeringen",
    "purpose": "Ordna plats.",
    "channel": "phone",
    "delegation": "Punkt 4",
    "informed": "before",
    "test_deidentified": "Tre barn i ett stort område.",
}


@pytest.fixture
def client(town: Town, client_for: Callable[[Worker], Client]) -> Client:
    return client_for(town.workers["social_worker"])


def once(answer: HttpResponse) -> str:
    found = re.search(r'name="once" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def send(client: Client, url: str, **fields: Any) -> Any:
    """Send a form the way its page does."""
    token = once(client.get(url, secure=True))
    return client.post(url, fields | {"once": token}, secure=True)


def told(client: Client, url: str, **fields: Any) -> Any:
    """Look at what would leave, and send it."""
    look = send(client, url, **fields, step="look")
    looked = re.search(r'name="looked" value="([^"]+)"', look.content.decode())
    return send(client, url, **fields, step="send", looked=looked[1]) if looked else look


def opened(town: Town, client: Client, **fields: Any) -> Dossier:
    children = making.cases(town, at=making.office_hour(town))
    url = reverse("reception:open", args=[children[0].dossier.id])
    given = SURE | {"template": "F", "children": [str(one.dossier.id) for one in children], "day": "i morgon"} | fields
    answer = send(client, url, **given)
    assert answer.status_code == 302, answer.content.decode()
    return Dossier.objects.get(compartment="plan")


def test_a_family_of_five_tomorrow_morning_is_one_form(town: Town, client: Client) -> None:
    made = opened(town, client, time="9.40", adults="Mamma, 31 år\nPappa, 34 år", district="Innerstaden")
    page = client.get(reverse("reception:plan", args=[made.id]), secure=True).content.decode()
    for text in ("Sami Idris", "Lina Idris", "Noor Idris", "Mamma, 31 år", "09.40", "Plats i skola eller förskola"):
        assert text in page
    assert "20 kap. 1 §" in page
    first = page.split("Ta emot anmälan")[1].split("</tr>")[0]
    assert first.count("Inte börjad") == 1
    child = plan.read(making.opened(town, made.id, at=clock.now())).children[0].dossier
    case = client.get(reverse("concerns:case", args=[child]), secure=True).content.decode()
    assert reverse("reception:plan", args=[made.id]) in case
    assert "Öppna mottagningsplan" not in case
    assert client.get(reverse("reception:open", args=[child]), secure=True)["Location"].endswith(f"{made.id}/")


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(town: Town, client: Client) -> None:
    [child] = making.cases(town, at=making.office_hour(town), children=[making.child("Sami", district=town.district)])
    url = reverse("reception:open", args=[child.dossier.id])
    answer = send(client, url, **SURE, time="9.40", place="Kastrup")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Skriv också dagen." in page
    assert "Kastrup" in page
    assert not Dossier.objects.filter(compartment="plan").exists()


def test_a_school_is_given_its_task_by_phone_and_the_plan_shows_it(town: Town, client: Client) -> None:
    made = opened(town, client, district="Innerstaden", from_day="7/12 2026")
    url = reverse("reception:send", args=[made.id, "R17"])
    page = client.get(url, secure=True).content.decode()
    assert "Bara utan namn" in page
    assert "Mer än uppgiften kräver" in page
    assert "Barnet är utan vuxna." not in page
    ids = re.findall(r'name="who" value="([^"]+)"', page)
    items = ["how_many", "ages", "district", "from_date", "languages"]
    given = TELL | {"who": ids[:2], "items": items, "seen": 0, "need_contact": "Kim, 040-12 34 56"}
    look = send(client, url, **given, step="look")
    assert look.status_code == 200
    said = look.content.decode()
    assert "Innerstaden" in said
    assert "8 år, 6 år" in said
    assert "8 år, 6 år, 1 år" not in said
    assert said.count("8 år, 6 år") == 1
    assert "Detsamma om vart och ett av de 2 barnen." in said
    assert "<dd>2</dd>" in re.sub(r"<bdi[^>]*>|</bdi>", "", said)
    assert "Sami" not in said.split("<main")[1].split("<form")[0]
    answer = told(client, url, **given)
    assert answer.status_code == 302, answer.content.decode()
    assert Disclosure.objects.count() == 2
    shown = client.get(reverse("reception:plan", args=[made.id]), secure=True).content.decode()
    assert "Lämnad, inget svar än" in shown


def test_a_sibling_whose_case_lies_elsewhere_is_not_told_of_and_the_page_says_so(town: Town, client: Client) -> None:
    made = opened(town, client)
    child = plan.read(making.opened(town, made.id, at=clock.now())).children[1].dossier
    Dossier.objects.filter(id=child).update(unit=town.other_children, worker=town.workers["other_worker"])
    page = client.get(reverse("reception:send", args=[made.id, "R17"]), secure=True).content.decode()
    assert "Ett syskons ärende får du inte öppna." in page
    assert len(re.findall(r'name="who" value="([^"]+)"', page)) == 2
    assert str(child) not in page


def test_what_points_at_somebody_is_not_offered_where_nobody_may_be_recognised(town: Town, client: Client) -> None:
    made = opened(town, client, place="Kastrup, SK 1842")
    url = reverse("reception:send", args=[made.id, "R17"])
    page = client.get(url, secure=True).content.decode()
    ids = re.findall(r'name="who" value="([^"]+)"', page)
    assert "Syskon som ska bo tillsammans" in page
    for text in ("Födelsedatum", "Vårdnadshavare", "SK 1842", "Dag för ankomst", 'value="name"'):
        assert text not in page
    answer = told(client, url, **TELL, who=ids, items=["ages"], more=["name"], seen=0)
    assert answer.status_code == 422
    assert not Offer.objects.exists()
    assert "SK 1842" in client.get(reverse("reception:send", args=[made.id, "R03"]), secure=True).content.decode()


def test_an_agreement_is_written_down_and_lets_the_tax_agency_be_told(town: Town, client: Client) -> None:
    made = opened(town, client)
    send_url = reverse("reception:send", args=[made.id, "R15-1"])
    page = client.get(send_url, secure=True).content.decode()
    assert reverse("reception:agree", args=[made.id, "R15-1"]) in page
    who = re.findall(r'name="who" value="([^"]+)"', page)
    answer = told(client, send_url, **TELL, who=who, items=["name"], seen=0)
    assert answer.status_code == 422
    assert "12 kap. 2 §" in answer.content.decode()
    agreed = {
        "who": who,
        "what": "Namn och födelsedatum.",
        "purpose": "Folkbokföring.",
        "given_by": "guardian",
        "given_by_name": "Rana Idris",
        "read_back_by": "Rana Idris",
        "last": "om 90 dagar",
    }
    answer = send(client, reverse("reception:agree", args=[made.id, "R15-1"]), **agreed)
    assert answer.status_code == 302, answer.content.decode()
    answer = told(client, send_url, **TELL, who=who, items=["name"], seen=0)
    assert answer.status_code == 302, answer.content.decode()


def test_a_task_is_ticked_and_a_colleague_who_was_first_is_named(town: Town, client: Client) -> None:
    made = opened(town, client)
    url = reverse("reception:task", args=[made.id, "R02"])
    answer = send(client, url, text="Ringlistan är klar.", seen=0, done="1")
    assert answer.status_code == 302, answer.content.decode()
    answer = send(client, url, text="Jag också.", seen=0, done="1")
    assert answer.status_code == 422
    assert "Social Worker ändrade uppgiften" in answer.content.decode()
    assert "Jag också." in answer.content.decode()
    page = client.get(reverse("reception:task", args=[made.id, "R09-1"]), secure=True).content.decode()
    assert "Barnets egen risk" in page
    answer = send(client, url, text="", seen=1, not_needed="1")
    assert answer.status_code == 422
    court = reverse("reception:task", args=[made.id, "R24-1"])
    answer = send(client, court, text="", seen=0, day="i dag", time="0.01", done="1")
    assert answer.status_code == 422
    assert "Skriv först in beslutet" in answer.content.decode()
    now = clock.local(clock.now())
    decided = {"day": now.date().isoformat(), "time": f"{now:%H.%M}"}
    custody = reverse("reception:task", args=[made.id, "R09-1"])
    assert send(client, custody, text="Sjuk utan vård.", seen=0, done="1", **decided).status_code == 302
    assert send(client, court, text="", seen=0, done="1", **decided).status_code == 302
    assert "Påbörjad" in client.get(court, secure=True).content.decode()


def test_an_arrival_that_moved_is_changed_and_two_who_change_it_both_see(town: Town, client: Client) -> None:
    made = opened(town, client)
    url = reverse("reception:known", args=[made.id])
    held = making.opened(town, made.id, at=clock.now())
    now = plan.read(held)
    answer = send(client, url, **SURE, day="om 3 dagar", version=now.version)
    assert answer.status_code == 302, answer.content.decode()
    by = town.workers["unit_lead"]
    fresh = plan.read(held.anew())
    change.know(held, making.KNOWN, version=fresh.version, by=by, at=clock.now())
    answer = send(client, url, **SURE, day="om 5 dagar", text="Nytt flyg.", version=fresh.version)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Mormor har ringt." in page
    assert "Nytt flyg." in page


def test_another_template_holds_and_a_child_stays_behind(town: Town, client: Client) -> None:
    made = opened(town, client)
    answer = send(client, reverse("reception:use", args=[made.id]), template="D", text="Pappan grips.")
    assert answer.status_code == 302, answer.content.decode()
    version = plan.read(making.opened(town, made.id, at=clock.now())).version
    fields = {"child": "3", "coming": "no", "text": "Stannar hos en moster.", "version": version}
    answer = send(client, reverse("reception:comes", args=[made.id]), **fields)
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(reverse("reception:plan", args=[made.id]), secure=True).content.decode()
    assert "kommer inte" in page
    assert "Barn med en frihetsberövad förälder" in page


def test_a_sibling_reported_later_joins_the_plan_when_the_files_are_linked(town: Town, client: Client) -> None:
    at = making.office_hour(town)
    made = opened(town, client)
    url = reverse("reception:add", args=[made.id])
    assert "Koppla ihop akterna först" in client.get(url, secure=True).content.decode()
    [late] = making.cases(town, at=at, children=[making.child("Noor", district=town.district)])
    first = making.opened(town, plan.read(making.opened(town, made.id, at=at)).children[0].dossier, at=at)
    links.link(first, late, relation="sibling", by=town.workers["social_worker"], at=at)
    answer = send(client, url, child=str(late.dossier.id), version=1)
    assert answer.status_code == 302, answer.content.decode()
    assert [child.number for child in plan.read(making.opened(town, made.id, at=at)).children] == [1, 2, 3, 4]


def test_a_lead_gives_the_plan_out_and_a_worker_steps_off_it(
    town: Town, client: Client, client_for: Callable[[Worker], Client]
) -> None:
    made = opened(town, client)
    lead = client_for(town.workers["unit_lead"])
    url = reverse("reception:assign", args=[made.id])
    answer = send(lead, url, worker=str(town.workers["colleague"].id))
    assert answer.status_code == 302, answer.content.decode()
    colleague = client_for(town.workers["colleague"])
    page = colleague.get(reverse("reception:plan", args=[made.id]), secure=True)
    assert "Ett syskon" in page.content.decode()
    assert "Idris" not in page.content.decode()
    assert client.get(reverse("reception:plan", args=[made.id]), secure=True).status_code == 404
    answer = send(colleague, reverse("reception:step_off", args=[made.id]), reasons="Min granne.")
    assert answer.status_code == 302
    assert colleague.get(reverse("reception:plan", args=[made.id]), secure=True).status_code == 404
    answer = send(lead, url, unit=str(town.other_children.id))
    assert answer.status_code == 302, answer.content.decode()
    assert lead.get(reverse("reception:plan", args=[made.id]), secure=True).status_code == 404


def test_what_came_back_by_phone_is_written_in_from_the_task(town: Town, client: Client) -> None:
    made = opened(town, client)
    url = reverse("reception:send", args=[made.id, "R06"])
    who = re.findall(r'name="who" value="([^"]+)"', client.get(url, secure=True).content.decode())[:1]
    given = TELL | {"who": who, "items": ["ages"], "seen": 0, "test_need": "Behövs för vården."}
    assert told(client, url, **given).status_code == 302
    task = reverse("reception:task", args=[made.id, "R06"])
    page = client.get(task, secure=True).content.decode()
    answer_url = re.search(r'href="([^"]+/answer/)"', page)
    assert answer_url
    assert send(client, answer_url[1], kind="accepted", text="Tid den 3 december.").status_code == 302
    assert "Mottagen" in client.get(task, secure=True).content.decode()


def test_what_the_law_forbids_is_shown_with_its_provision(town: Town, client: Client, monkeypatch: Any) -> None:
    made = opened(town, client)
    monkeypatch.setattr("hemvag.reception.sending.receiver_of", lambda _task: "coordinator")
    monkeypatch.setattr("hemvag.reception.views.send.sending.receiver_of", lambda _task: "coordinator")
    answer = client.get(reverse("reception:send", args=[made.id, "R06"]), secure=True)
    assert answer.status_code == 422
    assert "8 kap. 1 §" in answer.content.decode()


def test_a_child_of_a_plan_elsewhere_says_that_another_unit_leads_it(
    town: Town, client: Client, client_for: Callable[[Worker], Client]
) -> None:
    made = opened(town, client)
    child = plan.read(making.opened(town, made.id, at=clock.now())).children[1].dossier
    Dossier.objects.filter(id=child).update(unit=town.other_children, worker=town.workers["other_worker"])
    other = client_for(town.workers["other_worker"])
    page = other.get(reverse("reception:open", args=[child]), secure=True).content.decode()
    assert "En annan enhet leder den." in page
    assert str(made.id) not in page
