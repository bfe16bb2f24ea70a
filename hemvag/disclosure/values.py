"""What may be told of a number: itself, a range, that it is a true nought, or that it is not known."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FEWEST: Final = 5
"""The smallest number that is told, nought apart."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A number that may be told. Never 0: that is NOUGHT."""

    number: int


@dataclass(frozen=True, slots=True)
class Held:
    """A number held back: from `low` to `high`, both included. None where what is told sets no upper end."""

    low: int
    high: int | None

    @property
    def is_small(self) -> bool:
        """Say whether it may be told that the number is under FEWEST."""
        return self.high is not None and self.high < FEWEST


@dataclass(frozen=True, slots=True)
class Nought:
    """A true nought: it was looked for, and there was none."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows: it was not counted then, or is not counted here."""


NOUGHT: Final = Nought()
UNKNOWN: Final = Unknown()
Value = Exact | Held | Nought | Unknown


def alone(number: int | None) -> Value:
    """Return what may be told of a number that stands by itself: no total, no part and no other table has it."""
    if number is None:
        return UNKNOWN
    if number == 0:
        return NOUGHT
    return Held(1, FEWEST - 1) if number < FEWEST else Exact(number)


def exact(number: int | None) -> Value:
    """Return a number as it is told inside social services, where small numbers are not held back."""
    return alone(number) if not number else Exact(number)


def span(value: Value) -> tuple[int, int | None] | None:
    """Return the lowest and the highest that a value may be (None: no upper end), or None when it is not known."""
    if isinstance(value, Exact):
        return value.number, value.number
    if isinstance(value, Held):
        return value.low, value.high
    return (0, 0) if isinstance(value, Nought) else None


def add(values: Iterable[Value]) -> Value:
    """Return the sum as far as the values tell it. One that is not known makes the sum unknown."""
    low, high = 0, 0
    open_ended = False
    for value in values:
        ends = span(value)
        if ends is None:
            return UNKNOWN
        low += ends[0]
        high += ends[1] or 0
        open_ended = open_ended or ends[1] is None
    if open_ended:
        return Held(low, None)
    if low == high:
        return exact(low)
    return Held(low, high)
