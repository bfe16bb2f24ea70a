"""The steps of many chains side by side through the latent class model, and how likely it holds a state.

A state is each class's log weight up to a constant (chains, classes) and the log odds that one of the class stands on
each list (chains, lists, classes). Two steps by turns leave the same posterior as it is:

- Gibbs (Manrique-Vallier 2016; Ishwaran & James 2001): how many are missing, who belongs to which class, then each
  class's chances and weight. It moves far where classes are empty, and crawls where they are full.
- Hamiltonian (Neal 2011): the missing, the classes of persons and the concentration summed out, along the slope of
  what remains. It moves the number of missing tens of times as far for the same work.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from hemvag.estimate.lists import Counts, Floats

SHAPE, RATE = 0.25, 0.25
"""The concentration's Gamma prior, as in LCMCR."""
LEAST_CHANCE = 1e-9
"""The least chance to be seen at all with which the missing are drawn, so that they stay a number."""
LEAST = 1e-250


@dataclass
class State:
    """Where all chains stand, and what they last drew: the missing, and the classes with anybody in them (chains,)."""

    weight: Floats
    odds: Floats
    missing: Counts
    occupied: Counts

    @classmethod
    def scattered(cls, chains: int, lists: int, classes: int, chance: np.random.Generator) -> "State":
        """Begin apart on purpose: chains that then agree have found the same place."""
        weight = np.log(chance.dirichlet(np.ones(classes), chains) + LEAST)
        weight -= weight.mean(axis=1, keepdims=True)
        odds = chance.normal(-1.0, 1.5, (chains, lists, classes))
        nobody = np.zeros(chains, dtype=np.int64)
        return cls(weight, odds, nobody, nobody)


