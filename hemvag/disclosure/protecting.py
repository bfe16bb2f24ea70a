"""Hold back what is small, and as much more as keeps the sums from telling it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from hemvag.disclosure import attack
from hemvag.disclosure.told import FAR, Relation, Told, from_one, squeeze
from hemvag.disclosure.values import FEWEST, UNKNOWN, Held, Value, alone, exact, span
from hemvag.disclosure.witness import Effort, TooEntangled

K = TypeVar("K", bound=Hashable)

ENOUGH: Final = FEWEST - 2
"""The width of "1 to 4": every number held back keeps a range at least so wide, whoever adds and subtracts."""

EFFORT: Final = 40_000
"""How many numbers are tried for one table: some five seconds. A town's month takes a hundredth."""

BANDS: Final = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
"""Where a large number that is held back is said to lie: up to the first of these, or from one to the next."""


class DoesNotAddUp(ValueError):
    """A total is not the sum of its parts, or is known while one of them is not; or what was told already tells a
    small number."""


@dataclass(frozen=True)
class Sum(Generic[K]):
    """That `total` is the sum of `parts`, and that everybody knows it."""

    total: K
    parts: Sequence[K]


def protect(
    numbers: Mapping[K, int | None], sums: Sequence[Sum[K]], *, after: Mapping[K, Value] | None = None
) -> dict[K, Value]:
    """Return what may be told of each number of a table. None is not known.

    A number under FEWEST is held back, and so are others until no held number can be reckoned closer than to a range
    as wide as "1 to 4". Which others is decided by the table's order, never by their size: what stands last goes
    first, so totals stand first. Noughts are always told.

    `after` is what has been told already, which stands: only numbers not among it are held back or told now.

    Raises DoesNotAddUp, and TooEntangled where a smaller table, or `withheld`, must be told instead.
    """
    table = _Table(numbers, sums, after or {})
    table.hold_second()
    while (place := table.exposed()) is not None:
        table.hold_more(place)
        table.hold_second()
    return table.told_values()


def withheld(numbers: Mapping[K, int | None]) -> dict[K, Value]:
    """Return what may be told of any table without a thought: what is not known, where there is none, and nothing of
    the rest. Every number told so could be as much larger as one likes, its totals with it."""
    return {key: Held(1, None) if number else alone(number) for key, number in numbers.items()}


def _band(number: int, *, least: int) -> tuple[int, int]:
    """Return the band that a number lies in; the lowest one begins at `least`."""
    low = least
    for high in BANDS:
        if number <= high:
            return low, high
        low = high + 1
    return low, FAR


