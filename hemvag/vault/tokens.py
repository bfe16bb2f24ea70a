"""Blind tokens: a keyed hash of a word, so that equal words can be found and none can be read.

Tokens are keyed per committee and domain: the same number in two committees gives two tokens that do not link.
"""

import hashlib
import hmac
from uuid import UUID

from hemvag.vault.keyring import Keyring


def blind(keyring: Keyring, authority: UUID, domain: str, word: str, generation: int | None = None) -> int:
    """Return the signed 64-bit token of `word` in `domain` ("child number", "child name") for a committee.

    Of the present generation unless another is named. While two secrets are held, look with a token of each of
    `keyring.generations`: some rows are not made anew yet.
    """
    key = keyring.derive("token " + domain, authority.bytes, generation)
    digest = hmac.new(key, word.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
