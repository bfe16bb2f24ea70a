"""How the read log is sealed, for who reads it: the last link of the chain, what waits, and each day's root."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hemvag.audit import roots, seal
from hemvag.audit.models import Batch
from hemvag.audit.seal import Tail

DAYS: Final = 31
LOOKED_BACK: Final = dt.timedelta(days=2)
"""As far as the job looks every few minutes; older rows are sealed, or told of by `hemvag audit verify`, each night."""
A_DAY: Final = 24 * 60 // 2
"""Links of the chain in a day at most: one every two minutes, and more only where thousands of rows wait at once."""


@dataclass(frozen=True, kw_only=True)
class Root:
    """One link of the chain with its root, whole and short."""

    batch: Batch
    root: str
    short: str


def last() -> Root | None:
    """Return the last link, or None before the first."""
    batch = seal.newest()
    return _root(batch) if batch else None


def tail(at: dt.datetime) -> Tail:
    """Return what of the last days waits for its seal."""
    return seal.tail(since=at - LOOKED_BACK)


def days(at: dt.datetime) -> Sequence[Root]:
    """Return the last link of each of the last DAYS days that has any, the newest first. One or two queries."""
    newest = seal.newest()
    if newest is None:
        return []
    found = Batch.objects.filter(
        number__gt=newest.number - DAYS * A_DAY, at__gte=at - dt.timedelta(days=DAYS)
    ).order_by("number")
    of_day = {roots.day(batch): batch for batch in found.defer("tree", "previous", "signature")}
    return [_root(batch) for _day, batch in sorted(of_day.items(), reverse=True)]


def _root(batch: Batch) -> Root:
    root = bytes(batch.root)
    return Root(batch=batch, root=root.hex(), short=roots.short(root))
