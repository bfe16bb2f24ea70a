"""Find another table that fits everything told: whoever finds one has shown that a number could be another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hemvag.disclosure.told import Relation, Told, narrow, ties

MOST: Final = 300
"""Numbers tried at most. Where no table is found by then, none is reckoned with, and more is held back: never less."""


class TooEntangled(Exception):
    """So many numbers hang together that no way was found, in reasonable time, to tell some of them safely."""


@dataclass(slots=True)
class Effort:
    """How many numbers may still be tried for one table."""

    left: int

    def spend(self) -> None:
        """Take one. Raises TooEntangled."""
        self.left -= 1
        if self.left < 0:
            raise TooEntangled


class Search:
    """Tables of whole numbers that fit what is told, sought from the true one outwards: as few numbers as may be are
    moved, each by as much as a sum lacks."""

    def __init__(self, told: Told, sums: Sequence[Relation], true: Sequence[int], effort: Effort) -> None:
        self.told, self.sums, self.true, self.effort = told, sums, true, effort
        self.by_place = ties(sums)
        self.left = 0

    def table_with(self, place: int, value: int) -> list[int] | None:
        """Return a table that fits in which `place` has `value`, or None where none was found."""
        if not self.told.low[place] <= value <= self.told.high[place]:
            return None
        self.left = MOST
        return self._from(list(self.told.low), list(self.told.high), place, value)

    def _from(self, low: list[int], high: list[int], place: int, value: int) -> list[int] | None:
        """Return a table within the ranges in which `place` has `value`."""
        self.left -= 1
        self.effort.spend()
        low[place] = high[place] = value
        if self.left < 0 or not self._narrow(low, high, place):
            return None
        table = [min(max(true, a), b) for true, a, b in zip(self.true, low, high, strict=True)]
        lacking = next((one for one in self.sums if table[one.total] != sum(table[i] for i in one.parts)), None)
        if lacking is None:
            return table
        lack = table[lacking.total] - sum(table[i] for i in lacking.parts)
        for other, moved in self._moves(lacking, lack, table, low, high):
            found = self._from(list(low), list(high), other, moved)
            if found is not None:
                return found
        return None

    def _moves(
        self, lacking: Relation, lack: int, table: Sequence[int], low: Sequence[int], high: Sequence[int]
    ) -> list[tuple[int, int]]:
        """Return which number of a sum may be moved, and where to, that it may add up: the freest first."""
        found = []
        for i in lacking.places():
            wish = table[i] + (-lack if i == lacking.total else lack)
            moved = min(max(wish, low[i]), high[i])
            if moved != table[i] and low[i] < high[i]:
                found.append((moved != wish, len(self.by_place[i]), -(high[i] - low[i]), i, moved))
        return [(i, moved) for _short, _ties, _room, i, moved in sorted(found)]

    def _narrow(self, low: list[int], high: list[int], place: int) -> bool:
        """Narrow the ranges by what follows from one number, and say whether anything is left."""
        ahead = dict.fromkeys(self.by_place.get(place, ()))
        while ahead:
            relation, _none = ahead.popitem()
            for changed in narrow(relation, low, high):
                if low[changed] > high[changed]:
                    return False
                ahead |= dict.fromkeys(self.by_place.get(changed, ()))
        return True
