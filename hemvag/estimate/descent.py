"""With seven or eight lists there are too many models to look at all: go downhill from independence instead.

Each step tries every pair of lists in or out and takes the one that lowers the score most. It may end in a valley
that is not the deepest one, and a warning says so.
"""

import numpy as np

from hemvag.estimate import existence, poisson
from hemvag.estimate.lists import Bools, Floats


def descend(tables: Floats, x: Floats, first: int, penalty: Floats) -> tuple[Bools, Floats]:
    """Return models (n, p) and unknown (n,) for tables (n, c); terms from number `first` on may come and go."""
    n, p = len(tables), x.shape[1]
    models = np.zeros((n, p), dtype=bool)
    models[:, :first] = True
    fits = poisson.fit(tables, models, x)
    good = existence.admissible(fits, tables, x)
    unknown = np.where(good, fits.unknown, np.inf)
    score = np.where(good, fits.deviance + penalty * first, np.inf)
    at = np.arange(n)
    while len(at):
        owner, term = np.repeat(at, p - first), np.tile(np.arange(first, p), len(at))
        tried = models[owner]
        tried[np.arange(len(owner)), term] ^= True
        fits = poisson.fit(tables[owner], tried, x)
        value = fits.deviance + penalty[owner] * tried.sum(axis=1)
        down = np.flatnonzero(value < score[owner])
        value[down[~existence.admissible(fits.picked(down), tables[owner[down]], x)]] = np.inf
        pick = value.reshape(len(at), -1).argmin(axis=1) + np.arange(len(at)) * (p - first)
        better = value[pick] < score[at]
        at, pick = at[better], pick[better]
        models[at], score[at], unknown[at] = tried[pick], value[pick], fits.unknown[pick]
    return models, unknown
