"""The key-encryption keys, one a committee, and the interface an outside key service can take over.

The ring is derived from the installation's secrets (a key file or an environment secret) by HKDF, with the committee's
id as context: each committee is a controller of its own (SOLPUF 11 §) and its key opens no other committee's dossiers.

A ring holds one secret, or several while one takes another's place. Each has a number, its generation: the highest is
the present one, which seals; the others only open. What is kept names its generation, beside it or inside it:

- a dossier's wrapped key, in its row: rewrapped when the secret is changed, its content untouched;
- what is sealed straight under the ring (second factors), inside the bytes (`lasting`): sealed anew;
- a blind token cannot name it: whoever looks, looks with `every` key that is held, and the tokens are made anew;
- a key for a browser's drafts: `every` key is handed out, the present first;
- a MAC of the read log, in its batch: the old one's key is *kept* in the key file when its secret is taken away, since
  what was signed must be verified for as long as it lies. The same for what only its owner knows (return codes).
"""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hemvag.vault import box

FIRST: Final = 1
"""The generation of the secret of an installation that never changed it."""


class NotHeld(box.DoesNotOpen):
    """The ring holds no secret of that generation: it was taken away, or this process has not read the newest."""


class NeverGiven(ValueError):
    """A wrapping key was asked for: the ring uses it and never hands it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """A dossier's data key under its committee's key-encryption key of a generation."""

    authority: UUID
    dossier: UUID
    generation: int
    sealed: bytes


class Keyring(Protocol):
    """Wraps and unwraps data keys in batches, so that a separate key-keeper process can take its place."""

    @property
    def generation(self) -> int:
        """The number of the present secret: what is sealed or wrapped now is of this generation."""

    @property
    def generations(self) -> tuple[int, ...]:
        """The numbers of all secrets held, the present first."""

    def wrap(self, authority: UUID, dossier: UUID, key: bytes) -> Wrapped:
        """Return the dossier's data key wrapped by the committee's key-encryption key of the present generation."""

    def unwrap(self, wrapped: Iterable[Wrapped]) -> Mapping[UUID, bytes]:
        """Return data key by dossier, each opened with the generation that it names. Raises DoesNotOpen, NotHeld."""

    def derive(self, purpose: str, context: bytes = b"", generation: int | None = None) -> bytes:
        """Return 32 bytes for another purpose than wrapping; of the present generation unless another is named.

        Whatever is kept under it must name the generation, or be looked for with `every`. Raises NotHeld, and
        NeverGiven for a wrapping key.
        """

    def every(self, purpose: str, context: bytes = b"") -> Mapping[int, bytes]:
        """Return what `derive` gives for each generation held, or kept for this purpose, the present first."""


Kept = Mapping[tuple[int, str, bytes], bytes]
"""Keys of secrets that are gone, by (generation, purpose, context): see `keyfile`."""


class SecretKeyring:
    """A keyring whose keys come from secrets of at least 32 bytes, by generation, that this process holds."""

    def __init__(self, secrets: Mapping[int, bytes], kept: Kept | None = None) -> None:
        if not secrets:
            raise ValueError("A keyring needs a secret.")
        if any(len(secret) < box.KEY_BYTES for secret in secrets.values()):
            raise ValueError("The key-encryption secret must be at least 32 bytes.")
        self._secrets = dict(secrets)
        self._kept = dict(kept or {})
        self._derived = functools.lru_cache(maxsize=512)(self._derive)

    @property
    def generation(self) -> int:
        return max(self._secrets)

    @property
    def generations(self) -> tuple[int, ...]:
        return tuple(sorted(self._secrets, reverse=True))

    def _derive(self, purpose: str, context: bytes, generation: int) -> bytes:
        secret = self._secrets.get(generation)
        if secret is None:
            raise NotHeld(f"No secret of generation {generation} is held.")
        info = b"hemvag " + purpose.encode() + b"\0" + context
        return HKDF(algorithm=hashes.SHA256(), length=box.KEY_BYTES, salt=None, info=info).derive(secret)

    def derive(self, purpose: str, context: bytes = b"", generation: int | None = None) -> bytes:
        if purpose == _WRAP:
            raise NeverGiven
        wanted = self.generation if generation is None else generation
        kept = self._kept.get((wanted, purpose, context))
        return self._derived(purpose, context, wanted) if kept is None else kept

    def every(self, purpose: str, context: bytes = b"") -> Mapping[int, bytes]:
        kept = {number for number, *place in self._kept if place == [purpose, context]}
        numbers = sorted(kept.union(self._secrets), reverse=True)
        return {number: self.derive(purpose, context, number) for number in numbers}

    def wrap(self, authority: UUID, dossier: UUID, key: bytes) -> Wrapped:
        generation = self.generation
        sealed = box.seal(self._derived(_WRAP, authority.bytes, generation), key, _place(dossier))
        return Wrapped(authority=authority, dossier=dossier, generation=generation, sealed=sealed)

    def unwrap(self, wrapped: Iterable[Wrapped]) -> Mapping[UUID, bytes]:
        return {
            row.dossier: box.unseal(
                self._derived(_WRAP, row.authority.bytes, row.generation), row.sealed, _place(row.dossier)
            )
            for row in wrapped
        }


_WRAP: Final = "wrap"


def _place(dossier: UUID) -> bytes:
    return b"key of " + dossier.bytes
