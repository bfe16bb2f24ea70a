"""The directory's pages as a browser without scripts sends them, and the panel as the call sheet asks for it."""

import dataclasses
import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemvag.lib import clock
from hemvag.line.views import call
from hemvag.readiness import enter, gaps
from hemvag.readiness import said as saying
from hemvag.readiness.models import Draft, Gap, Version
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.readiness.services import service

LIST = "/readiness/resources/"
FACTS: dict[str, Any] = {
    "seen": "0",
    "name": "Anhörigmottagningen",
    "organisation": "Föreningen Exempel",
    "needs": ["relatives_talk", "trauma"],
    "languages": ["sv", "so"],
    "districts": ["soder"],
    "contact": "Växeln 040-628 04 10",
    "secrecy": "outside",
    "paper": "yes",
    "agreement_to": "2027-05-14",
}


@pytest.fixture
def client(town: Town, client_for: Callable[[Worker], Client]) -> Client:
    return client_for(town.workers["coordinator"])


@pytest.fixture
def counsellor(town: Town, client_for: Callable[[Worker], Client]) -> Client:
    return client_for(town.workers["counsellor"])


def post(client: Client, path: str, **facts: Any) -> Any:
    return client.post(path, {**facts, "once": str(uuid.uuid4())}, follow=True)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def of(version: Version, page: str = "") -> str:
    return f"{LIST}{version.resource_id}/{page}"


def last(version: Version) -> Version:
    return Version.objects.filter(resource=version.resource_id).latest("number")


def test_the_line_knows_where_the_directory_is() -> None:
    assert reverse("readiness:resources") == call.RESOURCES


def test_an_empty_directory_is_not_known_to_be_nothing(counsellor: Client) -> None:
    assert "Det är inte känt vad staden kan erbjuda" in words(counsellor.get(LIST))
    panel = counsellor.get(LIST, headers={"HX-Request": "true"})
    assert "Ingen verksamhet är inlagd än." in words(panel)


def test_a_service_is_found_without_scripts_and_what_is_typed_stands_in_no_address(
    counsellor: Client, town: Town
) -> None:
    service(town, districts=("soder",))
    service(town, name="Fritidsgården", needs=("leisure",), languages=("sv",))
    assert "2 verksamheter" in words(counsellor.get(LIST))
    assert "Fritidsgården" not in words(counsellor.get(f"{LIST}?need=relatives_talk"))
    asked = {"need": "relatives_talk", "spoken": "so", "district": "soder", "words": "anhorigmotagning"}
    page = counsellor.post(LIST, asked)
    assert "1 träff " in words(page)
    assert "040-628 04 10" in words(page)
    form = page.content.decode()
    assert re.search(r'<form class="panel find" method="post"', form)
    assert "2 verksamheter" in words(counsellor.get(f"{LIST}?words=anhorig")), "no free words are read from an address"
    assert "Ingen verksamhet passar" in words(counsellor.post(LIST, {"words": "xyzzy"}))
    assert counsellor.post(LIST, {"need": "nothing"}).status_code == 422


def test_the_panel_gives_each_need_a_key_and_then_its_services(counsellor: Client, town: Town) -> None:
    service(town, districts=("soder",), how="Ring växeln.")
    panel = counsellor.get(LIST, headers={"HX-Request": "true"})
    assert b"<html" not in panel.content
    assert re.search(r'data-keys="S 1"[^>]*data-panel-focus', panel.content.decode())
    listed = counsellor.get(f"{LIST}?need=relatives_talk", headers={"HX-Request": "true"}).content.decode()
    assert 'data-spoken="sv so" data-where="soder"' in listed
    assert "Ring växeln." in listed
    none = counsellor.get(f"{LIST}?need=debt", headers={"HX-Request": "true"})
    assert "Ingen verksamhet passar" in words(none)


def test_the_call_sheet_links_to_it_in_another_tab_for_those_who_may_find(
    counsellor: Client, town: Town, settings: Any, tmp_path: Any
) -> None:
    answer = counsellor.post("/contacts/new/", {"once": str(uuid.uuid4())})
    sheet = counsellor.get(answer.url).content.decode()
    [link] = re.findall(rf'<a class="button secondary" href="{LIST}"[^>]*>', sheet)
    assert 'target="_blank"' in link
    assert 'data-letter="H"' in link
    assert 'data-iso="so"' in sheet


