"""Seal what lies straight under the keyring and must outlast its secret: the bytes name the generation they are under.

Dossiers have keys of their own and need none of this; the secrets of second factors do.
"""

from typing import Final

from hemvag.vault import box
from hemvag.vault.keyring import FIRST, Keyring

FORM: Final = b"\x02"
_NUMBER_BYTES: Final = 2
_BEFORE: Final = len(FORM) + _NUMBER_BYTES


def seal(ring: Keyring, purpose: str, content: bytes, place: bytes, *, context: bytes = b"") -> bytes:
    """Return `content` sealed under the present generation's key for `purpose`, bound to `place`."""
    number = ring.generation
    sealed = box.seal(ring.derive(purpose, context, number), content, place)
    return FORM + number.to_bytes(_NUMBER_BYTES, "big") + sealed


def unseal(ring: Keyring, purpose: str, sealed: bytes, place: bytes, *, context: bytes = b"") -> bytes:
    """Return what `seal` was given, whichever held generation it is under. Raises DoesNotOpen."""
    number = generation(sealed)
    body = sealed[_BEFORE:] if sealed[:1] == FORM else sealed
    return box.unseal(ring.derive(purpose, context, number), body, place)


def generation(sealed: bytes) -> int:
    """Return the generation that the bytes are under; the first for those that name none."""
    return int.from_bytes(sealed[len(FORM) : _BEFORE], "big") if sealed[:1] == FORM else FIRST
