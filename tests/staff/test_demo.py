"""The demo's sign-in and real life keep apart: two kinds of database, two kinds of settings, and loopback only."""

import pytest
from django.conf import settings as real
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404
from django.test import RequestFactory, override_settings

from hemvag.config import start
from hemvag.config.demo import views
from tests import database
from tests.conftest import Town
from tests.rules.source import ROOT, text
from tests.town import PARTS


def mark(name: str, kind: str | None) -> None:
    with database.connect("owner", name) as owner:
        owner.execute("DELETE FROM hemvag.installation")
        if kind:
            owner.execute("INSERT INTO hemvag.installation (kind, municipality) VALUES (%s, 'malmo')", [kind])


KINDS = ("real", "demo", "exercise")


@pytest.mark.parametrize("settings_of", KINDS)
@pytest.mark.parametrize("kind", [*KINDS, None])
def test_settings_and_database_must_be_of_one_kind(
    own_database: str, monkeypatch: pytest.MonkeyPatch, settings_of: str, kind: str | None
) -> None:
    mark(own_database, kind)
    monkeypatch.setattr(real, "HEMVAG_KIND", settings_of)
    if settings_of == kind:
        start.check()
    else:
        with pytest.raises(start.WrongInstallation):
            start.check()


def test_real_settings_know_nothing_of_the_demo() -> None:
    assert real.HEMVAG_KIND == "real"
    assert "hemvag.config.demo" not in real.INSTALLED_APPS
    assert real.ROOT_URLCONF == "hemvag.doors.staff.urls"
    assert "demo" not in text("hemvag/doors/staff/urls.py")
    assert "hemvag.staff.sign_in.SecondFactor" in real.MIDDLEWARE


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.8.8.8"])
def test_the_demo_answers_this_computer(town: Town, address: str) -> None:
    request = RequestFactory().get("/demo/", REMOTE_ADDR=address)
    views._refuse_others(request)


@pytest.mark.parametrize("view", [views.choose, views.enter])
@pytest.mark.parametrize("address", ["10.0.0.1", "192.168.1.4", "2001:db8::1", ""])
def test_the_demo_answers_nobody_else(town: Town, view: object, address: str) -> None:
    """A header that says otherwise changes nothing."""
    worker = town.workers["administrator"]
    request = RequestFactory().post("/demo/enter/", {"worker": worker.email}, REMOTE_ADDR=address)
    request.META["HTTP_X_FORWARDED_FOR"] = "127.0.0.1"
    with pytest.raises(Http404):
        view(request)  # type: ignore[operator]


@pytest.mark.urls("hemvag.config.demo.urls")
@override_settings(TEMPLATES=[real.TEMPLATES[0] | {"DIRS": [ROOT / "hemvag/config/demo/templates"]}])
def test_the_demo_offers_one_button_for_each_role_of_a_unit(town: Town) -> None:
    request = RequestFactory().get("/demo/", REMOTE_ADDR="127.0.0.1")
    request.user = AnonymousUser()
    page = views.choose(request).content.decode()
    assert page.count('name="worker"') == len({(part[0], part[1]) for part in PARTS.values()})
    assert "Alla personer" in page


@pytest.mark.urls("hemvag.config.demo.urls")
@pytest.mark.parametrize("target", ["https://example.test/", "//example.test/", "/\\example.test/", "javascript:x"])
def test_the_demo_sends_nobody_elsewhere(town: Town, target: str) -> None:
    data = {"worker": town.workers["administrator"].email, "next": target}
    request = RequestFactory().post("/demo/enter/", data, REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1")
    request.session = SessionStore()
    request.user = AnonymousUser()
    assert views.enter(request)["Location"] == "/"
