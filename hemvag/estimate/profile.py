"""Profile likelihood: how well each number of unknown persons agrees with the lists, given a model.

The likelihood is multinomial in the whole population, its other parameters set to what suits each number best
(Cormack 1992, Biometrics 48:567). The limits are where it has fallen by half the 95 % point of chi-square with one
degree.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from hemvag.estimate import poisson, terms
from hemvag.estimate.lists import Bools, Floats, Lists

FALL = 3.841458820694124 / 2
POINTS = 33
MOST = 1e7
"""An upper limit beyond this many times those observed is none."""


@dataclass(frozen=True)
class Profile:
    """Persons in all: the most likely number, and both limits; None where the likelihood never falls enough."""

    top: float
    low: float
    high: float | None


def limits(lists: Lists, model: Bools, unknown: float) -> Profile:
    """Return the profile of a model (2**k,) on lists, searched around the expected `unknown`."""
    grid = np.concatenate([[0.0], np.geomspace(1e-3, max(unknown, 1.0) * 1e3, 61)])
    values = height(lists, model, grid)
    best = int(values.argmax())
    near = np.linspace(grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)], POINTS)
    for _ in range(3):
        nearer = height(lists, model, near)
        at = int(nearer.argmax())
        top, peak = float(near[at]), float(nearer[at])
        near = np.linspace(near[max(at - 1, 0)], near[min(at + 1, POINTS - 1)], POINTS)
    want = peak - FALL
    n = lists.observed
    low = 0.0 if values[0] >= want else _crossing(lists, model, 0.0, top, want)
    far = grid[-1]
    high = _crossing(lists, model, far, top, want) if values[-1] < want and far < MOST * n else None
    return Profile(n + top, n + low, None if high is None else n + high)


def _crossing(lists: Lists, model: Bools, outside: float, inside: float, want: float) -> float:
    """Return where the height is `want`, between a point below it and the top, by ever finer rows of points."""
    for _ in range(4):
        points = np.linspace(outside, inside, POINTS)
        above = height(lists, model, points) >= want
        at = max(int(above.argmax()), 1)
        outside, inside = float(points[at - 1]), float(points[at])
    return (outside + inside) / 2


def height(lists: Lists, model: Bools, unknown: Floats) -> Floats:
    """Return the profile log-likelihood at numbers of unknown persons, shape (m,), to a constant."""
    used = np.flatnonzero(model)
    tables = np.repeat(lists.counts[None].astype(np.float64), len(unknown), axis=0)
    tables[:, 0] = unknown
    masks = np.ones((len(unknown), len(used)), dtype=bool)
    fits = poisson.fit(tables, masks, terms.design(lists.k)[:, used])
    whole = lists.observed + unknown
    own = np.where(unknown > 0, unknown * np.log(np.maximum(unknown, 1e-300)), 0.0) - gammaln(unknown + 1)
    found: Floats = -fits.deviance / 2 + own + gammaln(whole + 1) - whole * np.log(whole)
    return found
