"""Method B, damped share of need: posts by shares of what is counted, held back by how they were divided last.

`share = damping · I + (1 - damping) · last`, `I = Σ weight · the district's share of what is counted`. Weights are
political: whoever sets them signs for them. Counting lateness may reward it, so its weight is to be small.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from hemvag.readiness.methods.corners import Span, corners


@dataclass(frozen=True, kw_only=True)
class Need:
    """What speaks for a district, by what is counted, and the share that it had last. None is not known.

    What is not known of one district is left out for all: a share of a whole that lacks a part is none.
    """

    counted: Mapping[str, Span | None]
    last: float | None = None


def terms_of(districts: Sequence[Need], weights: Mapping[str, float]) -> list[str]:
    """Return what can be reckoned with: counted, known of every district, and not nought in all of them."""
    return [
        name
        for name, weight in weights.items()
        if weight > 0
        and all(one.counted.get(name) is not None for one in districts)
        and sum((one.counted[name] or (0, 0))[1] for one in districts) > 0
    ]


def need_shares(
    table: Sequence[Sequence[float]],
    weights: Sequence[float],
    *,
    last: Sequence[float] | None = None,
    damping: float = 1.0,
) -> list[float]:
    """Return each district's share: `table` by district and then by what is counted, whose `weights` it has.

    Weights are taken as parts of their sum. Without `last` nothing is damped.
    """
    shares = [0.0] * len(table)
    whole = sum(weights)
    for j, weight in enumerate(weights):
        total = sum(row[j] for row in table)
        for i, row in enumerate(table):
            shares[i] += weight / whole * (row[j] / total if total else 1 / len(table))
    if last is None:
        return shares
    return [damping * share + (1 - damping) * before for share, before in zip(shares, last, strict=True)]


def largest_remainder(shares: Sequence[float], posts: int) -> tuple[int, ...]:
    """Return whole posts by shares of 1: first what is whole, then one each to the largest remainders.

    Of two remainders alike the first gets it.
    """
    wished = [round(share * posts, 9) for share in shares]
    given = [floor(one) for one in wished]
    order = sorted(range(len(shares)), key=lambda i: (given[i] - wished[i], i))
    for i in order[: posts - sum(given)]:
        given[i] += 1
    return tuple(given)


def splits_by_need(
    districts: Sequence[Need], weights: Mapping[str, float], posts: int, *, damping: float
) -> list[tuple[int, ...]]:
    """Return every division that some corner of the ranges gives; one means that it is stable. None can be without a
    term that is known of all."""
    terms = terms_of(districts, weights)
    if not terms:
        return []
    known = [one.last for one in districts if one.last is not None]
    last = known if len(known) == len(districts) else None
    spans = [[one.counted[name] or (0.0, 0.0) for name in terms] for one in districts]
    chosen = [weights[name] for name in terms]
    found = {
        largest_remainder(need_shares(table, chosen, last=last, damping=damping), posts) for table in corners(spans)
    }
    return sorted(found, reverse=True)
