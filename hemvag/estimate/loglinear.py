"""Hierarchical log-linear Poisson models as methods: independence, stepwise, and the best by BIC (Fienberg 1972)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from hemvag.estimate import bootstrap, existence, poisson, profile, selection, stepwise, terms, work
from hemvag.estimate.answers import Estimate, Interval, Note, Progress
from hemvag.estimate.lists import Bools, Counts, Floats, Lists
from hemvag.estimate.two_lists import NORMAL

ASSUMED = Note("independence-assumed", "It is assumed that no list tells anything of another, which is seldom so.")
ALL_PAIRS = "all-pairs"
NO_LIMIT = Note("no-upper-limit", "The lists set no upper limit.")
NOT_FINITE = Note("not-finite", "The lists give this model no finite estimate.")
CONDITIONAL = Note(
    "conditional", "The limits take the model as given, although it was chosen on the same lists: they are too narrow."
)
ORDER_LIMITED = Note("order-limited", "With so many lists only models with pairs of lists were looked at.")
DOWNHILL = Note("downhill", "With so many lists the models were searched step by step; a better one may exist.")

REPLICATES_DOWNHILL = Note(
    "replicates-downhill", "The model was searched among all sets of pairs, but in each replicate only step by step."
)
LIMITED: Mapping[str, tuple[Note, ...]] = {
    selection.WHOLE: (),
    selection.PAIRS: (ORDER_LIMITED, REPLICATES_DOWNHILL),
    selection.STEPS: (ORDER_LIMITED, DOWNHILL),
}


def independence(lists: Lists, *, order: int | None, replicates: int, seed: int, progress: Progress) -> Estimate:  # noqa: ARG001
    """Estimate as if no list told anything of another (Fienberg 1972, Biometrika 59:591), with profile likelihood."""
    found = fixed(lists, terms.independence(lists.k))
    progress(1.0)
    return replace(found, method="independence", warnings=(*found.warnings, ASSUMED))


def fixed(lists: Lists, model: Bools) -> Estimate:
    """Estimate by one model (2**k,) that was not chosen by looking at the counts; profile likelihood (Cormack 1992)."""
    name = terms.name(model, lists.k)
    fits, x = _fit(lists, model)
    if not existence.admissible(fits, lists.counts[None, 1:], x)[0]:
        return Estimate(method=name, estimate=None, model=name, warnings=(NOT_FINITE,))
    found = profile.limits(lists, model, float(fits.unknown[0]))
    return Estimate(
        method=name,
        estimate=lists.observed + float(fits.unknown[0]),
        low=found.low,
        high=found.high,
        interval=Interval.PROFILE,
        model=name,
        warnings=() if found.high is not None else (NO_LIMIT,),
    )


@dataclass(frozen=True)
class Choosing:
    """A way to choose: `choose` gives models and unknown of tables (n, 2**k); `warnings` belong to it."""

    method: str
    choose: Callable[[Counts], stepwise.Chosen]
    warnings: tuple[Note, ...] = ()


def by_steps(lists: Lists, *, order: int | None, replicates: int, seed: int, progress: Progress) -> Estimate:  # noqa: ARG001
    """Add pairs while p <= 0.02; BCa limits (Chan, Silverman & Vincent 2021, JASA 116:1297).

    `also`: Wald and profile.
    """
    choosing = Choosing("stepwise", partial(stepwise.choose, k=lists.k))
    return _chosen(lists, choosing, replicates, seed, progress)


def by_bic(lists: Lists, *, order: int | None, replicates: int, seed: int, progress: Progress) -> Estimate:
    """Take the least BIC of all hierarchical models; BCa limits (Silverman, Chan & Vincent 2024, Stat. Comput. 34:44).

    All orders to five lists unless `order` limits it, pairs above. `also`: least AIC, and the average over all models
    with weights by BIC (Buckland, Burnham & Augustin 1997, Biometrics 53:603).
    """
    found, among = _by_bic(lists, order, replicates, seed, progress)
    return replace(found, also=(*found.also, *selection.others(lists, among), all_pairs(lists)))


def bic_alone(lists: Lists, *, order: int | None, replicates: int, seed: int, progress: Progress) -> Estimate:
    """Answer as `by_bic`, without what other ways of choosing would have said."""
    return _by_bic(lists, order, replicates, seed, progress)[0]


def _by_bic(
    lists: Lists, order: int | None, replicates: int, seed: int, progress: Progress
) -> tuple[Estimate, selection.Among]:
    among = selection.among(lists, order)
    choosing = Choosing("bic", among.choose, LIMITED[among.how])
    return _chosen(lists, choosing, replicates, seed, progress), among


def all_pairs(lists: Lists) -> Estimate:
    """Estimate with every pair of lists dependent: what differences between persons do to lists, it follows best.

    Profile likelihood. The limits are wide; with three lists nothing is left to check the model by.
    """
    model = terms.closed(terms.pairs(lists.k) if lists.k > 2 else (), lists.k)
    return replace(fixed(lists, model), method=ALL_PAIRS)


def _chosen(lists: Lists, choosing: Choosing, replicates: int, seed: int, progress: Progress) -> Estimate:
    """The estimate of a chosen model, with limits that know that it was chosen when there are replicates."""
    chosen = choosing.choose(lists.counts[None])
    unknown = float(chosen.unknown[0])
    name = terms.name(chosen.models[0], lists.k)
    if not np.isfinite(unknown):
        progress(1.0)
        return Estimate(method=choosing.method, estimate=None, warnings=(*choosing.warnings, NOT_FINITE))
    wald = _wald(lists, chosen.models[0], choosing)
    if not replicates:
        progress(1.0)
        return wald

    def total(tables: Counts) -> Floats:
        seen: Floats = tables.sum(axis=1) + choosing.choose(tables).unknown
        return seen

    drawn = work.replicates(lists, replicates, seed, total, progress)
    left_out, times = lists.units.left_out()
    middle = lists.observed + unknown
    made = bootstrap.limits(middle, drawn, total(left_out), times)
    also = [wald]
    if made.saturated:
        low, high = made.saturated
        also.append(replace(wald, low=low, high=high, interval=Interval.BCA, warnings=(bootstrap.SATURATED,)))
    return Estimate(
        method=choosing.method,
        estimate=middle,
        low=made.low,
        high=made.high,
        interval=made.interval,
        model=name,
        warnings=(*choosing.warnings, *made.warnings),
        also=tuple(also),
    )


def _wald(lists: Lists, model: Bools, choosing: Choosing) -> Estimate:
    """Limits given the model: normal on the logarithm of the unknown."""
    fits, x = _fit(lists, model)
    unknown, wide = float(fits.unknown[0]), float(np.exp(NORMAL * np.sqrt(poisson.variance(fits, x)[0])))
    return Estimate(
        method=choosing.method,
        estimate=lists.observed + unknown,
        low=lists.observed + unknown / wide,
        high=lists.observed + unknown * wide,
        interval=Interval.CONDITIONAL,
        model=terms.name(model, lists.k),
        warnings=(*choosing.warnings, CONDITIONAL),
    )


def _fit(lists: Lists, model: Bools) -> tuple[poisson.Fits, Floats]:
    used = np.flatnonzero(model)
    x = terms.design(lists.k)[1:, used]
    return poisson.fit(lists.counts[None, 1:], np.ones((1, len(used)), dtype=bool), x), x
