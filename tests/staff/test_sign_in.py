"""Real sign-in: a password alone opens nothing, a second factor does, and who has left is out at once."""

import datetime as dt
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse

from hemvag.staff import workers
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.staff.signing_in import PAGE, PASSWORD, code, get, sign_in, with_app

pytestmark = pytest.mark.urls("tests.staff.urls")
AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


def test_who_is_not_signed_in_is_sent_to_sign_in(worker: Worker) -> None:
    assert get(Client()) == (302, "/account/sign-in/?next=/today/")


def test_a_password_alone_opens_no_page(worker: Worker) -> None:
    client = Client()
    assert sign_in(client, worker) == 302
    for name in ("home", "today", "account_change_password", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        assert get(client, name) == (302, reverse("mfa_index")), name
    status, page = get(client, "mfa_index")
    assert status == 200
    assert "Skydda din inloggning" in page


def test_setting_up_an_app_opens_the_pages_and_gives_recovery_codes(worker: Worker) -> None:
    client = Client()
    with_app(client, worker)
    assert get(client) == (200, PAGE)
    codes = re.findall(r"<code>(\d{8})</code>", get(client, "mfa_view_recovery_codes")[1])
    assert len(codes) == 10


def test_password_and_code_open_the_pages(worker: Worker) -> None:
    secret = with_app(Client(), worker)
    client = Client()
    sign_in(client, worker)
    assert get(client)[0] == 302
    answer = client.post(reverse("mfa_authenticate"), {"code": code(secret)}, secure=True)
    assert answer.status_code == 302
    assert get(client) == (200, PAGE)


def test_a_wrong_code_opens_nothing(worker: Worker) -> None:
    secret = with_app(Client(), worker)
    client = Client()
    sign_in(client, worker)
    wrong = f"{(int(code(secret)) + 1) % 1_000_000:06d}"
    answer = client.post(reverse("mfa_authenticate"), {"code": wrong}, secure=True)
    assert answer.status_code == 200
    assert "Koden stämmer inte" in answer.content.decode()
    assert get(client)[0] == 302


def test_a_code_works_once(worker: Worker) -> None:
    secret = with_app(Client(), worker)
    shown = code(secret)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, worker)
        client.post(reverse("mfa_authenticate"), {"code": shown}, secure=True)
    assert get(first) == (200, PAGE)
    assert get(second)[0] == 302


def test_a_recovery_code_works_once(worker: Worker) -> None:
    client = Client()
    with_app(client, worker)
    [spare, *_] = re.findall(r"<code>(\d{8})</code>", get(client, "mfa_view_recovery_codes")[1])
    for expected in (200, 302):
        other = Client()
        sign_in(other, worker)
        other.post(reverse("mfa_authenticate"), {"code": spare}, secure=True)
        assert get(other)[0] == expected


def test_secrets_of_second_factors_are_sealed(worker: Worker) -> None:
    client = Client()
    secret = with_app(client, worker)
    stored = json.dumps([row.data for row in Authenticator.objects.filter(user=worker)])
    assert secret not in stored
    assert "seed" in stored
    assert not re.search(r'"seed": "[0-9a-f]{80}"', stored)


def test_an_older_session_without_a_factor_ends_when_there_is_one(worker: Worker) -> None:
    older = Client()
    sign_in(older, worker)
    with_app(Client(), worker)
    assert get(older, "mfa_index") == (302, reverse("account_login"))
    assert get(older, "today") == (302, "/account/sign-in/?next=/today/")


def test_the_last_factor_cannot_be_removed(worker: Worker) -> None:
    client = Client()
    with_app(client, worker)
    answer = client.post(reverse("mfa_deactivate_totp"), secure=True)
    assert "Det här är ditt enda andra steg" in answer.content.decode()
    assert Authenticator.objects.filter(user=worker, type="totp").exists()
    key = Authenticator.objects.create(user=worker, type="webauthn", data={"name": "Nyckel 1", "credential": {}})
    assert client.post(reverse("mfa_deactivate_totp"), secure=True).status_code == 302
    client.post(reverse("mfa_remove_webauthn", kwargs={"pk": key.pk}), secure=True)
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_a_wrong_password_says_so_without_saying_which_part_is_wrong(worker: Worker) -> None:
    texts = []
    for email in (worker.email, "nobody@example.test"):
        data = {"login": email, "password": "fel"}
        page = Client().post(reverse("account_login"), data, secure=True).content.decode()
        texts.append(re.findall(r"hör inte ihop", page))
    assert texts[0] == texts[1]
    assert texts[0]


