"""Unwrap data keys, in one batch. Only `record` and `machines` may import this, after they have written the read
log."""

import uuid
from collections.abc import Collection, Sequence

from hemvag.dossiers.models import Dossier, Sealed, WrappedKey
from hemvag.dossiers.opened import Opened
from hemvag.vault.installed import keyring
from hemvag.vault.keyring import FIRST, Wrapped


class KeyDestroyed(Exception):
    """The dossier's key no longer exists: its content can never be read again."""


def unwrapped(found: Sequence[Dossier], kinds: Collection[str] | None = None) -> dict[uuid.UUID, Opened]:
    ids = [dossier.id for dossier in found]
    rows = list(WrappedKey.objects.filter(dossier_id__in=ids))
    keys = keyring().unwrap(map(present, rows))
    formers = keyring().unwrap(former(row) for row in rows if row.former is not None)
    if missing := set(ids) - set(keys):
        raise KeyDestroyed(missing)
    content: dict[uuid.UUID, list[Sealed]] = {dossier_id: [] for dossier_id in ids}
    if kinds is not None:
        for row in Sealed.objects.filter(dossier_id__in=ids, kind__in=kinds).order_by("at", "id"):
            content[row.dossier_id].append(row)
    return {
        dossier.id: Opened(
            dossier,
            keys[dossier.id],
            None if kinds is None else content[dossier.id],
            former=formers.get(dossier.id),
        )
        for dossier in found
    }


def present(row: WrappedKey) -> Wrapped:
    """Return the dossier's wrapped key as the keyring takes it."""
    return _of(row, row.generation, row.wrapped)


def former(row: WrappedKey) -> Wrapped:
    """Return the wrapped key that the dossier had before, for a row that has one."""
    return _of(row, row.former_generation or FIRST, row.former or b"")


def _of(row: WrappedKey, generation: int, sealed: bytes | memoryview) -> Wrapped:
    return Wrapped(authority=row.authority_id, dossier=row.dossier_id, generation=generation, sealed=bytes(sealed))
