"""The keys of the read log, derived from the installation's keyring. The database never holds one of them.

Every row and every batch names the generation of the key that it was made with, so that old ones still verify when the
key has been changed.
"""

import hmac
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hemvag.vault.installed import keyring

MAC: Final = "audit mac"
SEAL: Final = "audit seal"


def newest() -> tuple[int, bytes]:
    """Return the generation under which rows are written from now on, and its key."""
    ring = keyring()
    generation = ring.generation
    return generation, ring.derive(MAC, b"", generation)


def held() -> Mapping[int, bytes]:
    """Return the key of rows by generation: of every secret that is held, and of those whose key was kept."""
    return keyring().every(MAC)


def mac(key: bytes, content: bytes) -> bytes:
    """Return the HMAC-SHA256 of `content`."""
    return hmac.digest(key, content, "sha256")


def signing() -> int:
    """Return the generation under which batches are signed from now on."""
    return keyring().generation


def sign(generation: int, content: bytes) -> bytes:
    """Return the Ed25519 signature of `content`. Raises NotHeld."""
    return Ed25519PrivateKey.from_private_bytes(keyring().derive(SEAL, b"", generation)).sign(content)


def public() -> Mapping[int, bytes]:
    """Return, by generation, the 32 bytes of the public key with which anyone may check signatures."""
    return {
        generation: Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        for generation, seed in keyring().every(SEAL).items()
    }


def is_signed(public_key: bytes, signature: bytes, content: bytes) -> bool:
    """Say whether `signature` is the one that the holder of the key made for `content`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, content)
    except InvalidSignature:
        return False
    return True
