"""Strata: each area, period, sex or age by itself, and sums that add up.

Where chances to be on a list differ between groups, one estimate for all is wrong in a way that no interval shows,
and the sum of the groups' estimates is right (Sekar & Deming 1949, JASA 44:101-115). All strata are drawn again at
once, so that sums have intervals of their own; every sum is the sum of its strata, and no stratum is estimated from
less than three lists that overlap.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from hemvag.estimate import decomposable, reading
from hemvag.estimate.answers import Estimate, Interval, Note, Progress
from hemvag.estimate.lists import Counts, Floats, Lists, Units

FEWEST = 3
DIFFERS = 1.1
LEVELS = (0.025, 0.975)

Label = tuple[str, ...]
Drawing = Callable[[Lists, int, np.random.Generator], tuple[float, Floats]]
"""Given lists, how many, and by what chance: persons in all (infinite: no estimate), and as many draws of it."""

TOO_FEW = Note("too-few-lists", "Fewer than three lists hold anybody and overlap here, so no estimate is given.")
NOT_FINITE = Note("not-finite", "The lists give no finite estimate here.")
NO_UPPER = Note("no-upper-limit", "So many replicates have no finite estimate that there is no upper limit.")
DROPPED = Note("list-dropped", "A list that holds nobody or shares nobody with the others was left out here.")


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """One stratum: its label, those known, and its estimate: None where it is refused, with why in its warnings."""

    label: Label
    observed: int
    estimate: Estimate


@dataclass(frozen=True, kw_only=True)
class Stratified:
    """What all strata give.

    `columns` name the parts of a label. `total` is the sum over those strata that have an estimate; `margins` the
    same sum for each value of each column. `pooled` is the estimate of the same strata as if they were one. `refused`
    are the labels without an estimate and `unestimated` the persons known in them, who are in no sum.
    """

    columns: Label
    strata: tuple[Stratum, ...]
    total: Estimate
    margins: Mapping[str, Mapping[str, Estimate]]
    pooled: Estimate
    refused: tuple[Label, ...]
    unestimated: int


def read(text: str, by: Label) -> dict[Label, Lists]:
    """Read strata from a CSV text whose columns `by` say which stratum a row belongs to. Raises what `reading.table`
    does.

    Strata in which nobody is known are left out. Labels stand in the order of the columns in the heading.
    """
    table = reading.table(text, others=by)
    found: dict[Label, Counts] = {}
    for row in table.rows:
        found.setdefault(row.others, np.zeros(2 ** len(table.names), dtype=np.int64))[row.history] = row.count
    return {label: Lists(table.names, counts) for label, counts in found.items() if counts.any()}


def usable(lists: Lists) -> tuple[int, ...]:
    """Return which lists hold somebody and share somebody with another list."""
    return tuple(i for i in range(lists.k) if any(lists.overlap(i, j) for j in range(lists.k) if j != i))


def refitted(total: Callable[[Counts], Floats]) -> Drawing:
    """Make a drawing of a method that gives persons in all (n,) of tables (n, 2**k), asked anew of drawn units."""

    def draw(lists: Lists, count: int, chance: np.random.Generator) -> tuple[float, Floats]:
        return float(total(lists.counts[None])[0]), total(lists.units.draw(chance, count))

    return draw


def believed(lists: Lists, count: int, chance: np.random.Generator) -> tuple[float, Floats]:
    """Draw from the posterior of averaged graphs: its median, and draws."""
    found = decomposable.posterior(lists.counts)
    return found.quantile(0.5), found.draw(count, chance)


def stratified(
    strata: Mapping[Label, Lists],
    columns: Label,
    drawing: Drawing = believed,
    *,
    method: str = "dga",
    replicates: int = 1_000,
    seed: int = 1,
    progress: Progress = lambda _: None,
) -> Stratified:
    """Estimate each stratum and their sums, drawing all strata `replicates` times at once (at least 1).

    Each stratum has a random stream of its own that follows from the seed and its place, so that the answer is the same
    on any number of cores and a stratum's answer does not depend on what the others hold.
    """
    streams = np.random.SeedSequence(seed).spawn(len(strata) + 1)
    answers: dict[Label, tuple[float, Floats] | None] = {}
    whole: list[Lists] = []
    found = []
    for at, ((label, lists), stream) in enumerate(zip(strata.items(), streams[1:], strict=True), start=1):
        kept = _kept(lists)
        drawn = None if kept is None else drawing(kept, replicates, np.random.default_rng(stream))
        answers[label] = drawn if drawn is not None and np.isfinite(drawn[0]) else None
        notes = (TOO_FEW,) if kept is None else ((DROPPED,) if kept.k < lists.k else ())
        found.append(Stratum(label=label, observed=lists.observed, estimate=_estimate(method, drawn, notes)))
        whole += [lists] if answers[label] is not None else []
        progress(at / (len(strata) + 1))
    good = {label: answer for label, answer in answers.items() if answer is not None}
    total = _sum(method, good)
    together = _kept(_joined(whole)) if whole else None
    as_one = drawing(together, replicates, np.random.default_rng(streams[0])) if together else None
    progress(1.0)
    return Stratified(
        columns=columns,
        strata=tuple(found),
        total=total,
        margins={name: _margin(method, good, at) for at, name in enumerate(columns)},
        pooled=_pooled(total, together, as_one),
        refused=tuple(label for label in strata if label not in good),
        unestimated=sum(lists.observed for label, lists in strata.items() if label not in good),
    )


def _kept(lists: Lists) -> Lists | None:
    """Return the lists that can be used, None when they are fewer than three."""
    good = usable(lists)
    if len(good) < FEWEST:
        return None
    for i in reversed(range(lists.k)):
        if i not in good:
            lists = lists.without(i)
    return lists


def _estimate(method: str, drawn: tuple[float, Floats] | None, notes: tuple[Note, ...]) -> Estimate:
    """Return the drawn number with the limits that its draws show, infinite draws standing above all others."""
    if drawn is None or not np.isfinite(drawn[0]):
        return Estimate(method=method, estimate=None, warnings=notes if drawn is None else (*notes, NOT_FINITE))
    low, high = np.quantile(drawn[1], LEVELS, method="inverted_cdf")
    return Estimate(
        method=method,
        estimate=drawn[0],
        low=float(low) if np.isfinite(low) else None,
        high=float(high) if np.isfinite(high) else None,
        interval=Interval.CREDIBLE if method == "dga" else Interval.PERCENTILE,
        warnings=notes if np.isfinite(high) else (*notes, NO_UPPER),
    )


def _sum(method: str, answers: Mapping[Label, tuple[float, Floats]]) -> Estimate:
    """Return the sum over strata: of the estimates, and draw by draw."""
    if not answers:
        return _estimate(method, None, (TOO_FEW,))
    points, draws = zip(*answers.values(), strict=True)
    return _estimate(method, (float(sum(points)), np.sum(draws, axis=0)), ())


def _margin(method: str, answers: Mapping[Label, tuple[float, Floats]], at: int) -> dict[str, Estimate]:
    """Return the sum for each value of one column."""
    values = dict.fromkeys(label[at] for label in answers)
    return {value: _sum(method, {one: drawn for one, drawn in answers.items() if one[at] == value}) for value in values}


def _pooled(total: Estimate, together: Lists | None, drawn: tuple[float, Floats] | None) -> Estimate:
    """Return the estimate of the strata as if they were one, and say when it is far from their sum."""
    found = _estimate(total.method, drawn, (TOO_FEW,) if together is None else ())
    if found.estimate is None or total.estimate is None:
        return found
    share = found.estimate / total.estimate
    if 1 / DIFFERS <= share <= DIFFERS:
        return found
    words = f"As one group the estimate is {share:.2f} times the sum of the groups: chances differ between them."
    return replace(found, warnings=(*found.warnings, Note("pooled-differs", words)))


def _joined(whole: list[Lists]) -> Lists:
    units = Units(
        np.concatenate([one.units.patterns for one in whole]), np.concatenate([one.units.times for one in whole])
    )
    return Lists(whole[0].names, np.sum([one.counts for one in whole], axis=0), units)