def test_a_keeper_enters_a_service_and_reads_it(client: Client, town: Town) -> None:
    page = post(client, f"{LIST}new/", **FACTS)
    text = words(page)
    said = ("Anhörigmottagningen", "Samtal för anhöriga, Trauma", "svenska, somaliska", "Söder", "gäller till")
    assert all(part in text for part in said), text
    assert "lediga platser: okänt" in text
    made = Version.objects.get()
    assert (made.number, made.resource.keeper, made.secrecy) == (1, None, "outside")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"needs": []}, "Välj minst ett av alternativen"),
        ({"organisation": ""}, "inte båda"),
        ({"from_age": "12", "to_age": "6"}, "lägre än den lägsta"),
        ({"grade": "4", "grade_reason": "x"}, "Övad kräver en dag"),
        ({"grade": "2"}, "Skriv skälet"),
        ({"trained": "minus"}, "Skriv ett helt tal"),
    ],
)
def test_what_cannot_be_so_is_said_beside_its_field_and_nothing_typed_is_lost(
    client: Client, facts: dict[str, Any], said: str
) -> None:
    page = post(client, f"{LIST}new/", **FACTS | {"how": "Ring först."} | facts)
    assert page.status_code == 422
    assert said in words(page)
    assert "Ring först." in page.content.decode()
    assert not Version.objects.exists()


def test_a_contact_that_looks_like_a_persons_own_is_warned_about(client: Client) -> None:
    page = post(client, f"{LIST}new/", **FACTS | {"contact": "Kim 070-174 06 05"})
    assert words(page).count("Kontakten ser ut som en persons egen") == 2


def test_a_change_is_a_new_version_and_the_old_one_is_read_as_it_was(client: Client, town: Town) -> None:
    first = service(town, free=2, total=4, said_on=clock.today(), keeper=town.children)
    form = client.get(of(first, "change/")).content.decode()
    assert 'value="Anhörigmottagningen"' in form
    changed = FACTS | {"seen": "1", "hours": "alla dagar 9–21", "keeper": str(town.children.id)}
    page = post(client, of(first, "change/"), **changed)
    assert "Sparat som version 2." in words(page)
    assert "alla dagar 9–21" in words(page)
    assert "2 av 4 lediga" in words(page), "the capacity stands as it was said"
    old = words(client.get(of(first, "1/")))
    assert "vardagar 9–16" in old
    assert "En senare version gäller nu." in old
    assert client.get(of(first, "3/")).status_code == 404


def by_a_colleague(town: Town, first: Version, **facts: Any) -> Version:
    new = dataclasses.replace(saying.of(first), **facts)
    lead = town.workers["unit_lead"]
    return enter.change(first.resource_id, new, seen=first.number, keeper=town.children, by=lead, at=clock.now())


def test_what_a_colleague_wrote_is_shown_and_both_are_kept(client: Client, town: Town) -> None:
    first = service(town, keeper=town.children, how="Ring.", organisation=FACTS["organisation"])
    by_a_colleague(town, first, how="Mejla.", hours="helger")
    mine = FACTS | {"seen": "1", "how": "Skriv.", "hours": first.hours, "keeper": str(town.children.id)}
    page = post(client, of(first, "change/"), **mine)
    assert page.status_code == 409
    assert last(first).number == 2
    text = page.content.decode()
    assert "Sparat av kollegan" in text
    assert re.search(r"Mejla\.\s+Skriv\.", text)
    assert 'value="helger"' in text, "what only the colleague changed is taken"
    assert 'name="seen" value="2"' in text
    done = post(client, of(first, "change/"), **mine | {"seen": "2", "hours": "helger"})
    assert "Sparat som version 3." in words(done)