@dataclass(frozen=True)
class Mixture:
    """The model over observed cells: `bits` (cells, lists) and `counts` (cells,)."""

    bits: Floats
    counts: Counts
    classes: int

    @classmethod
    def of(cls, counts: Counts, classes: int) -> "Mixture":
        """Make the model of a table (2**k,), cell 0 left aside."""
        lists = int(counts.size).bit_length() - 1
        cells = np.flatnonzero(counts)
        cells = cells[cells > 0]
        return cls((cells[:, None] >> np.arange(lists) & 1).astype(np.float64), counts[cells], classes)

    def _logs(self, state_weight: Floats, odds: Floats) -> tuple[Floats, Floats, Floats]:
        """Return log weights that sum to one, the log share of each class on no list, and of each cell and class."""
        weight = state_weight - _sum_of_logs(state_weight)[:, None]
        none = weight - np.logaddexp(0.0, odds).sum(axis=1)
        cells: Floats = np.matmul(self.bits, odds) + none[:, None, :]
        return weight, none, cells

    def slope(self, state_weight: Floats, odds: Floats, cold: float = 1.0) -> tuple[Floats, Floats, Floats]:
        """Return the log posterior (chains,), up to a constant, and its slopes along the weights and the odds.

        Summed out are the missing (with the prior 1/N they leave a truncated likelihood), who is in which class, and
        the concentration. The constant of the weights, which means nothing, has a normal prior so that it stays.
        `cold` is the power of the likelihood: 0 leaves the prior.
        """
        weight, none, cells = self._logs(state_weight, odds)
        highest = cells.max(axis=2)
        shares = np.exp(cells - highest[:, :, None])
        whole = shares.sum(axis=2)
        unseen = np.exp(none)
        seen = np.maximum(1 - unseen.sum(axis=1), LEAST_CHANCE)
        total = int(self.counts.sum())
        height = cold * ((np.log(whole) + highest) @ self.counts - total * np.log(seen))

        members = shares * (cold * self.counts / whole)[:, :, None]
        belong = members.sum(axis=1) + (cold * total / seen)[:, None] * unseen
        chances = expit(odds)
        prior, prior_slope = self._prior(weight)
        height += prior - 0.5 * self.classes * state_weight.mean(axis=1) ** 2
        height += (odds - 2 * np.logaddexp(0.0, odds)).sum(axis=(1, 2))
        odds_slope = np.matmul(self.bits.T, members) - chances * belong[:, None, :] + 1 - 2 * chances
        along = belong + prior_slope
        share = np.exp(weight)
        weight_slope = along - share * along.sum(axis=1, keepdims=True) - state_weight.mean(axis=1, keepdims=True)
        return height, weight_slope, odds_slope

    def _prior(self, weight: Floats) -> tuple[Floats, Floats]:
        """Return the log prior of weights in log ratios, the concentration summed out, and its slope by log weight."""
        share, last = np.exp(weight), weight[:, -1]
        rest = np.maximum(np.cumsum(share[:, ::-1], axis=1)[:, ::-1][:, 1 : self.classes - 1], LEAST)
        shape = SHAPE + self.classes - 1
        height = weight.sum(axis=1) - np.log(rest).sum(axis=1) - last - shape * np.log(RATE - last)
        by_stick = np.zeros_like(share)
        by_stick[:, 1 : self.classes - 1] = 1 / rest
        slope = 1 - share * np.cumsum(by_stick, axis=1)
        slope[:, -1] += shape / (RATE - last) - 1
        return height, slope

    def gibbs(self, state: State, chance: np.random.Generator) -> None:
        """Draw the missing, the classes of all persons, the chances and the weights, each given the rest."""
        weight, none, cells = self._logs(state.weight, state.odds)
        concentration = chance.gamma(SHAPE + self.classes - 1, 1 / (RATE - weight[:, -1]))
        total = int(self.counts.sum())
        seen = np.clip(1 - np.exp(none).sum(axis=1), LEAST_CHANCE, 1.0)
        missing = chance.negative_binomial(total, seen)
        every = np.concatenate([cells, none[:, None, :]], axis=1)
        shares = np.exp(every - every.max(axis=2, keepdims=True))
        shares /= shares.sum(axis=2, keepdims=True)
        known = np.broadcast_to(self.counts, (len(missing), len(self.counts)))
        drawn = chance.multinomial(np.concatenate([known, missing[:, None]], axis=1), shares)
        members = drawn.sum(axis=1)
        on_list = np.matmul(self.bits.T, drawn[:, :-1].astype(np.float64))
        _exchange(weight, members, on_list, chance)

        on = chance.standard_gamma(1 + on_list)
        off = chance.standard_gamma(1 + members[:, None, :] - on_list)
        state.odds = np.log(np.maximum(on, LEAST)) - np.log(np.maximum(off, LEAST))
        after = (total + missing)[:, None] - np.cumsum(members, axis=1)[:, :-1]
        stick = np.clip(chance.beta(1 + members[:, :-1], concentration[:, None] + after), 1e-15, 1 - 1e-15)
        state.weight = np.zeros_like(weight)
        state.weight[:, :-1] = np.log(stick)
        state.weight[:, 1:] += np.cumsum(np.log1p(-stick), axis=1)
        state.weight += chance.normal(0.0, self.classes**-0.5, (len(missing), 1)) - state.weight.mean(
            axis=1, keepdims=True
        )
        state.missing, state.occupied = missing, (members > 0).sum(axis=1)

    def glide(self, state: State, step: float, leaps: int, chance: np.random.Generator, cold: float = 1.0) -> float:
        """Move each chain by `leaps` leaps of about `step` along the slope; return the mean chance to be let by."""
        weight, odds = state.weight, state.odds
        before, weight_slope, odds_slope = self.slope(weight, odds, cold)
        weight_pace, odds_pace = chance.normal(size=weight.shape), chance.normal(size=odds.shape)
        before = before - _energy(weight_pace, odds_pace)
        steps = step * chance.uniform(0.5, 1.2, len(weight))
        short, long = steps[:, None], steps[:, None, None]
        for leap in range(leaps):
            half = 0.5 if leap == 0 else 1.0
            weight_pace = weight_pace + half * short * weight_slope
            odds_pace = odds_pace + half * long * odds_slope
            weight, odds = weight + short * weight_pace, odds + long * odds_pace
            after, weight_slope, odds_slope = self.slope(weight, odds, cold)
        weight_pace = weight_pace + 0.5 * short * weight_slope
        odds_pace = odds_pace + 0.5 * long * odds_slope
        gained = after - _energy(weight_pace, odds_pace) - before
        let = np.exp(np.minimum(np.where(np.isfinite(gained), gained, -np.inf), 0.0))
        goes = chance.random(len(weight)) < let
        state.weight = np.where(goes[:, None], weight, state.weight)
        state.odds = np.where(goes[:, None, None], odds, state.odds)
        return float(let.mean())


def _sum_of_logs(logs: Floats) -> Floats:
    highest = logs.max(axis=1)
    return np.asarray(highest + np.log(np.exp(logs - highest[:, None]).sum(axis=1)), dtype=np.float64)


def _energy(weight_pace: Floats, odds_pace: Floats) -> Floats:
    return np.asarray(0.5 * (weight_pace**2).sum(axis=1) + 0.5 * (odds_pace**2).sum(axis=(1, 2)), dtype=np.float64)


def _exchange(weight: Floats, members: Counts, on_list: Floats, chance: np.random.Generator) -> None:
    """Let two neighbouring classes change places in each chain, the weights as they are (Papaspiliopoulos 2008)."""
    chains, classes = weight.shape
    if classes < 2:
        return
    one = chance.integers(0, classes - 1, chains)
    rows = np.arange(chains)
    gain = (weight[rows, one] - weight[rows, one + 1]) * (members[rows, one + 1] - members[rows, one])
    rows = rows[np.log(chance.random(chains)) < gain]
    left, right = one[rows], one[rows] + 1
    members[rows, left], members[rows, right] = members[rows, right], members[rows, left]
    on_list[rows, :, left], on_list[rows, :, right] = on_list[rows, :, right], on_list[rows, :, left]
