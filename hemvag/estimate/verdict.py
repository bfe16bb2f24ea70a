"""What may be said: usable, only a range over methods, or no estimate.

The rules were set by simulation: docs/estimate/coverage.md.

The range goes from the lowest lower limit to the highest upper limit of the methods that let lists depend on each
other, with the model in which every pair of lists depends among them. That one is what holds when people differ in
how easily they are found, which three or four lists cannot show otherwise.
"""

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10

from hemvag.estimate import loglinear
from hemvag.estimate.answers import Estimate, Hidden, Influence, Judgement, Note, Verdict
from hemvag.estimate.lists import Lists, on

WIDEST_USABLE = 2.5
"""The upper end at most so many times the lower one, for *usable*."""
WIDEST = 10.0
"""And for any range at all."""
FEWEST_TWICE = 10
"""Persons on two lists or more, at least."""
FAR_APART = 2.0
MOVED = 1.5
TRUSTED = ("stepwise", "bic", "dga", "latent-class")
TWO = ("chapman", "independence")
BROKEN = {"far", "cut"}
"""Warnings of a method that take its limits out of the range."""


def judge(
    lists: Lists, methods: Sequence[Estimate], hidden: Sequence[Hidden] = (), moved: Sequence[Influence] = ()
) -> Judgement:
    """Judge what may be said of lists, from what the methods answered and what the diagnostics showed."""
    fatal = tuple(_hopeless(lists))
    ends = _ends(lists, methods)
    if not fatal and not ends:
        fatal = (Note("no-finite-estimate", "No method that lets lists depend on each other has a finite answer."),)
    if fatal:
        return Judgement(verdict=Verdict.NONE, reasons=fatal, range=None, narrower=_narrower(lists))
    low, high = min(low for _, low, _ in ends), max(high for _, _, high in ends)
    if high > WIDEST * low:
        words = f"The lists agree with anything from {low:,.0f} to {high:,.0f}: too wide to say anything."
        wide = Note("too-wide", words, (("low", round(low)), ("high", round(high))))
        return Judgement(verdict=Verdict.NONE, reasons=(wide,), range=None, narrower=_narrower(lists))
    doubts = (
        *_of_the_range(low, high),
        *_of_methods(lists, methods, [name for name, _, _ in ends]),
        *_of_tests(lists, hidden, moved),
    )
    return Judgement(
        verdict=Verdict.RANGE if doubts else Verdict.USABLE,
        reasons=doubts or (Note("agree", "The methods agree well enough, and each test on these lists was passed."),),
        range=rounded(low, high, lists.observed),
        narrower=_narrower(lists),
    )


def rounded(low: float, high: float, observed: int) -> tuple[int, int]:
    """Round a range outwards to steps of about a tenth of its width: 1, 5, 10, 50, 100; never below those observed."""
    wish = max((high - low) / 10, 1.0)
    power = 10 ** floor(log10(wish))
    step = 5 * power if wish >= 5 * power else power
    return max(floor(low / step) * step, observed), ceil(high / step) * step


def _hopeless(lists: Lists) -> Iterator[Note]:
    """Return why nothing may be said whatever the methods answer."""
    for i, name in enumerate(lists.names):
        if not lists.sizes[i]:
            yield Note("empty-list", f"Nobody stands on {name}. Leave it out.", (("list", name),))
        for j, other in enumerate(lists.names):
            within = i != j and lists.sizes[i] and lists.overlap(i, j) == lists.sizes[i]
            if within and (i < j or lists.overlap(i, j) < lists.sizes[j]):
                words = f"Everyone on {name} also stands on {other}: one feeds the other. Merge them into one list."
                yield Note("list-within-list", words, (("list", name), ("within", other)))
    twice = sum(int(lists.counts[h]) for h in range(2**lists.k) if h.bit_count() > 1)
    if not twice:
        yield Note("no-overlap", "The lists share nobody, so nothing can be said of those on none.")
    elif twice < FEWEST_TWICE:
        words = f"Only {twice} persons stand on more than one list; at least {FEWEST_TWICE} are needed."
        yield Note("too-few-overlaps", words, (("twice", twice), ("needed", FEWEST_TWICE)))


