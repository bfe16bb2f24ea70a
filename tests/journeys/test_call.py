"""A call by keyboard alone, in a real browser: written, saved, lost and found again, coded, and led to the gate."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import axe, no_sideways_scroll
from tests.live import Live

pytestmark = pytest.mark.journey

Opened = Callable[..., BrowserContext]
SAVED = re.compile(r"^Sparat \d\d:\d\d:\d\d$")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Return a function that opens a browser of its own."""
    contexts: list[BrowserContext] = []

    def open_one(**facts: Any) -> BrowserContext:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}, "locale": "sv-SE"} | facts))
        context.set_default_timeout(45_000)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()


def signed_in(live: Live, context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(f"{live.address}/demo/")
    page.get_by_role("button", name="Samtalsstödjare").first.click()
    page.wait_for_url(f"{live.address}/today/")
    return page


def ready(page: Page) -> None:
    page.locator("form[data-draft-ready]").wait_for()


def says(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("[data-draft-words]")).to_have_text(words, timeout=45_000)


def begun(page: Page) -> Page:
    """Begin a contact with two keys."""
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Börja samtalet")).to_be_focused()
    page.keyboard.press("Enter")
    ready(page)
    return page


def test_a_call_by_keyboard_alone(live: Live, opened: Opened) -> None:
    page = begun(signed_in(live, opened()))
    notes = page.get_by_label("Anteckningar")
    expect(notes).to_be_focused()
    high, window = page.evaluate("[document.documentElement.scrollHeight, window.innerHeight]")
    assert high <= window, "one screen, without scrolling"
    expect(page.get_by_role("radio", name="Fara för liv")).to_be_in_viewport()
    for control in ["Vem", "Kod", "Blir anmälan", "Avsluta samtalet"]:
        expect(page.get_by_role("button", name=control, exact=True)).to_be_in_viewport(ratio=1)
    axe(page)

    page.keyboard.type("Mormor: två barnbarn, 4 och 6 år. vostarnkb 123")
    expect(notes).to_have_value("Mormor: två barnbarn, 4 och 6 år. vostarnkb 123")
    chosen = page.locator("#call input:checked")
    expect(chosen).to_have_count(1)  # the channel, and nothing by a letter typed in the notes

    page.keyboard.press("Escape")
    page.keyboard.press("v")
    page.keyboard.type("12")
    expect(page.locator("input[name=caller][value=grandparent]")).to_be_checked()
    expect(page.get_by_text("När hade ni det bra ihop senast?")).to_be_visible()
    expect(page.get_by_text("Kan någon höra dig? Säg ja eller nej.")).to_be_hidden()
    for letter, digits in [("o", "1"), ("s", "4"), ("a", "1"), ("n", "1")]:
        page.keyboard.press(letter)
        page.keyboard.type(digits)
    page.keyboard.press("t")
    page.keyboard.type("13141516")
    expect(page.locator("input[name=theme]:checked")).to_have_count(3)
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("14")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(notes).to_be_focused()
    says(page, SAVED)
    axe(page)

    page.reload()
    ready(page)
    expect(page.get_by_label("Anteckningar")).to_have_value("Mormor: två barnbarn, 4 och 6 år. vostarnkb 123")
    for name, value in [("caller", "grandparent"), ("about", "child"), ("stage", "abroad"), ("outcome", "done")]:
        expect(page.locator(f"input[name={name}][value={value}]")).to_be_checked()


def test_a_code_and_the_gate_by_keyboard(live: Live, opened: Opened) -> None:
    page = begun(signed_in(live, opened()))
    page.keyboard.type("Mormor ringer")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(page.get_by_role("button", name="Ge en kod")).to_be_focused()
    page.keyboard.press("Enter")
    groups = page.locator(".code-digits")
    expect(groups).to_have_count(4)
    code = " ".join(groups.all_inner_texts())
    expect(page.get_by_label("Skriv det som läses tillbaka")).to_be_focused()
    axe(page)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Koden gäller nu")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.get_by_role("heading", name="Läs upp, innan barnet nämns").wait_for()
    expect(page.get_by_text("Berättar du vilket barn det gäller blir samtalet en orosanmälan")).to_be_visible()
    axe(page)
    address = page.url
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.url == address, "Enter chooses neither"

    page.goto(f"{live.address}/contacts/return/")
    page.get_by_label("Återkomstkod").fill(code.replace(" ", "-"))
    page.keyboard.press("Enter")
    ready(page)
    expect(page.get_by_label("Anteckningar")).to_have_value(re.compile("^Mormor"))


def test_an_acute_choice_brings_up_what_to_do(live: Live, opened: Opened) -> None:
    page = begun(signed_in(live, opened()))
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.type("5")
    expect(page.get_by_text("Fråga rakt ut. Det skadar inte.")).to_be_visible()
    expect(page.get_by_text("Lägg aldrig på först.").filter(visible=True)).to_have_count(1)
    axe(page)


def test_a_crash_and_a_lost_network_lose_nothing(live: Live, opened: Opened) -> None:
    context = opened()
    page = begun(signed_in(live, context))
    page.keyboard.type("Först")
    says(page, SAVED)
    context.set_offline(True)
    page.keyboard.type(" och sedan utan nät")
    says(page, "Ingen kontakt med servern. Din text finns kvar här.")
    address = page.url
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.get_by_label("Anteckningar")).to_have_value("Först och sedan utan nät")
    says(again, SAVED)


