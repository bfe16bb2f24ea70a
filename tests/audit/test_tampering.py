"""Somebody who may do anything with the database, but has no key, changes the read log; it is seen, and where."""

import datetime as dt
import hashlib
import uuid

import pytest
from django.db import DataError

from hemvag.audit import chain, lines, log, merkle, roots, writer
from hemvag.audit.findings import Fault
from hemvag.audit.models import Act, Batch, Purpose
from tests import database
from tests.audit.conftest import AT, Log

EVERY_COLUMN = {
    "id": "gen_random_uuid()",
    "at": "at + interval '1 microsecond'",
    "worker": "NULL",
    "act": "'searched'",
    "purpose": "'call'",
    "dossiers": "dossiers[1:1]",
    "door": "'Staff'",
    "writer": "gen_random_uuid()",
    "number": "number + 1",
    "mac": "set_byte(mac, 31, (get_byte(mac, 31) # 1))",
}


def outside(log: Log) -> dict[int, str]:
    """Return what somebody keeps outside: each root as a line."""
    return dict(roots.kept("\n".join(map(roots.line, roots.roots()))))


def faults(log: Log, **how: object) -> list[tuple[Fault, int | None]]:
    return [(one.fault, one.batch) for one in log.verify(**how).findings]


def test_an_untouched_log_is_whole(read_log: Log) -> None:
    read_log.batches(3, 1, 4)
    found = read_log.verify(against=outside(read_log))
    assert found.is_whole, list(found.sentences())
    assert (found.batches, found.rows, found.compared, found.reached, found.tail.rows) == (3, 8, 3, 3, 0)


@pytest.mark.parametrize("column", EVERY_COLUMN)
def test_a_changed_column_is_found_with_its_row_and_batch(read_log: Log, column: str) -> None:
    entry = read_log.batches(2, 3)[1][2]
    read_log.tamper(f"UPDATE log.audit_entry SET {column} = {EVERY_COLUMN[column]} WHERE id = %s", entry)
    said = read_log.said()
    act = "borttagen. Raden hade" if column == "id" else "ändrad. Raden har"
    assert f"Rad 3 i bunt 2 är {act} id {entry}." in said
    assert len(said) == (2 if column == "id" else 1)  # under another id it is also a row put in


@pytest.mark.parametrize(
    "change",
    ["generation = 0", "generation = 9", "generation = 0, mac = ''", "at = 'infinity'", "dossiers = '{{NULL}}'"],
)
def test_what_the_program_never_writes_is_a_change_and_stops_no_check(read_log: Log, change: str) -> None:
    entry = read_log.batches(2)[0][0]
    read_log.tamper(f"UPDATE log.audit_entry SET {change} WHERE id = %s", entry)
    assert read_log.said() == [f"Rad 1 i bunt 1 är ändrad. Raden har id {entry}."]


def test_a_removed_row_is_found(read_log: Log) -> None:
    entry = read_log.batches(2, 3)[0][1]
    read_log.tamper("DELETE FROM log.audit_entry WHERE id = %s", entry)
    assert read_log.said() == [f"Rad 2 i bunt 1 är borttagen. Raden hade id {entry}."]


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_row_removed_with_its_seal_is_found(read_log: Log, position: int) -> None:
    entry = read_log.batches(2, 3)[1][position]
    read_log.tamper("DELETE FROM log.audit_entry WHERE id = %s", entry)
    read_log.tamper("DELETE FROM log.audit_seal WHERE entry = %s", entry)
    assert f"Rad {position + 1} i bunt 2 är borttagen med sin försegling." in read_log.said()


def test_two_swapped_rows_are_found(read_log: Log) -> None:
    one, other = read_log.batches(4)[0][:2]
    for column in ("worker", "dossiers", "mac", "number"):
        read_log.tamper(
            f"UPDATE log.audit_entry AS e SET {column} = o.{column} FROM log.audit_entry AS o"
            " WHERE (e.id, o.id) IN ((%s, %s), (%s, %s))",
            one,
            other,
            other,
            one,
        )
    assert faults(read_log) == [(Fault.CHANGED, 1)] * 2


def test_two_swapped_seals_are_found(read_log: Log) -> None:
    one, other = read_log.batches(2, 4)[1][:2]
    read_log.tamper("ALTER TABLE log.audit_seal DROP CONSTRAINT seal_place")
    read_log.tamper("UPDATE log.audit_seal SET position = 1 - position WHERE entry IN (%s, %s)", one, other)
    assert faults(read_log) == [(Fault.SEALS_CHANGED, 2)]


