"""Seal what has been written: the rows without a seal become a batch, and the batch a link of the chain."""

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from hemvag.audit import chain, keys, lines, merkle
from hemvag.audit.lines import Line
from hemvag.audit.models import Batch, Kind

LOCK: Final = 5_081_916
"""Advisory lock of who lengthens the chain: two at once would make two links of the same number."""
MOST: Final = 10_000
"""Rows in a batch at most, so that a batch fits in memory many times over."""
CHANGED_IN: Final = dt.timedelta(hours=1)
"""How long a process may go on with the former key when the key has been changed."""
LATE: Final = dt.timedelta(minutes=30)
"""A row that has waited longer for its seal is told of: the job does not run, or cannot."""

_UNSEALED: Final = "NOT EXISTS (SELECT FROM log.audit_seal AS s WHERE s.entry = e.id)"
_COPY: Final = "COPY log.audit_seal (entry, batch, position, leaf, writer, number) FROM STDIN"


@dataclass(frozen=True, kw_only=True)
class Tail:
    """The rows that wait for a seal: how many, and the time of the oldest."""

    rows: int
    oldest: dt.datetime | None

    def is_late(self, at: dt.datetime) -> bool:
        """Say whether a row has waited too long."""
        return self.oldest is not None and at - self.oldest > LATE


def seal(*, at: dt.datetime, since: dt.datetime | None = None, most: int = MOST) -> list[Batch]:
    """Seal every row that waits, in batches of `most`, and return them. It may run twice and at once.

    `since` leaves older rows to another time, so that the whole log need not be looked through every few minutes. A row
    whose MAC is not the program's is never sealed: `verify` tells of it. Where another seals already, nothing is done.
    """
    made: list[Batch] = []
    with transaction.atomic():
        if not _may_lengthen():
            return made
        last = newest()
        judge = Judge(at)
        judged = ((line, judge.leaf(line)) for line in unsealed(since))
        waiting = ((line, leaf) for line, leaf in judged if leaf is not None)
        while rows := list(itertools.islice(waiting, most)):
            last = _store(rows, last, at)
            made.append(last)
    return made


class Judge:
    """Who says which row may be sealed at a moment: one whose MAC is the program's, under a key that is still used.

    Before the first batch there may be rows that are older than the seal, without a MAC. Under a key whose place was
    taken more than an hour ago nothing is written any more: whoever stole it writes no new row with it.
    """

    def __init__(self, at: dt.datetime) -> None:
        self._keys = keys.held()
        self._is_first = newest() is None
        settled = Batch.objects.filter(at__lt=at - CHANGED_IN).order_by("-number").first()
        self._oldest = settled.generation if settled else 0

    def leaf(self, line: Line) -> bytes | None:
        """Return the leaf of a row that may be sealed, else None."""
        leaf, is_genuine = lines.weigh(line, self._keys)
        is_older = self._is_first and line.generation == lines.BEFORE_THE_SEAL and not line.mac
        return leaf if is_older or (is_genuine and line.generation >= self._oldest) else None


def unsealed(since: dt.datetime | None = None) -> Iterator[Line]:
    """Give the rows that have no seal, from `since` on, as they stream from the database; within a transaction."""
    query = lines.select("", "log.audit_entry AS e", "WHERE", _UNSEALED)
    with connection.chunked_cursor() as cursor:
        if since is None:
            cursor.execute(query)
        else:
            cursor.execute(" ".join((query, "AND e.at >= %s")), [since])
        while rows := cursor.fetchmany(lines.AT_ONCE):
            yield from map(lines.read, rows)


def tail(since: dt.datetime | None = None) -> Tail:
    """Return what waits for a seal; with `since` of the rows from then on, without looking through the whole log."""
    query = " ".join(("SELECT count(*), min(at) FROM log.audit_entry AS e WHERE", _UNSEALED))
    with connection.cursor() as cursor:
        if since is None:
            cursor.execute(query)
        else:
            cursor.execute(" ".join((query, "AND e.at >= %s")), [since])
        rows, oldest = cursor.fetchone()
    return Tail(rows=rows, oldest=oldest)


def newest() -> Batch | None:
    """Return the last link of the chain."""
    return Batch.objects.order_by("-number").first()


def following(last: Batch | None, **stated: Any) -> Batch:
    """Return the link after `last`, closed and stored. Whoever calls holds the chain."""
    batch = Batch(number=last.number + 1 if last else 1, previous=last.root if last else chain.BEGINNING, **stated)
    chain.close(batch).save(force_insert=True)
    return batch


def hold() -> None:
    """Take hold of the chain until the transaction ends; wait for whoever has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _store(rows: Sequence[tuple[Line, bytes]], last: Batch | None, at: dt.datetime) -> Batch:
    tree = merkle.Tree()
    for _line, leaf in rows:
        tree.add(leaf)
    batch = following(last, kind=Kind.LINES.value, at=at, rows=len(rows), tree=tree.root())
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for position, (line, leaf) in enumerate(rows):
            copy.write_row((line.id, batch.number, position, leaf, line.writer, line.number))
    return batch


def _may_lengthen() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
