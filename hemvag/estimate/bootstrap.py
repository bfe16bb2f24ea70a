"""Limits from replicates, in each of which the model was chosen anew.

Percentiles, and the bias-corrected and accelerated limits (BCa; Efron 1987; DiCiccio & Efron 1996, Statist. Sci.
11:189), with the acceleration from leaving out one unit at a time. When almost all replicates fall on one side of the
estimate, BCa asks for percentiles that the replicates cannot show; then it says so, and the percentiles stand.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from hemvag.estimate.answers import Interval, Note
from hemvag.estimate.lists import Counts, Floats

LEVELS = (0.025, 0.975)

SATURATED = Note(
    "bca-saturated",
    "Nearly all replicates fall on one side of the estimate, so the corrected limits cannot be read off them; "
    "percentiles are given instead.",
)
OUTSIDE = Note("estimate-outside", "The estimate lies outside its own limits: the choice of model is unstable.")
NO_UPPER = Note("no-upper-limit", "So many replicates have no finite estimate that there is no upper limit.")


@dataclass(frozen=True)
class Limits:
    """Persons in all: low and high, None where there is none, and how they were made."""

    low: float | None
    high: float | None
    interval: Interval
    warnings: tuple[Note, ...]
    saturated: tuple[float, float] | None = None
    "The BCa limits that were not believed, as other programs print them."


def limits(estimate: float, replicates: Floats, left_out: Floats, times: Counts) -> Limits:
    """Return 95 % limits from replicates (n,), and estimates with one unit of each kind left out (m,), `times` each.

    Infinite replicates count as above everything.
    """
    warnings: tuple[Note, ...] = ()
    low, high = quantiles(replicates, LEVELS)
    interval = Interval.PERCENTILE
    corrected = bca(estimate, replicates, left_out, times)
    if corrected.is_sound:
        low, high, interval = corrected.low, corrected.high, Interval.BCA
    else:
        warnings = (SATURATED,)
    if not low <= estimate <= high:
        warnings = (*warnings, OUTSIDE)
    if not np.isfinite(high):
        warnings = (*warnings, NO_UPPER)
    unsound = None if corrected.is_sound or not np.isfinite(corrected.high) else (corrected.low, corrected.high)
    return Limits(low if np.isfinite(low) else None, high if np.isfinite(high) else None, interval, warnings, unsound)


@dataclass(frozen=True)
class Corrected:
    """BCa limits.

    They are not sound where they saturate: beyond what replicates can show, or with the estimate outside.
    """

    low: float
    high: float
    is_sound: bool


def bca(estimate: float, replicates: Floats, left_out: Floats, times: Counts) -> Corrected:
    """Return the BCa limits, and whether they are sound."""
    n = len(replicates)
    below = float((replicates < estimate).mean())
    pull = acceleration(left_out, times)
    shift = float(ndtri(min(max(below, 0.5 / n), 1 - 0.5 / n)))
    levels = []
    for level in LEVELS:
        normal = shift + float(ndtri(level))
        stretch = 1 - (pull or 0.0) * normal
        levels.append(float(ndtr(shift + normal / stretch)) if stretch > 0 else 1.0)
    edge = (2 / 3) / (n + 1 / 3)  # where a quantile of type 8 is the outermost replicate
    low, high = quantiles(replicates, levels)
    sound = 0 < below < 1 and pull is not None and levels[0] >= edge and levels[1] <= 1 - edge
    return Corrected(low, high, sound and low <= estimate <= high)


def acceleration(left_out: Floats, times: Counts) -> float | None:
    """Return the acceleration from estimates without one unit of each kind; None when one of them is infinite."""
    if not np.isfinite(left_out).all():
        return None
    gaps = np.average(left_out, weights=times) - left_out
    square = float((times * gaps**2).sum())
    return 0.0 if square == 0 else float((times * gaps**3).sum()) / (6 * square**1.5)


def quantiles(values: Floats, levels: tuple[float, ...] | list[float]) -> tuple[float, ...]:
    """Return quantiles that are median-unbiased (Hyndman & Fan's type 8); infinite values stand last."""
    ordered, n = np.sort(values), len(values)
    found = []
    for level in levels:
        place = min(max((n + 1 / 3) * level + 1 / 3 - 1, 0.0), n - 1.0)
        one, other = ordered[int(place)], ordered[min(int(place) + 1, n - 1)]
        share = place - int(place)
        found.append(float(one if share == 0 or one == other else one + share * (other - one)))
    return tuple(found)
