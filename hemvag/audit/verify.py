"""Verify the read log: find every row that was changed, removed or put in, and say in which batch.

Batches and rows stream by in the order of the chain; of a million rows some thousands are in memory at once. What
cannot be seen from inside is that the last batches were cut off with their rows: for that a root must have been kept
outside.
"""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import connection, transaction

from hemvag.audit import chain, keys, lines, merkle, roots, seal
from hemvag.audit.findings import Erasure, Fault, Report
from hemvag.audit.lines import Line
from hemvag.audit.models import Batch, Kind

Progress = Callable[[int, int], None]
LATE: Final = dt.timedelta(hours=1)
SETTLED: Final = dt.timedelta(minutes=10)
"""A row that is still being written may have a number below one that is written; after this it is not."""

Rows = Iterable[Sequence[Any]]
_NO_ROWS: Final[tuple[int | None, Rows]] = (None, ())
_ROWS: Final = lines.select(
    "s.batch, s.position, s.entry, s.leaf, s.erased_by",
    "log.audit_seal AS s LEFT JOIN log.audit_entry AS e ON e.id = s.entry",
    "ORDER BY s.batch, s.position",
)
_HOLES: Final = """
    WITH counted AS (
        SELECT writer, number, batch, entry FROM log.audit_seal WHERE number > 0
        UNION ALL
        SELECT e.writer, e.number, NULL, e.id FROM log.audit_entry AS e
        WHERE e.number > 0 AND NOT EXISTS (SELECT FROM log.audit_seal AS s WHERE s.entry = e.id)
    ), steps AS (
        SELECT batch, entry, number - lag(number) OVER (PARTITION BY writer ORDER BY number) - 1 AS missing FROM counted
    )
    SELECT batch, entry, missing FROM steps WHERE missing > 0 AND batch <= %s ORDER BY batch
"""


def verify(
    *, at: dt.datetime, against: Mapping[int, str] | None = None, progress: Progress = lambda _done, _total: None
) -> Report:
    """Return what a check of the whole log finds, at one moment of it; `against` is roots kept outside, by batch."""
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _Check(against or {}, progress).run(at)


