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
    least, most = sum(low[i] for i in relation.parts), sum(high[i] for i in relation.parts)
    if place == relation.total:
        return least, most
    return low[relation.total] - (most - high[place]), high[relation.total] - (least - low[place])


def narrow(relation: Relation, low: list[int], high: list[int]) -> list[int]:
    """Narrow the ranges by one sum, in place, and return the places whose ranges changed."""
    least, most = 0, 0
    for i in relation.parts:
        least += low[i]
        most += high[i]
    total, changed = relation.total, []
    if least > low[total] or most < high[total]:
        low[total], high[total] = max(low[total], least), min(high[total], most)
        changed.append(total)
    # What one part may be follows from the others' old ranges; their new ones are used the next time round.
    floor, roof = low[total] - most, high[total] - least
    for i in relation.parts:
        fresh_low, fresh_high = floor + high[i], roof + low[i]
        if fresh_low > low[i] or fresh_high < high[i]:
            low[i], high[i] = max(low[i], fresh_low), min(high[i], fresh_high)
            changed.append(i)
    return changed


def squeeze(told: Told) -> Told:
    """Return the ranges when each sum has been used again and again until nothing more follows.

    Where no two sums form a ring (`rings`), no more can be learned. Else more may, by all sums together.
    """
    low, high = list(told.low), list(told.high)
    by_place = ties(told.relations)
    ahead = dict.fromkeys(told.relations)
    while ahead:
        relation = next(iter(ahead))
        del ahead[relation]
        for place in narrow(relation, low, high):
            ahead |= dict.fromkeys(by_place[place])
    return Told(low, high, told.relations)


def ties(relations: Sequence[Relation]) -> dict[int, list[Relation]]:
    """Return the sums that each place is in."""
    found: dict[int, list[Relation]] = {}
    for relation in relations:
        for place in relation.places():
            found.setdefault(place, []).append(relation)
    return found
