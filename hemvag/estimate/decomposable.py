"""Averaging over all decomposable graphs: how the lists may hang together, each weighed by what the counts say of it.

Madigan & York (1997), Bayesian methods for estimation of the size of a closed population, Biometrika 84:19-31. The
defaults are those of the R package dga (Johndrow, Lum & Manrique-Vallier): a hyper-Dirichlet prior with weight 2**-k in
each of the 2**k cells, every graph equally likely beforehand, and a prior for the total N proportional to 1/N.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.special import gammaln, logsumexp

from hemvag.estimate import families
from hemvag.estimate.answers import Estimate, Interval, Note, Progress
from hemvag.estimate.chordal import MOST, Terms, cliques, decomposable
from hemvag.estimate.lists import Counts, Floats, Lists

FEWEST = 3
COARSE, FINE = 700, 1_500
REACH = 1e6
"""How far the missing are looked for, as a multiple of the persons known."""
NEGLIGIBLE = 35.0
"""A graph whose best log weight is this much below the best of all is left out: under 1e-11 together."""
AT_ONCE = 1_024
OTHER_WEIGHTS = (0.25, 0.5, 2.0, 4.0)
"""The prior weight is tried at these multiples too."""
OTHER_POWERS = (0.5, 2.0)
"""The prior for the total N is tried with these powers of 1/N too."""
NOTICEABLE = 0.001
LEANS = 1.25

WRONG_NUMBER = Note("three-to-six-lists", "Averaging over graphs takes three to six lists.")
PRIOR_DECIDES = Note("prior-decides", "Another prior, no less reasonable, moves the estimate by more than a quarter.")
CUT = Note("cut", "Part of the probability lies above the highest number looked at; the upper limit is too low.")
FAR = Note("far", "The upper limit is more than ten times those known: the counts set no useful bound.")


def dga(lists: Lists, *, order: int | None, replicates: int, seed: int, progress: Progress) -> Estimate:  # noqa: ARG001
    """Answer with the posterior median and its 2.5 and 97.5 % points; `also` holds the answers under other priors.

    Three to six lists. The prior weight is 2**-k, and stands in `model` with the likeliest graph. Nothing is drawn, so
    that `seed`, `replicates` and `order` change nothing. Warns when another prior moves the median by more than a
    quarter, and when the posterior had to be cut.
    """
    if not FEWEST <= lists.k <= MOST:
        return Estimate(method="dga", estimate=None, warnings=(WRONG_NUMBER,))
    weight = 2.0**-lists.k
    main = posterior(lists.counts)
    others = [_answer(main.believed(power)) for power in OTHER_POWERS]
    for at, times in enumerate(OTHER_WEIGHTS, start=1):
        progress(at / (len(OTHER_WEIGHTS) + 1))
        others.append(_answer(posterior(lists.counts, prior_weight=weight * times)))
    progress(1.0)
    answer = _answer(main)
    said = (*_warnings(main, answer, others), *families.ignored(lists))
    return replace(answer, warnings=said, also=tuple(others))


def _answer(found: "Posterior") -> Estimate:
    names, share = found.graphs[0]
    graph = ",".join("".join(str(one + 1) for one in clique) for clique in names)
    prior = f"prior weight {found.prior_weight:.4g} a cell, prior of N as N^-{found.prior_power:g}"
    return Estimate(
        method="dga",
        estimate=found.quantile(0.5),
        low=found.quantile(0.025),
        high=found.quantile(0.975),
        interval=Interval.CREDIBLE,
        model=f"{found.considered} graphs averaged, likeliest [{graph}] with {share:.0%}; {prior}",
        warnings=(CUT,) if found.beyond > NOTICEABLE else (),
    )


def _warnings(found: "Posterior", answer: Estimate, others: list[Estimate]) -> tuple[Note, ...]:
    middle, high = answer.estimate or 0.0, answer.high or 0.0
    moved = any(not 1 / LEANS <= (other.estimate or 0.0) / middle <= LEANS for other in others)
    said = ((PRIOR_DECIDES, moved), (FAR, high > 10 * found.observed))
    return (*answer.warnings, *(note for note, holds in said if holds))


@dataclass(frozen=True)
class Posterior:
    """What is believed about the number of persons after seeing the counts.

    `missing` (grid,) are numbers of unknown persons, `mass` (grid,) the probability of each and of what lies around
    it, summing to one. `graphs` are the weightiest graphs with their probabilities; `considered` how many there
    were. `beyond` is about how much probability lies above the grid, by its last slope (1 when the sum has no end).
    """

    observed: int
    missing: Counts
    mass: Floats
    prior_weight: float
    prior_power: float
    graphs: tuple[tuple[tuple[tuple[int, ...], ...], float], ...]
    considered: int
    beyond: float

    @cached_property
    def _edges(self) -> tuple[Floats, Floats]:
        """The upper ends of what each number stands for, and the probability up to there."""
        return _ends(self.missing), np.concatenate([[0.0], np.cumsum(self.mass)])

    def believed(self, power: float) -> "Posterior":
        """Return the posterior with the prior of the total N as N**-power; the graphs' shares stay as they are."""
        tilted = self.mass * (self.observed + self.missing.astype(np.float64)) ** (self.prior_power - power)
        mass = tilted / tilted.sum()
        return replace(self, mass=mass, prior_power=power, beyond=_beyond(self.missing, mass))

    def quantile(self, share: float) -> float:
        """Return the smallest total, known and unknown, with at least `share` (0 to 1) of the probability up to it."""
        ends, upto = self._edges
        return self.observed + float(np.ceil(np.interp(share, upto / upto[-1], ends) - 0.5))

    def draw(self, size: int, chance: np.random.Generator) -> Floats:
        """Return `size` totals drawn from the posterior."""
        ends, upto = self._edges
        return self.observed + np.maximum(np.ceil(np.interp(chance.random(size), upto / upto[-1], ends) - 0.5), 0.0)


