"""A counsellor in a call finds who speaks the caller's language; a lead says what is free; the coordinator prints."""

import io
import re

import pytest
from django.conf import settings
from playwright.sync_api import expect
from pypdf import PdfReader

from hemvag.readiness import enter as entering
from hemvag.readiness.models import Version
from tests import database
from tests.journeys.calling import begin_a_call, kept, write_down
from tests.journeys.conftest import Enter
from tests.journeys.looks import accessible, small
from tests.journeys.person import Person
from tests.live import Live
from tests.readiness.services import said

pytestmark = pytest.mark.journey

SOMALI = "Somaliska samtal Söder"
TOLD = "Mormor ringer, hon talar somaliska."


def lay(live: Live) -> None:
    """Enter three services for relatives, and one for children's trauma, in the server's own database."""
    town = live.town
    rows = [
        {"name": SOMALI, "languages": ("so", "sv"), "districts": ("soder",), "how": "Ring, utan namn."},
        {"name": "Anhörigas hus", "languages": ("sv",)},
        {"name": "Somaliska samtal Innerstaden", "languages": ("so",), "districts": ("innerstaden",)},
        {"name": "Traumateamet", "needs": ("trauma",), "languages": ("so",)},
    ]
    before = settings.DATABASES["default"]["NAME"]
    database.point_at(live.database)
    try:
        for row in rows:
            if not Version.objects.filter(name=row["name"]).exists():
                entering.enter(
                    said(**row),
                    municipality=town.municipality,
                    keeper=town.children if row["name"] == SOMALI else None,
                    by=town.workers["coordinator"],
                    at=live.now(),
                )
    finally:
        database.point_at(before)


def open_the_panel(counsellor: Person) -> None:
    """From the notes to the command row, and then two keys: the panel, and the need."""
    page = counsellor.page
    page.locator("form[data-draft-ready]").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    expect(page.locator("#panel [data-panel-focus]")).to_be_focused()
    counsellor.look()


def services(counsellor: Person) -> list[str]:
    """Return the names of the services that the panel shows."""
    rows = counsellor.page.locator("#panel .services > li").locator("visible=true")
    return [re.sub(r"\s+", " ", name) for name in rows.locator(".service-name a").all_inner_texts()]


def test_a_counsellor_in_a_call_finds_a_service_in_two_keys_and_goes_on(enter: Enter, live: Live) -> None:
    lay(live)
    counsellor = enter("counsellor", look=accessible)
    page = counsellor.page
    begin_a_call(counsellor)
    write_down(counsellor, TOLD)
    kept(counsellor)
    page.locator("[data-opens=language]").click()
    page.get_by_role("group", name="Språk", exact=True).get_by_label("Somaliska").check()
    kept(counsellor)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.get_by_label("Anteckningar").focus()
    open_the_panel(counsellor)
    page.keyboard.press("s")
    expect(page.locator("#panel .services")).to_be_visible()
    assert sorted(services(counsellor)) == ["Somaliska samtal Innerstaden", SOMALI], "narrowed to the sheet's language"
    page.locator("#narrow-where").select_option("soder")
    assert services(counsellor) == [SOMALI]
    counsellor.look()
    small(page)
    expect(page.locator("#panel .service-contact").locator("visible=true")).to_contain_text("040-628 04 10")
    asked = [one for one in sent if "/readiness/" in one]
    assert len(asked) == 2
    assert all("so" not in re.split(r"[=&\s]", one) and "soder" not in one for one in asked)
    assert not any("Mormor" in one for one in asked)

    page.locator("#narrow-spoken").select_option("")
    page.locator("#narrow-where").select_option("")
    assert len(services(counsellor)) == 3
    page.locator("#panel [data-panel-focus]").focus()
    page.keyboard.press("2")
    expect(page.locator("#panel details[open]")).to_have_count(1)

    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Anteckningar")).to_be_focused()
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        page.keyboard.insert_text(" Har fått numret.")
    page.reload()
    expect(page.get_by_label("Anteckningar")).to_have_value(f"{TOLD} Har fått numret.")


