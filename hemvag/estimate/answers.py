"""What is answered: the estimate of a method, and the report of all with a verdict. Nothing here computes."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hemvag.estimate.lists import Lists

Progress = Callable[[float], None]
"""Told, now and then, how much of the work is done: from 0 to 1."""


def silent(done: float) -> None:
    """Tell nobody."""


class Interval(StrEnum):
    """How the limits were made. All are for 95 %."""

    PROFILE = "profile"
    "Profile likelihood, given the model."
    BCA = "bca"
    "Bias-corrected and accelerated bootstrap, the model chosen anew in every replicate."
    PERCENTILE = "percentile"
    "Percentiles of the bootstrap, the model chosen anew in every replicate."
    CONDITIONAL = "conditional"
    "Given the model that was chosen, as if it had not been chosen: too narrow."
    LOGNORMAL = "lognormal"
    "From a standard error, on the logarithm of the unknown."
    NORMAL = "normal"
    "The estimate and 1.96 standard errors."
    CREDIBLE = "credible"
    "2.5 and 97.5 % points of a posterior distribution."
    NONE = "none"
    "No limits."


@dataclass(frozen=True)
class Note:
    """Something to be said: a stable `code` that a page translates, and the English `words`, complete without it.

    `facts` are what the words tell of this table, by name, so that another language can tell them too.
    """

    code: str
    words: str
    facts: tuple[tuple[str, str | int | float], ...] = ()

    def __str__(self) -> str:
        return f"{self.code}: {self.words}"


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What one method answers: persons in all, observed ones included.

    `estimate`, `low` and `high` are None where the method cannot answer; `warnings` then says why. `is_floor`: the
    number is a lower bound and no estimate. `also` holds the same method's answers under other settings (another
    prior, order).
    """

    method: str
    estimate: float | None
    low: float | None = None
    high: float | None = None
    interval: Interval = Interval.NONE
    model: str = ""
    warnings: tuple[Note, ...] = ()
    is_floor: bool = False
    also: tuple["Estimate", ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether there are an estimate and both limits."""
        return self.estimate is not None and self.low is not None and self.high is not None


class Method(Protocol):
    """A method is a plain function of this form. For lists that are hard it answers None and says why.

    `order` is the highest number of lists in one interaction (None: the method's own). `replicates` of the bootstrap;
    0 gives the point estimate at once with a conditional interval. The same `seed` gives the same answer on any
    number of cores.
    """

    def __call__(
        self, lists: Lists, *, order: int | None, replicates: int, seed: int, progress: Progress
    ) -> Estimate: ...


class Verdict(StrEnum):
    """What may be said."""

    USABLE = "usable"
    RANGE = "only a range over methods"
    NONE = "no estimate should be given"


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """The hide-one-list test: list `hidden` was left out, and its known `size` estimated from the others.

    `share` is estimate / size; `covered` whether the limits hold the size. None where the method could not answer.
    """

    hidden: str
    method: str
    size: int
    estimate: float | None
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """The estimate as a share of the truth: 1 is right, 0.8 a fifth too low."""
        return None if self.estimate is None else self.estimate / self.size

    @property
    def covered(self) -> bool | None:
        """Whether the limits hold the truth."""
        return None if self.low is None or self.high is None else self.low <= self.size <= self.high


@dataclass(frozen=True, kw_only=True)
class Influence:
    """What the estimate of `method` becomes without list `left_out`: None where there is none."""

    left_out: str
    method: str
    estimate: float | None


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The verdict, why, the range that may be said (rounded; None with no estimate), and what would narrow it."""

    verdict: Verdict
    reasons: tuple[Note, ...]
    range: tuple[int, int] | None
    narrower: tuple[Note, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that may be said about one set of lists."""

    observed: int
    lists: tuple[str, ...]
    methods: tuple[Estimate, ...]
    judgement: Judgement
    hide_one_list: tuple[Hidden, ...] = ()
    influence: tuple[Influence, ...] = ()
    assumptions: tuple[Note, ...] = ()

    def of(self, method: str) -> Estimate:
        """Return what a method answered. Raises KeyError for one that was not asked."""
        for one in self.methods:
            if one.method == method:
                return one
        raise KeyError(method)
