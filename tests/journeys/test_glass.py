"""A worker opens, searches, and breaks the glass; the lead of the child's unit is told at once and reviews it.

And the privacy officer sees all that, without any name.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, no_sideways_scroll
from tests.journeys.conftest import Enter
from tests.journeys.family import Child
from tests.journeys.handling import open_case
from tests.journeys.person import Person
from tests.journeys.receiving import assign, enter_an_old_report

pytestmark = pytest.mark.journey
REASON = "Barnet sitter här på mottagningen och ingen på Innerstaden svarar."

FAMILIES = {1280: ("Egenfors", "Sandelin"), 320: ("Åkerbro", "Holmqvist")}
"""Whose the two cases are, so that no child of one journey looks like one of the other's."""


def seen_by_everyone(page: Page) -> None:
    axe(page)
    no_sideways_scroll(page)


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (320, False)])
def test_a_worker_breaks_the_glass_and_the_lead_reviews_it(enter: Enter, width: int, scripts: bool) -> None:
    registrar = enter("registrar")
    own_family, family = FAMILIES[width]
    own, child = enter_an_old_report(registrar, own_family), enter_an_old_report(registrar, family)
    window = {"viewport": {"width": width, "height": 800}, "java_script_enabled": scripts}
    look = seen_by_everyone if scripts else None
    lead = enter("unit_lead", look=look, **window)
    assign(lead, own, "Colleague")
    worker = enter("social_worker", look=look, **window)
    open_case(worker, own)
    worker.enter_room("Sök")
    worker.write("Namn, nummer eller ärende", child.reference)
    worker.press("Sök", within=worker.page.locator("main"))
    worker.sees("Ingen träff bland det du får se.")
    worker.press("Nödöppna ett ärende")
    worker.sees_heading("Nödöppna ett ärende")
    expect(worker.page.get_by_label(re.compile("Ärendenummer"))).to_have_value(child.reference)
    worker.look()
    worker.write("Varför behöver du läsa ärendet nu?", REASON)
    worker.press("Nödöppna och läs")
    expect(worker.page.locator(".case-head h1")).to_contain_text(family)
    worker.sees("Nödöppnat: du kan läsa, inte skriva")
    frame = worker.page.locator("main.behind-glass")
    expect(frame).to_have_css("border-top-width", "4px")
    expect(frame.get_by_role("link", name="Anteckning")).to_have_count(0)
    worker.look()
    worker.enter_room("Nödöppna")
    worker.sees("Öppet för dig nu")
    worker.sees(child.reference)

    lead.go("/today/")
    lead.sees("Nödöppnat: granska först")
    lead.sees(f"Skäl: {REASON}")
    row = lead.page.get_by_role("listitem").filter(has_text="Nödöppnat av någon").filter(has_text=child.reference)
    row.get_by_role("link", name="Granska").click()
    lead.sees_heading("Granska en nödöppning")
    lead.sees("Colleague")
    lead.sees(REASON)
    lead.look()
    lead.choose("Var det befogat?", "Inte befogad")
    lead.press("Spara granskningen")
    lead.sees("Skriv varför, så att det går att utreda.")
    lead.write("Med egna ord", "Jag satt i rummet bredvid.")
    lead.press("Spara granskningen")
    lead.sees("Granskningen är sparad.")

    worker.go("/glass/")
    expect(worker.page.get_by_text("Öppet för dig nu")).to_have_count(0)
    _the_officer_sees_it_and_no_name(enter("privacy_officer", look=look, **window), child, family)


def _the_officer_sees_it_and_no_name(officer: Person, child: Child, family: str) -> None:
    officer.enter_room("Läsloggen")
    officer.follow("Nödöppningarna")
    officer.sees_heading("Nödöppningarna")
    row = officer.page.get_by_role("row").filter(has_text=child.reference)
    for shown in ("Colleague", "Inte befogad", "Unit Lead"):
        officer.sees(shown, within=row)
    officer.look()
    page = officer.page.content()
    assert child.reference in page
    assert not any(hidden in page for hidden in (family, child.given, REASON, "rummet bredvid"))
