"""The return code (återkomstkod): twelve digits with which a caller who left no name comes back to the same contact.

The first digit is 3 to 9, so that no code can be taken for a personal number; ten digits are random; the last
is a Damm check digit, which finds every single wrong digit and every swap of two neighbours.
"""

import functools
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stdnum import damm

from hemvag.line.content import content

LENGTH = 12
FIRST = "3456789"
NEVER = frozenset({"112", "777"})
"""Groups no code holds: the emergency number, and one too easily said by rote."""

_ALIKE = frozenset({frozenset("47"), frozenset("18")})
"""Taken for each other when read aloud: fyra and sju, ett and åtta."""
_LETTERS = {"o": "0", "l": "1", "i": "1"}
_ALIKE_RANK, _SWAP_RANK, _OTHER_RANK = 0, 1, 2
_WEIGHT = {_ALIKE_RANK: 4, _SWAP_RANK: 2, _OTHER_RANK: 1}


class NotDigits(ValueError):
    """Something was typed that stands for no digit. `part` is what."""

    def __init__(self, part: str) -> None:
        super().__init__("not a digit")
        self.part = part


@dataclass(frozen=True)
class Cost:
    """How dear one derivation is: scrypt's n, r and p. As given: 64 MiB and about 0.15 seconds."""

    n: int = 2**16
    r: int = 8
    p: int = 1


def make() -> str:
    """A new code of twelve digits, from the operating system's randomness."""
    while True:
        body = secrets.choice(FIRST) + "".join(str(secrets.randbelow(10)) for _ in range(LENGTH - 2))
        made = body + damm.calc_check_digit(body)
        if check(made):
            return made


def check(code: str) -> bool:
    """Whether twelve digits have the form of a code: first digit, check digit, no group that is never used."""
    fits = len(code) == LENGTH and code.isascii() and code.isdigit() and code[0] in FIRST
    return fits and damm.is_valid(code) and not NEVER.intersection(groups(code))


def groups(code: str) -> tuple[str, ...]:
    """The digits in threes, as they are shown and read."""
    return tuple(code[start : start + 3] for start in range(0, len(code), 3))


def normalise(typed: str) -> str:
    """What was typed, as plain digits of any number.

    Spaces, hyphens and dots are ignored; O is 0 and l is 1; the digits of any script and Swedish and English
    words for digits are understood. Raises `NotDigits` for anything else.
    """
    return "".join(_typed_groups(typed))


def _typed_groups(typed: str) -> list[str]:
    text = unicodedata.normalize("NFKC", typed).casefold()
    return [_digits_of(part) for part in re.split(r"[\W_]+", text) if part]


def _digits_of(part: str) -> str:
    if part in _heard():
        return _heard()[part]
    found = [_LETTERS.get(letter) or _digit(letter) for letter in part]
    if None in found:
        raise NotDigits(part)
    return "".join(digit for digit in found if digit is not None)


def _digit(letter: str) -> str | None:
    value = unicodedata.digit(letter, None)
    return None if value is None else str(value)


@functools.cache
def _heard() -> Mapping[str, str]:
    return {word: str(digit.digit) for digit in content().digits for word in digit.heard}


def candidates(typed: str) -> list[str]:
    """Codes one slip away from digits that do not check, the likeliest first; about 13 for twelve digits.

    A slip is one wrong digit, two neighbours swapped, one digit missing or one too many. Digits that sound
    alike come first. Empty when the digits check as they stand. Raises `NotDigits`.
    """
    return list(_slips(normalise(typed)))


def _slips(digits: str) -> dict[str, tuple[int, int]]:
    """Each code one slip away, likeliest first, with its rank and the position of the slip."""
    if check(digits):
        return {}
    tried: dict[str, tuple[int, int]] = {}
    for rank, position, code in sorted(_neighbours(digits)):
        if code not in tried and check(code):
            tried[code] = (rank, position)
    return tried


def _neighbours(digits: str) -> Iterator[tuple[int, int, str]]:
    if len(digits) == LENGTH:
        yield from _one_wrong(digits)
        yield from _one_swap(digits)
    elif len(digits) == LENGTH - 1:
        for position in range(LENGTH):
            for digit in "0123456789":
                yield _OTHER_RANK, position, digits[:position] + digit + digits[position:]
    elif len(digits) == LENGTH + 1:
        for position in range(LENGTH + 1):
            yield _OTHER_RANK, min(position, LENGTH - 1), digits[:position] + digits[position + 1 :]


def _one_wrong(digits: str) -> Iterator[tuple[int, int, str]]:
    for position, typed in enumerate(digits):
        for digit in "0123456789":
            rank = _ALIKE_RANK if frozenset((typed, digit)) in _ALIKE else _OTHER_RANK
            if digit != typed:
                yield rank, position, digits[:position] + digit + digits[position + 1 :]


def _one_swap(digits: str) -> Iterator[tuple[int, int, str]]:
    for position in range(LENGTH - 1):
        first, second = digits[position], digits[position + 1]
        if first != second:
            yield _SWAP_RANK, position, digits[:position] + second + first + digits[position + 2 :]


def weakest_group(typed: str) -> int:
    """Which group of three (1 to 4) to ask to hear again, told from what was typed and nothing stored.

    A group not typed as three digits is asked for first; else the one where a likely slip would make the
    digits check. Raises `NotDigits`.
    """
    parts = _typed_groups(typed)
    digits = "".join(parts)
    if 1 < len(parts) <= 4 and len(digits) != LENGTH:
        for number, part in enumerate(parts, start=1):
            if len(part) != 3:
                return number
    weights = dict.fromkeys(range(1, 5), 0)
    for rank, position in _slips(digits).values():
        weights[position // 3 + 1] += _WEIGHT[rank]
    heaviest = max(weights, key=lambda number: (weights[number], -number))
    return heaviest if weights[heaviest] else min(4, len(digits) // 3 + 1)


def differing_group(typed: str, code: str) -> int:
    """The first group of three (1 to 4) where what was typed is not the code, or the last. Raises `NotDigits`."""
    digits = normalise(typed)
    same = next((at for at, digit in enumerate(code) if digits[at : at + 1] != digit), LENGTH - 1)
    return same // 3 + 1


def spoken(code: str, language: str = "sv") -> tuple[tuple[str, ...], ...]:
    """The words a counsellor reads, digit by digit, in groups of three."""
    words = {str(digit.digit): digit.read.in_language(language) for digit in content().digits}
    return tuple(tuple(words[digit] for digit in group) for group in groups(code))


def derive(code: str, secret: bytes, *, cost: Cost | None = None) -> tuple[bytes, bytes]:
    """The look-up value and the sealing key of a code, 32 bytes each, from one scrypt of code and server secret.

    Without the secret a stolen database tells nothing of the codes; with it each guess costs what this call
    costs. `cost` is lowered in tests only. Raises ValueError for what is not a code or a secret under 32 bytes.
    """
    if not check(code):
        raise ValueError("not a return code")
    if len(secret) < 32:
        raise ValueError("the secret is shorter than 32 bytes")
    cost = cost or Cost()
    made = hashlib.scrypt(
        code.encode(),
        salt=b"hemvag return code, form 1\0" + secret,
        n=cost.n,
        r=cost.r,
        p=cost.p,
        maxmem=128 * cost.r * (cost.n + cost.p + 2) + 2**20,
        dklen=64,
    )
    return made[:32], made[32:]