def test_a_second_tab_does_not_overwrite_the_first(live: Live, opened: Opened) -> None:
    context = opened()
    first = begun(signed_in(live, context))
    second = context.new_page()
    second.goto(first.url)
    ready(second)
    first.get_by_label("Anteckningar").fill("Skrivet i den första")
    says(first, SAVED)
    second.get_by_label("Anteckningar").fill("Skrivet i den andra")
    take_over = second.get_by_role("button", name="Ta över här")
    take_over.wait_for()
    take_over.click()
    says(second, SAVED)
    first.reload()
    expect(first.get_by_label("Anteckningar")).to_have_value("Skrivet i den första\n\nSkrivet i den andra")


def test_without_scripts_there_is_save_and_all_else(live: Live, opened: Opened) -> None:
    page = signed_in(live, opened(java_script_enabled=False))
    page.goto(f"{live.address}/contacts/new/")
    page.get_by_role("button", name="Börja samtalet").click()
    page.get_by_label("Anteckningar").fill("Utan skript")
    page.get_by_role("group", name="Vem", exact=True).get_by_label("Syskon").check()
    page.get_by_role("group", name="Tema").get_by_label("Skam").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_label("Anteckningar")).to_have_value("Utan skript")
    expect(page.get_by_role("group", name="Vem", exact=True).get_by_label("Syskon")).to_be_checked()
    page.get_by_role("button", name="Kod").click()
    page.get_by_role("button", name="Ge en kod").click()
    code = "".join(page.locator(".code-digits").all_inner_texts())
    page.get_by_label("Skriv det som läses tillbaka").fill(code)
    page.get_by_role("button", name="Koden stämmer").click()
    expect(page.get_by_text("Koden gäller nu.")).to_be_visible()
    page.get_by_role("button", name="Avsluta samtalet").click()
    expect(page.get_by_role("group", name="Skede")).to_be_visible()
    expect(page.get_by_role("group", name="Tema")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 640])
def test_on_a_narrow_screen_nothing_scrolls_sideways(live: Live, opened: Opened, width: int) -> None:
    page = signed_in(live, opened(viewport={"width": width, "height": 640}))
    for address in ["/contacts/", "/contacts/return/", "/contacts/new/"]:
        page.goto(live.address + address)
        no_sideways_scroll(page)
        axe(page)
    page.get_by_role("button", name="Börja samtalet").click()
    ready(page)
    no_sideways_scroll(page)
    axe(page)
    call = page.url
    for name in ["gate/", "call-back/", "close/", "code/"]:
        page.goto(call + name)
        no_sideways_scroll(page)
        axe(page)
    page.goto(f"{call}gate/")
    page.get_by_role("button", name="Ta emot anmälan").click()
    page.get_by_label("Förnamn").wait_for()
    no_sideways_scroll(page)
    axe(page)
