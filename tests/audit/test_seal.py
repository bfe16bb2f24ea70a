"""Sealing: by the job's role, twice and at once, rows of old keys, rows older than the seal; roots; the commands."""

import argparse
import base64
import datetime as dt
import multiprocessing
import secrets
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from hemvag.audit import chain, keys, lines, log, roots, seal, verify, writer
from hemvag.audit.findings import Fault
from hemvag.audit.models import Act, Batch, Purpose
from hemvag.config import schedule
from hemvag.config.commands import audit
from hemvag.config.plain import Told
from hemvag.lib import clock
from tests import database
from tests.audit.conftest import AT, Log
from tests.database import as_role

Captured = pytest.CaptureFixture[str]


def secret() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def test_sealing_again_does_nothing(read_log: Log) -> None:
    read_log.write(3)
    assert [batch.rows for batch in read_log.seal()] == [3]
    assert read_log.seal() == []


def test_many_rows_become_batches_of_a_size(read_log: Log) -> None:
    read_log.write(5)
    assert [(batch.number, batch.rows) for batch in read_log.seal(most=2)] == [(1, 2), (2, 2), (3, 1)]
    assert read_log.said() == []


def test_only_one_seals_at_once_and_the_other_does_not_wait(read_log: Log) -> None:
    read_log.write(2)
    with database.connect("job", read_log.name) as other, other.transaction():
        other.execute("SELECT pg_advisory_xact_lock(%s)", [seal.LOCK])
        assert read_log.seal() == []
    assert len(read_log.seal()) == 1


def test_many_write_while_others_seal_and_every_row_is_sealed_once(read_log: Log) -> None:
    def write(_: int) -> None:
        try:
            read_log.write(5)
        finally:
            connections.close_all()

    def sealing(_: int) -> None:
        try:
            for _again in range(3):
                seal.seal(at=AT)
        finally:
            connections.close_all()

    with as_role("job", read_log.name), ThreadPoolExecutor(6) as pool:
        written = [pool.submit(write, number) for number in range(6)]
        sealed = [pool.submit(sealing, number) for number in range(2)]
        for one in [*written, *sealed]:
            one.result()
    read_log.seal()
    found = read_log.verify()
    assert (found.is_whole, found.rows, found.tail.rows) == (True, 30, 0), list(found.sentences())


def test_the_job_leaves_older_rows_to_the_night(read_log: Log) -> None:
    read_log.write(1, at=clock.now() - dt.timedelta(days=9))
    read_log.write(1, at=clock.now())
    with as_role("job", read_log.name):
        assert schedule.seal_read_log(0) == 1
        assert seal.tail().rows == 1
        assert seal.tail().is_late(clock.now())
        assert schedule.seal_whole_read_log(0) == 1
        assert seal.tail() == seal.Tail(rows=0, oldest=None)


def test_writing_asks_the_database_for_nothing_but_the_row(read_log: Log) -> None:
    statements: list[str] = []

    def note(execute: Callable[..., object], statement: str, *rest: object) -> object:
        statements.append(statement)
        return execute(statement, *rest)

    read_log.write(1)
    with connections["log"].execute_wrapper(note):
        read_log.write(1)
    assert statements == [log.INSERT]


def test_rows_older_than_the_seal_are_taken_in_by_the_first_batch_only(read_log: Log) -> None:
    old = (
        "INSERT INTO log.audit_entry SELECT gen_random_uuid(), at, worker, act, purpose, dossiers, door,"
        " %s, 0, 0, '' FROM log.audit_entry WHERE number > 0 LIMIT 1"
    )
    read_log.write(1)
    for _ in range(2):
        read_log.tamper(old, writer.this().id)
    assert [batch.rows for batch in read_log.seal()] == [3]
    assert read_log.said() == []
    read_log.tamper(old, writer.this().id)
    assert read_log.seal() == []


def test_rows_and_batches_under_a_former_key_still_verify(read_log: Log, settings: Any) -> None:
    first, second = secret(), secret()
    settings.HEMVAG_KEY = f"1:{first}"
    read_log.batches(2)
    late = read_log.write(1)
    settings.HEMVAG_KEY = f"1:{first} 2:{second}"
    read_log.batches(2)
    assert [batch.generation for batch in Batch.objects.order_by("number")] == [1, 2]
    assert read_log.said() == []
    settings.HEMVAG_KEY = f"2:{second}"
    assert [one.fault for one in read_log.verify().findings] == [Fault.BATCH_UNKNOWN_KEY]
    assert read_log.verify().unkeyed == 2 + len(late)
    settings.HEMVAG_KEY = f"1:{secret()} 2:{second}"
    assert {one.fault for one in read_log.verify().findings} == {Fault.BATCH_FORGED, Fault.CHANGED}


def test_whoever_stole_a_former_key_writes_no_new_row_with_it(read_log: Log, settings: Any) -> None:
    first, second = secret(), secret()
    settings.HEMVAG_KEY = f"1:{first} 2:{second}"
    read_log.batches(1)
    settings.HEMVAG_KEY = f"1:{first}"
    [entry] = read_log.write(1)
    settings.HEMVAG_KEY = f"1:{first} 2:{second}"
    read_log.now += dt.timedelta(hours=2)
    assert read_log.seal() == []
    assert [(one.fault, one.entry) for one in read_log.verify().findings] == [(Fault.PUT_IN, entry)]


