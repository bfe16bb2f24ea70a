"""People for the journeys: each with a window of her own, closed afterwards; a script's fault fails the journey."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests import database
from tests.journeys.person import PATIENCE, Look, Person
from tests.live import Live
from tests.town import PARTS

Enter = Callable[..., Person]

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def enter(browser: Browser, live: Live) -> Iterator[Enter]:
    """Return a function that lets someone in: `enter("counsellor", look=…, language=…, **window)`."""
    opened: list[tuple[BrowserContext, Person]] = []

    def let_in(
        part: str, *, language: str = "sv", look: Look | None = None, own: Live | None = None, **window: Any
    ) -> Person:
        place = own or live
        usual: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
        context = browser.new_context(**(usual | window))
        scripts = window.get("java_script_enabled", True)
        person = Person(context, place, language=language, look=look, runs_scripts=scripts)
        opened.append((context, person))
        role, unit = PARTS[part]
        person.sign_in(role, getattr(place.town, unit).name)
        return person

    yield let_in
    for server in {person.live.address: person.live for _context, person in opened}.values():
        print(server.wrote())  # noqa: T201
    faults = [fault for _context, person in opened for fault in person.faults]
    for context, _person in opened:
        context.close()
    if any(person.language != "sv" for _context, person in opened):
        with database.connect("owner", live.database) as owner:  # the next journey meets the town as it was
            owner.execute("UPDATE staff_worker SET language = 'sv'")
    assert not faults, faults
