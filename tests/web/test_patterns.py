"""The pattern page and the error pages in a real browser: nothing for axe to find, nothing scrolls sideways."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, expect

from hemvag.web.csp import CONTENT_SECURITY_POLICY
from tests.browser import axe, no_sideways_scroll
from tests.web import patterns

ADDRESS = "http://hemvag.test"
POLICY = "; ".join(f"{name} {' '.join(places)}" for name, places in CONTENT_SECURITY_POLICY["DIRECTIVES"].items())
WIDTHS = [(1280, 900), (320, 640)]


@pytest.fixture
def shown(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens HTML under the house's policy with its own static files; any script error or
    blocked style fails the test."""
    faults: list[str] = []
    contexts = []

    def show(html: str, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)

        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(ADDRESS).split("?")[0]
            if path.startswith("/static/"):
                route.fulfill(path=patterns.static_file(path.removeprefix("/static/")))
            else:
                headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
                route.fulfill(body=html, headers=headers)

        context.route("**/*", answer)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(f"{ADDRESS}/")
        return page

    yield show
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_is_accessible(shown: Callable[..., Page], scheme: str, size: tuple[int, int]) -> None:
    page = shown(patterns.html(), viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    axe(page)
    no_sideways_scroll(page)


def test_nothing_scrolls_sideways_with_text_twice_as_large(shown: Callable[..., Page]) -> None:
    page = shown(patterns.html(), viewport={"width": 640, "height": 450})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    no_sideways_scroll(page)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_error_pages_are_accessible(shown: Callable[..., Page], status: int, language: str) -> None:
    with translation.override(language):
        page = shown(patterns.error_page(status), viewport={"width": 320, "height": 640})
    assert page.locator("html").get_attribute("lang") == language
    axe(page)
    no_sideways_scroll(page)


def test_a_form_with_errors_takes_the_focus_to_its_summary(shown: Callable[..., Page]) -> None:
    page = shown(patterns.html())
    assert page.evaluate("document.activeElement.dataset.summary") == ""
    page.locator(".summary a").first.click()
    assert page.evaluate("document.activeElement.name") == "born"


def test_one_key_opens_a_new_contact_but_never_while_typing(shown: Callable[..., Page]) -> None:
    page = shown(patterns.html())
    page.locator("#search").focus()
    page.keyboard.press("n")
    assert page.url == f"{ADDRESS}/"
    assert page.locator("#search").input_value() == "n"
    page.locator("main h1").first.click()
    page.keyboard.press("n")
    page.wait_for_url(f"{ADDRESS}/contacts/new/")


def test_the_menu_of_a_phone_works_without_scripts(shown: Callable[..., Page]) -> None:
    page = shown(patterns.html(), viewport={"width": 320, "height": 640}, java_script_enabled=False)
    link = page.locator(".menu-panel a", has_text="Enheten")
    assert not link.is_visible()
    page.locator(".menu summary").click()
    expect(link).to_be_in_viewport()


def test_a_second_press_on_a_button_is_not_sent(shown: Callable[..., Page]) -> None:
    page = shown(patterns.html())
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate(
        """() => {
            const form = document.querySelector("#forms form");
            form.requestSubmit();
            form.requestSubmit();
        }"""
    )
    page.wait_for_load_state("networkidle")
    assert len(sent) == 1
