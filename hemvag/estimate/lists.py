"""Overlapping lists, as counts: how many persons stand on which combination of lists, and never a name.

**The convention of histories.** With k lists, a history is a number from 0 to 2**k - 1. Bit i of it (worth 2**i) says
that a person stands on list i, counted from 0 in the order of `names`. With lists A, B and C the history 5 (binary
101) is "on A and C, not on B". Written as text the first list comes first: "101". History 0 is on no list: the
unknown, always 0 here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hemvag.estimate import faults

Counts = NDArray[np.int64]
"""Whole numbers; a table has the shape (2**k,), several tables (n, 2**k)."""
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOST = 8
"""Lists at most. With more, tables are nearly empty and the models have thousands of parameters."""


@dataclass(frozen=True, eq=False)
class Units:
    """What was drawn independently, and is therefore drawn again in a replicate: a person, or a family as one.

    `patterns` has the shape (m, 2**k): row i says how many persons of each history a unit of kind i brings. `times`
    has the shape (m,): how many units of that kind were observed. A family of three, two of whom stand on the same
    list, is one unit. Summing `times[:, None] * patterns` over the kinds gives the counts.
    """

    patterns: Counts
    times: Counts

    @classmethod
    def persons(cls, counts: Counts) -> Self:
        """Each person for herself."""
        seen = np.flatnonzero(counts)
        return cls(np.eye(len(counts), dtype=np.int64)[seen], counts[seen])

    def draw(self, generator: np.random.Generator, replicates: int) -> Counts:
        """Draw tables, shape (replicates, 2**k): as many units as were observed, with replacement."""
        total = int(self.times.sum())
        return generator.multinomial(total, self.times / total, size=replicates).astype(np.int64) @ self.patterns

    def left_out(self) -> tuple[Counts, Counts]:
        """Return the tables with one unit of each kind left out, shape (m, 2**k), and how often each happens, (m,)."""
        return self.times @ self.patterns - self.patterns, self.times

    def mapped(self, to: Counts, cells: int) -> Self:
        """Return the units with history h counted as history `to[h]`; what lands on history 0 is seen no more."""
        patterns = np.zeros((len(self.patterns), cells), dtype=np.int64)
        np.add.at(patterns.T, to, self.patterns.T)
        patterns[:, 0] = 0
        seen = patterns.any(axis=1)
        return type(self)(patterns[seen], self.times[seen])


@dataclass(frozen=True, eq=False)
class Lists:
    """k overlapping lists: their names, and `counts` by history with the shape (2**k,), `counts[0]` being 0.

    `units` says what is drawn again in a replicate; persons, when nothing else is known. Raises what `faults` names.
    """

    names: tuple[str, ...]
    counts: Counts
    units: Units = field(default=None)  # type: ignore[assignment]  # always set below

    def __post_init__(self) -> None:
        if len(self.names) < 2:
            raise faults.OneList("at least two lists are needed, since it is their overlap that tells")
        if len(self.names) > MOST:
            raise faults.TooManyLists(len(self.names), MOST)
        if len(set(self.names)) < len(self.names):
            raise faults.SameName(f"two lists have one name: {', '.join(self.names)}")
        given = np.asarray(self.counts)
        if given.shape != (2 ** len(self.names),):
            raise faults.NotCountable(f"{2 ** len(self.names)} counts are needed, and the shape is {given.shape}")
        counts = given.astype(np.int64)
        if (counts != given).any() or (counts < 0).any() or counts[0] != 0:
            raise faults.NotCountable("counts are whole numbers from 0, and that of no list is 0, since it is unknown")
        if not counts.any():
            raise faults.NobodyCounted("nobody stands on any list")
        counts.flags.writeable = False
        object.__setattr__(self, "counts", counts)
        if self.units is None:
            object.__setattr__(self, "units", Units.persons(counts))

    @classmethod
    def of(cls, counts: Mapping[str | Collection[str], int], names: Sequence[str] | None = None) -> Self:
        """Make lists of counts by the names of the lists: {"A": 40, ("A", "B"): 6}. What is left out is 0."""
        keys = [(key,) if isinstance(key, str) else tuple(key) for key in counts]
        order = tuple(names) if names is not None else tuple(dict.fromkeys(name for key in keys for name in key))
        table: list[float] = [0] * 2 ** min(len(order), MOST)
        if len(order) > MOST:
            raise faults.TooManyLists(len(order), MOST)
        for key, count in zip(keys, counts.values(), strict=True):
            if unknown := set(key) - set(order):
                raise faults.NotCountable(f"no list has the name {min(unknown)}")
            history = sum(2 ** order.index(name) for name in set(key))
            if table[history]:
                raise faults.NotCountable(f"the history {written(history, len(order))} is given twice")
            table[history] = count
        return cls(order, np.array(table))

    @property
    def k(self) -> int:
        """How many lists."""
        return len(self.names)

    @property
    def observed(self) -> int:
        """How many persons stand on at least one list."""
        return int(self.counts.sum())

    @property
    def sizes(self) -> Counts:
        """How many persons stand on each list, shape (k,)."""
        return np.array([self.counts[on(i, self.k)].sum() for i in range(self.k)], dtype=np.int64)

    def overlap(self, one: int, other: int) -> int:
        """How many persons stand on both lists, whatever else they stand on."""
        return int(self.counts[on(one, self.k) & on(other, self.k)].sum())

    def without(self, i: int) -> Self:
        """Return the other lists, as if list i had never been kept. Raises `OneList` when one is left."""
        return self._mapped(tuple(name for j, name in enumerate(self.names) if j != i), dropped(i, self.k))

    def within(self, i: int) -> Self:
        """Return the other lists with only those persons who stand on list i, whose number is known: `sizes[i]`."""
        to = np.where(on(i, self.k), dropped(i, self.k), 0)
        return self._mapped(tuple(name for j, name in enumerate(self.names) if j != i), to)

    def merged(self, one: int, other: int, name: str) -> Self:
        """Return the lists with two of them made one: where they feed each other they are no two witnesses."""
        first, second = sorted((one, other))
        histories = np.arange(2**self.k)
        both = np.where(on(second, self.k), histories | 2**first, histories)
        names = tuple(name if j == first else was for j, was in enumerate(self.names) if j != second)
        return self._mapped(names, dropped(second, self.k)[both])

    def _mapped(self, names: tuple[str, ...], to: Counts) -> Self:
        counts = np.zeros(2 ** len(names), dtype=np.int64)
        np.add.at(counts, to, self.counts)
        counts[0] = 0
        return type(self)(names, counts, self.units.mapped(to, len(counts)) if counts.any() else self.units)


def on(i: int, k: int) -> Bools:
    """Return which histories stand on list i, shape (2**k,)."""
    stands: Bools = (np.arange(2**k) >> i) & 1 == 1
    return stands


def dropped(i: int, k: int) -> Counts:
    """Return for each history of k lists the history of the k - 1 others, shape (2**k,)."""
    histories = np.arange(2**k)
    low = histories & (2**i - 1)
    rest: Counts = (histories >> (i + 1) << i) | low
    return rest


def written(history: int, k: int) -> str:
    """Return a history as text, the first list first: 5 of three lists is "101"."""
    return "".join(str(history >> i & 1) for i in range(k))
