"""Chao's lower bounds: at least so many, where some persons are easier to find than others.

Whoever stands on one or two lists says most of those on none. The bound holds when chances differ between persons
(Mh) and between lists too (Mth); dependence between lists can still break it. A floor is no estimate and is labelled
so.
"""

from math import exp, log, sqrt

import numpy as np

from hemvag.estimate import poisson
from hemvag.estimate.answers import Estimate, Interval, Note, Progress
from hemvag.estimate.lists import Lists
from hemvag.estimate.two_lists import NORMAL

FLOOR = Note("floor", "A lower bound: at least so many. It is no estimate.")
NOBODY_TWICE = Note("nobody-twice", "Nobody stands on exactly two lists, so there is no bound.")
UNBOUNDED = Note("unbounded", "The lists give this method no finite answer.")


def chao(lists: Lists, *, order: int | None, replicates: int, seed: int, progress: Progress) -> Estimate:  # noqa: ARG001
    """Give the bound of Mth (Rivest & Baillargeon 2007, Biometrics 63:999), and in `also` that of Mh (Chao 1987).

    Limits are log-normal, on the unknown. The bound of Mth is the log-linear model with an effect for each list and one
    for each number of lists above two, effects below zero set to zero.
    """
    bound = _mth(lists)
    progress(1.0)
    return bound


def _mth(lists: Lists) -> Estimate:
    k = lists.k
    histories = np.arange(1, 2**k)
    times = np.array([h.bit_count() for h in range(1, 2**k)])
    effects = [(histories >> i & 1) for i in range(k)]
    more = [np.maximum(times - j, 0) for j in range(2, k)]
    x = np.column_stack([np.ones_like(times), *effects, *more]).astype(np.float64)
    y = lists.counts[None, 1:]
    model = np.ones((1, x.shape[1]), dtype=bool)
    while True:
        model[0, 1 + k :] &= (y @ x)[0, 1 + k :] > 0
        fits = poisson.fit(y, model, x)
        below = np.flatnonzero(fits.beta[0, 1 + k :] < 0)
        if not len(below):
            break
        model[0, 1 + k + below[0]] = False
    also = (_mh(lists, times),)
    if not (y[0, times == 2] > 0).any():
        return Estimate(
            method="chao", estimate=None, model="Mth", warnings=(FLOOR, NOBODY_TWICE), is_floor=True, also=also
        )
    return _answer(lists, "Mth", float(fits.unknown[0]), float(poisson.variance(fits, x)[0]), also)


def _mh(lists: Lists, times: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Estimate:
    once = int(lists.counts[1:][times == 1].sum())
    twice = int(lists.counts[1:][times == 2].sum())
    if not twice:
        return Estimate(method="chao", estimate=None, model="Mh", warnings=(FLOOR, NOBODY_TWICE), is_floor=True)
    unknown = (lists.k - 1) / (2 * lists.k) * once**2 / twice
    spread = 4 / once + 1 / twice if once else 0.0
    return _answer(lists, "Mh", unknown, spread, ())


def _answer(lists: Lists, model: str, unknown: float, variance: float, also: tuple[Estimate, ...]) -> Estimate:
    """Return the floor with limits from the variance of the logarithm of the unknown."""
    if not 0 < unknown < 1e9:
        wrong = (FLOOR, UNBOUNDED) if unknown else (FLOOR,)
        value = None if unknown else float(lists.observed)
        return Estimate(method="chao", estimate=value, model=model, warnings=wrong, is_floor=True, also=also)
    # Of the number itself, so with the chance in who stands on no list: 1 / unknown.
    wide = exp(NORMAL * sqrt(log(1 + variance + 1 / unknown)))
    return Estimate(
        method="chao",
        estimate=lists.observed + unknown,
        low=lists.observed + unknown / wide,
        high=lists.observed + unknown * wide,
        interval=Interval.LOGNORMAL,
        model=model,
        warnings=(FLOOR,),
        is_floor=True,
        also=also,
    )
