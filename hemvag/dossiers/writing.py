"""What is written in a dossier: text that can be read, at a moment that has been, with a line in the journal."""

import datetime as dt
from typing import Final
from uuid import UUID

from hemvag.dossiers import refusals
from hemvag.dossiers.models import JournalEntry
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker

MOST_TEXT: Final = 20_000


def enter(
    opened: Opened, step: str, provision: str, *, content: UUID | None, by: Worker | None, at: dt.datetime
) -> JournalEntry:
    """Append one line to the journal, pointing at the sealed content that the step left."""
    return JournalEntry.objects.create(
        dossier=opened.dossier, step=step, provision=provision[:100], at=at, by=by, note_id=content
    )


def written(text: str, *, required: bool = True) -> str:
    """Return the text as it is kept. Raises NothingWritten or TooLong."""
    kept = text.strip()
    if required and not kept:
        raise refusals.NothingWritten
    if len(kept) > MOST_TEXT:
        raise refusals.TooLong(len(kept), MOST_TEXT)
    return kept


def moment(when: dt.datetime, *, not_before: dt.datetime, at: dt.datetime) -> dt.datetime:
    """Return when it happened, to the minute as people write it, but never before what it must follow.

    Raises InTheFuture, or TooEarly when it lies in an earlier minute than `not_before`.
    """
    if when > at:
        raise refusals.InTheFuture
    if when < not_before.replace(second=0, microsecond=0):
        raise refusals.TooEarly(not_before)
    return max(when, not_before)
