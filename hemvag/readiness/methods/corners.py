"""Ranges and their corners."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

Span = tuple[float, float]
"""The lowest and the highest that a number may be; the same where it is known."""
MOST: Final = 12
"""Ranges whose corners are tried one by one: 4096 of them. Above that the ranges of one district move together."""


def corners(spans: Sequence[Sequence[Span]]) -> Iterator[list[list[float]]]:
    """Give every way in which the ranges may fall: `spans` by district and then by what is counted.

    With more than MOST ranges all those of a district are low or high together.
    """
    open_ones = [(i, j) for i, row in enumerate(spans) for j, (low, high) in enumerate(row) if low < high]
    together = len(open_ones) > MOST
    moving: list[list[tuple[int, int]]] = [[one] for one in open_ones]
    if together:
        moving = [[one for one in open_ones if one[0] == i] for i in sorted({i for i, _j in open_ones})]
    for ends in product((0, 1), repeat=len(moving)):
        table = [[low for low, _high in row] for row in spans]
        for group, end in zip(moving, ends, strict=True):
            for i, j in group:
                table[i][j] = spans[i][j][end]
        yield table
