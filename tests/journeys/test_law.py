"""May I tell?, in a real browser: four choices without scripts, on a narrow screen, printed, and the lawyer's word."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe, no_sideways_scroll
from tests.live import Live

pytestmark = pytest.mark.journey

ANSWER = "/law/may-i-tell/?sender=social_services&receiver=police&subject=adult&situation=prevent_terror_crime"


def entered(live: Live, page: Page, role: str) -> Page:
    page.set_default_timeout(15_000)
    page.goto(f"{live.address}/demo/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url(f"{live.address}/today/")
    return page


def test_four_choices_without_scripts(live: Live, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = entered(live, context.new_page(), "Socialsekreterare")
    page.goto(f"{live.address}/law/may-i-tell/")
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_text("Välj ett av alternativen.").first).to_be_visible()
    for choice in ("Socialtjänsten", "Polisen", "En vuxen, från 21 år", "Förebygga terroristbrott"):
        page.get_by_label(choice, exact=True).check()
        page.get_by_role("button", name="Fortsätt").click()
    expect(page.locator(".callout-title")).to_have_text("Ja, du får")
    page.get_by_label("Som lagen var den").fill("11/3 2019")
    page.get_by_role("button", name="Fråga om den dagen").click()
    expect(page.locator(".callout-title")).to_have_text("Nej")
    page.get_by_role("link", name="Ändra Vem får veta?").click()
    expect(page.get_by_text("Fråga 2 av 4")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "path",
    ["/law/may-i-tell/", ANSWER, "/law/rules/", "/law/rules/IS-12b/", "/law/questions/", "/law/questions/Q02/"],
)
def test_each_page_is_for_everyone(live: Live, browser: Browser, path: str) -> None:
    for width in (1280, 320):
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="sv-SE")
        page = entered(live, context.new_page(), "Jurist")
        page.goto(f"{live.address}{path}")
        axe(page)
        no_sideways_scroll(page)
        context.close()


def test_the_rules_can_be_printed(live: Live, browser: Browser) -> None:
    context = browser.new_context(locale="sv-SE")
    page = entered(live, context.new_page(), "Jurist")
    page.goto(f"{live.address}/law/rules/?on=2019-03-11&family=sharing")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="IS-01", exact=True)).to_be_visible()
    expect(page.locator(".confidence").first).to_contain_text("Lagtexten är läst i sin helhet.")
    expect(page.locator(".confidence").first).to_be_visible()
    expect(page.get_by_label("Ord i regeln")).to_be_hidden()
    context.close()
