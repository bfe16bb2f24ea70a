"""In an exercise's space every page says so in words, in its heading bar and its title: error pages too."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from hemvag.staff.models import Worker
from hemvag.web import errors
from tests.conftest import Town
from tests.rules.source import text

BAND = "ÖVNING – påhittade personer"


def says_so(page: str) -> bool:
    titles = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
    return page.count(BAND) == 1 and len(titles) == 1 and titles[0].startswith("ÖVNING · ")


@pytest.fixture
def exercise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HEMVAG_KIND", "exercise")


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
def test_error_pages_say_that_it_is_an_exercise(exercise: None, status: int) -> None:
    assert says_so(errors.page(status).content.decode())


@pytest.mark.urls("hemvag.config.exercise.urls")
def test_pages_say_that_it_is_an_exercise(exercise: None, town: Town, client_for: Callable[[Worker], Client]) -> None:
    assert says_so(Client().get("/account/sign-in/").content.decode())
    for part, link in (("social_worker", False), ("coordinator", True)):
        page = client_for(town.workers[part]).get("/today/").content.decode()
        assert says_so(page)
        assert ("/exercise/" in page) is link


def test_real_pages_do_not(town: Town, client_for: Callable[[Worker], Client]) -> None:
    page = client_for(town.workers["coordinator"]).get("/today/").content.decode()
    assert BAND not in page
    assert "/exercise/" not in page


def test_every_page_is_drawn_in_a_frame_that_says_it(exercise: None) -> None:
    """A page that draws its own frame would say nothing: each whole document of the house is one of these two."""
    request = RequestFactory().get("/")
    for frame in ("web/frame.html", "web/signed_out.html"):
        assert says_so(render_to_string(frame, {"request": request}))
    own = [path for path in _templates() if "<html" in text(path)]
    assert sorted(own) == ["hemvag/web/templates/web/frame.html", "hemvag/web/templates/web/signed_out.html"]


def _templates() -> list[str]:
    from tests.rules.source import ROOT

    return [path.relative_to(ROOT).as_posix() for path in (ROOT / "hemvag").rglob("*.html")]
