"""A real browser for tests: Chromium, started once, and what every page must hold up to in it."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

expect.set_options(timeout=30_000)  # a loaded machine of two cores is slow, not wrong

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Return the Chromium to start: HEMVAG_CHROMIUM, else the machine's, else None for Playwright's own."""
    return os.environ.get("HEMVAG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once for the whole run."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


def axe(page: Page, **options: Any) -> None:
    """Fail with what axe found: every rule of WCAG 2.2 A and AA, and its best practices."""
    found = Axe().run(page, options=options or None)
    assert not found.response["violations"], found.generate_report()


def no_sideways_scroll(page: Page) -> None:
    """Fail, naming the widest elements, when the page is wider than its window."""
    wider = page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            return [...document.querySelectorAll("body *")]
                .filter((element) => element.getBoundingClientRect().right > wide + 1)
                .map((element) => `${element.tagName.toLowerCase()}.${element.className}`).slice(0, 10);
        }"""
    )
    assert not wider, wider
