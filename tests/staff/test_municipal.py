"""Sign-in by the municipality's own OpenID provider: a real one, with real discovery, codes and signed tokens."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import psycopg
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings as real
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from hemvag.config import identity
from hemvag.config.env import WrongSetting
from hemvag.lib import clock
from hemvag.staff import municipal, ties, workers
from hemvag.staff.models import Change, Tie, Worker
from tests import database
from tests.conftest import Town
from tests.rules.source import ROOT
from tests.staff.at_provider import CLAIM, LOA3, WHO, Facts, away, back, enter, is_in, person, shown
from tests.staff.openid import SECRET
from tests.staff.signing_in import long_ago, with_app

NUMBER = "197001019802"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The provider's address; it runs in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "tests.staff.openid", str(port)]
    environment = os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(requests.ConnectionError):
            requests.get(f"{address}/.well-known/openid-configuration", timeout=5)
            break
        time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(timeout=30)


@pytest.fixture
def house(provider: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Hemväg set up for the provider, through the environment as a municipality does it."""
    monkeypatch.setenv("HEMVAG_OIDC_ISSUER", provider)
    monkeypatch.setenv("HEMVAG_OIDC_CLIENT", "hemvag")
    monkeypatch.setenv("HEMVAG_OIDC_SECRET", SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = identity.providers()
    return provider


@pytest.fixture
def tied(town: Town) -> Worker:
    """The colleague, who has tied herself."""
    worker = town.workers["colleague"]
    ties.tie(worker, WHO, by=worker, at=clock.now())
    return worker


def test_who_is_tied_comes_in_without_a_password_or_a_third_factor(house: str, tied: Worker) -> None:
    client = Client()
    page = client.get(reverse("account_login"), secure=True).content.decode()
    assert reverse("municipality_login") in page
    assert enter(client, house, {"next": "/preferences/"}) == (302, "/preferences/")
    assert is_in(client)


def test_a_second_factor_of_the_house_is_not_asked_for_besides(house: str, tied: Worker) -> None:
    tied.set_password("fyra gröna hästar i regn")
    tied.save()
    with_app(Client(), tied)
    client = Client()
    assert enter(client, house)[0] == 302
    assert is_in(client)


def test_what_is_asked_of_the_provider(house: str, tied: Worker) -> None:
    asked = parse_qs(urlsplit(away(Client(), scope="address", auth_params="acr_values=loa1")).query)
    assert set(asked["scope"][0].split()) == {"openid", "https://id.oidc.se/scope/naturalPersonOrgId"}
    assert LOA3 in asked["acr_values"][0]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) > 30
    assert len(asked["state"][0]) > 10
    assert asked["response_type"] == ["code"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"acr": "http://id.elegnamnden.se/loa/1.0/loa2"}, "nivå 3"),
        ({"acr": None}, "stämde inte"),
        ({f"{CLAIM}orgAffiliation": "somebody@212000-1124"}, "ingen medarbetare"),
        ({f"{CLAIM}orgAffiliation": None}, "stämde inte"),
        ({f"{CLAIM}orgAffiliation": ["x"]}, "stämde inte"),
        ({"aud": "another-client"}, "stämde inte"),
        ({"azp": "another-client"}, "stämde inte"),
        ({"iss": "https://elsewhere.example"}, "stämde inte"),
        ({"exp": 1_600_000_000}, "stämde inte"),
        ({"iat": 4_000_000_000}, "stämde inte"),
        ({"nonce": "of another sign-in"}, "stämde inte"),
    ],
)
def test_a_token_that_does_not_hold_lets_nobody_in(house: str, tied: Worker, changed: Facts, said: str) -> None:
    client, before = Client(), Worker.objects.count()
    status, page = enter(client, house, **changed)
    assert (status, said in page) == (403, True), page
    assert not is_in(client)
    assert Worker.objects.count() == before, "nobody is signed up"


def test_another_organisation_is_not_let_in(house: str, tied: Worker, settings: Any) -> None:
    settings.HEMVAG_OIDC_ORG = "212000-9999"
    status, page = enter(Client(), house)
    assert (status, "annan organisation" in page) == (403, True)
    settings.HEMVAG_OIDC_ORG = "212000-1124"
    assert enter(Client(), house)[0] == 302


def test_a_code_and_a_state_work_once_and_in_one_browser(house: str, tied: Worker) -> None:
    first, thief = Client(), Client()
    returned = shown(away(first), person(house))
    assert back(thief, returned)[0] == 403
    assert back(first, returned)[0] == 302
    again = Client()
    fresh = parse_qs(urlsplit(away(again)).query)["state"][0]
    code = parse_qs(urlsplit(returned).query)["code"][0]
    address = f"{reverse('municipality_callback')}?code={code}&state={fresh}"
    assert back(again, address)[0] == 403
    assert not is_in(thief)
    assert not is_in(again)


