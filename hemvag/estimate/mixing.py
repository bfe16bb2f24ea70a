"""Whether chains that began apart tell the same story.

Vehtari, Gelman, Simpson, Carpenter & Bürkner (2021), Rank-normalization, folding, and localization: an improved R-hat,
Bayesian Analysis 16:667-718. Effective size by Geyer's initial monotone sequence, over all chains together.
"""

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

from hemvag.estimate.lists import Floats


def split_rhat(draws: Floats) -> float:
    """Return the greater of the rank-normalised split R-hat and that of the folded draws (chains, draws): 1 is best."""
    halves = _halves(draws)
    folded = np.abs(halves - np.median(halves))
    return max(_rhat(_by_rank(halves)), _rhat(_by_rank(folded)))


def effective_size(draws: Floats) -> float:
    """Return how many independent draws the (chains, draws) are worth, the least of the middle's and the tails'."""
    halves = _halves(draws)
    low, high = np.quantile(halves, [0.05, 0.95])
    kinds = (_by_rank(halves), (halves <= low).astype(np.float64), (halves >= high).astype(np.float64))
    return min(_effective(kind) for kind in kinds)


def _halves(draws: Floats) -> Floats:
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, draws.shape[1] - half :]])


def _by_rank(draws: Floats) -> Floats:
    ranks = rankdata(draws, axis=None).reshape(draws.shape)
    return np.asarray(ndtri((ranks - 0.375) / (draws.size + 0.25)), dtype=np.float64)


def _rhat(draws: Floats) -> float:
    length = draws.shape[1]
    within = float(draws.var(axis=1, ddof=1).mean())
    between = float(length * draws.mean(axis=1).var(ddof=1))
    if within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt((length - 1) / length + between / within / length))


def _effective(draws: Floats) -> float:
    length = draws.shape[1]
    centred = draws - draws.mean(axis=1, keepdims=True)
    padded = 2 ** int(np.ceil(np.log2(2 * length)))
    power = np.abs(np.fft.rfft(centred, padded, axis=1)) ** 2
    covariance = np.fft.irfft(power, padded, axis=1)[:, :length] / length
    within = float(covariance[:, 0].mean()) * length / (length - 1)
    if within == 0:
        return float(draws.size)
    total = within * (length - 1) / length + float(draws.mean(axis=1).var(ddof=1))
    correlation = 1 - (within - covariance.mean(axis=0)) / total
    correlation[0] = 1.0
    even = length - length % 2
    paired = correlation[:even].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(paired < 0)
    paired = paired[: negative[0]] if negative.size else paired
    time = max(-1 + 2 * float(np.minimum.accumulate(paired).sum()), 1 / np.log10(draws.size))
    return float(draws.size / time)
