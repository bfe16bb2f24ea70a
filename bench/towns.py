"""Invented towns whose number is known, to see how often limits hold it: six ways in which lists come about.

independent    each list finds each person by a chance of its own
referred       whoever stands on the first list is sent on to the second more often than others are found by it
secret         a quarter keep away from the authorities: the first two lists find them with a fifth of the chance
families       brothers and sisters stand on the same lists; the counts are given by family
sparse         few stand on any list, and hardly any on two
heterogeneous  some are easy to find for every list, and some hard: log-odds with a standard deviation of 0.8
"""

from collections.abc import Callable, Mapping

import numpy as np

from hemvag.estimate import Lists, Units
from hemvag.estimate.lists import Bools, Floats

PERSONS = 300
CHANCES = (0.35, 0.30, 0.25, 0.20)
FEW = (0.16, 0.13, 0.10, 0.08)


def town(scenario: str, k: int, number: int) -> Lists:
    """Return the lists of a town of `PERSONS`, the same ones for the same number."""
    names = list(SCENARIOS)
    dice = np.random.default_rng([names.index(scenario), k, number])
    return SCENARIOS[scenario](dice, k)


def _lists(stands: Bools, family: np.ndarray[tuple[int], np.dtype[np.int64]] | None = None) -> Lists:
    """Return lists of who stands where, (persons, k); families, when they are known, are drawn whole."""
    k = stands.shape[1]
    history = stands @ (2 ** np.arange(k))
    counts = np.bincount(history, minlength=2**k)
    counts[0] = 0
    names = tuple("ABCD"[:k])
    if family is None:
        return Lists(names, counts)
    rows = np.zeros((family.max() + 1, 2**k), dtype=np.int64)
    np.add.at(rows, (family, history), 1)
    rows[:, 0] = 0
    patterns, times = np.unique(rows[rows.any(axis=1)], axis=0, return_counts=True)
    return Lists(names, counts, Units(patterns, times.astype(np.int64)))


def _drawn(dice: np.random.Generator, chances: Floats) -> Lists:
    return _lists(dice.random(chances.shape) < chances)


def independent(dice: np.random.Generator, k: int) -> Lists:
    """Each list by itself."""
    return _drawn(dice, np.tile(CHANCES[:k], (PERSONS, 1)))


def referred(dice: np.random.Generator, k: int) -> Lists:
    """The first list sends on to the second."""
    chances = np.tile(CHANCES[:k], (PERSONS, 1))
    first = dice.random(PERSONS) < chances[:, 0]
    chances[:, 0] = first
    chances[:, 1] = np.where(first, 0.6, 0.2)
    return _drawn(dice, chances)


def secret(dice: np.random.Generator, k: int) -> Lists:
    """A quarter keep away from the first two lists."""
    chances = np.tile(CHANCES[:k], (PERSONS, 1))
    chances[dice.random(PERSONS) < 0.25, :2] /= 5
    return _drawn(dice, chances)


def families(dice: np.random.Generator, k: int) -> Lists:
    """Families of one to five; a list finds a family, and then each of its members with 90 %."""
    sizes: list[int] = []
    while sum(sizes) < PERSONS:
        sizes.append(int(dice.choice([1, 1, 1, 2, 3, 4, 5])))
    family = np.repeat(np.arange(len(sizes)), sizes)[:PERSONS]
    found = dice.random((len(sizes), k)) < np.array(CHANCES[:k]) / 0.9
    return _lists(found[family] & (dice.random((PERSONS, k)) < 0.9), family)


def sparse(dice: np.random.Generator, k: int) -> Lists:
    """Small lists."""
    return _drawn(dice, np.tile(FEW[:k], (PERSONS, 1)))


def heterogeneous(dice: np.random.Generator, k: int) -> Lists:
    """Persons differ in how easily they are found."""
    chances = np.array(CHANCES[:k])
    odds = np.log(chances / (1 - chances)) + 0.8 * dice.standard_normal((PERSONS, 1))
    return _drawn(dice, 1 / (1 + np.exp(-odds)))


SCENARIOS: Mapping[str, Callable[[np.random.Generator, int], Lists]] = {
    "independent": independent,
    "referred": referred,
    "secret": secret,
    "families": families,
    "sparse": sparse,
    "heterogeneous": heterogeneous,
}