def _ends(lists: Lists, methods: Sequence[Estimate]) -> list[tuple[str, float, float]]:
    """Return the methods that count, with both limits."""
    names = TWO if lists.k == 2 else TRUSTED
    found = [one for one in methods if one.method in names]
    found += [also for one in found for also in one.also if also.method == loglinear.ALL_PAIRS]
    return [
        (one.method, one.low, one.high)
        for one in found
        if one.low is not None and one.high is not None and not BROKEN & {note.code for note in one.warnings}
    ]


def _of_the_range(low: float, high: float) -> Iterator[Note]:
    if high > WIDEST_USABLE * low:
        times = round(high / low, 1)
        words = f"The upper end is {times:g} times the lower one; {WIDEST_USABLE:g} times is the most for an estimate."
        yield Note("wide", words, (("times", times), ("most", WIDEST_USABLE)))


def _of_methods(lists: Lists, methods: Sequence[Estimate], counted: list[str]) -> Iterator[Note]:
    if lists.k == 2:
        yield Note("two-lists", "With two lists nothing shows whether they depend on each other.")
        return
    if not {"stepwise", "bic"} <= set(counted):
        yield Note("too-few-methods", "Stepwise and BIC, both with limits, are needed to call an estimate usable.")
    if loglinear.ALL_PAIRS not in counted:
        yield Note("unbounded-pairs", "If every pair of lists depends on each other, these lists set no upper limit.")
    if any(note.code == "conditional" for one in methods for note in one.warnings):
        yield Note("conditional", "The limits take the models as given, without replicates, and are too narrow.")
    points = [one.estimate for one in methods if one.method in TRUSTED and one.estimate]
    if points and max(points) > FAR_APART * min(points):
        words = f"The methods' estimates go from {min(points):,.0f} to {max(points):,.0f}."
        yield Note("methods-disagree", words, (("low", round(min(points))), ("high", round(max(points)))))


def _of_tests(lists: Lists, hidden: Sequence[Hidden], moved: Sequence[Influence]) -> Iterator[Note]:
    missed = [one.hidden for one in hidden if one.method == "bic" and one.covered is False]
    if len(missed) * 2 > lists.k:
        words = f"Hidden one at a time, the sizes of {', '.join(missed)} were missed by the limits."
        yield Note("hidden-lists-missed", words, (("lists", ", ".join(missed)),))
    if lists.k < 4:
        return
    for name in lists.names:
        found = [one.estimate for one in moved if one.left_out == name and one.method == "bic" and one.estimate]
        whole = [one.estimate for one in moved if one.left_out != name and one.method == "bic" and one.estimate]
        if found and len(whole) > 1 and not min(whole) / MOVED <= found[0] <= max(whole) * MOVED:
            yield Note("one-list-decides", f"Without {name} the estimate is quite another.", (("list", name),))


def _narrower(lists: Lists) -> tuple[Note, ...]:
    """Say what would narrow the range: the limits' width goes with one over the square root of the overlaps."""
    twice = sum(int(lists.counts[h]) for h in range(2**lists.k) if h.bit_count() > 1)
    pairs = [(lists.overlap(i, j), i, j) for i in range(lists.k) for j in range(i + 1, lists.k)]
    _, i, j = min(pairs)
    more = max(3 * twice, FEWEST_TWICE)
    step = 10 ** max(len(str(more)) - 2, 0) * 5
    more = max(round(more / step) * step, step)
    one, other = lists.names[i], lists.names[j]
    words = (
        f"A list with about {more} more overlaps would halve the width. {one} and {other} share the fewest: "
        f"{int(lists.counts[on(i, lists.k) & on(j, lists.k)].sum())}."
    )
    notes = [Note("more-overlaps", words, (("more", more), ("list", one), ("other", other)))]
    if lists.k < 4:
        notes.append(Note("another-list", "One more list, independent of these, would show how they depend."))
    return tuple(notes)
