"""Writing with the network gone, the session ended, the page closed or another tab open: nothing is lost."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.template import engines
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.web import patterns

ADDRESS = "http://localhost"
SAVED_AT = "2026-05-12T12:04:31+02:00"
PAGE = """{% load static %}<!doctype html><html lang="sv"><head><title>Samtal</title></head><body>
<form method="post" data-draft-url="/draft" data-draft-key-url="/key" data-draft-version="{{ version }}"
 data-draft-saved-at="{{ saved_at }}"><input type="hidden" name="csrfmiddlewaretoken" value="token">
<label>Not<textarea name="note">{{ note }}</textarea></label>
<label><input type="radio" name="who" value="parent">Förälder</label>
<label><input type="radio" name="who" value="friend">Vän</label>
<label><input type="checkbox" name="themes" value="fear">Rädsla</label>
{% include "web/draft.html" %}</form>
<script type="module" src="{% static 'web/draft.js' %}"></script></body></html>"""


@dataclass
class Server:
    """A server that keeps one draft as a room's view would."""

    version: int = 1
    note: str = ""
    tab: str = ""
    status: int = 200
    key: bytes = b"k" * 32
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path.startswith("/static/"):
            route.fulfill(path=patterns.static_file(path.removeprefix("/static/")))
        elif path == "/key":
            route.fulfill(json={"key": base64.b64encode(self.key).decode()})
        elif path == "/draft":
            self.draft(route)
        else:
            facts = {"note": self.note, "version": self.version, "saved_at": "2020-01-01T00:00:00+01:00"}
            page = engines["django"].from_string(PAGE).render(facts)
            route.fulfill(body=page, content_type="text/html; charset=utf-8")

    def draft(self, route: Route) -> None:
        if self.status == 0:
            route.abort("internetdisconnected")
            return
        if self.status != 200:
            route.fulfill(status=self.status, json={})
            return
        assert route.request.headers["x-csrftoken"] == "token"
        sent = json.loads(route.request.post_data or "")
        self.bodies.append(sent)
        if sent["version"] != self.version and not sent["take_over"]:
            kept = {"version": self.version, "fields": {"note": self.note}, "tab": self.tab, "saved_at": SAVED_AT}
            route.fulfill(status=409, json=kept)
            return
        self.version += 1
        self.note, self.tab = sent["fields"]["note"], sent["tab"]
        route.fulfill(json={"version": self.version, "saved_at": SAVED_AT})


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    opened.route("**/*", server.answer)
    yield opened
    opened.close()


def open_page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(f"{ADDRESS}/")
    page.locator("form[data-draft-ready]").wait_for()
    return page


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-draft-words]")).to_have_text(words, timeout=8000)


def kept_here(page: Page) -> list[str]:
    """Return every byte that the browser holds for the drafts, as text."""
    rows: list[str] = page.evaluate(
        """() => new Promise((resolve) => {
            const open = indexedDB.open("hemvag", 1);
            open.onsuccess = () => {
                const all = open.result.transaction("drafts").objectStore("drafts").getAll();
                all.onsuccess = () => {
                    resolve(all.result.map((row) => new TextDecoder("latin1").decode(row.box)));
                    open.result.close();
                };
            };
        })"""
    )
    return rows


def test_a_text_is_saved_as_it_is_written(context: BrowserContext, server: Server) -> None:
    page = open_page(context)
    page.get_by_label("Not").fill("Mormor ringde")
    page.get_by_label("Vän").check()
    page.get_by_label("Rädsla").check()
    says(page, "Sparat 12:04:31")
    assert server.bodies[-1]["fields"] == {"note": "Mormor ringde", "who": "friend", "themes": ["fear"]}
    assert kept_here(page) == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0, "Ingen kontakt med servern. Din text finns kvar här."),
        (503, "Ingen kontakt med servern. Din text finns kvar här."),
        (401, "Du är utloggad. Din text finns kvar här. Logga in i en ny flik."),
        (413, "Det gick inte att spara. Din text finns kvar här."),
    ],
)
def test_what_is_not_saved_is_kept_sealed_and_comes_back(
    context: BrowserContext, server: Server, status: int, words: str
) -> None:
    server.status = status
    page = open_page(context)
    page.get_by_label("Not").fill("Mormor ringde")
    says(page, words)
    rows = kept_here(page)
    assert len(rows) == 1
    assert "Mormor" not in rows[0]
    page.close()
    server.status = 200
    page = open_page(context)
    expect(page.get_by_label("Not")).to_have_value("Mormor ringde")
    says(page, "Sparat 12:04:31")
    assert server.note == "Mormor ringde"
    assert kept_here(page) == []


def test_a_page_that_dies_within_a_second_loses_nothing(context: BrowserContext, server: Server) -> None:
    server.status, server.note = 0, "Först"
    page = open_page(context)
    page.get_by_label("Not").fill("Ändrat helt")
    page.wait_for_timeout(700)
    page.close()
    page = open_page(context)
    expect(page.get_by_label("Not")).to_have_value("Ändrat helt")


def test_another_worker_on_the_same_computer_sees_nothing(context: BrowserContext, server: Server) -> None:
    server.status = 0
    page = open_page(context)
    page.get_by_label("Not").fill("Hemligt")
    page.wait_for_timeout(700)
    page.close()
    server.key = b"x" * 32
    page = open_page(context)
    expect(page.get_by_label("Not")).to_have_value("")
    assert len(kept_here(page)) == 1, "what the first worker wrote waits for her"


def test_two_tabs_neither_overwrites_the_other(context: BrowserContext, server: Server) -> None:
    first, second = open_page(context), open_page(context)
    first.get_by_label("Not").fill("Skrivet i den första")
    says(first, "Sparat 12:04:31")
    second.get_by_label("Not").fill("Skrivet i den andra")
    question = second.get_by_text("Samtalet är öppet i en annan flik. Ta över här? Inget försvinner.")
    expect(question).to_be_visible(timeout=8000)
    assert server.note == "Skrivet i den första"
    second.get_by_role("button", name="Ta över här").click()
    says(second, "Sparat 12:04:31")
    assert server.note == "Skrivet i den första\n\nSkrivet i den andra"
    assert server.bodies[-1]["take_over"] is True
    expect(question).to_be_hidden()


def test_an_answer_that_never_came_is_no_other_tab(context: BrowserContext, server: Server) -> None:
    page = open_page(context)
    page.get_by_label("Not").fill("Ett")
    says(page, "Sparat 12:04:31")
    server.version += 1
    page.get_by_label("Not").fill("Ett två")
    expect(page.locator("[data-draft-state]")).to_have_attribute("data-state", "saved", timeout=8000)
    page.wait_for_timeout(3500)
    assert server.note == "Ett två"
