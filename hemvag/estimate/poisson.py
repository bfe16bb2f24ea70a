"""Fit many log-linear Poisson models to many tables at once: Newton's method over arrays of small systems.

Each *item* of a batch is one model on one table. All items share one design; what a model leaves out is masked, so
that one product of matrices gives the information of every item, and one call solves them all.

**Empty overlaps.** A term whose lists share nobody has no finite estimate: its likelihood is highest at minus
infinity. There the histories that hold it have the mean 0, as observed; they and the term leave the fit, and nothing
is added to any cell (Chan, Silverman & Vincent 2021, JASA 116:1297). Whether the rest has a finite estimate:
`existence`.
"""

from dataclasses import dataclass

import numpy as np

from hemvag.estimate.lists import Bools, Counts, Floats

ENOUGH = 1e-10
"""Newton's decrement at which a fit is done: the log-likelihood is nearer to its top than this."""
ROUNDS = 60
STEEPEST = 8.0
AT_ONCE = 2**18
"""Multiplications in one product of matrices at most: beyond, OpenBLAS would share it among threads."""
RIDGE = 1e-11


@dataclass(frozen=True)
class Fits:
    """The fits of n items: `beta` (n, p) and `mu` (n, c) for p terms and c histories; `deviance` (n,).

    `held` (n, p): the terms with a finite estimate; those of the model that are not held stand at minus infinity.
    `alive` (n, c): the histories that are not forced to the mean 0.
    """

    beta: Floats
    mu: Floats
    deviance: Floats
    held: Bools
    alive: Bools

    @property
    def unknown(self) -> Floats:
        """The expected number on no list, shape (n,): the exponential of the constant."""
        return np.exp(np.minimum(self.beta[:, 0], 700.0))

    def picked(self, items: Counts) -> "Fits":
        """Return some of the items, by number."""
        return Fits(self.beta[items], self.mu[items], self.deviance[items], self.held[items], self.alive[items])


def fit(counts: Counts | Floats, models: Bools, x: Floats, start: Floats | None = None) -> Fits:
    """Fit models (n, p) to tables (n, c) by the design x (c, p); column 0 is the constant. `start` (n, p) may help.

    A fit without a finite estimate gives the limit of its deviance, and a `beta` that means nothing.
    """
    tables = np.asarray(counts, dtype=np.float64)
    at_once = max(AT_ONCE // x.size, 16)
    if len(tables) <= at_once:
        return _fit(tables, models, x, start)
    parts = [
        _fit(tables[i : i + at_once], models[i : i + at_once], x, None if start is None else start[i : i + at_once])
        for i in range(0, len(tables), at_once)
    ]
    return Fits(
        np.concatenate([part.beta for part in parts]),
        np.concatenate([part.mu for part in parts]),
        np.concatenate([part.deviance for part in parts]),
        np.concatenate([part.held for part in parts]),
        np.concatenate([part.alive for part in parts]),
    )


def _fit(tables: Floats, models: Bools, x: Floats, start: Floats | None) -> Fits:
    dead = models & (tables @ x < 0.5)
    held = models & ~dead
    alive = np.ones(tables.shape, dtype=bool)
    touched = dead.any(axis=1)
    if touched.any():
        alive[touched] = dead[touched].astype(np.float64) @ x.T < 0.5
    squares = (x[:, :, None] * x[:, None, :]).reshape(len(x), x.shape[1] ** 2)
    beta = _start(tables, held, alive, x, squares) if start is None else np.where(held, start, 0.0)
    beta, mu, value = _climb(tables, held, alive, x=x, squares=squares, beta=beta)
    top = np.where(tables > 0, tables * np.log(np.maximum(tables, 1e-300)) - tables, 0.0).sum(axis=1)
    return Fits(beta, mu, np.maximum(2 * (top - value), 0.0), held, alive)


def _start(tables: Floats, held: Bools, alive: Bools, x: Floats, squares: Floats) -> Floats:
    """Least squares on the logarithm of the counts with a half added, weighed by them: near the fit in most tables."""
    weight = np.where(alive, tables + 0.5, 0.0)
    return _solved(np.where(alive, weight * np.log(tables + 0.5), 0.0) @ x, weight, held, squares)


def _climb(
    tables: Floats, held: Bools, alive: Bools, *, x: Floats, squares: Floats, beta: Floats
) -> tuple[Floats, Floats, Floats]:
    """Newton's method, halving a step that goes down; items that are done leave the batch."""
    n = len(held)
    best, means, value = beta.copy(), np.zeros(tables.shape), np.full(n, -np.inf)
    at = np.arange(n)
    now, y, keep, own = beta, tables, alive, held
    for _ in range(ROUNDS):
        eta = now @ x.T
        mu = np.where(keep, np.exp(np.minimum(eta, 50.0)), 0.0)
        height = np.einsum("nc,nc->n", y, np.where(keep, eta, 0.0)) - mu.sum(axis=1)
        worse = ~(height >= value[at] - 1e-9 * np.abs(height))
        kept = at[~worse]
        best[kept], means[kept], value[kept] = now[~worse], mu[~worse], height[~worse]
        step, left = _newton(y - mu, mu, own, x, squares)
        step[worse] = 0.5 * (best[at[worse]] - now[worse])
        going = worse | (left > ENOUGH)
        if not going.any():
            break
        at, y, keep, own = at[going], y[going], keep[going], own[going]
        now = now[going] + step[going]
    return best, means, value


def _newton(gap: Floats, mu: Floats, held: Bools, x: Floats, squares: Floats) -> tuple[Floats, Floats]:
    """Return each item's step (n, p), no longer than STEEPEST, and its decrement (n,)."""
    slope = np.where(held, gap @ x, 0.0)
    step = _solved(slope, mu, held, squares)
    left: Floats = np.einsum("np,np->n", slope, step)
    long = np.abs(step @ x.T).max(axis=1)
    step *= np.minimum(1.0, STEEPEST / np.maximum(long, 1e-300))[:, None]
    return step, left


def _solved(right: Floats, weight: Floats, held: Bools, squares: Floats) -> Floats:
    """Solve each item's weighted normal equations for what is held, shape (n, p); zero for what is not."""
    n, p = held.shape
    bend = np.empty((n, p * p))
    slices = max(AT_ONCE // squares.size, 1)
    for i in range(0, n, slices):
        np.matmul(weight[i : i + slices], squares, out=bend[i : i + slices])
    bend = bend.reshape(n, p, p)
    bend *= held[:, :, None] & held[:, None, :]
    bend[:, np.arange(p), np.arange(p)] += np.where(held, RIDGE * (1.0 + weight.sum(axis=1, keepdims=True)), 1.0)
    found: Floats = np.linalg.solve(bend, np.where(held, right, 0.0)[:, :, None])[:, :, 0]
    return found


def variance(fits: Fits, x: Floats) -> Floats:
    """Return the variance of each item's constant, shape (n,): of the logarithm of the unknown, given the model."""
    n, p = fits.held.shape
    bend = np.einsum("nc,cp,cq->npq", fits.mu, x, x)
    bend *= fits.held[:, :, None] & fits.held[:, None, :]
    bend[:, np.arange(p), np.arange(p)] += np.where(fits.held, RIDGE, 1.0)
    unit = np.zeros((n, p, 1))
    unit[:, 0] = 1.0
    found: Floats = np.linalg.solve(bend, unit)[:, 0, 0]
    return found