def test_a_provider_that_calls_itself_something_else_is_not_believed(
    house: str, tied: Worker, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEMVAG_OIDC_ISSUER", house.replace("127.0.0.1", "localhost"))
    client = Client()
    sub = person(house)
    address = away(client)
    settings.SOCIALACCOUNT_PROVIDERS = identity.providers()
    wrong = settings.SOCIALACCOUNT_PROVIDERS["municipality"]["APPS"][0]["settings"]
    wrong["server_url"] = f"{house}/.well-known/openid-configuration"
    assert back(client, shown(address, sub))[0] == 403


def test_a_token_that_somebody_else_signed_is_not_believed(
    house: str, tied: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keys come from the provider's own page; here another provider's stand there."""
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    key = jwt.PyJWK({**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(other)), "alg": "RS256"})
    monkeypatch.setattr(municipal.Tokens, "_signer", lambda *_facts: key)
    assert enter(Client(), house)[0] == 403


def test_who_cancels_is_told_so(house: str, tied: Worker) -> None:
    client = Client()
    state = parse_qs(urlsplit(away(client)).query)["state"][0]
    status, page = back(client, f"{reverse('municipality_callback')}?error=access_denied&state={state}")
    assert (status, "avbröt" in page) == (403, True)


def test_a_provider_that_does_not_answer_is_said_to_be_away(house: str, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["municipality"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = Client().get(reverse("municipality_login"), secure=True)
    assert (answer.status_code, "svarar inte" in answer.content.decode()) == (403, True)


def test_who_has_left_stays_out(house: str, tied: Worker) -> None:
    workers.leave(tied, at=clock.now())
    client = Client()
    enter(client, house)
    assert not is_in(client)


def test_a_worker_ties_herself_having_shown_who_she_is(house: str, worker: Worker) -> None:
    client = Client()
    with_app(client, worker)
    assert "Koppla kommunens inloggning" in client.get(reverse("preferences"), secure=True).content.decode()
    assert "Koppla mig" in client.get(reverse("access:tie"), secure=True).content.decode()
    page = client.post(reverse("access:tie"), secure=True).content.decode()
    assert "process=connect" in page
    asked = {"process": "connect"}
    assert parse_qs(urlsplit(away(client, **asked)).query)["prompt"] == ["login"]
    assert enter(client, house, asked) == (302, reverse("preferences"))
    assert Change.objects.filter(worker=worker, by=worker, what="claim").exists()
    other = Client()
    assert enter(other, house)[0] == 302
    assert is_in(other)
    assert enter(client, house, asked)[0] == 403, "it was asked for once"


def test_a_visitor_ties_nobody_and_an_identity_is_one_workers(house: str, tied: Worker, worker: Worker) -> None:
    assert enter(Client(), house, {"process": "connect"})[0] == 403
    client = Client()
    with_app(client, worker)
    client.post(reverse("access:tie"), secure=True)
    assert enter(client, house, {"process": "connect"})[0] == 403
    assert Tie.objects.get().worker == tied


def test_showing_once_more_is_done_at_the_provider(house: str, tied: Worker) -> None:
    client = Client()
    enter(client, house)
    long_ago(client)
    asked = client.get(reverse("access:tie"), secure=True).content.decode()
    assert "Visa det hos kommunens inloggning" in asked
    facts = {"process": "reproof", "next": reverse("access:tie")}
    old = int(time.time()) - 3600
    assert enter(client, house, facts, auth_time=old)[0] == 403
    other = {f"{CLAIM}orgAffiliation": "somebody@212000-1124"}
    assert enter(client, house, facts, **other)[0] == 403
    assert enter(client, house, facts, auth_time=int(time.time())) == (302, reverse("access:tie"))
    assert "Koppla mig" in client.get(reverse("access:tie"), secure=True).content.decode()


def test_a_personal_number_may_say_who_and_lies_nowhere(
    house: str, town: Town, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEMVAG_OIDC_CLAIM", "personalIdentityNumber")
    settings.SOCIALACCOUNT_PROVIDERS = identity.providers()
    worker = town.workers["colleague"]
    ties.tie(worker, NUMBER, by=worker, at=clock.now())
    client = Client()
    facts = {f"{CLAIM}personalIdentityNumber": NUMBER, f"{CLAIM}orgAffiliation": None, "name": "Vanja Test"}
    assert enter(client, house, **facts)[0] == 302
    assert is_in(client)
    kept = [session.get_decoded() for session in Session.objects.all()]
    kept += list(Tie.objects.values("token")) + list(Change.objects.values("what", "role"))
    text = json.dumps(kept, default=str)
    assert len(text) > 100
    assert not any(word in text for word in (NUMBER, NUMBER[2:], "Vanja", WHO, "eyJ"))
    assert not SocialAccount.objects.exists()


def test_the_packages_own_tables_take_nothing(own_database: str) -> None:
    with database.connect("staff", own_database) as staff:
        for model in (SocialAccount, SocialToken):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                staff.execute(f"INSERT INTO {model._meta.db_table} DEFAULT VALUES")


def test_where_no_provider_is_set_there_is_none(town: Town) -> None:
    assert real.SOCIALACCOUNT_PROVIDERS == {}
    assert Client().get(reverse("municipality_login"), secure=True).status_code == 404
    assert Client().get(reverse("municipality_callback"), secure=True).status_code == 404
    assert "kommunens inloggning" not in Client().get(reverse("account_login"), secure=True).content.decode()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"HEMVAG_OIDC_ISSUER": "http://idp.example.se"}, "https"),
        ({"HEMVAG_OIDC_ISSUER": "https://idp.example.se"}, "HEMVAG_OIDC_CLIENT"),
        ({"HEMVAG_OIDC_ISSUER": "https://idp.example.se", "HEMVAG_OIDC_CLAIM": "sub"}, "HEMVAG_OIDC_C"),
    ],
)
def test_a_provider_that_is_half_set_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, facts: dict[str, str], said: str
) -> None:
    for name, value in facts.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting, match=said):
        identity.providers()
