"""The pages and verbs of an exercise's space, in the tests' own database."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings

from hemvag.config.exercise import play
from hemvag.config.exercise.scenario import Scenario
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.exercise import making
from tests.rules.source import ROOT

FOLDER = ROOT / "hemvag/config/exercise"


@pytest.fixture
def space(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this process be an exercise's space."""
    monkeypatch.setattr(settings, "HEMVAG_KIND", "exercise")
    templates = [settings.TEMPLATES[0] | {"DIRS": [FOLDER / "templates"]}]
    static = [FOLDER / "static"]
    with override_settings(
        ROOT_URLCONF="hemvag.config.exercise.urls",
        TEMPLATES=templates,
        STATICFILES_DIRS=static,
        LOGIN_URL="demo_choose",
    ):
        yield


@pytest.fixture
def leader(space: None, town: Town, client_for: Callable[[Worker], Client]) -> Client:
    """The browser of whoever leads the exercise."""
    return client_for(town.workers["coordinator"])


@pytest.fixture
def family(space: None) -> Scenario:
    """The scenario of the package."""
    return play.current()


@pytest.fixture
def named(django_db_setup: None) -> Iterator[str]:
    """A small database whose name is an exercise's, with its mark and one table more."""
    with making.named() as name:
        yield name
