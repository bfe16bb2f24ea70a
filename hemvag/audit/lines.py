"""A line of the read log as bytes: one way to write each, so that its MAC and its leaf cover every column."""

import datetime as dt
import struct
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from hemvag.audit import keys, merkle

FORM: Final = b"hemvag audit entry 1"
BEFORE_THE_SEAL: Final = 0
"""The generation of lines that are older than the seal and carry no MAC; only the first batch may hold such."""

COLUMNS: Final = (
    "e.id, CASE WHEN isfinite(e.at) THEN (extract(epoch FROM e.at) * 1000000)::bigint END, e.worker, e.act, e.purpose,"
    " e.dossiers, e.door, e.writer, e.number, e.generation, e.mac"
)
"""What is read of a line, from `log.audit_entry AS e`; times as whole microseconds, so that none is beyond Python's."""

AT_ONCE: Final = 2_000
"""Rows fetched at once where the log streams by."""

STRANGE: Final = (AttributeError, TypeError, OverflowError, struct.error)
"""What a column raises that holds what the program never writes."""
_FIXED: Final = struct.Struct(">16sq?16s16sqqI")
"""Id, time, whether there is a worker, worker, writer, number, generation, how many dossiers."""
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND: Final = dt.timedelta(microseconds=1)


class Line(NamedTuple):
    """One line with every column, in the order of COLUMNS."""

    id: uuid.UUID
    at: int
    worker: uuid.UUID | None
    act: str
    purpose: str
    dossiers: Sequence[uuid.UUID]
    door: str
    writer: uuid.UUID
    number: int
    generation: int
    mac: bytes = b""

    def content(self) -> bytes:
        """Return every column but the MAC, in a form of which no two lines share one. Raises one of STRANGE."""
        texts = (self.act.encode(), self.purpose.encode(), self.door.encode())
        worker = self.worker.bytes if self.worker else b""
        facts = (self.id.bytes, self.at, bool(worker), worker, self.writer.bytes, self.number, self.generation)
        dossiers = [one.bytes for one in self.dossiers]
        return b"".join((FORM, _FIXED.pack(*facts, len(dossiers)), *dossiers, framed(*texts)))

    def leaf(self) -> bytes:
        """Return the leaf's hash, over the columns and the MAC: who lacks the key cannot guess what it hides."""
        return merkle.leaf(self.content() + self.mac)


def select(more: str, of: str, *rest: str) -> str:
    """Return a query for `more` columns and then a line's, of tables among which is `log.audit_entry AS e`."""
    return " ".join(("SELECT", f"{more}," if more else "", COLUMNS, "FROM", of, *rest))


def moment(at: dt.datetime) -> int:
    """Return a time as whole microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def time(at: int) -> dt.datetime:
    """Return the time of `moment`."""
    return _EPOCH + at * _MICROSECOND


def whole(number: int) -> bytes:
    """Return a whole number as eight bytes. Raises OverflowError."""
    return number.to_bytes(8, "big", signed=True)


def framed(*parts: bytes) -> bytes:
    """Return the parts, each behind its length, so that no two lists of parts look the same."""
    return b"".join([len(part).to_bytes(4, "big") + part for part in parts])


def read(row: Sequence[Any]) -> Line:
    """Return the line that was read by COLUMNS."""
    return Line._make(row)


def weigh(line: Line, held: Mapping[int, bytes]) -> tuple[bytes | None, bool]:
    """Return the line's leaf, and whether its MAC is the one that the holder of the key made for these columns.

    `held` is the keys by generation. The leaf is None when a column holds what the program never writes.
    """
    try:
        content = line.content()
        leaf = merkle.leaf(content + line.mac)
    except STRANGE:
        return None, False
    key = held.get(line.generation)
    return leaf, key is not None and line.mac == keys.mac(key, content)
