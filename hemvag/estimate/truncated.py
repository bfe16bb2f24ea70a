"""One list with repeat contacts: how many never called, by how often those called who did.

A support line keeps no other list to compare with, but knows how many contacts were each person's first, second, third.
If contacts come by chance at a steady pace, once and twice tell of never. Persons differ, so Chao's answer is a floor;
and whoever was helped or frightened away by the first contact, and so never comes again, makes every answer too high.

Zelterman (1988), J. Statist. Planning Inference 18:225-237; its variance by Böhning (2008), Statistical Methodology
5:410-423. Chao (1987), Biometrics 43:783-791, and (1989), Biometrics 45:427-438 for the corrected form. Truncated
Poisson by maximum likelihood: van der Heijden and others (2003), Statistica Neerlandica 57:289-304. The ratio plot:
Böhning and others (2013), Statistical Methodology 11:113-127.
"""

from dataclasses import dataclass, replace
from math import exp, expm1, log, sqrt

import numpy as np
from scipy.optimize import brentq

from hemvag.estimate import faults, reading
from hemvag.estimate.answers import Estimate, Interval, Note
from hemvag.estimate.lists import Counts, Floats
from hemvag.estimate.two_lists import NORMAL

MOST = 1_000
TIMES, COUNT = "times", "count"

FLOOR = Note("floor", "A lower bound: at least so many. It is no estimate.")
STEADY = Note("steady-pace", "It is assumed that one contact makes the next neither likelier nor less likely.")
NOBODY_ONCE = Note("nobody-once", "Nobody came exactly once, so nothing tells of those who never came.")
NOBODY_TWICE = Note("nobody-twice", "Nobody came exactly twice, so nothing tells of those who never came.")
ONCE_ONLY = Note("once-only", "Nobody came more than once, so nothing tells of those who never came.")
MANY_ONCE = Note(
    "many-once",
    "More came just once than fits those who came more often. Either persons differ, and these are floors; or many "
    "never come again after the first time, and then every answer here is too high. The counts cannot tell which.",
)
FEW_ONCE = Note(
    "few-once",
    "Fewer came just once than fits those who came more often: one contact seems to lead to the next, and the answers "
    "are too low.",
)


@dataclass(frozen=True, eq=False)
class Repeats:
    """How often persons came: `counts[j]` persons came j + 1 times, shape (most times,). Raises `NotCountable`."""

    counts: Counts

    def __post_init__(self) -> None:
        given = np.asarray(self.counts)
        if given.ndim != 1 or given.size > MOST:
            raise faults.NotCountable(f"one row of at most {MOST} counts is needed")
        counts = given.astype(np.int64)
        if (counts != given).any() or (counts < 0).any():
            raise faults.NotCountable("counts are whole numbers from 0")
        if not counts.any():
            raise faults.NobodyCounted("nobody came")
        counts.flags.writeable = False
        object.__setattr__(self, "counts", counts)

    @property
    def observed(self) -> int:
        """How many persons came at least once."""
        return int(self.counts.sum())

    def came(self, times: int) -> int:
        """How many persons came exactly so many times."""
        return int(self.counts[times - 1]) if times <= self.counts.size else 0

    @property
    def contacts(self) -> int:
        """How many contacts all persons had together."""
        return int((self.counts * (1 + np.arange(self.counts.size))).sum())


@dataclass(frozen=True, eq=False)
class Ratios:
    """The ratio plot: `ratio` (m,) of (x + 1) f(x + 1) / f(x) at each `times` x, with 95 % limits.

    Level when all come at one pace, rising when persons differ or many never come again. `z` says how many standard
    errors the second ratio lies above the first; None where somebody is missing.
    """

    times: Counts
    ratio: Floats
    low: Floats
    high: Floats
    z: float | None


def ratios(repeats: Repeats) -> Ratios:
    """Return the ratio plot, at each number of times x where some came x and some x + 1 times."""
    counts = repeats.counts.astype(np.float64)
    times = np.flatnonzero((counts[:-1] > 0) & (counts[1:] > 0))
    ratio = (times + 2) * counts[times + 1] / counts[times]
    wide = np.exp(NORMAL * np.sqrt(1 / counts[times] + 1 / counts[times + 1]))
    one, two, three = (repeats.came(x) for x in (1, 2, 3))
    z = None
    if one and two and three:
        z = log(3 * three * one / (2 * two**2)) / sqrt(1 / one + 4 / two + 1 / three)
    return Ratios(times + 1, ratio, ratio / wide, ratio * wide, z)


def estimates(repeats: Repeats) -> tuple[Estimate, ...]:
    """Return what every method answers, with what the ratio plot warns of: Zelterman, Chao twice, truncated Poisson."""
    z = ratios(repeats).z
    warned = () if z is None or abs(z) < NORMAL else (MANY_ONCE if z > 0 else FEW_ONCE,)
    found = (zelterman(repeats), chao(repeats), chao_corrected(repeats), poisson(repeats))
    return tuple(_warned(one, warned) for one in found)


