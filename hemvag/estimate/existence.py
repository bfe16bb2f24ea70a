"""Whether a model has an estimate at all, before anything is made of its fit.

Two things can fail. The likelihood may rise for ever along some direction, so that no finite estimate **exists**; and
different parameters may give the same means, so that the estimate is not **identifiable**. Either way a fitting
program still prints a number, and it means nothing (Fienberg & Rinaldo 2012, Ann. Statist. 40:996; Chan, Silverman &
Vincent 2021).
"""

from functools import lru_cache

import numpy as np
from scipy.optimize import linprog

from hemvag.estimate.lists import Bools, Counts, Floats
from hemvag.estimate.poisson import Fits

SEEN = 1e-5
"""A fit whose means are all above this, and which gives the observed margins, is itself the proof that it exists."""
SLACK = 1e-7
"""The programme's optimum counts as above zero from here on: a vertex that is exactly zero comes out as about 1e-12."""
FULL = np.log(0.5)


def admissible(fits: Fits, tables: Counts | Floats, x: Floats) -> Bools:
    """Return which fits are estimates, shape (n,): finite and identifiable.

    Most are their own proof: positive means with the observed margins are what Fienberg and Rinaldo's programme looks
    for. It is solved for the rest, once for each model and pattern of zeros.
    """
    empty = fits.alive & (np.asarray(tables) == 0)
    least = np.where(empty, fits.mu, np.inf).min(axis=1)
    answer = np.ones(len(fits.held), dtype=bool)
    for i in np.flatnonzero((least <= SEEN) | ~fits.alive.all(axis=1)):
        held, alive, full = fits.held[i], fits.alive[i], tables[i] > 0
        answer[i] = _is_identifiable(_pattern(x), held.tobytes(), alive.tobytes()) and (
            least[i] > SEEN or _is_finite(_pattern(x), held.tobytes(), alive.tobytes(), full.tobytes())
        )
    return answer


def is_identifiable(held: Bools, alive: Bools, x: Floats) -> bool:
    """Whether the terms (p,) have one value each, given means on the living histories (c,): full rank of the design."""
    return _is_identifiable(_pattern(x), held.tobytes(), alive.tobytes())


def is_finite(held: Bools, alive: Bools, full: Bools, x: Floats) -> bool:
    """Whether a finite estimate exists, where `full` (c,) marks the histories on which somebody stands.

    Fienberg and Rinaldo's programme: are there means, all above zero on the living histories, with the observed
    margins? Only the pattern of zeros matters, so each full history may count as one.
    """
    return _is_finite(_pattern(x), held.tobytes(), alive.tobytes(), full.tobytes())


Key = tuple[int, int, bytes]


def _pattern(x: Floats) -> Key:
    return len(x), x.shape[1], np.ascontiguousarray(x, dtype=np.int8).tobytes()


@lru_cache(maxsize=200_000)
def _is_identifiable(design: Key, held: bytes, alive: bytes) -> bool:
    part = _part(design, held, alive)
    if len(part) < part.shape[1]:
        return False
    # The design is of zeros and ones, so its Gram determinant is a whole number: at least 1, or exactly 0.
    sign, size = np.linalg.slogdet(part.T @ part)
    return bool(sign > 0 and size > FULL)


@lru_cache(maxsize=200_000)
def _is_finite(design: Key, held: bytes, alive: bytes, full: bytes) -> bool:
    living = np.frombuffer(alive, dtype=bool)
    seen = np.frombuffer(full, dtype=bool)[living]
    part = _part(design, held, alive)
    if seen.all():
        return True
    if _is_identifiable(design, held, full):
        return True  # no direction leaves the full histories in peace
    rows, columns = part.shape
    margins = np.concatenate([part.T, np.zeros((columns, 1))], axis=1)
    above = np.concatenate([-np.eye(rows), np.ones((rows, 1))], axis=1)
    goal = np.zeros(rows + 1)
    goal[-1] = -1.0
    solved = linprog(
        goal,
        A_ub=above,
        b_ub=np.zeros(rows),
        A_eq=margins,
        b_eq=part.T @ seen.astype(np.float64),
        bounds=[(0, None)] * rows + [(0, 1)],
        method="highs",
    )
    return bool(solved.status == 0 and -solved.fun > SLACK)


def _part(design: Key, held: bytes, alive: bytes) -> Floats:
    cells, terms, entries = design
    x = np.frombuffer(entries, dtype=np.int8).reshape(cells, terms).astype(np.float64)
    found: Floats = x[np.frombuffer(alive, dtype=bool)][:, np.frombuffer(held, dtype=bool)]
    return found
