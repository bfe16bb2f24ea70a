"""Averaging over decomposable graphs agrees with the R package, with sums done by hand, and with itself."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln

from hemvag.estimate import Estimate, Interval, Lists, chordal
from hemvag.estimate.answers import silent
from hemvag.estimate.decomposable import posterior
from hemvag.estimate.lists import Counts, Floats
from hemvag.estimate.methods import METHODS
from tests.estimate.tables import table


def ask(lists: Lists) -> Estimate:
    return METHODS["dga"](lists, order=None, replicates=0, seed=1, progress=silent)


@pytest.mark.parametrize(
    ("name", "estimate", "low", "high", "slack"),
    [
        ("kosovo_4list", 12595, 9827, 16543, 1e-3),
        ("hiv_rome_4list", 11222, 9402, 14097, 1e-3),
        ("lesbian_allegheny_4list", 5131, 4635, 5749, 1e-3),
        ("spina_bifida_3list_626", 731, 694, 786, 2e-3),
        ("uk2013_5list", 22995, 10395, 33495, 1e-3),
    ],
)
def test_the_published_tables_give_what_dga_gives(
    name: str, estimate: float, low: float, high: float, slack: float
) -> None:
    """dga 2.0.2 with its default prior. It sums over a grid that its user chooses, for five lists by 30: so 0.1 %.

    The upper limit of the smallest table differs by one person, since that grid had an end: 0.2 %.
    """
    found = ask(table(name))
    assert found.estimate == pytest.approx(estimate, rel=1e-3)
    assert found.low == pytest.approx(low, rel=slack)
    assert found.high == pytest.approx(high, rel=slack)
    assert found.interval is Interval.CREDIBLE


def test_a_prior_weight_of_one_decides_the_answer_as_published() -> None:
    """Published with delta = 1: 4617 [4408, 6860]. That grid was coarser, so the limits are held to 0.3 %."""
    found = posterior(table("kosovo_4list").counts, prior_weight=1.0)
    assert found.quantile(0.5) == pytest.approx(4617, rel=1e-3)
    assert found.quantile(0.025) == pytest.approx(4408, rel=1e-3)
    assert found.quantile(0.975) == pytest.approx(6860, rel=3e-3)


@pytest.mark.parametrize(("lists", "graphs"), [(2, 2), (3, 8), (4, 61), (5, 822), (6, 18_154)])
def test_there_are_as_many_chordal_graphs_as_others_have_counted(lists: int, graphs: int) -> None:
    assert len(chordal.decomposable(lists)[0]) == graphs


def test_only_the_three_rings_of_four_lists_are_not_decomposable() -> None:
    pairs = chordal.pairs(4)
    missing = set(range(64)) - set(chordal.decomposable(4)[0].tolist())
    found = [[pair for at, pair in enumerate(pairs) if graph >> at & 1] for graph in missing]
    assert len(found) == 3
    assert all(sum(one in pair for pair in ring) == 2 for ring in found for one in range(4))


def test_terms_of_a_chain_are_its_cliques_and_what_they_share() -> None:
    graphs, terms = chordal.decomposable(3)
    at = int(np.flatnonzero(graphs == 0b101)[0])
    assert chordal.pairs(3) == [(0, 1), (0, 2), (1, 2)]
    assert terms[at].tolist() == [-1, 0, -1, 1, 0, 0, 1, 0]
    assert chordal.cliques(terms[at]) == [(0, 1), (1, 2)]


def by_hand(counts: Counts, weight: float, power: float, most: int) -> Floats:
    """Return the probability of 0 to `most` missing from three lists: each graph's cliques written out."""
    cliques: dict[str, tuple[list[set[int]], list[set[int]]]] = {
        "": ([{0}, {1}, {2}], [set(), set()]),
        "01": ([{0, 1}, {2}], [set()]),
        "02": ([{0, 2}, {1}], [set()]),
        "12": ([{1, 2}, {0}], [set()]),
        "01 02": ([{0, 1}, {0, 2}], [{0}]),
        "01 12": ([{0, 1}, {1, 2}], [{1}]),
        "02 12": ([{0, 2}, {1, 2}], [{2}]),
        "01 02 12": ([{0, 1, 2}], []),
    }
    missing = np.arange(most + 1.0)
    total = missing + counts.sum()

    def marginal(members: set[int]) -> Floats:
        logs = gammaln(weight * 8) - gammaln(total + weight * 8)
        for answer in itertools.product((0, 1), repeat=len(members)):
            wanted = dict(zip(sorted(members), answer, strict=True))
            inside = [h for h in range(1, 8) if all(h >> one & 1 == is_on for one, is_on in wanted.items())]
            count = counts[inside].sum() + (0 if any(answer) else missing)
            prior = weight * 2 ** (3 - len(members))
            logs = logs + gammaln(count + prior) - gammaln(prior)
        return np.asarray(logs, dtype=np.float64)

    sums = np.zeros(most + 1)
    for parts, shared in cliques.values():
        logs: Floats = sum((marginal(part) for part in parts), np.zeros(most + 1))
        logs = logs - sum((marginal(part) for part in shared), np.zeros(most + 1))
        sums += np.exp(logs + gammaln(total + 1) - gammaln(missing + 1) - power * np.log(total) + 200)
    return np.asarray(sums / sums.sum(), dtype=np.float64)


