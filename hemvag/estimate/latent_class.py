"""Latent classes: persons of different kinds, each kind with its own chance to stand on each list.

Manrique-Vallier (2016), Bayesian population size estimation using Dirichlet process mixtures, Biometrics 72:1246-1254;
the R package LCMCR has the same model. Within a class the lists know nothing of each other. How many classes there are
is left to a Dirichlet process, cut at ten; each chance is uniform beforehand, the concentration is Gamma(1/4, 1/4),
and the prior of the total N is 1/N. Eight chains begin far apart, each cools from the prior by itself, and where they
do not come together no number is given.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hemvag.estimate import families
from hemvag.estimate.answers import Estimate, Interval, Note, Progress
from hemvag.estimate.lists import Counts, Floats, Lists
from hemvag.estimate.mixing import effective_size, split_rhat
from hemvag.estimate.mixture import Mixture, State

CLASSES, CHAINS = 10, 8
FIRST, MOST = 400, 3_200
"""Steps before the chains are first asked whether they agree, and at the most. The first half is forgotten."""
COOLING, HOTTEST = 100, 0.01
"""Steps before all others in which the likelihood's power rises to one, so that a chain finds out of a bad start."""
SWEEPS, STEP = 2, 0.05
FEWEST_LEAPS, MOST_LEAPS, REACH = 10, 40, 2.5
"""A glide takes as many leaps as carry it so far, within these bounds."""
WANTED = 0.7
"""How often a glide should be let through: the step is set by it while the chains warm up."""
GREATEST_RHAT, LEAST_EFFECTIVE = 1.01, 400.0
"""When chains have come together (Vehtari and others 2021)."""

THREE_LISTS = Note("three-lists", "Latent classes take at least three lists.")
APART = "apart"
FAR = Note("far", "The upper limit is more than ten times those known: the counts set no useful bound.")


@dataclass(frozen=True)
class Chains:
    """What the chains drew in the end: `missing` (chains, draws) persons, and the mean number of classes in use."""

    observed: int
    missing: Counts
    occupied: float
    steps: int

    @cached_property
    def _logs(self) -> Floats:
        return np.asarray(np.log(self.missing + 1.0), dtype=np.float64)

    @cached_property
    def rhat(self) -> float:
        """How far apart the chains are, on the logarithm of the missing: 1 when not at all."""
        return split_rhat(self._logs)

    @cached_property
    def effective(self) -> float:
        """How many independent draws they are worth, on the logarithm of the missing."""
        return effective_size(self._logs)

    @property
    def agree(self) -> bool:
        """Whether the chains have come together."""
        return self.rhat <= GREATEST_RHAT and self.effective >= LEAST_EFFECTIVE

    def quantile(self, share: float) -> float:
        """Return the total, known and unknown, with `share` (0 to 1) of the draws below."""
        return self.observed + float(np.quantile(self.missing, share))


def latent_class(lists: Lists, *, order: int | None, replicates: int, seed: int, progress: Progress) -> Estimate:  # noqa: ARG001
    """Answer with the posterior median and its 2.5 and 97.5 % points, or None where the chains do not come together.

    Three lists or more. `order` and `replicates` change nothing; `seed` begins the chains, which go in one array, so
    that the answer is the same on any number of cores.
    """
    if lists.k < 3:
        return Estimate(method="latent-class", estimate=None, warnings=(THREE_LISTS,))
    found = sample(lists.counts, seed=seed, progress=progress, most=MOST)
    progress(1.0)
    model = f"{found.occupied:.1f} of at most {CLASSES} classes in use; R-hat {found.rhat:.3f}, "
    model += f"worth {found.effective:.0f} independent draws"
    if not found.agree:
        return Estimate(method="latent-class", estimate=None, model=model, warnings=(_apart(found),))
    high = found.quantile(0.975)
    return Estimate(
        method="latent-class",
        estimate=found.quantile(0.5),
        low=found.quantile(0.025),
        high=high,
        interval=Interval.CREDIBLE,
        model=model,
        warnings=(*((FAR,) if high > 10 * lists.observed else ()), *families.ignored(lists)),
    )


def sample(
    counts: Counts,
    *,
    seed: int,
    progress: Progress,
    classes: int = CLASSES,
    most: int = MOST,
    until_agreed: bool = True,
) -> Chains:
    """Let the chains go through the counts (2**k,) until they agree, or for `most` steps.

    They are asked after 400 steps, 800 and so on; with `until_agreed` false only at the end. Each time the first half
    is forgotten.
    """
    chance = np.random.default_rng(seed)
    model = Mixture.of(counts, classes)
    state = State.scattered(CHAINS, int(counts.size).bit_length() - 1, classes, chance)
    missing, occupied = np.empty((CHAINS, most), dtype=np.int64), np.empty(most)
    step, ask = STEP, min(FIRST, most)
    with np.errstate(all="ignore"):
        for cold in np.geomspace(HOTTEST, 1.0, COOLING):
            model.glide(state, STEP * float(cold) ** -0.25, MOST_LEAPS // 2, chance, float(cold))
        for at in range(1, most + 1):
            for _ in range(SWEEPS):
                model.gibbs(state, chance)
            let = model.glide(state, step, int(np.clip(REACH / step, FEWEST_LEAPS, MOST_LEAPS)), chance)
            if at <= FIRST // 2:
                step *= float(np.exp(0.2 * (let - WANTED)))
            missing[:, at - 1], occupied[at - 1] = state.missing, state.occupied.mean()
            if at % 20 == 0:
                progress(at / most)
            if at == most or (until_agreed and at == ask):
                found = Chains(
                    int(model.counts.sum()), missing[:, at // 2 : at], float(occupied[at // 2 : at].mean()), at
                )
                if found.agree:
                    break
                ask *= 2
    return found


def _apart(found: Chains) -> Note:
    words = (
        f"The chains do not come together after {found.steps} steps (R-hat {found.rhat:.2f}, worth "
        f"{found.effective:.0f} draws), so this method gives no number."
    )
    return Note(APART, words)