class _Table(Generic[K]):
    """A table while it is being protected. Places are those of the known numbers, in the table's order."""

    def __init__(self, numbers: Mapping[K, int | None], sums: Sequence[Sum[K]], after: Mapping[K, Value]) -> None:
        self.numbers = numbers
        self.keys = [key for key, number in numbers.items() if number is not None]
        self.true = [number for number in numbers.values() if number is not None]
        self.place = {key: i for i, key in enumerate(self.keys)}
        relations = [self._relation(one) for one in sums]
        self.relations = [one for one in relations if one is not None]
        self.effort = Effort(EFFORT)
        self.settled = {self.place[key] for key in after if key in self.place}
        first = [after[key] if key in after else alone(numbers[key]) for key in self.keys]
        ends = [span(value) or (0, None) for value in first]
        self.low = [low for low, _high in ends]
        self.high = [FAR if high is None else high for _low, high in ends]
        self.composite = {one.total for one in self.relations if sum(self.true[i] > 0 for i in one.parts) > 1}
        for i in self.composite:
            if self.told().is_open(i) and i not in self.settled:
                self.low[i], self.high[i] = _band(self.true[i], least=1)

    def _relation(self, one: Sum[K]) -> Relation | None:
        parts = [self.numbers[key] for key in one.parts]
        total = self.numbers[one.total]
        if total is None:
            return None
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) or sum(known) != total:
            raise DoesNotAddUp(one.total)
        return Relation(self.place[one.total], tuple(self.place[key] for key in one.parts))

    def told(self) -> Told:
        return Told(self.low, self.high, self.relations)

    def exposed(self) -> int | None:
        """Return a held number that what is told pins too closely, or None."""
        wide = attack.widths(self.told(), self.true, enough=ENOUGH, effort=self.effort)
        return next((i for i, width in enumerate(wide) if width < ENOUGH and self.told().is_open(i)), None)

    def hold_more(self, place: int) -> None:
        """Hold back one number more, or say less of those held: in the sum that pins `place`, else the nearest."""
        pinning, near, far = self._sums_around(place)
        for relation in pinning:
            if self._hold_last(self._shown([relation])):
                return
        next_to = [one for one in self.relations if any(set(one.places()) & set(other.places()) for other in near)]
        if (
            self._hold_last(self._shown(near))
            or self._say_less(next_to, BANDS[0])
            or self._hold_last(self._shown(far))
            or self._say_less([*near, *far], BANDS[0])
            or self._say_less([*near, *far], FAR)
        ):
            return
        if not self.settled:
            raise TooEntangled
        if self.true[place] < FEWEST:
            raise DoesNotAddUp(self.keys[place])
        # What was told before tells this number too, and there is no use in holding it back.
        self.low[place] = self.high[place] = self.true[place]
        self.settled.add(place)

    def hold_second(self) -> None:
        """Where a total and one of its parts alone are held back, hold back a second part; all, where the total is
        divided in several ways.

        Adding and subtracting would tell nothing without it. But whoever knows this rule by heart could reckon out why
        the total was held back, and from that the part.
        """
        totals = [relation.total for relation in self.relations]
        for relation in self.relations:
            held = [i for i in relation.parts if self.told().is_open(i)]
            if not held or not self.told().is_open(relation.total):
                continue
            shown = [i for i in self._shown([relation]) if i != relation.total]
            most = len(shown) if totals.count(relation.total) > 1 else 2 - len(held)
            for place in sorted(shown, reverse=True)[: max(most, 0)]:
                self._hold_last([place])

    def _hold_last(self, shown: Sequence[int]) -> bool:
        """Hold back the one that stands last in the table, if there is any: FEWEST or more, but for a total."""
        if shown:
            place = max(shown)
            least = 1 if place in self.composite else FEWEST
            self.low[place], self.high[place] = _band(self.true[place], least=least)
        return bool(shown)

    def _say_less(self, sums: Sequence[Relation], most: int) -> bool:
        """Say of the held numbers of these sums only that they are at most `most`, or nothing, and no longer whether
        they are under FEWEST. Return whether more than that was said of any."""
        told = self.told()
        places = {i for relation in sums for i in relation.places()} - self.settled
        said = {
            i for i in places if told.is_open(i) and (self.high[i] < most or (self.high[i] == most and self.low[i] > 1))
        }
        for i in said:
            self.low[i], self.high[i] = 1, most
        return bool(said)

    def _shown(self, sums: Sequence[Relation]) -> list[int]:
        places = {i for relation in sums for i in relation.places()}
        told = self.told()
        return [i for i in places if not told.is_open(i) and self.true[i] > 0 and i not in self.settled]

    def _sums_around(self, place: int) -> tuple[list[Relation], list[Relation], list[Relation]]:
        """Return the sums that alone pin a number, all that it is in, and the others of its island."""
        known = squeeze(self.told())

        def pins(relation: Relation) -> bool:
            low, high = from_one(relation, place, known.low, known.high)
            return min(high, self.high[place]) - max(low, self.low[place]) < ENOUGH

        near = [relation for relation in self.relations if place in relation.places()]
        island = next((sums for places, sums in attack.islands(self.told()) if place in places), [])
        return [one for one in near if pins(one)], near, [one for one in island if one not in near]

    def told_values(self) -> dict[K, Value]:
        """Return every number's value; a held one with the range that follows from what is told."""
        known = squeeze(self.told())
        values: dict[K, Value] = {}
        for key, number in self.numbers.items():
            place = self.place.get(key)
            if number is None or place is None:
                values[key] = UNKNOWN
            elif self.told().is_open(place):
                high = known.high[place]
                values[key] = Held(known.low[place], None if high > FAR // 2 else high)
            else:
                values[key] = exact(number)
        return values
