"""The ways in which a journey looks at every page it passes."""

from typing import Literal

from playwright.sync_api import Page

from tests.browser import axe, no_sideways_scroll

NARROW = {"width": 320, "height": 640}
TWICE_AS_LARGE = {"width": 640, "height": 400}
"""What is left of a window of 1280 by 800 when everything is shown at 200 per cent."""


def accessible(page: Page) -> None:
    """Nothing for axe to find; in the dark, where only colours differ, nothing about colours."""
    axe(page)
    _show_in(page, "dark")
    axe(page, runOnly=["color-contrast"])
    _show_in(page, "light")


def _show_in(page: Page, scheme: Literal["dark", "light"]) -> None:
    """Change the colours, and wait until no button is on its way between two."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(
        """async () => {
            await new Promise(requestAnimationFrame);
            await Promise.allSettled(document.getAnimations().map((one) => one.finished));
        }"""
    )


def small(page: Page) -> None:
    """Nothing scrolls sideways on a small phone, nor with everything twice as large."""
    before = page.viewport_size
    for size in (TWICE_AS_LARGE, NARROW):
        page.set_viewport_size(size)
        no_sideways_scroll(page)
    if before is not None:
        page.set_viewport_size(before)