def test_words_are_found_in_the_panel_however_they_are_spelt(enter: Enter, live: Live) -> None:
    lay(live)
    counsellor = enter("counsellor")
    begin_a_call(counsellor)
    open_the_panel(counsellor)
    words = counsellor.page.locator("#find-words")
    words.fill("tramateamet")
    words.press("Enter")
    expect(counsellor.page.locator("#panel .services")).to_be_visible()
    assert services(counsellor) == ["Traumateamet"]


def test_when_nothing_answers_the_panel_points_to_the_printed_list(enter: Enter, live: Live) -> None:
    counsellor = enter("counsellor")
    begin_a_call(counsellor)
    write_down(counsellor, TOLD)
    kept(counsellor)
    counsellor.page.context.set_offline(True)
    counsellor.page.keyboard.press("Escape")
    counsellor.page.keyboard.press("h")
    counsellor.sees("Ta den utskrivna listan.")
    expect(counsellor.page.get_by_label("Anteckningar")).to_have_value(TOLD)
    counsellor.page.context.set_offline(False)
    assert all(fault.startswith("htmx:") for fault in counsellor.faults), counsellor.faults
    counsellor.faults.clear()


def test_without_scripts_it_opens_beside_the_call_and_the_notes_stay(enter: Enter, live: Live) -> None:
    lay(live)
    counsellor = enter("counsellor", java_script_enabled=False)
    page = counsellor.page
    begin_a_call(counsellor)
    page.get_by_label("Anteckningar").fill(TOLD)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Hitta verksamhet").click()
    beside = opened.value
    beside.get_by_label("Behov").select_option(label="Samtal för anhöriga")
    beside.get_by_label("Språk som talas").select_option(label="somaliska")
    beside.get_by_label("Område").select_option(label="Söder")
    beside.get_by_role("button", name="Sök").last.click()
    expect(beside.get_by_role("heading", name="1 träff")).to_be_visible()
    expect(beside.get_by_text("040-628 04 10")).to_be_visible()
    beside.close()
    expect(page.get_by_label("Anteckningar")).to_have_value(TOLD)


def test_a_lead_says_what_is_free_and_the_coordinator_prints(enter: Enter, live: Live) -> None:
    lay(live)
    lead = enter("unit_lead", look=accessible)
    lead.enter_room("Verksamheter")
    lead.sees_heading("Verksamheter")
    lead.look()
    small(lead.page)
    lead.follow(SOMALI)
    lead.sees("lediga platser: okänt")
    lead.look()
    small(lead.page)
    lead.follow("Säg lediga platser")
    lead.choose("Är antalet lediga platser känt i dag?", "Ja")
    lead.write("Lediga platser", "2")
    lead.write("Platser i allt", "6")
    lead.look()
    small(lead.page)
    lead.press("Spara antalet")
    lead.sees(re.compile(r"2 av 6 lediga, sagt onsdag 6 maj"))
    lead.follow("Ändra uppgifterna")
    lead.sees_heading("Ändra verksamhet")
    lead.look()
    small(lead.page)
    lead.write("Öppettider", "alla dagar 8–20")
    expect(lead.page.locator("[data-draft-words]")).to_contain_text("Sparat")
    lead.page.reload()
    expect(lead.page.get_by_label("Öppettider")).to_have_value("alla dagar 8–20")
    lead.press("Spara ändringen")
    lead.sees("Sparat som version 3.")
    lead.go("/readiness/units/")
    lead.follow("Barn och unga Innerstaden")
    lead.look()
    small(lead.page)

    coordinator = enter("coordinator", look=accessible)
    coordinator.go("/readiness/units/")
    coordinator.sees_heading("Enheternas beredskap")
    coordinator.look()
    small(coordinator.page)
    coordinator.go("/readiness/resources/new/")
    coordinator.sees_heading("Ny verksamhet")
    coordinator.look()
    small(coordinator.page)
    coordinator.go("/readiness/resources/")
    address = coordinator.page.get_by_role("link", name="Skriv ut listan").get_attribute("href")
    paper = coordinator.page.request.get(f"{live.address}{address}")
    printed = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.body())).pages)
    assert SOMALI in printed
    assert "2 av 6 lediga" in printed
