"""Find the model with the least AIC or BIC among all hierarchical models, for many tables at once, without fitting all.

A model's deviance is never below that of a larger one. So the deviances of the largest models that lack one term each
bound the deviance of every model from below: a model whose bound already exceeds the best score found is left
unfitted, and the answer is that of fitting every one. Each round fits, for every table, the models with the lowest
bounds.

BIC counts the terms at minus infinity too, and takes the logarithm of the number of persons observed.
"""

from dataclasses import dataclass

import numpy as np

from hemvag.estimate import existence, poisson
from hemvag.estimate.lists import Bools, Counts, Floats

AT_ONCE = 12
FAR = 1e-6


@dataclass(frozen=True)
class Best:
    """For n tables: the number of the best model (n,), -1 where none has an estimate; `unknown` (n,); fits made."""

    chosen: Counts
    unknown: Floats
    fitted: int


@dataclass(frozen=True)
class Family:
    """Models to choose from (m, p), the design `x` (c, p), and `starts` (m, p): their fits on the original table."""

    models: Bools
    x: Floats
    starts: Floats | None = None


def best(tables: Floats, family: Family, penalty: Floats) -> Best:
    """Return the model with the least deviance + penalty * terms for each table (n, c); `penalty` is (n,)."""
    models, x = family.models, family.x
    n, rows = len(tables), np.arange(len(tables))
    bounds = _bounds(tables, family) + penalty[:, None] * models.sum(axis=1)
    score, chosen, unknown = np.full(n, np.inf), np.full(n, -1), np.full(n, np.inf)
    fitted = 0
    at = rows
    width = min(AT_ONCE, len(models))
    while len(at):
        open_ = bounds[at]
        near = np.argpartition(open_, width - 1, axis=1)[:, :width]
        useful = open_[np.arange(len(at))[:, None], near] < score[at, None]
        at, near, useful = at[useful.any(axis=1)], near[useful.any(axis=1)], useful[useful.any(axis=1)]
        if not len(at):
            break
        owner, number = np.repeat(at, width)[useful.ravel()], near.ravel()[useful.ravel()]
        fits = poisson.fit(tables[owner], models[number], x, None if family.starts is None else family.starts[number])
        fitted += len(owner)
        bounds[owner, number] = np.inf
        value = fits.deviance + penalty[owner] * models[number].sum(axis=1)
        for i in _winners(owner, value, fits, tables=tables, x=x, score=score):
            table = owner[i]
            score[table], chosen[table], unknown[table] = value[i], number[i], fits.unknown[i]
    return Best(chosen, unknown, fitted)


def _winners(
    owner: Counts, value: Floats, fits: poisson.Fits, *, tables: Floats, x: Floats, score: Floats
) -> list[int]:
    """Return for each table the best new fit that is an estimate and better than its score."""
    order = np.argsort(value)
    order = order[value[order] < score[owner[order]]]
    found: list[int] = []
    while len(order):
        first = order[np.unique(owner[order], return_index=True)[1]]
        good = existence.admissible(fits.picked(first), tables[owner[first]], x)
        found += first[good].tolist()
        left: Bools = np.isin(order, first, invert=True) & np.isin(owner[order], owner[first[good]], invert=True)
        order = order[left]
    return found


def _bounds(tables: Floats, family: Family) -> Floats:
    """Return for each table and model a deviance that the model's is not below, shape (n, m)."""
    models, x = family.models, family.x
    held: Bools = np.asarray(models.any(axis=0))
    optional = np.flatnonzero(held & ~models.all(axis=0))
    n, bounds = len(tables), np.zeros((len(tables), len(models)))
    if len(models) < 32:
        return bounds
    largest = np.repeat(held[None], len(optional), axis=0)
    for row, term in enumerate(optional):
        without: Bools = ~models[:, term]
        largest[row] &= models[without].any(axis=0)
    owner, which = np.divmod(np.arange(n * len(optional)), len(optional))
    deviance = poisson.fit(tables[owner], largest[which], x).deviance.reshape(n, len(optional))
    for column, term in enumerate(optional):
        lacking = ~models[:, term]
        bounds[:, lacking] = np.maximum(bounds[:, lacking], deviance[:, column, None])
    return np.maximum(bounds - FAR * (1 + bounds), 0.0)
