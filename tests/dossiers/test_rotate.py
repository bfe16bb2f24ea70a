"""Keys are changed without touching what they protect, can be stopped anywhere, and leave a log line each time."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import transaction

from hemvag.audit import log
from hemvag.audit.models import Purpose
from hemvag.dossiers import erase, record, rotate
from hemvag.dossiers.models import Compartment, Sealed, WrappedKey
from hemvag.dossiers.opened import Opened
from hemvag.vault import box
from hemvag.vault.keyring import NotHeld
from tests.conftest import Town, log_lines
from tests.secret import Installation

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
TOMORROW = AT + dt.timedelta(days=1)


def made(town: Town, count: int = 1) -> list[Opened]:
    new = record.New(compartment=Compartment.CHILD, unit=town.children, worker=town.workers["social_worker"])
    found = record.create([new] * count, by=town.workers["social_worker"], purpose=Purpose.REGISTER, at=AT)
    for opened in found:
        opened.seal("identity", {"names": ["Ämne"]}, by=None, at=AT - dt.timedelta(hours=2))
        opened.seal("note", {"text": "Mormor ringde."}, by=None, at=AT - dt.timedelta(hours=1))
    return found


def opened_again(town: Town, child: Opened) -> Opened:
    worker = town.workers["social_worker"]
    return record.open_dossier(child.dossier.id, by=worker, purpose=Purpose.HANDLE, at=AT)


def content(town: Town, child: Opened) -> list[Any]:
    return [piece.data for piece in opened_again(town, child).read()]


def test_the_secret_is_changed_without_touching_content(town: Town, secret: Installation) -> None:
    children = made(town, 3)
    sealed = set(map(bytes, Sealed.objects.values_list("content", flat=True)))
    secret.with_new()
    assert rotate.rewrap(at=AT) == 3
    secret.only(2)
    for child in children:
        assert content(town, child) == [{"names": ["Ämne"]}, {"text": "Mormor ringde."}]
        assert log_lines(child.dossier.id)[-2] == (None, "rotated", "keys")
    assert set(map(bytes, Sealed.objects.values_list("content", flat=True))) == sealed
    assert rotate.by_generation() == {2: 3}
    assert rotate.rewrap(at=AT) == 0


def test_while_two_secrets_are_held_old_and_new_dossiers_open(town: Town, secret: Installation) -> None:
    [old] = made(town)
    secret.with_new()
    [new] = made(town)
    assert content(town, old) == content(town, new)
    assert rotate.by_generation() == {1: 1, 2: 1}


def test_the_old_secret_alone_no_longer_opens_what_was_rewrapped(town: Town, secret: Installation) -> None:
    [child] = made(town)
    secret.with_new()
    rotate.rewrap(at=AT)
    secret.only(1)
    with pytest.raises(NotHeld):
        content(town, child)


def test_a_change_that_is_killed_goes_on_where_it_was(
    town: Town, secret: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    children = made(town, 5)
    secret.with_new()
    monkeypatch.setattr(rotate, "BATCH", 2)
    seen: list[int] = []

    def killed(done: int) -> None:
        seen.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate.rewrap(at=AT, progress=killed)
    assert rotate.by_generation() == {1: 3, 2: 2}
    assert all(content(town, child) for child in children)
    assert rotate.rewrap(at=AT, progress=seen.append) == 3
    assert seen == [2, 2, 3]


def test_nothing_is_rewrapped_when_the_log_cannot_be_written(
    town: Town, secret: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    [child] = made(town)
    secret.with_new()

    def broken(*_: object, **__: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(log, "write", broken)
    for change in (lambda: rotate.rewrap(at=AT), lambda: rotate.renew(child.dossier.id, by=None, at=AT)):
        with pytest.raises(ConnectionError):
            change()
    assert rotate.by_generation() == {1: 1}


def test_a_dossier_gets_a_new_key_and_its_content_opens_under_that_only(town: Town) -> None:
    [child] = made(town)
    before = dict(Sealed.objects.values_list("id", "content"))
    versions = list(Sealed.objects.order_by("id").values_list("version", "at"))
    rotate.renew(child.dossier.id, by=None, at=AT)
    assert all(bytes(row.content) != bytes(before[row.id]) for row in Sealed.objects.all())
    assert list(Sealed.objects.order_by("id").values_list("version", "at")) == versions
    assert content(town, child) == [{"names": ["Ämne"]}, {"text": "Mormor ringde."}]
    with pytest.raises(box.DoesNotOpen):
        child.read()


def test_who_was_writing_while_the_key_was_changed_loses_nothing(town: Town) -> None:
    [before] = made(town)
    held = opened_again(town, before)
    note = held.one("note")
    rotate.renew(before.dossier.id, by=None, at=AT)
    held.seal("note", {"text": "skrivet under tiden"}, by=None, at=AT)
    Sealed.objects.filter(id=note.id).update(content=box.seal(held._key, b'{"text": "nytt"}', place(note.id, held)))
    assert [piece["text"] for piece in content(town, before)[1:]] == ["nytt", "skrivet under tiden"]
    assert rotate.forget_former(at=AT + dt.timedelta(hours=23)) == 0
    assert rotate.forget_former(at=TOMORROW) == 1
    assert [piece["text"] for piece in content(town, before)[1:]] == ["nytt", "skrivet under tiden"]
    assert WrappedKey.objects.get().former is None


def place(content_id: uuid.UUID, held: Opened) -> bytes:
    return held.dossier.id.bytes + content_id.bytes + b"note"


def test_a_key_is_not_changed_twice_within_a_day(town: Town) -> None:
    [child] = made(town)
    rotate.renew(child.dossier.id, by=None, at=AT)
    with pytest.raises(rotate.JustChanged):
        rotate.renew(child.dossier.id, by=None, at=AT + dt.timedelta(hours=1))
    rotate.renew(child.dossier.id, by=None, at=TOMORROW)
    assert len(content(town, child)) == 2


def test_a_dossiers_key_is_changed_whole_or_not_at_all(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    [child] = made(town)
    rows = list(Sealed.objects.order_by("id").values_list("content", flat=True))
    real, calls = rotate.resealed, []

    def fails_at_the_second(*facts: Any) -> bytes | None:
        calls.append(facts)
        if len(calls) == 2:
            raise RuntimeError
        return real(*facts)

    monkeypatch.setattr(rotate, "resealed", fails_at_the_second)
    with pytest.raises(RuntimeError), transaction.atomic():
        rotate.renew(child.dossier.id, by=None, at=AT)
    assert list(Sealed.objects.order_by("id").values_list("content", flat=True)) == rows
    assert len(content(town, child)) == 2


def test_all_older_keys_are_changed_once(town: Town) -> None:
    children = made(town, 3)
    rotate.renew(children[0].dossier.id, by=None, at=TOMORROW)
    seen: list[int] = []
    assert rotate.renew_older(TOMORROW, at=TOMORROW, progress=seen.append) == 2
    assert seen == [1, 2]
    assert rotate.renew_older(TOMORROW, at=TOMORROW) == 0
    assert all(len(content(town, child)) == 2 for child in children)


def test_a_former_key_follows_the_secret_and_is_destroyed_with_the_dossier(town: Town, secret: Installation) -> None:
    [child] = made(town)
    held = opened_again(town, child)
    rotate.renew(child.dossier.id, by=None, at=AT)
    held.seal("note", {"text": "under tiden"}, by=None, at=AT)
    secret.with_new()
    assert rotate.by_generation() == {1: 2}
    rotate.rewrap(at=AT)
    secret.only(2)
    assert rotate.by_generation() == {2: 2}
    assert len(content(town, child)) == 3
    erase.erase(child.dossier, by=None, purpose=Purpose.HANDLE, at=AT)
    assert not WrappedKey.objects.exists()
    with pytest.raises(WrappedKey.DoesNotExist):
        rotate.renew(child.dossier.id, by=None, at=AT)


def test_something_is_made_anew_of_what_a_dossier_holds(town: Town) -> None:
    [child] = made(town)
    found = rotate.remade([child.dossier.id], lambda _, data: len(data["names"]), kind="identity", at=AT)
    assert found == {child.dossier.id: 1}
    assert log_lines(child.dossier.id)[-1] == (None, "rotated", "keys")
    assert rotate.remade([child.dossier.id], lambda *_: 1, kind="nothing", at=AT) == {}


@pytest.mark.parametrize("moved", ["row", "kind", "dossier", "key"])
def test_a_sealed_value_opens_nowhere_but_in_its_place(town: Town, moved: str) -> None:
    child, other = made(town, 2)
    mine, theirs = (Sealed.objects.get(dossier=one.dossier, kind="note") for one in (child, other))
    if moved == "row":
        Sealed.objects.filter(dossier=child.dossier, kind="identity").update(content=mine.content, kind="note")
    elif moved == "kind":
        Sealed.objects.filter(id=mine.id).update(kind="identity")
    elif moved == "dossier":
        Sealed.objects.filter(id=theirs.id).update(content=mine.content)
        child = other
    else:
        key = WrappedKey.objects.get(dossier_id=other.dossier.id)
        WrappedKey.objects.filter(dossier_id=child.dossier.id).update(wrapped=key.wrapped)
    with pytest.raises(box.DoesNotOpen):
        content(town, child)
