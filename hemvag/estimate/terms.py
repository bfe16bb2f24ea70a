"""Hierarchical log-linear models over k lists: their terms, their design, their names.

A term is written as a history (`lists`): the lists it joins. Term 0 is the constant, a power of two a list's own
effect, 3 the interaction of the first two lists. A model is a row of booleans over the terms, shape (2**k,); whoever
holds a term holds every term within it. Names follow custom: `[123,25,34]` is made by the interactions of lists 1, 2
and 3, of 2 and 5, of 3 and 4.
"""

from functools import cache

import numpy as np

from hemvag.estimate.lists import Bools, Floats


@cache
def design(k: int) -> Floats:
    """Return the design, shape (2**k, 2**k): entry (h, t) is 1 where history h holds every list of term t."""
    numbers = np.arange(2**k)
    whole: Floats = ((numbers[:, None] & numbers) == numbers).astype(np.float64)
    whole.flags.writeable = False
    return whole


@cache
def orders(k: int) -> tuple[int, ...]:
    """How many lists each term joins, one for each of the 2**k terms."""
    return tuple(term.bit_count() for term in range(2**k))


def independence(k: int) -> Bools:
    """The model in which no list tells anything of another: the constant and one effect for each list."""
    return np.array(orders(k)) <= 1


@cache
def pairs(k: int) -> tuple[int, ...]:
    """The terms that join two lists, as pairs are read: 12, 13, 14, 23, 24, 34."""
    return tuple(2**i + 2**j for i in range(k) for j in range(i + 1, k))


def closed(terms: tuple[int, ...], k: int) -> Bools:
    """Return the least hierarchical model that holds these terms and every list's own effect."""
    model = independence(k)
    for term in terms:
        model |= (np.arange(2**k) & term) == np.arange(2**k)
    return model


@cache
def every(k: int, order: int) -> Bools:
    """Return all hierarchical models with every list's effect and terms of at most `order` lists, (m, 2**k).

    The term that joins all lists is in none of them, since the unknown history leaves it without meaning. Simplest
    first.
    """
    higher = sorted(
        (t for t in range(2**k) if 2 <= t.bit_count() <= min(order, k - 1)), key=lambda t: (t.bit_count(), t)
    )
    models = [independence(k)]
    for term in higher:
        within = [term ^ 2**i for i in range(k) if term >> i & 1]
        models += [_with(model, term) for model in models if model[within].all()]
    found = np.array(models)
    found = found[np.argsort(found.sum(axis=1), kind="stable")]
    found.flags.writeable = False
    return found


def _with(model: Bools, term: int) -> Bools:
    more = model.copy()
    more[term] = True
    return more


def name(model: Bools, k: int) -> str:
    """Return the name of a model by its largest terms: `[12,3]`."""
    held = np.flatnonzero(model)
    largest = [int(t) for t in held if t and not any(t != o and t & o == t for o in held)]
    texts = ["".join(str(i + 1) for i in range(k) if term >> i & 1) for term in largest]
    return f"[{','.join(sorted(texts, key=lambda text: (-len(text), text)))}]"


def named(text: str, k: int) -> Bools:
    """Return the model of a name such as `[12,3]`. Raises ValueError when a list is none of the k."""
    terms = []
    for part in text.strip("[]").split(","):
        if not part.isdecimal() or not all(1 <= int(digit) <= k for digit in part):
            raise ValueError(f"{part!r} names no lists from 1 to {k}")
        terms.append(sum({1 << int(digit) - 1 for digit in part}))
    return closed(tuple(terms), k)
