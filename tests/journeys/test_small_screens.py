"""The main line of the story told on a small phone, every page of it also with everything twice as large."""

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.family import Family
from tests.journeys.looks import NARROW, accessible, small
from tests.journeys.person import Person
from tests.journeys.telling import tell

pytestmark = pytest.mark.journey


def test_the_story_on_a_small_phone(enter: Enter) -> None:
    worker = tell(enter, Family("Gedi"), look=small, viewport=NARROW)
    _each_page_of_a_case(worker)


def _each_page_of_a_case(worker: Person) -> None:
    """The pages that the main line does not pass, and one that is not there."""
    case = worker.page.url.removeprefix(worker.live.address)
    for path in (f"{case}meeting/", f"{case}step-off/", "/search/", "/preferences/", "/nowhere/"):
        worker.go(path)
        worker.look()
        accessible(worker.page)
