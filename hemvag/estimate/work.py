"""Share work among the cores, so that the answer is the same on any number of them.

Replicates are made in blocks of one size, each with a random stream of its own that follows from the seed and its
number.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar

import numpy as np

from hemvag.estimate.answers import Progress
from hemvag.estimate.lists import Counts, Floats, Lists

BLOCK = 125
"""Replicates in a block; never a function of the machine."""

CORES: ContextVar[int | None] = ContextVar("cores", default=None)
"""How many cores may be used; all that this process may run on, when None."""


def cores() -> int:
    """Return how many cores are used."""
    return CORES.get() or len(os.sched_getaffinity(0))


def replicates(lists: Lists, count: int, seed: int, total: Callable[[Counts], Floats], progress: Progress) -> Floats:
    """Draw `count` tables from the lists' units and return `total` of each, (count,), in the order they were drawn.

    `total` is given tables (n, 2**k) and returns persons in all (n,), infinite where there is no estimate.
    """
    sizes = [BLOCK] * (count // BLOCK) + ([count % BLOCK] if count % BLOCK else [])
    streams = np.random.SeedSequence(seed).spawn(len(sizes))
    done = 0

    def block(stream: np.random.SeedSequence, size: int) -> Floats:
        return total(lists.units.draw(np.random.default_rng(stream), size))

    found = []
    with ThreadPoolExecutor(max_workers=max(1, min(cores(), len(sizes)))) as pool:
        for size, values in zip(sizes, pool.map(block, streams, sizes), strict=True):
            found.append(values)
            done += size
            progress(done / count)
    return np.concatenate(found)
