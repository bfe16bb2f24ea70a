"""What is told of a table of numbers, and what one sum after another makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FAR: Final = 1_000_000_000
"""Stands for no upper end. No town counts so far."""


@dataclass(frozen=True, slots=True)
class Relation:
    """The places of a total and of the parts that it is the sum of."""

    total: int
    parts: tuple[int, ...]

    def places(self) -> tuple[int, ...]:
        """Return the places of all of them."""
        return (self.total, *self.parts)


@dataclass(slots=True)
class Told:
    """What is told: for each place the lowest and the highest that the number is said to be, and what adds up."""

    low: list[int]
    high: list[int]
    relations: Sequence[Relation]

    def is_open(self, place: int) -> bool:
        """Say whether what is told leaves more than one number there."""
        return self.low[place] < self.high[place]


def from_one(relation: Relation, place: int, low: Sequence[int], high: Sequence[int]) -> tuple[int, int]:
    """Return the range that one sum gives one of its places, by the ranges of the others."""
    if place == relation.total:
        return sum(low[i] for i in relation.parts), sum(high[i] for i in relation.parts)
    others = [i for i in relation.parts if i != place]
    least = low[relation.total] - sum(high[i] for i in others)
    return least, high[relation.total] - sum(low[i] for i in others)


def squeeze(told: Told) -> Told:
    """Return the ranges when each sum has been used again and again until nothing more follows.

    Where no two sums form a ring (`rings`), no more can be learned. Else more may, by all sums together.
    """
    low, high = list(told.low), list(told.high)
    changed = True
    while changed:
        changed = False
        for relation in told.relations:
            for place in relation.places():
                least, most = from_one(relation, place, low, high)
                most = min(most, FAR)
                if least > low[place] or most < high[place]:
                    low[place], high[place] = max(least, low[place]), min(most, high[place])
                    changed = True
    return Told(low, high, told.relations)
