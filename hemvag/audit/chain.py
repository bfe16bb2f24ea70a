"""A link of the chain: what a batch states, its root over that and the root before, and the signature on the root."""

import datetime as dt
import hashlib
from typing import Final

from hemvag.audit import keys, lines
from hemvag.audit.models import Batch

FORM: Final = b"hemvag audit batch 1"
SIGNED: Final = b"hemvag audit root 1"
LINK: Final = b"\x02"
"""Stands before a batch as 0 and 1 do before leaves and nodes, so that none can be taken for another."""
BEGINNING: Final = bytes(32)
"""The root before the first batch."""


def root(batch: Batch) -> bytes:
    """Return the root: the hash of everything that the batch states, the root before it included.

    Raises what `lines.whole` raises for a column that holds what the program never writes.
    """
    stated = lines.framed(
        FORM,
        lines.whole(batch.number),
        batch.kind.encode(),
        _moment(batch.at),
        lines.whole(batch.rows),
        bytes(batch.tree),
        bytes(batch.previous),
        lines.whole(batch.generation),
        _moment(batch.before),
        batch.by.bytes if batch.by else b"",
    )
    return hashlib.sha256(LINK + stated).digest()


def close(batch: Batch) -> Batch:
    """Return the batch with its root and the signature on it, under the newest key."""
    batch.generation = keys.signing()
    batch.root = root(batch)
    batch.signature = keys.sign(batch.generation, signed(batch.number, batch.root))
    return batch


def signed(number: int, root: bytes) -> bytes:
    """Return the bytes under a batch's signature: whoever has a line of roots and the public key can check them."""
    return lines.framed(SIGNED, lines.whole(number), root)


def _moment(at: dt.datetime | None) -> bytes:
    return b"" if at is None else lines.whole(lines.moment(at))