class _Check:
    """One check as it goes along the chain."""

    def __init__(self, against: Mapping[int, str], progress: Progress) -> None:
        self.report = Report()
        self.against = against
        self.progress = progress
        self.total = 0
        self.keys = keys.held()
        self.public = keys.public()
        self.erased: dict[int, merkle.Tree] = defaultdict(merkle.Tree)
        self.last: Batch | None = None
        self.settled = 0

    def run(self, at: dt.datetime) -> Report:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM log.audit_seal")
            self.total = cursor.fetchone()[0]
        groups = itertools.groupby(_stream(_ROWS), key=lambda row: row[0])
        number, rows = next(groups, _NO_ROWS)
        erasures = []
        for batch in Batch.objects.order_by("number").iterator(chunk_size=lines.AT_ONCE):
            while number is not None and number < batch.number:
                self._rows_of_none(number, rows)
                number, rows = next(groups, _NO_ROWS)
            self._link(batch)
            if batch.kind == Kind.ERASURE:
                erasures.append(batch)
            self._rows(batch, rows if number == batch.number else ())
            if number == batch.number:
                number, rows = next(groups, _NO_ROWS)
            if batch.at < at - SETTLED:
                self.settled = batch.number
            self.last = batch
        while number is not None:
            self._rows_of_none(number, rows)
            number, rows = next(groups, _NO_ROWS)
        self._erasures(erasures)
        self._unsealed(at)
        self._holes()
        self._outside()
        self.report.newest = self.last.at if self.last else None
        return self.report

    def _link(self, batch: Batch) -> None:
        """Check that the batch is the program's own, and follows the one before."""
        report = self.report
        report.batches += 1
        expected = self.last.number + 1 if self.last else 1
        before = bytes(self.last.root) if self.last else chain.BEGINNING
        if batch.number == expected and bytes(batch.previous) != before:
            report.add(Fault.LINK_BROKEN, batch=batch.number)
        for number in range(expected, min(batch.number, expected + lines.AT_ONCE)):
            report.add(Fault.BATCH_MISSING, batch=number, number=_pointing(number))
        if batch.generation not in self.public:
            report.add(Fault.BATCH_UNKNOWN_KEY, batch=batch.number, number=batch.generation)
        elif not self._is_ours(batch) or (self.last and batch.generation < self.last.generation):
            report.add(Fault.BATCH_FORGED, batch=batch.number)
        noted = self.against.get(batch.number)
        if noted is not None:
            report.compared += 1
            report.reached = max(report.reached, batch.number)
            if not roots.is_same(bytes(batch.root), noted):
                report.add(Fault.OUTSIDE_DIFFERS, batch=batch.number)

    def _is_ours(self, batch: Batch) -> bool:
        try:
            root = chain.root(batch)
        except lines.STRANGE:
            return False
        stated = chain.signed(batch.number, root)
        return bytes(batch.root) == root and keys.is_signed(
            self.public[batch.generation], bytes(batch.signature), stated
        )

    def _rows(self, batch: Batch, rows: Rows) -> None:
        """Check each row of a batch, and the tree over them. An erasure has no rows of its own."""
        size = 0 if batch.kind == Kind.ERASURE else batch.rows
        tree, expected = merkle.Tree(), 0
        for _, position, entry, leaf, erased_by, *line in rows:
            if not expected <= position < size:
                self.report.add(Fault.NOT_IN_BATCH, batch=batch.number, entry=entry)
                continue
            self._removed(batch, expected, position)
            expected = position + 1
            tree.add(bytes(leaf))
            where = {"batch": batch.number, "position": position, "entry": entry}
            self._row(where, bytes(leaf), erased_by, lines.read(line) if line[0] else None)
        self._removed(batch, expected, size)
        if tree.size == size and size and tree.root() != bytes(batch.tree):
            self.report.add(Fault.SEALS_CHANGED, batch=batch.number)

    def _removed(self, batch: Batch, first: int, end: int) -> None:
        """Tell of the places in a batch that nothing stands at."""
        for position in range(first, min(end, first + seal.MOST)):
            self.report.add(Fault.REMOVED_WITH_SEAL, batch=batch.number, position=position)

    def _row(self, where: Mapping[str, object], leaf: bytes, erased_by: int | None, line: Line | None) -> None:
        if line is None:
            if erased_by is None:
                self.report.add(Fault.REMOVED, **where)
            else:
                self.erased[erased_by].add(leaf)
            self._count()
            return
        if erased_by is not None:
            self.report.add(Fault.STILL_HERE, **where)
        weighed, is_genuine = lines.weigh(line, self.keys)
        if weighed != leaf or not (is_genuine or self._is_unkeyed(line)):
            self.report.add(Fault.CHANGED, **where)
        elif self.last and lines.moment(self.last.at - LATE) > line.at:
            self.report.late += 1
        self._count()

    def _is_unkeyed(self, line: Line) -> bool:
        """Say whether nothing is known of the row's key: then its leaf in the signed chain is what vouches for it."""
        if line.generation in self.keys:
            return False
        self.report.unkeyed += line.generation != lines.BEFORE_THE_SEAL
        return True

    def _count(self) -> None:
        self.report.rows += 1
        if self.report.rows % lines.AT_ONCE == 0:
            self.progress(self.report.rows, self.total)

    def _rows_of_none(self, number: int, rows: Rows) -> None:
        """Pass by rows whose batch is gone. One between others is told of by the chain, one at the end here."""
        for _ in rows:
            self._count()
        after = Batch.objects.filter(number__gt=number).exists()
        if not after or number < 1:
            self.report.add(Fault.BATCH_MISSING, batch=number, number=_pointing(number))

    def _erasures(self, batches: Sequence[Batch]) -> None:
        """Check that what is gone is what was erased, no more and no less."""
        for batch in batches:
            tree = self.erased.pop(batch.number, merkle.Tree())
            if tree.root() != bytes(batch.tree) or tree.size != batch.rows:
                self.report.add(Fault.ERASURE_WRONG, batch=batch.number, number=batch.rows)
            else:
                self.report.erasures.append(
                    Erasure(batch=batch.number, at=batch.at, rows=batch.rows, before=batch.before, by=batch.by)
                )
        for number in sorted(self.erased):
            self.report.add(Fault.ERASURE_WRONG, batch=number, number=0)

    def _unsealed(self, at: dt.datetime) -> None:
        """Check the rows that wait for a seal: each must carry the program's MAC."""
        rows, oldest, judge = 0, None, seal.Judge(at)
        for line in seal.unsealed():
            if judge.leaf(line) is not None:
                rows += 1
                oldest = line.at if oldest is None else min(oldest, line.at)
            else:
                self.report.add(Fault.PUT_IN, entry=line.id)
        self.report.tail = seal.Tail(rows=rows, oldest=None if oldest is None else lines.time(oldest))

    def _holes(self) -> None:
        """Find numbers that a writer of the log gave out and that nobody has: rows removed before they were sealed."""
        with connection.cursor() as cursor:
            cursor.execute(_HOLES, [self.settled])
            for batch, entry, missing in cursor:
                self.report.add(Fault.HOLE, batch=batch, entry=entry, number=missing)

    def _outside(self) -> None:
        last = self.last.number if self.last else 0
        here = set(Batch.objects.filter(number__in=list(self.against)).values_list("number", flat=True))
        for number in sorted(set(self.against) - here):
            if number > last or number not in here:
                self.report.add(Fault.OUTSIDE_MISSING, batch=number)


def _stream(query: str) -> Iterator[Sequence[Any]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(lines.AT_ONCE):
            yield from rows


def _pointing(number: int) -> int:
    """Return how many seals name the batch."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM log.audit_seal WHERE batch = %s", [number])
        return int(cursor.fetchone()[0])
