"""Families travel together: who came as one is drawn again as one.

Eighty persons in twenty families tell no more than about twenty persons would. A method whose limits come from
replicates needs nothing else than `Lists` whose `units` are families. How much wider that makes the limits is told
here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from hemvag.estimate import faults, reading
from hemvag.estimate.answers import Note
from hemvag.estimate.lists import Counts, Floats, Lists, Units

SIZE = "size"
IGNORED = Note(
    "families-ignored",
    "This method takes each person for herself, although people came in families: too sure of itself.",
)
MOST = 50
"""Persons in a family at most; more is a slip of the pen."""


@dataclass(frozen=True)
class Family:
    """A kind of family: the history of its members, how many they are, and how many such families there are."""

    history: int
    size: int
    count: int


@dataclass(frozen=True)
class Together:
    """What travelling together does to the certainty.

    `design` is the design effect of the counts: how many persons tell as much as one who comes alone. `wider` is how
    many times as wide the interval of a method became, on the logarithm of the total, by drawing families and not
    persons.
    """

    design: float
    wider: float | None

    @property
    def note(self) -> Note:
        """Say it."""
        words = f"People came in families: {self.design:.1f} persons tell as much as one who comes alone"
        more = (
            ""
            if self.wider is None
            else f", and drawing whole families makes the limits {self.wider:.1f} times as wide"
        )
        return Note("families", f"{words}{more}.")


def lists(names: tuple[str, ...], families: Iterable[Family]) -> Lists:
    """Make lists of families whose members all stand on the same lists. Raises `NotCountable` as `Lists` does."""
    kinds = [one for one in families if one.count]
    cells = 2 ** len(names)
    for one in kinds:
        if not (0 < one.history < cells and 0 < one.size <= MOST and one.count > 0):
            raise faults.NotCountable(f"no family can be like this: {one}")
    patterns = np.zeros((len(kinds), cells), dtype=np.int64)
    patterns[np.arange(len(kinds)), [one.history for one in kinds]] = [one.size for one in kinds]
    times = np.array([one.count for one in kinds], dtype=np.int64)
    return Lists(names, times @ patterns, Units(patterns, times))


def read(text: str) -> Lists:
    """Read lists from a CSV text with the column `size` beside those of the lists: `count` families of so many members.

    Raises what `reading.table` does, and `BadCell` for a size that is none.
    """
    table = reading.table(text, others=(SIZE,))
    return lists(table.names, [Family(row.history, _size(row), row.count) for row in table.rows])


def ignored(of: Lists) -> tuple[Note, ...]:
    """Return what a method must say that takes each person for herself, whatever the units."""
    return (IGNORED,) if together(of) else ()


def together(of: Lists) -> bool:
    """Return whether anybody came with somebody else."""
    return bool((of.units.patterns.sum(axis=1) > 1).any())


def design_effect(of: Lists) -> float:
    """Return the size of a person's family, on average over persons: 1 when all come alone (Kish 1965)."""
    sizes = of.units.patterns.sum(axis=1)
    return float((of.units.times * sizes**2).sum() / (of.units.times * sizes).sum())


def effect(of: Lists, total: Callable[[Counts], Floats], *, replicates: int, seed: int) -> Together:
    """Return what travelling together does to the interval of a method.

    `total` is given tables (n, 2**k) and returns persons in all (n,), infinite where there is no estimate. Both ways
    draw `replicates` tables. `wider` is None where a tenth or more of either's have no estimate.
    """
    one, other = np.random.SeedSequence(seed).spawn(2)
    families = _width(total(of.units.draw(np.random.default_rng(one), replicates)))
    persons = _width(total(Units.persons(of.counts).draw(np.random.default_rng(other), replicates)))
    wider = families / persons if np.isfinite(families) and 0 < persons < np.inf else None
    return Together(design_effect(of), wider)


def _width(totals: Floats) -> float:
    """Return the width between the 5 and 95 % points of the logarithm of the total."""
    low, high = np.sort(totals)[[int(0.05 * totals.size), int(0.95 * totals.size)]]
    return float(np.log(high / low)) if np.isfinite(high) and low > 0 else float("inf")


def _size(row: reading.Row) -> int:
    size = reading.whole_number(row.line, SIZE, row.others[0])
    if not 1 <= size <= MOST:
        raise faults.BadCell(row.line, SIZE, f"a family has from 1 to {MOST} members, not {size}")
    return size
