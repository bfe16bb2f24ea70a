"""Method C, Erlang C: how long who calls waits for one of so many who answer.

Taken for granted: calls come by chance and evenly over the hour (Poisson), last about as long as an exponential law
says, nobody hangs up (so the need is overstated), and whoever answers can take any call.
"""

from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line with `seats` who answer: the chance to wait, the mean wait in minutes, and the share answered in time."""

    seats: int
    waits: float
    mean_wait: float
    within: float


def line(*, calls_an_hour: float, minutes: float, seats: int, within_minutes: float = 2.0) -> Line | None:
    """Return how a line with `seats` does at so many calls of so many minutes, or None when it never catches up."""
    busy = calls_an_hour * minutes / 60
    if seats <= busy:
        return None
    blocked = 1.0
    for k in range(1, seats + 1):
        blocked = busy * blocked / (k + busy * blocked)
    waits = blocked / (1 - busy / seats * (1 - blocked))
    return Line(
        seats=seats,
        waits=waits,
        mean_wait=waits * minutes / (seats - busy),
        within=1 - waits * exp(-(seats - busy) * within_minutes / minutes),
    )
