"""Two lists: Lincoln and Petersen's estimate, and Chapman's, which is less biased where the overlap is small."""

from itertools import combinations
from math import sqrt

from hemvag.estimate.answers import Estimate, Interval, Note, Progress
from hemvag.estimate.lists import Lists, on

NORMAL = 1.959963984540054
"""97.5 % of a normal distribution lies below."""

NO_OVERLAP = Note("no-overlap", "The lists share nobody, so nothing can be said of those on neither.")
MORE_THAN_TWO = Note(
    "two-lists-only", "This method takes two lists; what each pair of lists gives alone stands beside it."
)


def chapman(lists: Lists, *, order: int | None, replicates: int, seed: int, progress: Progress) -> Estimate:  # noqa: ARG001
    """Estimate from two lists (Chapman 1951; variance of Seber 1970), normal limits, never below those observed.

    `also` holds Lincoln and Petersen's estimate. For more lists there is no estimate, and `also` holds each pair's.
    """
    progress(1.0)
    if lists.k == 2:
        return _pair(lists, 0, 1)
    pairs = tuple(_pair(lists, i, j) for i, j in combinations(range(lists.k), 2))
    return Estimate(method="chapman", estimate=None, warnings=(MORE_THAN_TWO,), also=pairs)


def _pair(lists: Lists, i: int, j: int) -> Estimate:
    one, other = int(lists.sizes[i]), int(lists.sizes[j])
    both = lists.overlap(i, j)
    seen = int(lists.counts[on(i, lists.k) | on(j, lists.k)].sum())
    model = f"{lists.names[i]}, {lists.names[j]}"
    if both == 0:
        return Estimate(method="chapman", estimate=None, model=model, warnings=(NO_OVERLAP,))
    middle = (one + 1) * (other + 1) / (both + 1) - 1
    variance = (one + 1) * (other + 1) * (one - both) * (other - both) / ((both + 1) ** 2 * (both + 2))
    petersen = Estimate(method="lincoln-petersen", estimate=one * other / both, model=model)
    return Estimate(
        method="chapman",
        estimate=middle,
        low=max(float(seen), middle - NORMAL * sqrt(variance)),
        high=middle + NORMAL * sqrt(variance),
        interval=Interval.NORMAL,
        model=model,
        also=(petersen,),
    )
