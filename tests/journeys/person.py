"""Someone in front of the screen: signs in, reads, writes and presses, in her own language and window."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils import translation
from playwright.sync_api import BrowserContext, Locator, Page, expect

from hemvag.access.abilities import roles
from tests.live import Live

Look = Callable[[Page], None]
PATIENCE = 45_000


class Person:
    """One worker with a browser window of her own. Texts are given in Swedish and looked for in her language."""

    def __init__(
        self,
        context: BrowserContext,
        live: Live,
        *,
        language: str = "sv",
        look: Look | None = None,
        runs_scripts: bool = True,
    ) -> None:
        self.live = live
        self.language = language
        self.page = context.new_page()
        self.runs_scripts = runs_scripts
        self.page.set_default_timeout(PATIENCE)
        self.faults: list[str] = []
        self._look = look
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: object) -> None:
        """Note what a script or the page's policy complains about; an answer with an error status is no fault of it."""
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.faults.append(text)

    def said(self, swedish: str, **facts: object) -> str:
        """Return a text of the interface in this person's language."""
        with translation.override(self.language):
            text = translation.gettext(swedish)
        return text % facts if facts else text

    def look(self) -> None:
        """Look at the page as it stands, in the way this journey looks at every page."""
        if self._look is not None:
            self.page.wait_for_load_state("load")
            self._look(self.page)

    def go(self, path: str) -> None:
        """Open an address of the house."""
        self.page.goto(f"{self.live.address}{path}")

    def sign_in(self, role: str, unit: str) -> None:
        """Choose the button of a role in a unit, and arrive at Today."""
        self.go("/demo/")
        choices = self.page.get_by_role("button").filter(has_text=unit)
        choices.filter(has_text=re.compile("|".join([roles()[role].sv, roles()[role].en]))).first.click()
        self.page.wait_for_url("**/today/")
        self._choose_language()
        self.sees_heading("I dag")
        self.look()

    def _choose_language(self) -> None:
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.page.get_by_role("button", name={"sv": "Svenska", "en": "English"}[self.language]).click()
            expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def sees_heading(self, swedish: str) -> None:
        """Wait for the page with this heading."""
        expect(self.page.get_by_role("heading", level=1, name=self.said(swedish)).first).to_be_visible(timeout=PATIENCE)

    def sees(self, text: str, *, within: Locator | None = None) -> None:
        """Wait for a text, given as it stands on the page."""
        expect((within or self.page.locator("body")).get_by_text(text).first).to_be_visible(timeout=PATIENCE)

    def press(self, swedish: str, *, within: Locator | None = None) -> None:
        """Press a button."""
        (within or self.page).get_by_role("button", name=self.said(swedish)).first.click()

    def follow(self, swedish: str, *, within: Locator | None = None) -> None:
        """Follow a link."""
        (within or self.page).get_by_role("link", name=self.said(swedish)).first.click()

    def enter_room(self, swedish: str) -> None:
        """Follow a room's link in the side list, which on a small screen or during a call is a menu."""
        self.page.wait_for_load_state("load")  # before its style has come, a page shows the phone's menu
        menu = self.page.locator(".menu > summary")
        if menu.is_visible():
            menu.click()
        self.page.locator(".rooms").get_by_role("link", name=self.said(swedish)).locator("visible=true").first.click()

    def write(self, swedish: str, text: str, *, within: Locator | None = None) -> None:
        """Write in a field."""
        place = within or self.page.locator("main")
        place.get_by_label(re.compile(rf"^\s*{re.escape(self.said(swedish))}")).first.fill(text)

    def choose(self, swedish: str, option: str, *, within: Locator | None = None) -> None:
        """Choose one of a group of choices; `option` as it stands on the page."""
        group = (within or self.page.locator("main")).get_by_role("group", name=self.said(swedish)).first
        group.get_by_label(option, exact=True).check()

    def select(self, swedish: str, option: str, *, within: Locator) -> None:
        """Choose in a list."""
        field = within.get_by_label(re.compile(rf"^\s*{re.escape(self.said(swedish))}"))
        field.select_option(label=self.said(option))

    def panel(self, title: str) -> Locator:
        """Return the panel with this title, as it stands on the page."""
        heading = self.page.get_by_role("heading", level=2, name=title, exact=True)
        return self.page.locator("section.panel").filter(has=heading).first

    @contextmanager
    def in_a_new_window(self) -> Iterator[Page]:
        """Open a second tab of the same browser."""
        page = self.page.context.new_page()
        yield page
        page.close()
