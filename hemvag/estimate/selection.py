"""Which models are looked at for lists, how the best is found among them, and what the others say."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from hemvag.estimate import descent, existence, poisson, search, stepwise, terms
from hemvag.estimate.answers import Estimate, Interval
from hemvag.estimate.lists import Bools, Counts, Floats, Lists
from hemvag.estimate.two_lists import NORMAL

WHOLE, PAIRS, STEPS = "all orders", "pairs", "steps"
MOST_WHOLE, MOST_PAIRS = 5, 6
"""Lists at most for all orders (6,893 models), and for all sets of pairs (32,768)."""
MOST_STARTS = 7_000


@dataclass(frozen=True)
class Among:
    """The models looked at: `used` terms, and `family`; None when models are sought step by step."""

    k: int
    how: str
    used: Counts
    family: search.Family | None

    def choose(self, tables: Counts) -> stepwise.Chosen:
        """Return the model of least BIC for each table (n, 2**k); step by step for many tables of six lists."""
        y = tables[:, 1:].astype(np.float64)
        models = np.zeros((len(y), 2**self.k), dtype=bool)
        penalty = np.log(np.maximum(y.sum(axis=1), 1.0))
        if self.family is None or (len(y) > 1 and len(self.family.models) > MOST_STARTS):
            found, unknown = descent.descend(y, terms.design(self.k)[1:, self.used], self.k + 1, penalty)
            models[:, self.used] = found
            return stepwise.Chosen(models, unknown)
        best = search.best(y, self.family, penalty)
        models[:, self.used] = self.family.models[best.chosen]
        return stepwise.Chosen(models, best.unknown)


def among(lists: Lists, order: int | None) -> Among:
    """Return the models to look at: all orders to five lists, pairs to six, and step by step above."""
    k = lists.k
    pairs = np.array([0, *(2**i for i in range(k)), *terms.pairs(k)])
    if k > MOST_PAIRS:
        return Among(k, STEPS, pairs, None)
    highest = k if order is None else order
    if k > MOST_WHOLE:
        highest = min(highest, 2)
    models, used = _models(k, highest)
    x = terms.design(k)[1:, used]
    starts = None
    if len(models) <= MOST_STARTS:
        starts = poisson.fit(np.repeat(lists.counts[None, 1:], len(models), axis=0), models, x).beta
    return Among(k, PAIRS if k > MOST_WHOLE else WHOLE, used, search.Family(models, x, starts))


@cache
def _models(k: int, order: int) -> tuple[Bools, Counts]:
    every = terms.every(k, order)
    used = np.flatnonzero(every.any(axis=0))
    return np.ascontiguousarray(every[:, used]), used


def others(lists: Lists, models: Among) -> tuple[Estimate, ...]:
    """Return what least AIC says, and the average over models by BIC; nothing where models are sought step by step."""
    if models.family is None or len(models.family.models) > MOST_STARTS:
        return ()
    family = models.family
    y = np.repeat(lists.counts[None, 1:], len(family.models), axis=0)
    fits = poisson.fit(y, family.models, family.x, family.starts)
    size = family.models.sum(axis=1)
    aic = search.best(lists.counts[None, 1:].astype(np.float64), family, np.array([2.0]))
    answers = [_average(lists, fits, family, fits.deviance + np.log(lists.observed) * size, y)]
    if aic.chosen[0] >= 0:
        whole = np.zeros(2**models.k, dtype=bool)
        whole[models.used] = family.models[aic.chosen[0]]
        total, name = lists.observed + float(aic.unknown[0]), terms.name(whole, models.k)
        answers.insert(0, Estimate(method="aic", estimate=total, model=name))
    return tuple(answers)


def _average(lists: Lists, fits: poisson.Fits, family: search.Family, score: Floats, tables: Counts) -> Estimate:
    """The average of the logarithm of the unknown by weights of BIC, its variance between models and within them."""
    near = np.flatnonzero(score < score.min() + 20)
    near = near[existence.admissible(fits.picked(near), tables[near], family.x)]
    if not len(near):
        return Estimate(method="average", estimate=None)
    some = fits.picked(near)
    weight = np.exp(-(score[near] - score[near].min()) / 2)
    weight /= weight.sum()
    middle = float(weight @ some.beta[:, 0])
    spread = float(weight @ np.sqrt(poisson.variance(some, family.x) + (some.beta[:, 0] - middle) ** 2))
    return Estimate(
        method="average",
        estimate=lists.observed + float(np.exp(middle)),
        low=lists.observed + float(np.exp(middle - NORMAL * spread)),
        high=lists.observed + float(np.exp(middle + NORMAL * spread)),
        interval=Interval.LOGNORMAL,
        model=f"{len(near)} models by BIC",
    )
