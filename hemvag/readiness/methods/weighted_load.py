"""Method A, weighted load: each new post goes to the district that carries most for each worker it has.

`load = Σ weight · cases`, `capacity = staff · points`, `ρ = load / capacity`. It is taken for granted that districts
register alike and that a new post is of full use at once. It is about working conditions, never about performance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hemvag.readiness.methods.corners import Span, corners


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What a district carries, in points, and by how many posts."""

    load: Span
    staff: float


def load_of(cases: Mapping[str, Span], weights: Mapping[str, float]) -> Span:
    """Return the weighted load of a district's cases by kind. A kind without cases that are known is left out."""
    low = sum(weights[kind] * ends[0] for kind, ends in cases.items())
    return low, sum(weights[kind] * ends[1] for kind, ends in cases.items())


def ratio(one: Carried, points: float, *, more: int = 0) -> Span:
    """Return ρ with so many posts more. Over 1 is more than the staff is reckoned to manage."""
    capacity = (one.staff + more) * points
    return one.load[0] / capacity, one.load[1] / capacity


def give_posts(loads: Sequence[float], staff: Sequence[float], posts: int) -> tuple[int, ...]:
    """Return how many posts each district gets when each goes to the highest ρ; of two alike the first gets it.

    No other division has a lower highest ρ.
    """
    given = [0] * len(loads)
    for _each in range(posts):
        place = max(range(len(loads)), key=lambda i: (loads[i] / (staff[i] + given[i]), -i))
        given[place] += 1
    return tuple(given)


def splits_by_load(districts: Sequence[Carried], posts: int) -> list[tuple[int, ...]]:
    """Return every division that some corner of the loads' ranges gives; one means that it is stable.

    Whether a post goes to one district or another is a comparison of two loads. So what all corners agree on, every
    point within the ranges agrees on.
    """
    staff = [one.staff for one in districts]
    found = {
        give_posts([row[0] for row in table], staff, posts) for table in corners([[one.load] for one in districts])
    }
    return sorted(found, reverse=True)
