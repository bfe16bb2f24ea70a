"""Before anything in how one signs in is changed, one shows once more who one is."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.test import Client
from django.urls import reverse

from hemvag.staff.models import Worker
from tests.staff.signing_in import PASSWORD, get, long_ago, sign_in, with_app

pytestmark = pytest.mark.urls("tests.staff.urls")


def test_a_password_does_not_change_a_factor_that_is_there(worker: Worker) -> None:
    client = Client()
    with_app(client, worker)
    long_ago(client)
    status, target = get(client, "mfa_generate_recovery_codes")
    assert (status, target.split("?")[0]) == (302, reverse("mfa_reauthenticate"))
    assert client.get(reverse("account_reauthenticate"), secure=True)["Location"].startswith(
        reverse("mfa_reauthenticate")
    )


def test_a_worker_who_has_only_a_password_is_asked_for_it_again(worker: Worker) -> None:
    client = Client()
    sign_in(client, worker)
    long_ago(client)
    again = client.get(reverse("mfa_activate_totp"), secure=True)["Location"]
    assert again.startswith(reverse("account_reauthenticate"))
    assert "Skriv lösenordet igen" in client.get(again, secure=True).content.decode()
    wrong = client.post(again, {"password": "fel"}, secure=True).content.decode()
    assert "Lösenordet stämmer inte" in wrong
    assert client.post(again, {"password": PASSWORD}, secure=True)["Location"] == reverse("mfa_activate_totp")


def test_a_worker_with_a_key_may_show_it_again(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    with_app(client, worker)
    Authenticator.objects.create(user=worker, type="webauthn", data={"name": "Nyckel 1", "credential": {}})
    monkeypatch.setattr(webauthn, "begin_authentication", lambda _user: {"publicKey": {"challenge": "x"}})
    status, page = get(client, "mfa_reauthenticate_webauthn")
    assert status == 200
    assert "Använd kod i stället" in page


def test_a_worker_without_a_password_may_choose_one(worker: Worker, client_for: Callable[[Worker], Client]) -> None:
    worker.set_unusable_password()
    worker.save()
    client = client_for(worker)
    assert get(client, "account_change_password") == (302, reverse("account_set_password"))
    assert get(client, "account_set_password")[0] == 200
    client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD}, secure=True)
    worker.refresh_from_db()
    assert worker.check_password(PASSWORD)
