"""Ask all methods at once, test them on the lists themselves, and judge what may be said."""

from collections.abc import Mapping, Sequence

from hemvag.estimate import diagnostics, faults, loglinear, verdict, work
from hemvag.estimate.answers import Estimate, Method, Progress, Report, silent
from hemvag.estimate.lists import Lists
from hemvag.estimate.methods import METHODS

TESTED = ("independence", "stepwise", "bic", "dga", "chapman")
"""The methods that the hide-one-list test looks at."""
MOVED = ("stepwise", "bic", "dga")
TEST_SHARE = 0.25
LIGHT: Mapping[str, Method] = {"bic": loglinear.bic_alone}
"""In a test only the answer itself is wanted."""


def estimate(
    lists: Lists,
    *,
    methods: Sequence[str] | None = None,
    order: int | None = None,
    replicates: int = 1000,
    seed: int = 1,
    progress: Progress = silent,
    cores: int | None = None,
) -> Report:
    """Estimate how many there are in all, by every method or those named, and judge what may be said.

    `order` limits how many lists one interaction joins; `replicates` of the bootstrap, 0 for point estimates at once
    with limits that take the model as given. The same seed gives the same answer on any number of `cores`. Raises
    `faults.UnknownMethod`.
    """
    asked = _asked(methods)
    token = work.CORES.set(cores)
    try:
        answers = _answers(lists, asked, order=order, replicates=replicates, seed=seed, progress=progress)
        light = {**asked, **{name: method for name, method in LIGHT.items() if name in asked}}
        tested = {name: light[name] for name in TESTED if name in asked}
        hidden = diagnostics.hide_one_list(
            lists, tested, replicates=replicates, seed=seed, progress=_part(progress, 1 - TEST_SHARE, 1.0)
        )
        moved = diagnostics.influence(lists, {name: light[name] for name in MOVED if name in asked}, seed=seed)
    finally:
        work.CORES.reset(token)
    progress(1.0)
    return Report(
        observed=lists.observed,
        lists=lists.names,
        methods=answers,
        judgement=verdict.judge(lists, answers, hidden, moved),
        hide_one_list=hidden,
        influence=moved,
        assumptions=diagnostics.assumptions(lists, tuple(asked)),
    )


def _asked(methods: Sequence[str] | None) -> dict[str, Method]:
    if methods is None:
        return dict(METHODS)
    if unknown := [name for name in methods if name not in METHODS]:
        raise faults.UnknownMethod(f"no method is called {unknown[0]}; there are {', '.join(METHODS)}")
    return {name: METHODS[name] for name in methods}


def _answers(
    lists: Lists, asked: dict[str, Method], *, order: int | None, replicates: int, seed: int, progress: Progress
) -> tuple[Estimate, ...]:
    share = (1 - TEST_SHARE) / len(asked)
    return tuple(
        ask(
            lists,
            order=order,
            replicates=replicates,
            seed=seed,
            progress=_part(progress, number * share, (number + 1) * share),
        )
        for number, ask in enumerate(asked.values())
    )


def _part(progress: Progress, begin: float, end: float) -> Progress:
    """Return a progress that counts from `begin` to `end` of the whole."""
    return lambda done: progress(begin + done * (end - begin))