def test_a_row_put_in_without_the_key_is_found_and_never_sealed(read_log: Log) -> None:
    [[entry]] = read_log.batches(1)
    new = uuid.uuid4()
    read_log.tamper(
        "INSERT INTO log.audit_entry SELECT %s, at - interval '1 year', worker, act, purpose, dossiers, door, writer,"
        " number, generation, mac FROM log.audit_entry WHERE id = %s",
        new,
        entry,
    )
    for _ in range(2):
        assert read_log.seal() == []
        assert read_log.said() == [
            f"En rad är insatt utan programmets nyckel, eller ändrad innan den förseglades. Raden har id {new}."
        ]


def test_a_row_put_in_as_older_than_the_seal_is_found(read_log: Log) -> None:
    [[entry]] = read_log.batches(1)
    read_log.tamper(
        "INSERT INTO log.audit_entry SELECT gen_random_uuid(), at - interval '1 year', worker, act, purpose, dossiers,"
        " door, writer, 0, 0, '' FROM log.audit_entry WHERE id = %s",
        entry,
    )
    assert read_log.seal() == []
    assert faults(read_log) == [(Fault.PUT_IN, None)]


def test_a_row_put_in_with_a_seal_is_found(read_log: Log) -> None:
    [[entry]] = read_log.batches(1)
    read_log.tamper(
        "INSERT INTO log.audit_seal SELECT gen_random_uuid(), batch, 1, leaf, writer, number FROM log.audit_seal"
        " WHERE entry = %s",
        entry,
    )
    assert faults(read_log) == [(Fault.NOT_IN_BATCH, 1)]


def test_a_row_that_the_program_writes_with_an_old_time_is_told_of(read_log: Log) -> None:
    read_log.batches(1)
    read_log.write(at=AT - dt.timedelta(days=400))
    read_log.seal()
    found = read_log.verify()
    assert (found.is_whole, found.late) == (True, 1)


def test_a_row_removed_before_it_was_sealed_leaves_a_hole(read_log: Log) -> None:
    read_log.batches(2)
    first, second, third = read_log.write(3)
    read_log.tamper("DELETE FROM log.audit_entry WHERE id IN (%s, %s)", first, second)
    read_log.seal()
    [said] = read_log.said()
    assert said.startswith("Rader saknas före bunt 2: 2 st. som programmet skrev finns inte.")
    assert said.endswith(f"Nästa rad har id {third}.")


def test_a_number_that_could_not_be_written_is_given_to_the_next_row(read_log: Log) -> None:
    read_log.write(1)
    with pytest.raises(DataError):
        log.write(Act.OPENED, worker=None, dossiers=[], purpose=Purpose.CALL, at=AT, door="a door of too long a name")
    read_log.write(1)
    read_log.seal()
    assert read_log.said() == []


def test_a_removed_batch_is_found(read_log: Log) -> None:
    read_log.batches(1, 2, 1)
    read_log.tamper("DELETE FROM log.audit_batch WHERE number = 2")
    assert "Bunt 2 saknas. 2 rader hör till den." in read_log.said()


def test_a_batch_removed_with_its_rows_and_seals_is_found(read_log: Log) -> None:
    read_log.batches(1, 2, 1)
    cut(read_log, "= 2")
    assert "Bunt 2 saknas. 0 rader hör till den." in read_log.said()


def test_the_first_batch_removed_with_its_rows_and_seals_is_found(read_log: Log) -> None:
    read_log.batches(1, 2, 1)
    cut(read_log, "= 1")
    assert "Bunt 1 saknas. 0 rader hör till den." in read_log.said()


def cut(log: Log, which: str) -> None:
    log.tamper(f"DELETE FROM log.audit_entry USING log.audit_seal WHERE entry = id AND batch {which}")
    log.tamper(f"DELETE FROM log.audit_seal WHERE batch {which}")
    log.tamper(f"DELETE FROM log.audit_batch WHERE number {which}")


def test_a_tail_that_is_cut_whole_is_seen_only_against_roots_kept_outside(read_log: Log) -> None:
    read_log.batches(2, 2, 2)
    kept = outside(read_log)
    cut(read_log, "> 1")
    assert read_log.said() == []
    assert read_log.said(against=kept) == [
        f"Bunt {number} finns bland rötterna som sparats utanför, men inte här." for number in (2, 3)
    ]


