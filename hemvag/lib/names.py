"""Names in the order Swedes look for them, without asking the operating system or the database."""

import unicodedata

from anyascii import anyascii

_LAST = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"})
"""å, ä and ö come after z, in that order; { | } are what follows z in ASCII. ü stands with y."""

SortKey = tuple[str, str, str]


def sort_key(*parts: str) -> SortKey:
    """A key that sorts names as a Swedish register does: a-z, å, ä, ö; é beside e; w beside v, after it.

    Capital and small letters are equal, and other accents too, until nothing else tells two names apart. Spaces
    and hyphens come before letters, so that Ek, Anna stands before Ekman, Anna. Names in other scripts come last,
    by their own signs. Parts (family name, given name) are compared one after the other.
    """
    whole = "\0".join(unicodedata.normalize("NFC", part).strip() for part in parts)
    folded = whole.casefold()
    return "".join(map(_place, folded)).replace("-", " ").replace("'", ""), folded, whole


def _place(sign: str) -> str:
    placed = sign.translate(_LAST)
    if placed != sign or sign.isascii():
        return placed
    return anyascii(sign).casefold() if _is_latin(sign) else sign


def _is_latin(sign: str) -> bool:
    return unicodedata.combining(sign) > 0 or unicodedata.name(sign, "").startswith(("LATIN", "RIGHT SINGLE"))