def test_who_has_left_cannot_sign_in_and_loses_a_running_session(worker: Worker) -> None:
    client = Client()
    with_app(client, worker)
    assert get(client) == (200, PAGE)
    workers.leave(worker, at=AT)
    assert get(client)[0] == 302
    assert not Session.objects.exists()
    late = Client()
    sign_in(late, worker)
    assert get(late)[0] == 302


def test_many_wrong_tries_lock_the_account_and_not_the_office(worker: Worker, town: Town) -> None:
    colleague = town.workers["colleague"]
    colleague.set_password(PASSWORD)
    colleague.save()
    for _ in range(10):
        sign_in(Client(), worker, "fel", address="10.0.0.1")
    locked, elsewhere, beside = Client(), Client(), Client()
    assert sign_in(locked, worker, address="10.0.0.1") == 200
    assert sign_in(elsewhere, worker, address="10.9.9.9") == 200
    assert sign_in(beside, colleague, address="10.0.0.1") == 302


def test_many_from_one_address_sign_in_with_keys_at_once(worker: Worker) -> None:
    """A whole office sits behind one address."""
    answers = {Client().post(reverse("mfa_login_webauthn"), {}, secure=True).status_code for _number in range(12)}
    assert answers == {302}
    assert sign_in(Client(), worker) == 302


def test_nobody_signs_up_and_nothing_is_reset_by_mail() -> None:
    for name in ("account_signup", "account_reset_password", "account_email", "account_confirm_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert Client().get("/account/signup/", secure=True).status_code == 404


def test_passwords_are_kept_as_argon2id(worker: Worker) -> None:
    assert worker.password.startswith("argon2$argon2id$")
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_a_link_sets_the_first_password_once(town: Town) -> None:
    new = workers.add(name="Ny Person", email="Ny@Example.test", unit=town.children, role="social_worker", at=AT)
    assert not new.has_usable_password()
    link = workers.password_link(new)
    client = Client()
    form = client.get(link, secure=True)["Location"]
    assert new.password not in form
    weak = client.post(form, {"password1": "kort", "password2": "kort"}, secure=True)
    assert weak.status_code == 200
    assert client.post(form, {"password1": PASSWORD, "password2": PASSWORD}, secure=True).status_code == 302
    assert "gäller inte längre" in Client().get(link, secure=True).content.decode()
    new.refresh_from_db()
    assert sign_in(Client(), new) == 302


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_inactive", "account_reset_password_from_key_done", "mfa_index", "mfa_activate_totp"],
)
def test_pages_of_sign_in_keep_the_policy(worker: Worker, name: str) -> None:
    """No script or style in the page itself: what stands in a script element is data."""
    client = Client()
    if name.startswith("mfa"):
        sign_in(client, worker)
    page = client.get(reverse(name), secure=True)
    assert page.status_code == 200
    text = page.content.decode()
    assert "script-src 'self'" in page["Content-Security-Policy"]
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
        assert not body.strip() or 'type="application/json"' in attributes
    assert " style=" not in text
    assert "<style" not in text


def test_every_page_of_managing_sign_in_shows(worker: Worker) -> None:
    client = Client()
    with_app(client, worker)
    key = Authenticator.objects.create(user=worker, type="webauthn", data={"name": "Nyckel 1", "credential": {}})
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "account_change_password"):
        assert get(client, name)[0] == 200, name
    assert get(client, "mfa_reauthenticate")[0] == 200
    assert client.get(reverse("mfa_remove_webauthn", kwargs={"pk": key.pk}), secure=True).status_code == 200
    key.delete()
    assert get(client, "mfa_add_webauthn")[0] == 200