def test_a_tail_that_is_cut_and_grown_anew_is_seen_against_roots_kept_outside(read_log: Log) -> None:
    read_log.batches(2, 2, 2)
    kept = outside(read_log)
    cut(read_log, "> 1")
    writer.renew()  # else the numbers of the rows that are gone tell
    read_log.batches(2, 2, 1)
    assert faults(read_log, against=kept) == [(Fault.OUTSIDE_DIFFERS, 2), (Fault.OUTSIDE_DIFFERS, 3)]


def test_one_root_kept_outside_covers_every_batch_before_it(read_log: Log) -> None:
    read_log.batches(2, 2, 2)
    last = dict([list(outside(read_log).items())[-1]])
    cut(read_log, "> 0")
    read_log.batches(2, 2, 2)
    assert faults(read_log, against=last) == [(Fault.OUTSIDE_DIFFERS, 3)]


def test_batches_cut_from_the_end_but_not_their_seals_are_found(read_log: Log) -> None:
    read_log.batches(1, 2)
    read_log.tamper("DELETE FROM log.audit_batch WHERE number = 2")
    assert read_log.said() == ["Bunt 2 saknas. 2 rader hör till den."]


def test_the_whole_chain_reckoned_anew_without_the_keys_is_found(read_log: Log) -> None:
    """The intruder knows the program: every leaf, tree and root is right, only MAC and signature cannot be."""
    changed = read_log.batches(2, 2, 2)[0][0]
    read_log.tamper("UPDATE log.audit_entry SET worker = gen_random_uuid() WHERE id = %s", changed)
    reckon_anew(read_log)
    found = read_log.verify()
    assert [(one.fault, one.batch) for one in found.findings] == [
        (Fault.BATCH_FORGED, 1),
        (Fault.CHANGED, 1),
        (Fault.BATCH_FORGED, 2),
        (Fault.BATCH_FORGED, 3),
    ]
    assert found.findings[1].entry == changed


def reckon_anew(log: Log) -> None:
    before = chain.BEGINNING
    for batch in Batch.objects.order_by("number"):
        tree = merkle.Tree()
        query = lines.select(
            "", "log.audit_seal AS s JOIN log.audit_entry AS e ON e.id = s.entry", "WHERE batch = %s ORDER BY position"
        )
        for line in map(lines.read, log.tamper(query, batch.number).fetchall()):
            tree.add(line.leaf())
            log.tamper("UPDATE log.audit_seal SET leaf = %s WHERE entry = %s", line.leaf(), line.id)
        batch.tree, batch.previous = tree.root(), before
        batch.root = before = chain.root(batch)
        log.tamper(
            "UPDATE log.audit_batch SET tree = %s, previous = %s, root = %s, signature = %s WHERE number = %s",
            batch.tree,
            batch.previous,
            batch.root,
            hashlib.sha512(before).digest(),
            batch.number,
        )


@pytest.mark.parametrize(
    "change", ["rows = 3", "at = at + interval '1 day'", "kind = 'erasure'", "by = gen_random_uuid()"]
)
def test_a_changed_batch_is_found(read_log: Log, change: str) -> None:
    read_log.batches(2, 2)
    read_log.tamper(f"UPDATE log.audit_batch SET {change} WHERE number = 1")
    assert (Fault.BATCH_FORGED, 1) in faults(read_log)


def test_batches_of_another_chain_do_not_fit(read_log: Log) -> None:
    """Each is the program's own, signed; together they are no chain."""
    read_log.batches(1, 1)
    [kept] = read_log.tamper(
        "SELECT previous, root, signature, tree, at FROM log.audit_batch WHERE number = 2"
    ).fetchall()
    cut(read_log, "> 0")
    read_log.batches(1, 1)
    read_log.tamper(
        "UPDATE log.audit_batch SET previous = %s, root = %s, signature = %s, tree = %s, at = %s WHERE number = 2",
        *kept,
    )
    assert (Fault.LINK_BROKEN, 2) in faults(read_log)


def test_a_row_that_commits_late_is_sealed_in_a_later_batch(read_log: Log) -> None:
    with database.connect("log", read_log.name) as late, late.transaction():
        [entry] = read_log.write(1)
        row = read_log.tamper("DELETE FROM log.audit_entry WHERE id = %s RETURNING *", entry).fetchone()
        assert row
        late.execute(f"INSERT INTO log.audit_entry VALUES ({', '.join(['%s'] * len(row))})", row)
        read_log.batches(2)
        assert read_log.verify().tail.rows == 0
    assert read_log.verify().tail.rows == 1
    [batch] = read_log.seal()
    assert (batch.number, batch.rows) == (2, 1)
    assert read_log.said() == []
