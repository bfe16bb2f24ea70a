"""Names for things: random keys for machines, short references for people to read aloud and write down."""

import datetime as dt
import secrets
import string
import uuid

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
"""29 signs that cannot be taken for each other: no 0 and O, no 1, I and L, no S beside 5, no U beside V."""

_RANDOM = 7
_VALUES = {sign: value for value, sign in enumerate(string.digits + string.ascii_uppercase)}
_LENGTH = 3 + _RANDOM + 1


def new_id() -> uuid.UUID:
    """A random key (version 4). It says nothing about when it was made or what came before it."""
    return uuid.uuid4()


def reference(prefix: str, day: dt.date) -> str:
    """A new reference such as `B26-4K7M-2XQ9`: prefix, year, seven random signs and a check sign.

    `prefix` is one capital letter A-Z. The check sign finds every single wrong sign after the prefix and every
    two that changed places within the eight. Two are equal about once in 17 milliard: a unique column decides.
    """
    if len(prefix) != 1 or prefix not in string.ascii_uppercase:
        raise ValueError("a prefix is one capital letter A-Z")
    body = f"{prefix}{day.year % 100:02}" + "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    return _written(body + _check_sign(body))


def read(typed: str) -> str | None:
    """The reference as it is stored, or None when what was typed is none.

    Small letters, spaces and missing or other dashes are forgiven; a wrong sign is not.
    """
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(signs) != _LENGTH or not signs.isascii():
        return None
    if signs[0] not in string.ascii_uppercase or not signs[1:3].isdigit():
        return None
    if not set(signs[3:]) <= set(ALPHABET) or signs[-1] != _check_sign(signs[:-1]):
        return None
    return _written(signs)


def is_reference(typed: str) -> bool:
    """Whether this is a reference, however it was typed."""
    return read(typed) is not None


def _written(signs: str) -> str:
    return f"{signs[:3]}-{signs[3:7]}-{signs[7:]}"


def _check_sign(body: str) -> str:
    """Weights 2, 3, 4 … modulo the prime 29: all different and none 0, and the check sign itself counts once."""
    size = len(ALPHABET)
    total = sum(weight * _value(place, sign) for weight, (place, sign) in enumerate(enumerate(body), start=2))
    return ALPHABET[-total % size]


def _value(place: int, sign: str) -> int:
    return ALPHABET.index(sign) if place >= 3 else _VALUES[sign] % len(ALPHABET)
