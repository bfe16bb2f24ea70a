"""A passkey in a real browser: added at the first sign-in, and then used instead of the password."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from hemvag.staff.models import Worker
from tests import database
from tests.browser import axe, no_sideways_scroll
from tests.live import Live, serving
from tests.staff.signing_in import PASSWORD

pytestmark = pytest.mark.journey
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def real(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Live]:
    """A server with real sign-in, where the administrator has chosen a password and nothing more."""
    with django_db_blocker.unblock(), serving(kind="real") as running:
        chosen = Worker(email="x")
        chosen.set_password(PASSWORD)
        with database.connect("owner", running.database) as owner:
            owner.execute("UPDATE staff_worker SET password = %s", [chosen.password])
        yield running


def looked_at(page: Page) -> None:
    axe(page)
    no_sideways_scroll(page)


def test_a_passkey_lets_in_and_shows_who_one_is(real: Live, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="sv-SE")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    page.goto(f"{real.address}/today/")
    looked_at(page)
    page.get_by_label("E-postadress").fill(real.town.workers["administrator"].email)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Skydda din inloggning")).to_be_visible()
    page.goto(f"{real.address}/workers/")
    expect(page.get_by_role("heading", level=1, name="Skydda din inloggning")).to_be_visible()

    page.get_by_role("link", name="Lägg till en nyckel").click()
    page.get_by_label("Logga in med bara nyckeln").check()
    looked_at(page)
    page.get_by_role("button", name="Lägg till nyckeln").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Lägg till en nyckel")

    page.goto(f"{real.address}/workers/")
    expect(page.get_by_role("heading", level=1, name="Medarbetare")).to_be_visible()
    looked_at(page)
    context.clear_cookies()
    page.goto(f"{real.address}/workers/")
    page.get_by_role("button", name="Logga in med nyckel").click()
    expect(page.get_by_role("heading", level=1, name="Medarbetare")).to_be_visible()

    with database.connect("owner", real.database) as owner:
        assert owner.execute("SELECT count(*) FROM mfa_authenticator WHERE type = 'webauthn'").fetchone() == (1,)
    assert not faults, faults
    context.close()
