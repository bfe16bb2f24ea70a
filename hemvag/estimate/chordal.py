"""Every decomposable (chordal) graph over a few lists, as sums of marginal tables.

In a decomposable graph some list's neighbours always know each other. Take that list away, again and again, and the
graph's likelihood falls apart into marginal tables: each step gives the table of the list with its neighbours, less
the table of the neighbours alone (Lauritzen 1996, Graphical Models, chapter 4).
"""

from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from hemvag.estimate.lists import Counts

Terms = NDArray[np.int8]

FEWEST, MOST = 2, 6


def pairs(lists: int) -> list[tuple[int, int]]:
    """Return the pairs of lists, in the order of the bits by which a graph is written."""
    return list(combinations(range(lists), 2))


@cache
def decomposable(lists: int) -> tuple[Counts, Terms]:
    """Return all decomposable graphs over `lists` (2 to 6) labelled lists: 2, 8, 61, 822 or 18,154.

    The first array, of shape (graphs,), holds each graph's pairs as bits in the order of :func:`pairs`. The second, of
    shape (graphs, 2**lists), says how often each subset's marginal table counts: +1 for a clique, -1 for a separator,
    and the empty subset -1 for every part that hangs together: its table is the total alone.
    Both are cached and may not be written to. ValueError outside 2 to 6.
    """
    if not FEWEST <= lists <= MOST:
        raise ValueError(f"Decomposable graphs are known here for {FEWEST} to {MOST} lists, not {lists}.")
    graphs = np.arange(2 ** (lists * (lists - 1) // 2), dtype=np.int64)
    neighbours = _neighbours(graphs, lists)
    terms = np.zeros((len(graphs), 2**lists), dtype=np.int8)
    remaining = np.full(len(graphs), 2**lists - 1, dtype=np.int64)
    for _ in range(lists):
        remaining = _take_one_away(neighbours, remaining, terms)
    whole = remaining == 0
    graphs, terms = graphs[whole], terms[whole]
    graphs.flags.writeable = terms.flags.writeable = False
    return graphs, terms


def cliques(terms: Terms) -> list[tuple[int, ...]]:
    """Return the lists of each maximal clique of one graph, given its row of terms.

    A clique is a subset that counts +1 and lies in no other such subset.
    """
    subsets = [int(subset) for subset in np.flatnonzero(terms > 0)]
    greatest = [one for one in subsets if one and not any(one != other and one & other == one for other in subsets)]
    members = [tuple(bit for bit in range(MOST) if one >> bit & 1) for one in greatest]
    return sorted(members, key=lambda clique: (-len(clique), clique))


def _neighbours(graphs: Counts, lists: int) -> Counts:
    """Return each list's neighbours as bits, of shape (graphs, lists)."""
    found = np.zeros((len(graphs), lists), dtype=np.int64)
    for bit, (one, other) in enumerate(pairs(lists)):
        joined = graphs >> bit & 1
        found[:, one] |= joined << other
        found[:, other] |= joined << one
    return found


def _take_one_away(neighbours: Counts, remaining: Counts, terms: Terms) -> Counts:
    """Take one list whose neighbours know each other from every graph that has one; return what remains."""
    lists = neighbours.shape[1]
    waiting = np.ones(len(remaining), dtype=np.bool_)
    after = remaining.copy()
    for one in range(lists):
        near = neighbours[:, one] & remaining
        simplicial = waiting & (remaining >> one & 1 == 1)
        for other in range(lists):
            known = neighbours[:, other] | 1 << other
            simplicial &= (near >> other & 1 == 0) | (near & ~known == 0)
        rows = np.flatnonzero(simplicial)
        terms[rows, near[rows] | 1 << one] += 1
        terms[rows, near[rows]] -= 1
        after[rows] &= ~(1 << one)
        waiting[rows] = False
    return after