def posterior(counts: Counts, *, prior_weight: float | None = None, prior_power: float = 1.0) -> Posterior:
    """Return the posterior of the number of persons, averaged over all decomposable graphs.

    `counts` (2**k,) for k = 3 to 6 lists by history, cell 0 left aside. `prior_weight` is the hyper-Dirichlet weight
    in each cell (2**-k). The prior of the total N is proportional to N**-prior_power. ValueError for other
    numbers of lists, for no counts at all and for a weight that is not positive.
    """
    known, lists = _checked(counts)
    weight = 2.0**-lists if prior_weight is None else prior_weight
    if not weight > 0:
        raise ValueError("The prior weight must be greater than zero.")
    observed = int(known.sum())
    names, terms = decomposable(lists)
    tables = _Marginals.of(known, lists, weight)
    coarse = _spread(observed)
    common = _common(coarse, observed, prior_power)
    heights = _heights(tables.at(coarse), terms, common)
    kept = terms[heights > heights.max() - NEGLIGIBLE]
    rough, _ = _weights(tables.at(coarse), kept, common)
    missing = _refined(coarse, rough)
    mass, by_graph = _weights(tables.at(missing), kept, _common(missing, observed, prior_power))
    order = np.argsort(-by_graph)[:10]
    return Posterior(
        observed=observed,
        missing=missing,
        mass=mass,
        prior_weight=weight,
        prior_power=prior_power,
        graphs=tuple((tuple(cliques(kept[at])), float(by_graph[at])) for at in order),
        considered=len(names),
        beyond=_beyond(missing, mass),
    )


@dataclass(frozen=True)
class _Marginals:
    """The log marginal likelihood of every subset's table: a part that is fixed, and the cell on none of its lists."""

    fixed: Floats
    none: Floats

    @classmethod
    def of(cls, known: Counts, lists: int, weight: float) -> "_Marginals":
        cells = np.arange(2**lists)
        within = cells[:, None] & cells[None, :]
        table = np.zeros((2**lists, 2**lists))
        np.add.at(table, (cells[:, None], within), known[None, :].astype(np.float64))
        size = np.array([int(subset).bit_count() for subset in cells])
        prior = weight * 2.0 ** (lists - size)
        is_cell = (within == cells[None, :]) & (cells[None, :] > 0)
        gained = np.where(is_cell, gammaln(table + prior[:, None]) - gammaln(prior)[:, None], 0.0)
        return cls(fixed=gained.sum(axis=1) - gammaln(prior), none=table[:, 0] + prior)

    def at(self, missing: Counts) -> Floats:
        """Return the terms of every subset (2**k) for each number of missing (grid)."""
        terms: Floats = self.fixed[:, None] + gammaln(self.none[:, None] + missing[None, :].astype(np.float64))
        return terms