@pytest.mark.parametrize(("weight", "power"), [(0.125, 1.0), (1.0, 1.0), (0.5, 2.0)])
def test_three_lists_agree_with_all_eight_graphs_summed_by_hand(weight: float, power: float) -> None:
    counts = np.array([0, 9, 7, 3, 8, 4, 2, 5], dtype=np.int64)
    exact = by_hand(counts, weight, power, 200_000)
    found = posterior(counts, prior_weight=weight, prior_power=power)
    upto = np.cumsum(exact)
    for share in (0.025, 0.25, 0.5, 0.75, 0.975):
        assert found.quantile(share) == 38 + int(np.searchsorted(upto, share))
    assert found.mass[found.missing == 5] == pytest.approx(exact[5], rel=1e-3)


small = st.lists(st.integers(0, 25), min_size=7, max_size=7).filter(any)


@settings(max_examples=25, deadline=None)
@given(small, st.permutations(range(3)))
def test_the_order_of_the_lists_means_nothing(cells: list[int], order: list[int]) -> None:
    counts = np.array([0, *cells], dtype=np.int64)
    moved = np.zeros(8, dtype=np.int64)
    for history in range(8):
        moved[sum((history >> one & 1) << order[one] for one in range(3))] = counts[history]
    one, other = posterior(counts), posterior(moved)
    for share in (0.025, 0.5, 0.975):
        assert one.quantile(share) == pytest.approx(other.quantile(share), abs=1)


@settings(max_examples=25, deadline=None)
@given(small)
def test_the_posterior_is_a_probability_and_never_below_those_known(cells: list[int]) -> None:
    found = posterior(np.array([0, *cells], dtype=np.int64))
    assert math.isclose(found.mass.sum(), 1.0, rel_tol=1e-9)
    assert sum(cells) <= found.quantile(0.025) <= found.quantile(0.5) <= found.quantile(0.975)


def test_more_of_the_same_narrows_what_is_believed() -> None:
    counts = table("hiv_rome_4list").counts
    one, ten = posterior(counts), posterior(counts * 10)

    def width(found: object, known: int) -> float:
        assert hasattr(found, "quantile")
        return float(found.quantile(0.975) - found.quantile(0.025)) / known

    assert width(ten, 18_960) < width(one, 1_896)


def test_what_is_drawn_from_the_posterior_has_its_quantiles() -> None:
    found = posterior(table("lesbian_allegheny_4list").counts)
    drawn = found.draw(40_000, np.random.default_rng(5))
    assert np.quantile(drawn, 0.5) == pytest.approx(found.quantile(0.5), rel=5e-3)
    assert np.quantile(drawn, 0.975) == pytest.approx(found.quantile(0.975), rel=1e-2)


def test_other_priors_stand_beside_and_a_table_that_leans_on_its_prior_says_so() -> None:
    steady, leaning = ask(table("lesbian_allegheny_4list")), ask(table("artificial_3list"))
    assert len(steady.also) == 6
    assert not steady.warnings
    assert "prior weight 0.0625" in steady.model
    assert {note.code for note in leaning.warnings} == {"prior-decides", "far"}


def test_another_prior_of_the_total_is_the_same_posterior_leant() -> None:
    counts = table("korea_palembang_3list").counts
    leant, whole = posterior(counts).believed(2.0), posterior(counts, prior_power=2.0)
    for share in (0.025, 0.5, 0.975):
        assert leant.quantile(share) == pytest.approx(whole.quantile(share), rel=2e-3)


def test_a_posterior_without_end_says_that_it_was_cut() -> None:
    """With a prior that favours no size, the graph of all pairs has a tail whose sum has no end."""
    counts = np.array([0, 9, 7, 0, 8, 0, 0, 0], dtype=np.int64)
    assert posterior(counts, prior_power=0.0).beyond > 0.5
    weakest = ask(Lists(("A", "B", "C"), counts)).also[2]
    assert "prior weight 0.03125" in weakest.model
    assert [note.code for note in weakest.warnings] == ["cut"]
    assert posterior(table("kosovo_4list").counts).beyond < 1e-9


def test_two_lists_and_seven_are_refused_with_a_word() -> None:
    found = ask(Lists.of({"A": 30, "B": 20, ("A", "B"): 4}))
    assert found.estimate is None
    assert [note.code for note in found.warnings] == ["three-to-six-lists"]
    with pytest.raises(ValueError, match="2 to 6"):
        chordal.decomposable(7)


@pytest.mark.parametrize("counts", [[0] * 8, [0, 1, 2, -1, 0, 0, 0, 0], [0, 1, 2], [0, 1, 2, 3]])
def test_what_is_no_table_of_counts_is_refused(counts: list[int]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        posterior(np.array(counts, dtype=np.int64))
