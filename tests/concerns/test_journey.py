"""A report in a real browser: entered, given out, assessed, decided; every page held to axe and narrow windows."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe, no_sideways_scroll
from tests.live import Live

WIDTHS = (1280, 390, 320)


def look(page: Page) -> None:
    """Hold the page to axe, and to windows of three widths."""
    axe(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        no_sideways_scroll(page)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def enter(browser: Browser, live: Live, part: str) -> Page:
    """Sign in by the demo's button."""
    page = browser.new_context(locale="sv-SE", viewport={"width": WIDTHS[0], "height": 900}).new_page()
    page.set_default_timeout(45_000)
    page.goto(f"{live.address}/demo/")
    page.locator(f'form:has([value="{live.town.workers[part].email}"]) button').click()
    page.wait_for_url(re.compile("today"))
    return page


def register(page: Page, live: Live, given: str) -> str:
    """Enter the police officer's report about one child; return its reference."""
    page.goto(f"{live.address}/reports/new/")
    page.get_by_label("Brev eller blankett").check()
    page.get_by_label("Polisen", exact=True).check()
    page.get_by_label("Anmälarens namn").fill("Bo Ek")
    page.get_by_label("Ja", exact=True).check()
    page.locator('[name="children-0-given"]').fill(given)
    page.locator('[name="children-0-family"]').fill("Östberg")
    page.locator('[name="children-0-birth_date"]').fill("2021-05-04")
    page.locator('[name="children-0-district_code"]').select_option("innerstaden")
    page.locator('textarea[name="text"]').fill("Barnet är i ett läger utan vuxna som tar hand om det.")
    page.get_by_role("button", name="Registrera anmälan").click()
    said = page.get_by_text("är registrerad och väntar hos")
    expect(said).to_be_visible()
    return re.findall(r"B\d\d-\w{4}-\w{4}", said.inner_text())[0]


def give_out(browser: Browser, live: Live, reference: str) -> None:
    """Let the desk on call pass the case on, when it has it, and the lead give it to a worker."""
    desk = enter(browser, live, "on_call")
    desk.goto(f"{live.address}/unit/")
    look(desk)
    waiting = desk.get_by_role("row").filter(has_text=reference).get_by_role("link", name=re.compile("^Tilldela"))
    if waiting.count():  # out of hours the case has gone to the on-call desk
        waiting.first.click()
        look(desk)
        desk.get_by_role("button", name="Lämna till enheten").click()
    lead = enter(browser, live, "unit_lead")
    lead.goto(f"{live.address}/unit/")
    look(lead)
    row = lead.get_by_role("row").filter(has_text=reference)
    row.get_by_role("link", name=re.compile("^Tilldela")).first.click()
    look(lead)
    lead.get_by_label("Colleague").check()
    lead.get_by_role("button", name="Tilldela").click()
    expect(lead.get_by_text("Ärendet är tilldelat.")).to_be_visible()


def take(page: Page, *, link: str, choice: str, label: str, text: str, button: str) -> None:
    """Go to a step's page from the case, hold it to `look`, fill it in and send it."""
    page.get_by_role("link", name=link).first.click()
    look(page)
    page.get_by_label(choice, exact=True).check()
    page.get_by_label(re.compile(f"^{label}")).fill(text)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("Sparat.")).to_be_visible()


STEPS = [
    ("Gör skyddsbedömningen", "Inget behov av omedelbart skydd", "Skäl", "Hos mormor.", "Spara skyddsbedömningen"),
    ("Förhandsbedöm", "Inleda utredning", "Skäl för beslutet", "Det som sagts räcker.", "Signera beslutet"),
    ("Lämna återkoppling", "Återkoppling är lämnad", "Vad som sades", "Ringde Bo Ek.", "Spara återkopplingen"),
    ("Barnets röst", "Samtal i enrum", "Barnets egna ord", "Jag vill bo hos mormor.", "Spara"),
    ("Avsluta utredningen", "Avsluta utredningen med insats", "Skäl för beslutet", "Stöd.", "Signera beslutet"),
]


@pytest.mark.journey
def test_a_report_goes_from_the_registrar_to_a_closing_decision(browser: Browser, live: Live) -> None:
    registrar = enter(browser, live, "registrar")
    registrar.goto(f"{live.address}/reports/new/")
    look(registrar)
    registrar.get_by_role("button", name="Registrera anmälan").click()
    expect(registrar.get_by_role("alert").first).to_be_visible()
    look(registrar)
    reference = register(registrar, live, "Amina")
    look(registrar)
    give_out(browser, live, reference)

    worker = enter(browser, live, "colleague")
    look(worker)
    row = worker.get_by_role("listitem").filter(has_text=reference)
    row.get_by_role("link", name="Skyddsbedömning").first.click()
    look(worker)
    for link, choice, label, text, button in STEPS:
        take(worker, link=link, choice=choice, label=label, text=text, button=button)
    expect(worker.get_by_text("Inget väntar i det här ärendet")).to_be_visible()
    look(worker)

    register(registrar, live, "Aminah")
    expect(registrar.get_by_role("heading", level=1)).to_have_text("De här barnen kan vara kända här")
    look(registrar)
    registrar.get_by_role("link", name=re.compile("^Jämför")).first.click()
    expect(registrar.get_by_role("heading", level=1)).to_have_text("Är det samma barn?")
    look(registrar)
    registrar.get_by_role("button", name=re.compile("^Ja, samma barn")).click()
    expect(registrar.get_by_text("Akterna förs samman när någon annan har bekräftat")).to_be_visible()
    look(registrar)
