"""The installation's keyring, read once from the key file or the environment."""

import functools
from pathlib import Path

from django.conf import settings

from hemvag.vault import keyfile
from hemvag.vault.keyring import Keyring, SecretKeyring


@functools.cache
def keyring() -> Keyring:
    """Return the keyring. Raises UnsafeKey when the secret is missing, readable by others or lies beside the data."""
    if settings.HEMVAG_KEY:
        return SecretKeyring(keyfile.parse(settings.HEMVAG_KEY))
    if not settings.HEMVAG_KEY_FILE:
        raise keyfile.UnsafeKey("Neither HEMVAG_KEY_FILE nor HEMVAG_KEY is set.")
    data = None if settings.HEMVAG_IS_DEMO else Path(settings.HEMVAG_DATA)
    return SecretKeyring(keyfile.read(Path(settings.HEMVAG_KEY_FILE), data=data))
