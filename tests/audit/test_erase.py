"""Rows past their time are erased, and the chain says so; a row that is only called erased is still missed."""

import datetime as dt
import uuid

import pytest

from hemvag.audit import erase, lines, merkle, report, roots
from hemvag.audit.findings import Fault
from hemvag.audit.models import Batch
from hemvag.lib import clock
from tests.audit.conftest import AT, Log
from tests.database import as_role

OLD = dt.datetime(2020, 3, 2, 14, 5, tzinfo=clock.STOCKHOLM)
BEFORE = dt.date(2021, 1, 1)
BY = uuid.UUID(int=7)


def erased(log: Log, **how: int) -> list[Batch]:
    with as_role("owner", log.name):
        return erase.erase(before=BEFORE, municipality="malmo", by=BY, at=log.now, **how)


def old_and_new(log: Log) -> list[uuid.UUID]:
    """Two batches: one with three old rows and a new one, one with an old one. Return the old rows."""
    old = log.write(3, at=OLD)
    log.write(1)
    log.seal()
    old += log.write(1, at=OLD)
    log.seal()
    log.write(1, at=OLD)  # not sealed yet
    return old


def left(log: Log) -> int:
    [[number]] = log.tamper("SELECT count(*) FROM log.audit_entry").fetchall()
    return int(number)


def test_rows_past_their_time_are_erased_and_the_chain_says_so(read_log: Log) -> None:
    old_and_new(read_log)
    kept = dict(roots.kept("\n".join(map(roots.line, roots.roots()))))
    [batch] = erased(read_log)
    assert (batch.number, batch.kind, batch.rows, batch.by) == (3, "erasure", 4, BY)
    assert left(read_log) == 2
    found = read_log.verify(against=kept)
    assert found.is_whole, list(found.sentences())
    [one] = found.erasures
    assert (one.rows, one.by, clock.local(one.before).date()) == (4, BY, BEFORE)  # type: ignore[arg-type]
    told = list(report.told(found, at=AT, is_compared=False))
    assert "Gallrat enligt regel 2026-11-25: 4 rader från före 2021-01-01 (bunt 3)." in told


def test_erasing_in_portions_goes_on_where_it_was_stopped(read_log: Log) -> None:
    old_and_new(read_log)
    assert [batch.rows for batch in erased(read_log, most=3)] == [3, 1]
    assert erased(read_log) == []
    read_log.seal()
    assert [batch.rows for batch in erased(read_log)] == [1]
    assert read_log.said() == []


def test_rows_within_their_time_are_not_erased(read_log: Log) -> None:
    old_and_new(read_log)
    with as_role("owner", read_log.name), pytest.raises(erase.TooEarly):
        erase.erase(before=dt.date(2022, 1, 1), municipality="malmo", by=BY, at=read_log.now)
    assert left(read_log) == 6


def test_a_row_that_was_changed_is_not_erased_with_the_others(read_log: Log) -> None:
    entry = old_and_new(read_log)[0]
    read_log.tamper("UPDATE log.audit_entry SET worker = NULL WHERE id = %s", entry)
    assert [batch.rows for batch in erased(read_log)] == [3]
    assert [one.entry for one in read_log.verify().findings] == [entry]


@pytest.mark.parametrize("claim", [3, 1, 99])
def test_a_row_that_is_removed_and_called_erased_is_found(read_log: Log, claim: int) -> None:
    old_and_new(read_log)
    erased(read_log)
    read_log.tamper(
        "WITH gone AS (DELETE FROM log.audit_entry USING log.audit_seal AS s WHERE s.entry = id RETURNING id)"
        " UPDATE log.audit_seal SET erased_by = %s FROM gone WHERE entry = gone.id",
        claim,
    )
    assert (Fault.ERASURE_WRONG, claim) in [(one.fault, one.batch) for one in read_log.verify().findings]


def test_an_erased_row_that_is_called_merely_gone_is_found(read_log: Log) -> None:
    entry = old_and_new(read_log)[0]
    erased(read_log)
    read_log.tamper("UPDATE log.audit_seal SET erased_by = NULL WHERE entry = %s", entry)
    assert {one.fault for one in read_log.verify().findings} == {Fault.REMOVED, Fault.ERASURE_WRONG}


def test_an_erasure_that_is_removed_is_found(read_log: Log) -> None:
    old_and_new(read_log)
    erased(read_log)
    read_log.seal()
    read_log.tamper("DELETE FROM log.audit_batch WHERE kind = 'erasure'")
    assert (Fault.BATCH_MISSING, 3) in [(one.fault, one.batch) for one in read_log.verify().findings]


def test_a_row_that_is_here_and_marked_as_erased_is_found(read_log: Log) -> None:
    [[entry]] = read_log.batches(1)
    read_log.tamper("UPDATE log.audit_seal SET erased_by = 1")
    assert read_log.said() == [f"Rad 1 i bunt 1 är märkt som gallrad men finns kvar. Raden har id {entry}."]


def test_what_stays_of_an_erased_row_says_nothing_about_it(read_log: Log) -> None:
    """Its leaf is over the MAC too: whoever guesses the columns cannot try the guess without the key."""
    [[entry]] = read_log.batches(1)
    query = "SELECT leaf FROM log.audit_seal WHERE entry = %s"
    [[first]] = read_log.tamper(query, entry).fetchall()
    [row] = read_log.tamper(lines.select("", "log.audit_entry AS e")).fetchall()
    line = lines.read(row)
    assert first == line.leaf()
    assert first != merkle.leaf(line.content())
    assert first != line._replace(mac=b"").leaf()
