"""A dossier is opened by one function only: it asks, logs, and then unwraps."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connections, transaction

from hemvag.audit import log
from hemvag.audit.models import Act, Entry, Purpose
from hemvag.dossiers import erase, machines, record, unwrapping
from hemvag.dossiers.models import Compartment, Dossier, Recusal, Sealed, Sight
from hemvag.dossiers.opened import Changed, NothingSealed, Opened
from hemvag.vault import box
from tests.conftest import Town, log_lines

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
HANDLE = Purpose.HANDLE


@pytest.fixture
def child(town: Town) -> Opened:
    worker = town.workers["social_worker"]
    new = record.New(compartment=Compartment.CHILD, unit=town.children, worker=worker)
    [opened] = record.create([new], by=worker, purpose=Purpose.REGISTER, at=AT)
    opened.seal("identity", {"names": [{"given": "Ämne", "family": "Öst"}]}, by=worker, at=AT)
    return opened


def opened_by(town: Town, role: str, child: Opened) -> Opened:
    return record.open_dossier(child.dossier.id, by=town.workers[role], purpose=HANDLE, at=AT)


@pytest.mark.parametrize("role", ["social_worker", "unit_lead"])
def test_it_opens_for_those_on_the_case(town: Town, child: Opened, role: str) -> None:
    assert opened_by(town, role, child).one("identity").data["names"][0]["given"] == "Ämne"
    assert log_lines(child.dossier.id)[-1][:2] == (town.workers[role].id, "opened")


@pytest.mark.parametrize(
    "role",
    [
        "colleague",
        "other_lead",
        "registrar",
        "on_call",
        "counsellor",
        "coordinator",
        "administrator",
        "privacy_officer",
    ],
)
def test_it_does_not_exist_for_anyone_else_and_the_attempt_is_logged(town: Town, child: Opened, role: str) -> None:
    with pytest.raises(Dossier.DoesNotExist):
        opened_by(town, role, child)
    assert log_lines(child.dossier.id)[-1][:2] == (town.workers[role].id, "refused")


@pytest.mark.parametrize("role", ["registrar", "on_call"])
def test_who_must_tell_children_apart_sees_who_it_is_and_no_more(town: Town, child: Opened, role: str) -> None:
    worker = town.workers[role]
    note = child.seal("note", {"text": "Lugnt."}, by=None, at=AT)
    told = record.open_dossier(child.dossier.id, by=worker, purpose=Purpose.MATCH, at=AT, sight=Sight.IDENTITY)
    assert told.one("identity").data["names"][0]["given"] == "Ämne"
    with pytest.raises(NothingSealed):
        told.piece(note)
    with pytest.raises(Dossier.DoesNotExist):
        opened_by(town, role, child)


def test_a_typed_reason_lies_sealed_in_the_dossier_beside_the_id_of_its_log_line(town: Town, child: Opened) -> None:
    opened = record.open_dossier(
        child.dossier.id, by=town.workers["unit_lead"], purpose=HANDLE, at=AT, reason=" Klagomål från skolan. "
    )
    kept = opened.one(record.REASON)
    assert kept.data["text"] == "Klagomål från skolan."
    assert str(Entry.objects.filter(dossiers__contains=[child.dossier.id]).latest("number").id) == kept.data["entry"]
    stored = b"".join(bytes(row) for row in Sealed.objects.values_list("content", flat=True))
    assert b"skolan" not in stored


def test_no_reason_typed_leaves_nothing(town: Town, child: Opened) -> None:
    with pytest.raises(NothingSealed):
        opened_by(town, "unit_lead", child).one(record.REASON)


def test_what_does_not_exist_is_refused_in_the_same_way(town: Town) -> None:
    nowhere = uuid.uuid4()
    with pytest.raises(Dossier.DoesNotExist):
        record.open_dossier(nowhere, by=town.workers["unit_lead"], purpose=HANDLE, at=AT)
    assert log_lines(nowhere)[-1][1] == "refused"


def test_the_log_line_stays_when_everything_after_it_fails(town: Town, child: Opened) -> None:
    before = len(log_lines(child.dossier.id))
    with pytest.raises(RuntimeError), transaction.atomic():
        opened_by(town, "social_worker", child)
        raise RuntimeError
    assert len(log_lines(child.dossier.id)) == before + 1


def test_no_key_is_unwrapped_when_the_log_cannot_be_written(town: Town, child: Opened, monkeypatch: Any) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ConnectionError

    def must_not(*_: object, **__: object) -> None:
        raise AssertionError("a key was unwrapped without a log line")

    monkeypatch.setattr(log, "write", broken)
    monkeypatch.setattr(record, "unwrapped", must_not)
    with pytest.raises(ConnectionError):
        opened_by(town, "social_worker", child)


def test_the_log_refuses_to_stand_in_a_transaction() -> None:
    with pytest.raises(log.LogInsideTransaction), transaction.atomic(using="log"):
        log.write(Act.OPENED, worker=None, dossiers=[], purpose=HANDLE, at=AT)


def test_who_has_stepped_off_no_longer_sees_it(town: Town, child: Opened) -> None:
    Recusal.objects.create(dossier=child.dossier, worker=town.workers["social_worker"], at=AT)
    with pytest.raises(Dossier.DoesNotExist):
        opened_by(town, "social_worker", child)


def test_the_protected_desk_keeps_its_dossiers_from_those_who_identify(town: Town) -> None:
    new = record.New(compartment=Compartment.CHILD, unit=town.protected_desk)
    [opened] = record.create([new], by=None, purpose=Purpose.REGISTER, at=AT)
    assert opened_by(town, "protected_desk", opened).dossier == opened.dossier
    for role in ("registrar", "on_call", "unit_lead"):
        with pytest.raises(Dossier.DoesNotExist):
            opened_by(town, role, opened)


def test_content_is_not_readable_in_the_table(child: Opened) -> None:
    stored = b"".join(bytes(row) for row in Sealed.objects.values_list("content", flat=True))
    assert stored
    assert "Ämne".encode() not in stored


def test_content_moved_to_another_dossier_does_not_open(town: Town, child: Opened) -> None:
    new = record.New(compartment=Compartment.CHILD, unit=town.children, worker=town.workers["social_worker"])
    [other] = record.create([new], by=None, purpose=Purpose.REGISTER, at=AT)
    Sealed.objects.filter(dossier=child.dossier).update(dossier=other.dossier)
    with pytest.raises(box.DoesNotOpen):
        opened_by(town, "social_worker", other).read()


def test_a_change_by_someone_else_is_shown_and_not_overwritten(town: Town, child: Opened) -> None:
    worker = town.workers["social_worker"]
    mine, theirs = (opened_by(town, "social_worker", child) for _ in range(2))
    seen = mine.one("identity")
    assert theirs.reseal(seen.id, {"names": ["theirs"]}, version=seen.version, by=worker, at=AT) == 2
    with pytest.raises(Changed) as caught:
        mine.reseal(seen.id, {"names": ["mine"]}, version=seen.version, by=worker, at=AT)
    assert caught.value.now.data == {"names": ["theirs"]}
    assert mine.one("identity").data == {"names": ["theirs"]}


def test_a_list_writes_one_line_for_all_it_shows(town: Town, child: Opened) -> None:
    new = record.New(compartment=Compartment.CHILD, unit=town.children)
    [sibling] = record.create([new], by=None, purpose=Purpose.REGISTER, at=AT)
    both = Dossier.objects.filter(id__in=[child.dossier.id, sibling.dossier.id])
    shown = record.open_many(both, by=town.workers["unit_lead"], purpose=Purpose.TODAY, at=AT, kinds=["identity"])
    assert set(shown) == {child.dossier.id, sibling.dossier.id}
    assert len(shown[child.dossier.id].read("identity")) == 1
    line = log_lines(child.dossier.id)[-1]
    assert line == log_lines(sibling.dossier.id)[-1]
    assert line[1] == "name_shown"


def test_an_erased_dossier_can_never_be_read(town: Town, child: Opened) -> None:
    erase.erase(child.dossier, by=None, purpose=HANDLE, at=AT)
    with pytest.raises(Dossier.DoesNotExist):
        opened_by(town, "social_worker", child)
    with pytest.raises(unwrapping.KeyDestroyed):
        unwrapping.unwrapped([child.dossier])
    with pytest.raises((NothingSealed, box.DoesNotOpen)):
        child.one("identity")


def test_a_machine_gets_scores_and_leaves_a_line(child: Opened) -> None:
    scores = machines.compare(
        [child.dossier.id],
        lambda data: len(data["names"]),
        kind="identity",
        purpose=Purpose.MATCH,
        at=AT,
        worker=None,
    )
    assert scores == {child.dossier.id: 1.0}
    assert log_lines(child.dossier.id)[-1][1] == "compared"


def test_the_log_role_can_insert_and_do_nothing_else(child: Opened) -> None:
    for statement in (
        "SELECT * FROM log.audit_entry",
        "UPDATE log.audit_entry SET act = 'x'",
        "DELETE FROM log.audit_entry",
    ):
        with connections["log"].cursor() as cursor, pytest.raises(Exception, match="permission denied"):
            cursor.execute(statement)