def test_a_colleagues_change_of_something_else_is_taken_in_with_a_word(client: Client, town: Town) -> None:
    first = service(town, keeper=town.children, organisation=FACTS["organisation"])
    enter.say_capacity(first.resource_id, free=1, total=2, by=town.workers["unit_lead"], at=clock.now())
    mine = FACTS | {"seen": "1", "hours": "alla dagar", "keeper": str(town.children.id)}
    page = post(client, of(first, "change/"), **mine)
    assert page.status_code == 409
    done = post(client, of(first, "change/"), **mine | {"seen": "2"})
    assert "Sparat som version 3." in words(done)
    assert last(first).free == 1


def send_draft(client: Client, path: str, version: int, **fields: Any) -> Any:
    body = {"version": version, "tab": "a1b2c3d4-0000", "fields": fields, "take_over": False}
    return client.post(path, json.dumps(body), content_type="application/json")


def test_what_is_typed_survives_until_it_is_saved(client: Client, town: Town) -> None:
    first = service(town)
    typed = {"how": "Ring växeln, säg", "needs": ["trauma"], "seen": "1", "once": "x"}
    assert send_draft(client, of(first, "draft/"), 0, **typed).json()["version"] == 1
    other = send_draft(client, of(first, "draft/"), 0, how="Annat")
    assert other.status_code == 409
    assert other.json()["fields"]["how"] == "Ring växeln, säg"
    assert "once" not in other.json()["fields"]
    form = client.get(of(first, "change/")).content.decode()
    assert "Ring växeln, säg" in form
    assert 'data-draft-version="1"' in form
    post(client, of(first, "change/"), **FACTS | {"seen": "1"})
    assert not Draft.objects.exists()
    assert send_draft(client, f"{LIST}new/draft/", 0, name="Ny").status_code == 200
    assert client.post(f"{LIST}new/draft/", "x", content_type="application/json").status_code == 400
    assert 'value="Ny"' in client.get(f"{LIST}new/").content.decode()


def test_a_lead_says_the_capacity_with_todays_date(client_for: Callable[[Worker], Client], town: Town) -> None:
    first = service(town, keeper=town.children)
    lead = client_for(town.workers["unit_lead"])
    assert client_for(town.workers["other_lead"]).get(of(first, "capacity/")).status_code == 404
    assert "Skriv hur många" in words(post(lead, of(first, "capacity/"), known="yes"))
    assert "Fler lediga" in words(post(lead, of(first, "capacity/"), known="yes", free="5", total="4"))
    page = post(lead, of(first, "capacity/"), known="yes", free="0", total="4")
    assert "0 av 4 lediga, sagt" in words(page)
    page = post(lead, of(first, "capacity/"), known="no", free="3", total="4")
    assert "lediga platser: okänt" in words(page)


def test_a_double_click_makes_one_version(client: Client, town: Town) -> None:
    first = service(town)
    token = str(uuid.uuid4())
    for _click in range(2):
        client.post(of(first, "capacity/"), {"known": "yes", "free": "1", "once": token})
    assert last(first).number == 2


def test_an_entry_is_checked_with_a_press_and_a_day(client: Client, town: Town) -> None:
    first = service(town)
    assert "Kontrollerad i dag" in words(post(client, of(first, "check/")))
    assert last(first).next_check == clock.today() + enter.HALF_A_YEAR
    assert post(client, of(first, "check/"), next_check="2020-01-01").status_code == 422


def test_a_gap_is_noted_and_closed_once(client: Client, town: Town) -> None:
    first = service(town)
    assert post(client, of(first, "gap/")).status_code == 422
    due = {"action": "Utbilda två.", "owner": "Enhetschefen", "due": clock.today().isoformat()}
    assert "Utbilda två." in words(post(client, of(first, "gap/"), **due))
    gap = Gap.objects.get()
    page = post(client, f"{LIST}gaps/{gap.id}/", words="Två har gått kursen.")
    assert "Två har gått kursen." in words(page)
    assert "redan sagt" in words(post(client, f"{LIST}gaps/{gap.id}/", words="Igen."))


def test_a_units_gap_is_no_services(client: Client, town: Town) -> None:
    facts = {"item": "deputies", "action": "x", "owner": "x", "due": clock.today()}
    gap = gaps.note_of_unit(town.children.id, by=town.workers["unit_lead"], at=clock.now(), **facts)
    assert client.get(f"{LIST}gaps/{gap.id}/").status_code == 404
