"""What the pages show of the level and its checklist."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from hemvag.lib import clock
from hemvag.readiness.content import content
from hemvag.readiness.models import Check, CheckMark, LevelDecision
from hemvag.staff.models import Worker


@dataclass(frozen=True, kw_only=True)
class Row:
    """One item of the checklist as it stands."""

    check: Check
    words: str
    is_done: bool
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The checklist as it stands; empty when no level has been raised."""

    rows: Sequence[Row]
    done: int
    must_open: int
    late: int


def standing(worker: Worker, authority: uuid.UUID, at: dt.datetime) -> LevelDecision | None:
    """Return the decision that stands in a committee, or None when nobody has decided."""
    return LevelDecision.objects.visible_to(worker, at).filter(authority=authority).standing()


def checklist(worker: Worker, authority: uuid.UUID, at: dt.datetime) -> Listed:
    """Return the checklist with what is open first, must items before the others."""
    today = clock.local(at).date()
    found = Check.objects.visible_to(worker, at).filter(authority=authority).standing()
    rows = [_row(check, today) for check in found.order_by("place", "code")]
    rows.sort(key=lambda row: (row.is_done, not row.check.must, row.check.place))
    return Listed(
        rows=rows,
        done=sum(row.is_done for row in rows),
        must_open=sum(row.check.must and not row.is_done for row in rows),
        late=sum(row.is_late for row in rows),
    )


def words(check: Check) -> str:
    """Return the item in the reader's language, unless the checklist has since worded it otherwise."""
    item = content().items.get(check.code)
    return str(item.name) if item and item.name.sv == check.words else check.words


def _row(check: Check, today: dt.date) -> Row:
    state, due = check.state, check.due  # type: ignore[attr-defined]
    is_done = state == CheckMark.State.DONE
    return Row(check=check, words=words(check), is_done=is_done, is_late=not is_done and bool(due) and due < today)
