"""Add interactions of two lists one by one, as long as one is called for (Chan, Silverman & Vincent 2021).

For each pair outside the model: how many persons stand on both lists, and how likely is a count so far off in its own
direction when the model is true? The pair with the least such probability is added when that is at most `THRESHOLD`
and the larger model has an estimate.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import pdtr, pdtrc

from hemvag.estimate import existence, poisson, terms
from hemvag.estimate.lists import Bools, Counts, Floats

THRESHOLD = 0.02


@dataclass(frozen=True)
class Chosen:
    """What was chosen for n tables: `models` (n, 2**k) and `unknown` (n,), infinite where there is no estimate."""

    models: Bools
    unknown: Floats


def choose(tables: Counts, k: int) -> Chosen:
    """Choose a model for each table (n, 2**k) of k lists."""
    used = [0, *(2**i for i in range(k)), *terms.pairs(k)]
    x = terms.design(k)[1:, used]
    y = tables[:, 1:]
    n, first = len(y), k + 1
    models = np.zeros((n, len(used)), dtype=bool)
    models[:, :first] = True
    fits = poisson.fit(y, models, x)
    unknown = np.where(existence.admissible(fits, y, x), fits.unknown, np.inf)
    mu, beta = fits.mu, fits.beta
    both = (y @ x[:, first:]).astype(np.float64)
    closed = np.zeros((n, len(used) - first), dtype=bool)
    at = np.arange(n)
    while len(at):
        chance = np.where(closed[at], 1.0, _chance(both[at], mu[at] @ x[:, first:]))
        pick = chance.argmin(axis=1)
        going = chance[np.arange(len(at)), pick] <= THRESHOLD
        at, pick = at[going], pick[going]
        if not len(at):
            break
        closed[at, pick] = True
        more = models[at]
        more[np.arange(len(at)), first + pick] = True
        fits = poisson.fit(y[at], more, x, beta[at])
        good = existence.admissible(fits, y[at], x)
        kept = at[good]
        models[kept], mu[kept], beta[kept] = more[good], fits.mu[good], fits.beta[good]
        unknown[kept] = fits.unknown[good]
    whole = np.zeros((n, 2**k), dtype=bool)
    whole[:, used] = models
    return Chosen(whole, unknown)


def _chance(seen: Floats, expected: Floats) -> Floats:
    """The lesser of the probabilities of so few and of so many, by Poisson's law."""
    few = pdtr(seen, expected)
    many = np.where(seen > 0, pdtrc(np.maximum(seen - 1, 0), expected), 1.0)
    least: Floats = np.minimum(few, many)
    return least
