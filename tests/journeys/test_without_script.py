"""The main line of the story in a browser that runs no scripts: every step is a page, a form or a link."""

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.family import Family
from tests.journeys.telling import tell

pytestmark = pytest.mark.journey


def test_the_story_without_scripts(enter: Enter) -> None:
    worker = tell(enter, Family("Duale"), java_script_enabled=False)
    worker.sees("Inget väntar i det här ärendet")
