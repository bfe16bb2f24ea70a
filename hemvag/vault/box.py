"""Seal and unseal bytes: AES-256-GCM from `cryptography`, bound to the place they belong to.

The associated data names dossier and field, so that a sealed value moved to another row does not open.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
FORM: Final = b"\x01"


class DoesNotOpen(Exception):
    """The sealed bytes were changed, moved, or belong to another key."""


def new_key() -> bytes:
    """Return 32 bytes from the system's random source."""
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def seal(key: bytes, content: bytes, place: bytes) -> bytes:
    """Return `content` sealed under `key` and bound to `place`; twice the same content never looks the same."""
    nonce = os.urandom(NONCE_BYTES)
    return FORM + nonce + AESGCM(key).encrypt(nonce, content, place)


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """Return what `seal` was given. Raises DoesNotOpen for any other key, place or bytes."""
    if sealed[:1] != FORM:
        raise DoesNotOpen
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, place)
    except (InvalidTag, ValueError) as error:
        raise DoesNotOpen from error
