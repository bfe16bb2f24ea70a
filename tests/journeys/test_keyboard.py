"""From sign-in to a received report with the keyboard alone: everything is reached, in order, with a visible focus."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.live import Live

pytestmark = pytest.mark.journey

MOST_STEPS = 120
IS_SEEN = """() => {
    const style = getComputedStyle(document.activeElement);
    const label = document.activeElement.closest("label");
    const around = label ? getComputedStyle(label) : style;
    const outlined = (one) => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2;
    const ring = (one) => outlined(one) || one.boxShadow !== "none";
    return document.activeElement === document.body || ring(style) || ring(around);
}"""


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the wanted element has the focus; every stop on the way shows where it is."""
    expect(wanted).to_be_attached()
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        assert page.evaluate(IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"never reached: {wanted}")


def write(page: Page, label: str, text: str) -> None:
    tab_to(page, page.locator("main").get_by_label(label, exact=False).first)
    page.keyboard.type(text)


def test_a_call_becomes_a_report_without_a_mouse(live: Live, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(45_000)
    page.goto(f"{live.address}/demo/")
    tab_to(page, page.get_by_role("button", name="Samtalsstödjare").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Börja samtalet")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("form[data-draft-ready]").wait_for()
    page.keyboard.type("Mormor ringer om ett barnbarn på 4 år.")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.get_by_role("heading", name="Läs upp, innan barnet nämns").wait_for()
    tab_to(page, page.get_by_role("button", name="Ta emot anmälan"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ta emot anmälan").wait_for()
    write(page, "Förnamn", "Ifrah")
    write(page, "Efternamn", "Jama")
    write(page, "Datum eller år", "2022-01-05")
    tab_to(page, page.locator("[name$=district_code]"))
    page.keyboard.type("Innerstaden")
    tab_to(page, page.locator("[name=kind]").first)
    for _choice in range(20):
        if page.locator("[name=kind][value=relative]").is_checked():
            break
        page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Ta emot anmälan"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Anmälan är mottagen")).to_be_visible()
    expect(page.get_by_text("väntar hos Barn och unga Innerstaden.")).to_be_visible()
    context.close()
