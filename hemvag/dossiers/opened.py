"""What one holds after a dossier has been opened: its content can be read and added to, by kind, for this request."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F

from hemvag.dossiers.models import BrokenGlass, Dossier, JournalEntry, Sealed
from hemvag.staff.models import Worker
from hemvag.vault import box

type_of_data = dict[str, Any]
BYTES: Final = "attachment_bytes"
"""The kind of content that is large: attachments' bytes. Read only by who asks for it by its id or this name."""


class Changed(Exception):
    """Someone else changed this piece of content meanwhile; `now` is what stands there."""

    def __init__(self, now: "Content") -> None:
        super().__init__()
        self.now = now


class OnlyToRead(Exception):
    """The dossier was opened to be read: nothing can be written in it this way."""


class NothingSealed(LookupError):
    """The dossier holds no content of this kind."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """One unsealed piece of content."""

    id: uuid.UUID
    kind: str
    data: type_of_data
    version: int
    at: dt.datetime
    by_id: uuid.UUID | None


class Opened:
    """A dossier with its data key in hand. Only `hemvag.dossiers.record` makes one, after the log line is written."""

    __slots__ = ("_former", "_key", "_kinds", "_rows", "_still", "dossier", "glass", "is_only_to_read")

    def __init__(
        self, dossier: Dossier, key: bytes, rows: Sequence[Sealed] | None = None, *, former: bytes | None = None
    ) -> None:
        self.dossier = dossier
        self._key = key
        self._former = former
        self._rows = rows
        self._kinds: frozenset[str] | None = None
        self._still: frozenset[str] = frozenset()
        self.is_only_to_read = False
        self.glass: BrokenGlass | None = None

    def to_read(self, *, still: frozenset[str] = frozenset()) -> "Opened":
        """Return this, from now on closed to whoever would write in it, but for new content of the kinds `still`."""
        self.is_only_to_read = True
        self._still = still
        return self

    def behind(self, glass: BrokenGlass) -> "Opened":
        """Return this, opened through broken glass: only to read, but for the reason why."""
        self.glass = glass
        return self.to_read(still=frozenset({"glass"}))

    def only(self, kinds: frozenset[str]) -> "Opened":
        """Return this, from now on without any content but of `kinds`: nothing else can be read through it."""
        self._kinds = kinds
        return self

    def shows(self, kind: str) -> bool:
        """Say whether content of `kind` can be read through this."""
        return self._kinds is None or kind in self._kinds

    def __repr__(self) -> str:
        return f"<Opened {self.dossier.reference}>"

    def read(self, kind: str | None = None) -> list[Content]:
        """Return the content of a kind (all kinds but BYTES when none is named), oldest first; all of it is fetched
        once only."""
        rows = None if kind == BYTES else self._rows
        if rows is None:
            stored = self.dossier.sealed.order_by("at", "id")
            rows = list(stored.filter(kind=kind) if kind else stored.exclude(kind=BYTES))
            self._rows = rows if kind is None else self._rows
        return [self._unsealed(row) for row in rows if kind in {None, row.kind} and self.shows(row.kind)]

    def anew(self) -> "Opened":
        """Return this, from now on reading what stands there now."""
        self._rows = None
        return self

    def one(self, kind: str) -> Content:
        """Return the newest content of a kind. Raises NothingSealed."""
        found = self.read(kind)
        if not found:
            raise NothingSealed(kind)
        return found[-1]

    def piece(self, content_id: uuid.UUID) -> Content:
        """Return one piece of content by its id. Raises NothingSealed when it is not this dossier's."""
        row = self.dossier.sealed.filter(id=content_id).first()
        if row is None or not self.shows(row.kind):
            raise NothingSealed(content_id)
        return self._unsealed(row)

    def prepared(self, kind: str, content: Mapping[str, Any], *, by: Worker | None, at: dt.datetime) -> Sealed:
        """Return the sealed row, not yet stored, for a verb that stores many in one statement. Raises OnlyToRead."""
        self._ask_to_write(kind)
        row = Sealed(id=uuid.uuid4(), dossier=self.dossier, kind=kind, at=at, by=by)
        row.content = box.seal(self._key, _written(content), _place(row))
        self._rows = None
        return row

    def seal(self, kind: str, content: Mapping[str, Any], *, by: Worker | None, at: dt.datetime) -> uuid.UUID:
        """Seal and store a new piece of content; return its id."""
        row = self.prepared(kind, content, by=by, at=at)
        row.save(force_insert=True)
        return row.id

    def reseal(
        self,
        content_id: uuid.UUID,
        content: Mapping[str, Any],
        *,
        version: int,
        by: Worker | None,
        at: dt.datetime,
    ) -> int:
        """Replace a piece of content that still has `version`; return its new version.

        Raises Changed, with what stands there now, when someone else was first; nothing is overwritten. Raises
        OnlyToRead.
        """
        self._ask_to_write()
        row = Sealed(id=content_id, dossier=self.dossier)
        row.kind = self.piece(content_id).kind
        sealed = box.seal(self._key, _written(content), _place(row))
        hit = self.dossier.sealed.filter(id=content_id, version=version).update(
            content=sealed, version=F("version") + 1, at=at, by=by
        )
        self._rows = None
        if not hit:
            raise Changed(self.piece(content_id))
        return version + 1

    def journal(
        self,
        step: str,
        provision: str = "",
        *,
        by: Worker | None,
        at: dt.datetime,
        note: Mapping[str, Any] | None = None,
    ) -> JournalEntry:
        """Append one line to the journal; what was said or thought goes sealed beside it. Raises OnlyToRead."""
        self._ask_to_write()
        sealed = None if note is None else self.seal("note", note, by=by, at=at)
        return JournalEntry.objects.create(
            dossier=self.dossier, step=step, provision=provision, at=at, by=by, note_id=sealed
        )

    def _ask_to_write(self, kind: str = "") -> None:
        if self.is_only_to_read and kind not in self._still:
            raise OnlyToRead

    def _unsealed(self, row: Sealed) -> Content:
        data = json.loads(self._bytes(row))
        return Content(id=row.id, kind=row.kind, data=data, version=row.version, at=row.at, by_id=row.by_id)

    def _bytes(self, row: Sealed) -> bytes:
        """Return what is sealed in a row; it may be under the key that the dossier had before."""
        sealed, place = bytes(row.content), _place(row)
        try:
            return box.unseal(self._key, sealed, place)
        except box.DoesNotOpen:
            if self._former is None:
                raise
        return box.unseal(self._former, sealed, place)


def _written(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _place(row: Sealed) -> bytes:
    return row.dossier_id.bytes + row.id.bytes + row.kind.encode()


def resealed(row: Sealed, old: Sequence[bytes], new: bytes) -> bytes | None:
    """Return a row's content sealed under another key, or None when it is emptied or already under that one.

    Raises DoesNotOpen when no key opens it.
    """
    sealed, place = bytes(row.content), _place(row)
    if not sealed:
        return None
    for key in (new, *old):
        try:
            content = box.unseal(key, sealed, place)
        except box.DoesNotOpen:
            continue
        return None if key == new else box.seal(new, content, place)
    raise box.DoesNotOpen
