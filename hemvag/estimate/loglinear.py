"""Hierarchical log-linear Poisson models as methods: independence, stepwise, exhaustive search."""

from hemvag.estimate import poisson, profile, terms
from hemvag.estimate.answers import Estimate, Interval, Note, Progress
from hemvag.estimate.lists import Lists

ASSUMED = Note("independence-assumed", "It is assumed that no list tells anything of another, which is seldom so.")
NO_LIMIT = Note("no-upper-limit", "The lists set no upper limit.")
NOT_FINITE = Note("not-finite", "The lists give this model no finite estimate.")


def independence(lists: Lists, *, order: int | None, replicates: int, seed: int, progress: Progress) -> Estimate:  # noqa: ARG001
    """Estimate as if no list told anything of another (Fienberg 1972, Biometrika 59:591), with profile likelihood."""
    model = terms.independence(lists.k)
    fits = poisson.fit(lists.counts[None, 1:], model[None], terms.design(lists.k)[1:])
    name = terms.name(model, lists.k)
    progress(1.0)
    if not any(lists.overlap(i, j) for i in range(lists.k) for j in range(i)):
        return Estimate(method="independence", estimate=None, model=name, warnings=(NOT_FINITE,))
    found = profile.limits(lists, model, float(fits.unknown[0]))
    return Estimate(
        method="independence",
        estimate=lists.observed + float(fits.unknown[0]),
        low=found.low,
        high=found.high,
        interval=Interval.PROFILE,
        model=name,
        warnings=(ASSUMED,) if found.high is not None else (ASSUMED, NO_LIMIT),
    )
