"""The installation's keyring, from the key file or the environment; a key file that is changed is read again."""

from pathlib import Path
from typing import Final

import structlog
from django.conf import settings

from hemvag.vault import keyfile
from hemvag.vault.keyring import Keyring, SecretKeyring

Source = tuple[str, object]
_held: Final[dict[str, tuple[Source, SecretKeyring]]] = {}
"""The one ring held, and what it was read from."""


def keyring() -> Keyring:
    """Return the keyring. Raises UnsafeKey when the secret is missing, readable by others or lies beside the data.

    A process that runs follows the key file, so that all of them know a new secret at once. One that has become unsafe
    or gone meanwhile is not read: the process goes on with what it holds, says so in the log, and will not start again.
    """
    source = _source()
    before = _held.get("ring")
    if before and before[0] == source:
        return before[1]
    try:
        held = held_now()
        ring = SecretKeyring(held.secrets, held.kept)
    except (OSError, keyfile.UnsafeKey):
        if not before:
            raise
        ring = before[1]
        structlog.get_logger().warning("the changed key file cannot be used")
    _held["ring"] = source, ring
    return ring


def _source() -> Source:
    """Return what the ring is read from: the environment's secret, or the file in its present state."""
    if settings.HEMVAG_KEY:
        return "environment", settings.HEMVAG_KEY
    try:
        found = Path(settings.HEMVAG_KEY_FILE).stat()
    except OSError:
        return settings.HEMVAG_KEY_FILE, None
    return settings.HEMVAG_KEY_FILE, (found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode)


def held_now() -> keyfile.Secrets:
    """Return what the key file or the environment holds at this moment. Raises UnsafeKey."""
    if settings.HEMVAG_KEY and settings.HEMVAG_KEY_FILE:
        raise keyfile.UnsafeKey("Set HEMVAG_KEY_FILE or HEMVAG_KEY, not both.")
    if settings.HEMVAG_KEY:
        return keyfile.parse(settings.HEMVAG_KEY)
    if not settings.HEMVAG_KEY_FILE:
        raise keyfile.UnsafeKey("Neither HEMVAG_KEY_FILE nor HEMVAG_KEY is set.")
    data = Path(settings.HEMVAG_DATA) if settings.HEMVAG_KIND == "real" else None
    return keyfile.read(Path(settings.HEMVAG_KEY_FILE), data=data)
