"""The key-encryption secret is changed step by step at the command line, and what rested on it goes on working."""

import argparse
import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hemvag.audit.models import Purpose
from hemvag.config import rotation
from hemvag.config.commands import keys
from hemvag.config.plain import Told
from hemvag.dossiers import record, rotate
from hemvag.dossiers.models import Compartment, WrappedKey
from hemvag.lib import clock
from hemvag.line import code, contact, return_code
from hemvag.line.models import ReturnCode
from hemvag.people import identities, search
from hemvag.people.identities import Identity, Name
from hemvag.people.models import TokenSet
from hemvag.vault import installed, keyfile
from hemvag.vault.installed import held_now, keyring
from tests.conftest import Town
from tests.secret import Installation
from tests.staff import signing_in

real_sign_in = pytest.mark.urls("tests.staff.urls")


def told(*words: str) -> int:
    parser = argparse.ArgumentParser()
    keys.add_arguments(parser)
    return keys.run(parser.parse_args(words))


@pytest.fixture
def file(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key file with the run's own secret, in place of the environment's."""
    path = tmp_path / "keys" / "hemvag.key"
    keyfile.make(path)
    keyfile.replace(path, held_now())
    settings.HEMVAG_KEY, settings.HEMVAG_KEY_FILE = "", str(path)
    monkeypatch.setattr(installed, "_held", {})
    return path


def child(town: Town) -> Any:
    new = record.New(compartment=Compartment.CHILD, unit=town.children, worker=town.workers["social_worker"])
    [opened] = record.create([new], by=None, purpose=Purpose.REGISTER, at=clock.now())
    opened.seal("note", {"text": "Mormor ringde."}, by=None, at=clock.now())
    return opened.dossier


def text(town: Town, dossier: Any) -> str:
    by = town.workers["social_worker"]
    opened = record.open_dossier(dossier.id, by=by, purpose=Purpose.HANDLE, at=clock.now())
    return str(opened.one("note").data["text"])


def test_every_step_by_the_book(town: Town, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = child(town)
    assert told("new") == 0
    assert keyring().generations == (2, 1)
    with pytest.raises(Told, match="Secret 1 is still in use by 1 wrapped keys of dossiers"):
        told("remove", "1")
    with pytest.raises(Told, match="An older secret is held still"):
        told("new")
    assert told("rotate") == 0
    said = capsys.readouterr().out
    assert "secret 2: 1 wrapped keys of dossiers" in said
    assert "Nothing lies under secret 1. Wait seven days" in said
    with pytest.raises(Told, match="No old secret with the number 2 is held"):
        told("remove", "2")
    assert told("remove", "1") == 0
    assert keyring().generations == (2,)
    assert text(town, dossier) == "Mormor ringde."
    assert file.stat().st_mode & 0o777 == 0o600
    assert told("new") == 0
    assert keyring().generations == (3, 2)


def test_the_first_secret_is_made(settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.HEMVAG_KEY, settings.HEMVAG_KEY_FILE = "", str(tmp_path / "keys" / "hemvag.key")
    assert told("new") == 0
    assert "Copy it to the municipality's safe now" in capsys.readouterr().out
    assert held_now().secrets.keys() == {1}


def test_a_secret_in_the_environment_is_shown_for_a_person_to_put_there(
    db: None, secret: Installation, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    before = held_now()
    assert told("new") == 0
    [line] = re.findall(r"^2:\S+ 1:\S+$", capsys.readouterr().out, re.MULTILINE)
    assert keyfile.parse(line).secrets[1] == before.secrets[1]


def test_what_no_held_secret_opens_is_named_and_nothing_is_moved(town: Town, secret: Installation) -> None:
    child(town)
    secret.with_new()
    child(town)
    secret.only(2)
    with pytest.raises(Told, match=r"1 wrapped keys of dossiers lie under secret 1, which is not held"):
        told("rotate")
    assert sorted(WrappedKey.objects.values_list("generation", flat=True)) == [1, 2]


def test_people_are_found_before_during_and_after(town: Town, secret: Installation) -> None:
    by, at = town.workers["social_worker"], clock.now()
    new = record.New(compartment=Compartment.CHILD, unit=town.children, worker=by)
    amina, said = (record.create([new], by=by, purpose=Purpose.REGISTER, at=at)[0] for _ in range(2))
    identities.add(amina, Identity(names=[Name(given="Amina", family="Öst")]), by=by, at=at)
    identities.add(said, Identity(names=[Name(given="Said", family="Ek")]), by=by, at=at)

    def found(text: str) -> list[str]:
        return [hit.dossier.reference for hit in search.search(text, by=by, at=at)]

    before = TokenSet.objects.get(dossier=amina.dossier).tokens
    assert found("Amina Öst") == [amina.dossier.reference]
    secret.with_new()
    assert found("Amina Öst") == [amina.dossier.reference]
    told("rotate")
    assert rotation.uses(at=at)[rotation.TOKENS] == {2: 2}
    assert not set(TokenSet.objects.get(dossier=amina.dossier).tokens) & set(before)
    secret.put(rotation.without(held_now(), 1, at=at))
    assert found("Amina Öst") == [amina.dossier.reference]
    assert found("Said Ek") == [said.dossier.reference]


def test_a_secret_under_which_tokens_lie_is_not_taken_away(town: Town, secret: Installation) -> None:
    by, at = town.workers["social_worker"], clock.now()
    new = record.New(compartment=Compartment.CHILD, unit=town.children, worker=by)
    [amina] = record.create([new], by=by, purpose=Purpose.REGISTER, at=at)
    identities.add(amina, Identity(names=[Name(given="Amina", family="Öst")]), by=by, at=at)
    secret.with_new()
    rotate.rewrap(at=at)
    with pytest.raises(Told, match="1 dossiers' tokens"):
        told("remove", "1")


@real_sign_in
def test_second_factors_and_recovery_codes_go_on_working(town: Town, secret: Installation) -> None:
    cache.clear()
    worker = town.workers["social_worker"]
    worker.set_password(signing_in.PASSWORD)
    worker.save()
    app = signing_in.with_app(Client(), worker)
    before = {factor.id: json.dumps(factor.data) for factor in Authenticator.objects.all()}
    assert len(before) == 2
    secret.with_new()
    told("rotate")
    assert rotation.uses(at=clock.now())[rotation.FACTORS] == {2: 2}
    secret.only(2)
    assert all(json.dumps(factor.data) != before[factor.id] for factor in Authenticator.objects.all())
    cache.clear()
    client = Client()
    assert signing_in.sign_in(client, worker) == 302
    answer = client.post(reverse("mfa_authenticate"), {"code": signing_in.code(app)}, secure=True)
    assert answer.status_code == 302
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()) == 10


def test_a_return_code_lives_on_and_is_under_the_new_secret_once_used(
    town: Town, secret: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    by, at = town.workers["counsellor"], clock.now()
    call = contact.start(by=by, at=at)
    made = return_code.offer(call.id, by=by, at=at)
    secret.with_new()
    return_code.read_back(call.id, offered=made, typed=" ".join(code.groups(made)), by=by, at=at)
    told("rotate")
    secret.put(rotation.without(held_now(), 1, at=at))
    assert "secret 1: 1 return codes" in capsys.readouterr().out
    assert keyring().generations == (2,)
    for _ in range(2):
        found = return_code.enter(made, call=call.id, by=by, at=at)
        assert found.id == call.id
        assert ReturnCode.objects.get().generation == 2
    secret.put(rotation.without(held_now(), 1, at=at))


def test_a_draft_in_the_browser_opens_while_both_secrets_are_held(
    town: Town, secret: Installation, client_for: Any
) -> None:
    client = client_for(town.workers["social_worker"])
    [before] = drafts_keys(client)
    secret.with_new()
    new, former = drafts_keys(client)
    assert former == before != new
    secret.only(2)
    assert drafts_keys(client) == [new]


def drafts_keys(client: Client) -> list[bytes]:
    answer = client.get("/draft-key/", secure=True).json()
    return [base64.b64decode(key) for key in (answer["key"], *answer["former"])]


def test_keys_of_the_log_are_kept_when_their_secret_goes(town: Town, secret: Installation) -> None:
    purposes = {purpose: keyring().derive(purpose) for purpose in rotation.KEPT}
    secret.with_new()
    told("rotate")
    secret.put(rotation.without(held_now(), 1, at=clock.now()))
    assert {purpose: keyring().derive(purpose, generation=1) for purpose in rotation.KEPT} == purposes
    assert {purpose: list(keyring().every(purpose)) for purpose in rotation.KEPT} == {key: [2, 1] for key in purposes}


def test_dossiers_get_new_keys_at_the_command_line(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = child(town), child(town)
    before = dict(WrappedKey.objects.values_list("dossier_id", "wrapped"))
    assert told("renew", "--dossier", one.reference) == 0
    with pytest.raises(Told, match="less than a day ago"):
        told("renew", "--dossier", one.reference)
    with pytest.raises(Told, match="There is no dossier B-1"):
        told("renew", "--dossier", "B-1")
    assert told("renew", "--made-before", "2099-01-01") == 0
    assert "1 dossiers have new keys" in capsys.readouterr().out
    after = dict(WrappedKey.objects.values_list("dossier_id", "wrapped"))
    assert all(bytes(after[key]) != bytes(before[key]) for key in (one.id, other.id))
    assert text(town, one) == text(town, other) == "Mormor ringde."
