"""Unwrap data keys, in one batch. Only `record` and `machines` may import this, after they have written the read
log."""

import uuid
from collections.abc import Collection, Sequence

from hemvag.dossiers.models import Dossier, Sealed, WrappedKey
from hemvag.dossiers.opened import Opened
from hemvag.vault.installed import keyring


class KeyDestroyed(Exception):
    """The dossier's key no longer exists: its content can never be read again."""


def unwrapped(found: Sequence[Dossier], kinds: Collection[str] | None = None) -> dict[uuid.UUID, Opened]:
    ids = [dossier.id for dossier in found]
    rows = WrappedKey.objects.filter(dossier_id__in=ids).values_list("authority_id", "dossier_id", "wrapped")
    keys = keyring().unwrap((authority, dossier, bytes(wrapped)) for authority, dossier, wrapped in rows)
    if missing := set(ids) - set(keys):
        raise KeyDestroyed(missing)
    if kinds is None:
        return {dossier.id: Opened(dossier, keys[dossier.id]) for dossier in found}
    content: dict[uuid.UUID, list[Sealed]] = {dossier_id: [] for dossier_id in ids}
    for row in Sealed.objects.filter(dossier_id__in=ids, kind__in=kinds).order_by("at", "id"):
        content[row.dossier_id].append(row)
    return {dossier.id: Opened(dossier, keys[dossier.id], content[dossier.id]) for dossier in found}
