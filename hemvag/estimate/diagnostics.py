"""What this very table says of the methods: hide a list whose size is known, leave one out, say what is assumed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from hemvag.estimate import faults
from hemvag.estimate.answers import Estimate, Hidden, Influence, Method, Note, Progress, silent
from hemvag.estimate.lists import Lists

REPLICATES = 200
WIDE = 4
"""With more lists than this left, only pairs are looked at, so that a test of many lists does not take an hour."""
MANY = 5
"""With more lists than this left, limits in the test take the model as given, for the same reason."""


def hide_one_list(
    lists: Lists, methods: Mapping[str, Method], *, replicates: int, seed: int, progress: Progress = silent
) -> tuple[Hidden, ...]:
    """Hide each list in turn and estimate how many stand on it from those of them whom the other lists hold.

    The truth is known, so each answer shows how far a method is off on these lists, and whether its limits hold (Hook &
    Regal 2000, Am. J. Epidemiol. 152:771). Needs three lists; empty with two. A list of which the others hold nobody
    gives None.
    """
    if lists.k < 3:
        return ()
    found = []
    for i, name in enumerate(lists.names):
        size = int(lists.sizes[i])
        for method, ask in methods.items():
            answer = _asked(partial(lists.within, i), ask, min(replicates, REPLICATES), seed)
            if size and (answer is None or not answer.is_floor):
                estimate, low, high = (answer.estimate, answer.low, answer.high) if answer else (None, None, None)
                found.append(Hidden(hidden=name, method=method, size=size, estimate=estimate, low=low, high=high))
        progress((i + 1) / lists.k)
    return tuple(found)


def influence(lists: Lists, methods: Mapping[str, Method], *, seed: int) -> tuple[Influence, ...]:
    """Return what each method says of the whole without each list; empty with two lists."""
    if lists.k < 3:
        return ()
    found = []
    for i, name in enumerate(lists.names):
        for method, ask in methods.items():
            answer = _asked(partial(lists.without, i), ask, 0, seed)
            found.append(Influence(left_out=name, method=method, estimate=answer.estimate if answer else None))
    return tuple(found)


def _asked(make: Callable[[], Lists], ask: Method, replicates: int, seed: int) -> Estimate | None:
    try:
        rest = make()
    except faults.NotCountable:
        return None
    drawn = replicates if rest.k <= MANY else 0
    return ask(rest, order=2 if rest.k > WIDE else None, replicates=drawn, seed=seed, progress=silent)


def assumptions(lists: Lists, methods: Sequence[str]) -> tuple[Note, ...]:
    """Say in plain words what is taken for granted: by all, and by the methods that were asked."""
    alone = lists.units.patterns.sum(axis=1).max() == 1
    own = [OF_METHODS[name] for name in methods if name in OF_METHODS]
    return (*OF_ALL, *((PERSONS,) if alone else ()), *own)


OF_ALL = (
    Note("one-population", "All lists are about the same people: the same area, the same time, the same definition."),
    Note("closed", "Nobody came or went during that time."),
    Note("rightly-matched", "Whoever stands on two lists was recognised as one person, and nobody else was."),
    Note("all-can-be-found", "Nobody was quite out of reach of every list; no method counts those who were."),
)
PERSONS = Note("persons-alone", "Each person came onto the lists alone. If families came together, count by family.")
OF_METHODS: Mapping[str, Note] = {
    "independence": Note("lists-independent", "Independence: standing on one list changes nothing on another."),
    "chapman": Note("two-independent", "Chapman: standing on one list changes nothing on the other."),
    "stepwise": Note("pairs-enough", "Stepwise: lists depend on each other in pairs at most."),
    "bic": Note("no-highest-term", "BIC: there is no dependence that takes all lists together."),
    "dga": Note("prior", "Graphs: a prior, which is printed, weighs the possible ways that lists hang together."),
    "latent-class": Note("classes", "Latent classes: people are of a few kinds; within one, lists are independent."),
    "chao": Note("bound", "Chao: a lower bound, whatever people's chances; dependence of lists can break it."),
}