def test_a_root_and_its_signature_can_be_checked_by_anyone_with_the_public_key(read_log: Log) -> None:
    read_log.batches(2)
    number, _at, rows, generation, root, signature = roots.line(Batch.objects.get()).split()
    assert (number, rows) == ("1", "2")
    key = keys.public()[int(generation)]
    stated = chain.signed(int(number), bytes.fromhex(root))
    assert keys.is_signed(key, base64.b64decode(signature), stated)
    assert not keys.is_signed(key, base64.b64decode(signature), chain.signed(2, bytes.fromhex(root)))


def test_roots_are_read_in_each_form_that_they_are_written_in(read_log: Log) -> None:
    read_log.batches(1, 1)
    both = list(roots.roots())
    whole = roots.kept("# kept by the privacy officer\n\n" + "\n".join(map(roots.line, both)))
    short = roots.kept("\n".join(map(roots.short_line, both)))
    noted = roots.kept("\n".join(f"timestamp=x batch={one.number} rows=1 root={roots.short(one.root)}" for one in both))
    assert [list(kept) for kept in (whole, short, noted)] == [[1, 2]] * 3
    for kept in (whole, short, noted):
        assert all(roots.is_same(one.root, kept[one.number]) for one in both)
        assert not roots.is_same(both[0].root, kept[2])
        assert read_log.verify(against=kept).is_whole
    with pytest.raises(roots.Unreadable, match="2"):
        roots.kept(f"{roots.line(both[0])}\n7 nothing")


def test_one_root_a_day_and_since_a_day(read_log: Log) -> None:
    for day in (0, 0, 1):
        read_log.now = AT + dt.timedelta(days=day, minutes=read_log.now.minute)
        read_log.batches(1)
    assert [batch.number for batch in roots.roots(daily=True)] == [2, 3]
    assert [batch.number for batch in roots.roots(since=dt.date(2026, 11, 26))] == [3]


def test_no_moment_is_lost_between_python_and_the_database(read_log: Log) -> None:
    for at in (AT.replace(microsecond=1), AT.replace(year=1969), AT.replace(year=9999), AT.replace(month=7)):
        read_log.write(1, at=at)
    assert len(read_log.seal()) == 1
    assert lines.time(lines.moment(AT)) == AT


def test_of_very_many_findings_some_are_kept_and_the_rest_counted(
    read_log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hemvag.audit.findings.MOST", 2)
    read_log.batches(5)
    read_log.tamper("DELETE FROM log.audit_entry")
    found = read_log.verify()
    assert (len(found.findings), found.more) == (2, 3)


def test_a_process_that_was_forked_counts_under_a_name_of_its_own() -> None:
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(_name) != writer.this().id


def _name() -> uuid.UUID:
    return writer.this().id


def told(*words: str) -> int:
    parser = argparse.ArgumentParser()
    audit.add_arguments(parser)
    return audit.run(parser.parse_args(words))


def test_the_command_says_that_the_log_is_whole_and_what_it_cannot_see(read_log: Log, capsys: Captured) -> None:
    read_log.batches(2)
    assert told("verify") == 0
    said = capsys.readouterr().out
    assert "This cannot be seen: that the last batches were removed" in said
    assert "The read log is whole: 2 rows in 1 batches" in said


def test_the_command_finds_a_cut_tail_against_a_file_of_roots(
    read_log: Log, capsys: Captured, tmp_path_factory: pytest.TempPathFactory
) -> None:
    read_log.batches(1, 1)
    assert told("roots", "--short") == 0
    kept = tmp_path_factory.mktemp("outside") / "roots.txt"
    kept.write_text(capsys.readouterr().out, encoding="utf-8")
    assert told("verify", "--against", str(kept)) == 0
    assert "2 roots kept outside were compared. They cover the chain up to batch 2." in capsys.readouterr().out
    for table, column in (("audit_batch", "number"), ("audit_seal", "batch")):
        read_log.tamper(f"DELETE FROM log.{table} WHERE {column} = 2")
    assert told("verify", "--against", str(kept), "--language", "sv") == 1
    assert "Bunt 2 finns bland rötterna som sparats utanför, men inte här." in capsys.readouterr().out
    kept.write_text("rubbish\n", encoding="utf-8")
    with pytest.raises(Told, match="line 1 holds no number"):
        told("verify", "--against", str(kept))


def test_the_command_warns_of_a_tail_that_waits(read_log: Log, capsys: Captured) -> None:
    read_log.write(2, at=clock.now() - dt.timedelta(hours=1))
    assert told("verify") == 0
    said = capsys.readouterr().out
    assert "2 rows wait for their seal" in said
    assert "Warning: this has waited too long." in said
    with as_role("job", read_log.name):
        assert told("seal") == 0
    assert "Batches sealed: 1, with 2 rows." in capsys.readouterr().out


def test_the_public_keys_are_printed_by_generation(read_log: Log, capsys: Captured) -> None:
    assert told("key") == 0
    generation, key = capsys.readouterr().out.split()
    assert base64.b64decode(key) == keys.public()[int(generation)]


def test_progress_is_told_while_rows_stream_by(read_log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "AT_ONCE", 2)
    read_log.batches(5)
    far: list[tuple[int, int]] = []
    verify.verify(at=AT, progress=lambda done, total: far.append((done, total)))
    assert far == [(2, 5), (4, 5)]


def test_acts_and_purposes_of_those_who_were_refused_are_known() -> None:
    assert {Act.REFUSED, Act.LOOKED_UP} <= set(Act)
    assert {Purpose.SIGN_IN, Purpose.LOOK_UP} <= set(Purpose)