def _checked(counts: Counts) -> tuple[Counts, int]:
    lists = int(counts.size).bit_length() - 1
    if counts.ndim != 1 or counts.size != 2**lists:
        raise ValueError("Counts must be one row with 2**k cells.")
    if lists < FEWEST:
        raise ValueError(f"Graphs of lists need at least {FEWEST} lists.")
    known = counts.astype(np.int64)
    known[0] = 0
    if known.min() < 0 or not known.any():
        raise ValueError("Counts must be whole numbers of persons, and not all zero.")
    return known, lists


def _spread(observed: int) -> Counts:
    """Return numbers of missing from none to REACH times the observed, evenly by their logarithm."""
    spread = np.expm1(np.linspace(0.0, np.log1p(REACH * observed), COARSE))
    return np.unique(np.rint(spread).astype(np.int64))


def _refined(coarse: Counts, mass: Floats) -> Counts:
    """Return the coarse numbers and as many more where the probability lies."""
    upto = np.concatenate([[0.0], np.cumsum(mass)])
    inside = np.interp((np.arange(FINE) + 0.5) / FINE, upto / upto[-1], _ends(coarse))
    inside = np.clip(inside, 0, coarse[-1])
    return np.unique(np.concatenate([coarse, np.rint(inside).astype(np.int64)]))


def _common(missing: Counts, observed: int, power: float) -> Floats:
    """Return the log weight of each number of missing that every graph shares, the prior and the grid's width with it.

    Each number stands for itself and half the way to its neighbours, so that the sum over all numbers is kept.
    """
    unknown = missing.astype(np.float64)
    ways = gammaln(observed + unknown + 1) - gammaln(unknown + 1)
    width = np.log(np.diff(_ends(missing)))
    return np.asarray(ways - power * np.log(observed + unknown) + width, dtype=np.float64)


def _ends(missing: Counts) -> Floats:
    """Return where what each number stands for begins and ends (grid + 1,)."""
    middle = (missing[1:] + missing[:-1]) / 2
    return np.concatenate([[missing[0] - 0.5], middle, [missing[-1] + 0.5]])


def _heights(tables: Floats, terms: Terms, common: Floats) -> Floats:
    """Return each graph's highest log weight (graphs,) over the numbers of missing."""
    return np.concatenate([(rows @ tables + common).max(axis=1) for rows in _parts(terms)])


def _weights(tables: Floats, terms: Terms, common: Floats) -> tuple[Floats, Floats]:
    """Return the probability of each number of missing (grid,), and of each graph (graphs,)."""
    by_number, by_graph = np.full(common.size, -np.inf), []
    with np.errstate(divide="ignore"):
        for rows in _parts(terms):
            logs = rows @ tables + common
            top = logs.max()
            weights = np.exp(logs - top)
            by_number = np.logaddexp(by_number, np.log(weights.sum(axis=0)) + top)
            by_graph.append(np.log(weights.sum(axis=1)) + top)
    total = logsumexp(by_number)
    return np.exp(by_number - total), np.exp(np.concatenate(by_graph) - total)


def _parts(terms: Terms) -> Iterator[Floats]:
    """Yield as many graphs' terms at once as the memory is glad to hold."""
    for start in range(0, len(terms), AT_ONCE):
        yield terms[start : start + AT_ONCE].astype(np.float64)


def _beyond(missing: Counts, mass: Floats) -> float:
    """Return about how much probability lies above the grid, as if it fell on as it does over the last tenth of it."""
    density = mass / np.diff(_ends(missing))
    start = int(np.searchsorted(missing, missing[-1] / 10))
    if density[-2] <= 0 or density[start] <= 0:
        return 0.0
    fall = np.log(density[start] / density[-2]) / np.log(missing[-2] / missing[start])
    if fall <= 1:
        return 1.0
    above = density[-2] * missing[-1] / (fall - 1)
    return float(above / (1 + above))
