"""The key-encryption keys, one a committee, and the interface an outside key service can take over.

The ring is derived from one secret of the installation (a key file or an environment secret) by HKDF, with the
committee's
id as context: each committee is a controller of its own (SOLPUF 11 §) and its key opens no other committee's dossiers.
"""

import functools
from collections.abc import Iterable, Mapping
from typing import Protocol
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hemvag.vault import box


class Keyring(Protocol):
    """Wraps and unwraps data keys in batches, so that a separate key-keeper process can take its place."""

    def wrap(self, authority: UUID, dossier: UUID, key: bytes) -> bytes:
        """Return the dossier's data key wrapped by the committee's key-encryption key."""

    def unwrap(self, wrapped: Iterable[tuple[UUID, UUID, bytes]]) -> Mapping[UUID, bytes]:
        """Return data key by dossier for each (authority, dossier, wrapped key). Raises DoesNotOpen."""

    def derive(self, purpose: str, context: bytes = b"") -> bytes:
        """Return 32 bytes for another purpose (blind tokens, browser drafts), never equal to a wrapping key."""


class SecretKeyring:
    """A keyring whose keys all come from one secret of at least 32 bytes that this process holds."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < box.KEY_BYTES:
            raise ValueError("The key-encryption secret must be at least 32 bytes.")
        self._secret = secret
        self._derived = functools.lru_cache(maxsize=512)(self._derive)

    def _derive(self, purpose: str, context: bytes) -> bytes:
        info = b"hemvag " + purpose.encode() + b"\0" + context
        return HKDF(algorithm=hashes.SHA256(), length=box.KEY_BYTES, salt=None, info=info).derive(self._secret)

    def derive(self, purpose: str, context: bytes = b"") -> bytes:
        return self._derived(purpose, context)

    def wrap(self, authority: UUID, dossier: UUID, key: bytes) -> bytes:
        return box.seal(self.derive("wrap", authority.bytes), key, _place(dossier))

    def unwrap(self, wrapped: Iterable[tuple[UUID, UUID, bytes]]) -> Mapping[UUID, bytes]:
        return {
            dossier: box.unseal(self.derive("wrap", authority.bytes), sealed, _place(dossier))
            for authority, dossier, sealed in wrapped
        }


def _place(dossier: UUID) -> bytes:
    return b"key of " + dossier.bytes
