"""When a month's number is more than chance: the limit that the mean of the months before gives. Pure."""

import math
from typing import Final

CHANCE: Final = 0.05


def limit(mean: float) -> int:
    """Return the smallest k for which P(X ≥ k) is under CHANCE, when X is Poisson with this mean (0 or more)."""
    k = max(1, math.floor(mean))
    while tail(k, mean) >= CHANCE:
        k += 1
    return k


def tail(k: int, mean: float) -> float:
    """Return P(X ≥ k) for a Poisson X with this mean; k is 1 or more."""
    if mean == 0:
        return 0.0
    return 1 - math.fsum(math.exp(i * math.log(mean) - mean - math.lgamma(i + 1)) for i in range(k))
