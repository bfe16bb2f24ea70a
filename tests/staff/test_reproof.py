"""Before what cannot be undone one shows once more who one is, and nothing that was typed is lost or stored."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from hemvag.staff.models import Worker
from tests.staff.signing_in import code, get, long_ago, sign_in, with_app

pytestmark = pytest.mark.urls("tests.staff.urls")
ADDRESS = "/danger/"
REASON = 'Hon ringde "nu"\noch grät'


def fields(page: str) -> dict[str, str]:
    """Return the hidden fields of the page that asks, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page)
    return {name: value.replace("&quot;", '"') for name, value in found}


def send(client: Client, sent: dict[str, str]) -> tuple[int, str]:
    answer = client.post(ADDRESS, sent, secure=True)
    return answer.status_code, answer.content.decode()


def test_a_fresh_proof_is_not_asked_for_again(worker: Worker) -> None:
    client = Client()
    with_app(client, worker)
    assert get(client, "danger") == (200, "done: shown")


def test_an_old_proof_is_asked_for_before_the_page_shows(worker: Worker) -> None:
    client = Client()
    secret = with_app(client, worker)
    long_ago(client)
    status, page = get(client, "danger")
    assert (status, "done" in page, "Visa att det är du" in page) == (200, False, True)
    answer = client.post(ADDRESS, fields(page) | {"reproof-code": code(secret)}, secure=True)
    assert answer["Location"] == ADDRESS
    assert get(client, "danger") == (200, "done: shown")


def test_what_was_typed_is_acted_on_after_the_proof_and_stored_nowhere_before(worker: Worker) -> None:
    client = Client()
    secret = with_app(client, worker)
    long_ago(client)
    status, page = send(client, {"reason": REASON, "once": "1"})
    assert (status, "done" in page) == (200, False)
    assert "Det du har skrivit är kvar" in page
    assert "grät" not in str([session.get_decoded() for session in Session.objects.all()])
    kept = fields(page)
    assert (kept["reason"], kept["once"]) == (REASON, "1")
    assert send(client, kept | {"reproof-code": code(secret)}) == (200, f"done: {REASON}")


def test_a_wrong_code_keeps_what_was_typed_and_does_nothing(worker: Worker) -> None:
    client = Client()
    secret = with_app(client, worker)
    long_ago(client)
    wrong = f"{(int(code(secret)) + 1) % 1_000_000:06d}"
    for _try in range(2):
        status, page = send(client, {"reason": REASON, "reproof-method": "POST", "reproof-code": wrong})
        assert (status, "done" in page, "Koden stämmer inte" in page) == (422, False, True)
        assert fields(page)["reason"] == REASON


def test_wrong_codes_are_counted(worker: Worker) -> None:
    client = Client()
    secret = with_app(client, worker)
    long_ago(client)
    for _try in range(10):
        send(client, {"reproof-method": "POST", "reproof-code": "000000"})
    status, page = send(client, {"reproof-method": "POST", "reproof-code": code(secret)})
    assert (status, "done" in page, "För många försök" in page) == (422, False, True)


def test_a_password_is_no_proof(worker: Worker) -> None:
    client = Client()
    with_app(client, worker)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600 if record["method"] == "mfa" else 0
    session.save()
    assert "done" not in get(client, "danger")[1]


def test_a_key_may_be_used_and_a_forged_answer_is_refused(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    with_app(client, worker)
    long_ago(client)
    Authenticator.objects.create(user=worker, type="webauthn", data={"name": "Nyckel 1", "credential": {}})
    monkeypatch.setattr(webauthn, "begin_authentication", lambda _user: {"publicKey": {"challenge": "x"}})
    page = get(client, "danger")[1]
    assert "Använd nyckel" in page
    status, page = send(client, fields(page) | {"reproof-credential": '{"id": "x"}'})
    assert (status, "done" in page, "Nyckeln godtogs inte" in page) == (422, False, True)


def test_who_is_signed_out_is_sent_to_sign_in_first(worker: Worker) -> None:
    assert get(Client(), "danger")[0] == 302
    alone = Client()
    sign_in(alone, worker)
    assert get(alone, "danger") == (302, reverse("mfa_index"))
