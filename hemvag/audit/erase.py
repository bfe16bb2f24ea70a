"""Erase rows of the read log past their time (gallring), so that the chain still verifies and says what was erased."""

import datetime as dt
import itertools
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from hemvag.audit import lines, merkle, seal
from hemvag.audit.models import Batch, Kind
from hemvag.law import retention
from hemvag.lib import clock

AT_ONCE: Final = 20_000
"""Rows erased in one transaction, under one link of the chain."""
RECORD: Final = "access_log"

_PAST: Final = lines.select(
    "s.leaf",
    "log.audit_seal AS s JOIN log.audit_entry AS e ON e.id = s.entry",
    "WHERE e.at < %s AND s.erased_by IS NULL ORDER BY s.batch, s.position",
)


class TooEarly(ValueError):
    """The law lets rows be kept longer than that; `args` is the first day that the rows of the last day may go."""


class _Gone(NamedTuple):
    entry: uuid.UUID
    leaf: bytes


def erase(
    *,
    before: dt.date,
    municipality: str,
    by: uuid.UUID | None,
    at: dt.datetime,
    most: int = AT_ONCE,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Batch]:
    """Erase every sealed row from before the day, and return the links that say so. For the owner's role only.

    The seals stay: of an erased row its leaf, which hides what stood there, its place and its id. Rows that wait for a
    seal stay, and so do rows that are not as they were sealed: erasing those would hide what was done to them. Stopped
    half-way, it goes on next time. Raises TooEarly when the retention rule in force at `at` does not let the rows go.
    """
    demand(before, municipality, clock.local(at).date())
    limit = dt.datetime.combine(before, dt.time(), clock.STOCKHOLM)
    total = _number(limit)
    made: list[Batch] = []
    done = 0
    while True:
        with transaction.atomic():
            seal.hold()
            gone = list(itertools.islice(_past(limit), most))
            if not gone:
                return made
            made.append(_certify(gone, limit, by, at))
        done += len(gone)
        progress(done, total)


def demand(before: dt.date, municipality: str, today: dt.date) -> None:
    """Raise TooEarly unless rows of the last day before `before` are past their time."""
    last = before - dt.timedelta(days=1)
    until = retention.keep(RECORD, municipality, today, last_entry=last).until
    if until is None or today < until:
        raise TooEarly(until)


def _certify(gone: Sequence[_Gone], limit: dt.datetime, by: uuid.UUID | None, at: dt.datetime) -> Batch:
    tree = merkle.Tree()
    for one in gone:
        tree.add(one.leaf)
    batch = seal.following(
        seal.newest(), kind=Kind.ERASURE.value, at=at, rows=len(gone), tree=tree.root(), before=limit, by=by
    )
    entries = [one.entry for one in gone]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM log.audit_entry WHERE id = ANY (%s)", [entries])
        cursor.execute("UPDATE log.audit_seal SET erased_by = %s WHERE entry = ANY (%s)", [batch.number, entries])
    return batch


def _past(limit: dt.datetime) -> Iterator[_Gone]:
    """Give the sealed rows from before the limit that are as they were sealed, in the order of the chain."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_PAST, [limit])
        while rows := cursor.fetchmany(lines.AT_ONCE):
            for leaf, *row in rows:
                line = lines.read(row)
                if lines.weigh(line, {})[0] == bytes(leaf):
                    yield _Gone(line.id, bytes(leaf))


def _number(limit: dt.datetime) -> int:
    with connection.cursor() as cursor:
        query: Any = "SELECT count(*) FROM log.audit_seal JOIN log.audit_entry ON id = entry WHERE at < %s"
        cursor.execute(query, [limit])
        return int(cursor.fetchone()[0])
