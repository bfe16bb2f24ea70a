"""Attackers of the tests' own, who share no code with the house's: one who does sums, and one who knows the rule."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linprog

from hemvag.disclosure import Exact, Held, Nought, Sum, Value, protect

Table = tuple[dict[Any, int | None], list[Sum[Any]]]


def row(parts: Sequence[int]) -> Table:
    """One total and its parts."""
    cells: dict[Any, int | None] = dict(enumerate(parts))
    return {"all": sum(parts), **cells}, [Sum("all", list(cells))]


def linked(first: Sequence[int], second: Sequence[int]) -> Table:
    """One total that is divided in two ways."""
    assert sum(first) == sum(second)
    cells: dict[Any, int | None] = {("a", i): number for i, number in enumerate(first)}
    cells |= {("b", i): number for i, number in enumerate(second)}
    sums = [Sum("all", [key for key in cells if key[0] == way]) for way in "ab"]
    return {"all": sum(first), **cells}, sums


def grid(rows: Sequence[Sequence[int]]) -> Table:
    """A table with a total for each row and column, and one for all."""
    high, wide = range(len(rows)), range(len(rows[0]))
    numbers: dict[Any, int | None] = {"all": sum(map(sum, rows))}
    numbers |= {("column", c): sum(row[c] for row in rows) for c in wide}
    numbers |= {("row", r): sum(rows[r]) for r in high}
    numbers |= {(r, c): rows[r][c] for r in high for c in wide}
    sums = [Sum(("row", r), [(r, c) for c in wide]) for r in high]
    sums += [Sum(("column", c), [(r, c) for r in high]) for c in wide]
    return numbers, [*sums, Sum("all", [("row", r) for r in high]), Sum("all", [("column", c) for c in wide])]


def reckoned(told: Mapping[Any, Value], sums: Iterable[Sum[Any]]) -> dict[Any, tuple[float, float]]:
    """Return the range of each held number for one who solves all sums at once, by linear programming."""
    keys = list(told)
    place = {key: i for i, key in enumerate(keys)}
    ties = np.zeros((len(list(sums)), len(keys)))
    for i, one in enumerate(sums):
        ties[i, place[one.total]] = -1
        for part in one.parts:
            ties[i, place[part]] = 1
    bounds = [said(told[key]) for key in keys]
    found = {}
    for key, value in told.items():
        if isinstance(value, Held):
            aim = np.zeros(len(keys))
            aim[place[key]] = 1
            ends = []
            for sign in (1, -1):
                answer = linprog(sign * aim, A_eq=ties, b_eq=np.zeros(len(ties)), bounds=bounds)
                assert answer.status in {0, 3}
                ends.append(sign * answer.fun if answer.status == 0 else np.inf)
            found[key] = (round(ends[0], 6), round(ends[1], 6))
    return found


def said(value: Value) -> tuple[int, int | None]:
    """Return the ends that a value says aloud."""
    match value:
        case Exact(number):
            return number, number
        case Held(low, high):
            return low, high
        case Nought():
            return 0, 0
    raise AssertionError(value)


def pinned(tables: Iterable[Table], *, most: int) -> list[tuple[Hashable, Any]]:
    """Return the small numbers that are pinned for one who knows the rule by heart and tries every table there is.

    `most` is the highest number of the tables; what lies so high cannot be judged, since higher ones were not tried.
    """
    alike = defaultdict(list)
    for numbers, sums in tables:
        alike[tuple(protect(numbers, sums).items())].append(numbers)
    found = []
    for told, same in alike.items():
        held = [key for key, value in told if isinstance(value, Held)]
        if any((numbers[key] or 0) >= most for numbers in same for key in held):
            continue
        found += [
            (key, told) for key in held if (same[0][key] or 0) < 5 and len({numbers[key] for numbers in same}) == 1
        ]
    return found
