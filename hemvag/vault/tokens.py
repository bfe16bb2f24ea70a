"""Blind tokens: a keyed hash of a word, so that equal words can be found and none can be read.

Tokens are keyed per committee and domain: the same number in two committees gives two tokens that do not link.
"""

import hmac
from collections.abc import Iterable
from uuid import UUID

from hemvag.vault.keyring import Keyring


def blind(keyring: Keyring, authority: UUID, domain: str, word: str, generation: int | None = None) -> int:
    """Return the signed 64-bit token of `word` in `domain` ("child number", "child name") for a committee.

    Of the present generation unless another is named. While two secrets are held, look with a token of each of
    `keyring.generations`: some rows are not made anew yet.
    """
    return blind_many(keyring, authority, domain, [word], generation)[0]


def blind_many(
    keyring: Keyring, authority: UUID, domain: str, words: Iterable[str], generation: int | None = None
) -> list[int]:
    """Return the token of each word, in order; much quicker than one by one."""
    key = keyring.derive("token " + domain, authority.bytes, generation)
    return [int.from_bytes(hmac.digest(key, word.encode(), "sha256")[:8], "big", signed=True) for word in words]


def stream(keyring: Keyring, authority: UUID, domain: str, word: str, count: int) -> list[int]:
    """Return `count` tokens that stand for nothing, the same each time for the same word."""
    key = keyring.derive("token " + domain, authority.bytes)
    drawn: list[int] = []
    while len(drawn) < count:
        digest = hmac.digest(key, f"{len(drawn)} {word}".encode(), "sha512")
        drawn += [int.from_bytes(digest[at : at + 8], "big", signed=True) for at in range(0, len(digest), 8)]
    return drawn[:count]
