"""Roots of the chain as lines of text, to be kept outside the database: in a file, on paper, with somebody else."""

import base64
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Final

from hemvag.audit.models import Batch
from hemvag.lib import clock

_GROUP: Final = 5
_SHORT: Final = 20
"""Letters of a short form: a hundred bits, which nobody finds another chain for."""
_NUMBER: Final = re.compile(r"^\s*(\d+)\b|\bbatch=(\d+)")
_ROOT: Final = re.compile(r"\b([0-9a-f]{64}|[a-z2-7]{5}(?:-[a-z2-7]{5}){3})\b")


class Unreadable(ValueError):
    """A line that holds no number of a batch with its root; `args` is the line's number."""


def roots(*, since: dt.date | None = None, daily: bool = False) -> Iterator[Batch]:
    """Give the batches sealed on `since` or later, in order; with `daily` only the last one of each day.

    Each root covers every batch before it: the last one alone holds the whole chain fast.
    """
    held: Batch | None = None
    found = Batch.objects.order_by("number")
    if since is not None:
        found = found.filter(at__gte=dt.datetime.combine(since, dt.time(), clock.STOCKHOLM))
    for batch in found.iterator(chunk_size=2_000):
        if held is not None and (not daily or day(held) != day(batch)):
            yield held
        held = batch
    if held is not None:
        yield held


def line(batch: Batch) -> str:
    """Return the batch as one line: number, time, rows, generation of the key, root, signature."""
    at = batch.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    signature = base64.b64encode(bytes(batch.signature)).decode()
    return f"{batch.number} {at} {batch.rows} {batch.generation} {bytes(batch.root).hex()} {signature}"


def short_line(batch: Batch) -> str:
    """Return the batch as a line for paper: number, time, rows, and the short form of the root."""
    at = clock.local(batch.at)
    return f"{batch.number:>8}  {at:%Y-%m-%d %H.%M}  {batch.rows:>7}  {short(bytes(batch.root))}"


def short(root: bytes) -> str:
    """Return a root as four groups of five letters and digits."""
    letters = base64.b32encode(root).decode().lower()[:_SHORT]
    return "-".join(letters[at : at + _GROUP] for at in range(0, _SHORT, _GROUP))


def kept(text: str) -> Mapping[int, str]:
    """Return the root, whole or short, by number of batch, from lines of either form. Raises Unreadable.

    Empty lines and those that begin with # say nothing. Lines of the program's own log (batch=7 root=...) are read too.
    """
    found: dict[int, str] = {}
    for place, said in enumerate(text.splitlines(), start=1):
        if not said.strip() or said.lstrip().startswith("#"):
            continue
        number, root = _NUMBER.search(said), _ROOT.search(said)
        if number is None or root is None:
            raise Unreadable(place)
        found[int(number[1] or number[2])] = root[1]
    return found


def is_same(root: bytes, noted: str) -> bool:
    """Say whether `noted`, whole or short, is this root."""
    return noted in {root.hex(), short(root)}


def day(batch: Batch) -> dt.date:
    """Return the day in Sweden on which the batch was sealed."""
    return clock.local(batch.at).date()