def zelterman(repeats: Repeats) -> Estimate:
    """Take the pace from once and twice only, so that those who come all the time do not decide; normal limits."""
    one, two, known = repeats.came(1), repeats.came(2), repeats.observed
    if not one or not two:
        return _nothing("zelterman", NOBODY_TWICE if one else NOBODY_ONCE)
    pace = 2 * two / one
    missed = exp(-pace) / expm1(-pace) ** 2
    variance = known * missed * (1 + known * missed * pace**2 * (1 / one + 1 / two))
    return _normal("zelterman", known, -known / expm1(-pace), variance)


def chao(repeats: Repeats) -> Estimate:
    """Give Chao's floor, f1 squared by twice f2 unknown; log-normal limits on the unknown."""
    one, two, known = repeats.came(1), repeats.came(2), repeats.observed
    if not two:
        return _nothing("chao-repeats", FLOOR, NOBODY_TWICE)
    share = one / two
    return _floor("chao-repeats", known, one**2 / (2 * two), two * (share**2 / 2 + share**3 + share**4 / 4))


def chao_corrected(repeats: Repeats) -> Estimate:
    """Give Chao's floor corrected for few, which exists when nobody came twice; log-normal limits on the unknown."""
    one, two, known = repeats.came(1), repeats.came(2), repeats.observed
    unknown = one * (one - 1) / (2 * (two + 1))
    variance = (
        unknown + one * (2 * one - 1) ** 2 / (4 * (two + 1) ** 2) + one**2 * two * (one - 1) ** 2 / (4 * (two + 1) ** 4)
    )
    found = _floor("chao-repeats-corrected", known, unknown, variance)
    return found if two else _warned(found, (NOBODY_TWICE,))


def poisson(repeats: Repeats) -> Estimate:
    """Estimate as if all came at one pace (zero-truncated Poisson, maximum likelihood); normal limits."""
    known, contacts = repeats.observed, repeats.contacts
    if contacts == known:
        return _nothing("truncated-poisson", ONCE_ONLY)
    mean = contacts / known
    pace = float(brentq(lambda rate: rate / -expm1(-rate) - mean, 1e-12, mean))
    missed = exp(-pace) / expm1(-pace) ** 2
    of_pace = 1 / (contacts / pace**2 - known * missed)
    return _normal("truncated-poisson", known, -known / expm1(-pace), known * missed + (known * missed) ** 2 * of_pace)


def read(text: str) -> Repeats:
    """Read the columns `times` (from 1) and `count` of a CSV text. Raises `BadTable` and the kinds of `BadCell`."""
    rows = [(line, row) for line, row in reading.split(text) if any(row)]
    if not rows or [name.casefold() for name in rows[0][1]] != [TIMES, COUNT]:
        raise faults.BadTable(rows[0][0] if rows else 1, f"the heading is {TIMES},{COUNT}")
    found: dict[int, int] = {}
    for line, row in rows[1:]:
        if len(row) != 2:
            raise faults.BadTable(line, f"2 columns are needed, and {len(row)} stand there")
        times = reading.whole_number(line, TIMES, row[0])
        if not 1 <= times <= MOST:
            raise faults.BadCell(line, TIMES, f"{times} is not from 1 to {MOST}; those who never came are not known")
        if times in found:
            raise faults.BadCell(line, TIMES, f"those who came {times} times were given before")
        found[times] = reading.whole_number(line, COUNT, row[1])
    return Repeats(np.array([found.get(times, 0) for times in range(1, max(found, default=1) + 1)], dtype=np.int64))


def _nothing(method: str, *why: Note) -> Estimate:
    return Estimate(method=method, estimate=None, warnings=why, is_floor=FLOOR in why)


def _normal(method: str, known: int, total: float, variance: float) -> Estimate:
    wide = NORMAL * sqrt(variance)
    return Estimate(
        method=method,
        estimate=total,
        low=max(float(known), total - wide),
        high=total + wide,
        interval=Interval.NORMAL,
        warnings=(STEADY,),
    )


def _floor(method: str, known: int, unknown: float, variance: float) -> Estimate:
    wide = exp(NORMAL * sqrt(log(1 + variance / unknown**2))) if unknown else 1.0
    return Estimate(
        method=method,
        estimate=known + unknown,
        low=known + unknown / wide,
        high=known + unknown * wide,
        interval=Interval.LOGNORMAL,
        warnings=(FLOOR, STEADY),
        is_floor=True,
    )


def _warned(found: Estimate, more: tuple[Note, ...]) -> Estimate:
    return replace(found, warnings=(*found.warnings, *more))
