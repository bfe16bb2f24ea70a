"""What may be said of lists: usable, only a range, or nothing; never one bare number."""

import pytest

from bench import towns
from hemvag.estimate import Judgement, Lists, Report, Verdict, estimate, faults, verdict
from tests.estimate.tables import table

QUICK = ("independence", "stepwise", "bic")


def judged(lists: Lists, replicates: int = 200) -> Report:
    return estimate(lists, methods=QUICK, replicates=replicates, seed=1)


def codes(judgement: Judgement) -> set[str]:
    return {note.code for note in judgement.reasons}


def test_good_lists_are_usable_and_the_range_holds_the_truth() -> None:
    report = judged(towns.town("independent", 4, 1))
    assert report.judgement.verdict is Verdict.USABLE
    assert report.judgement.range is not None
    low, high = report.judgement.range
    assert low <= towns.PERSONS <= high
    assert codes(report.judgement) == {"agree"}


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ({"A": 40, "B": 30, "C": 20}, "no-overlap"),
        ({"A": 40, "B": 30, "C": 20, ("A", "B"): 4, ("B", "C"): 5}, "too-few-overlaps"),
        ({"A": 40, "B": 30, ("A", "C"): 20, ("A", "B"): 9, ("A", "B", "C"): 3}, "list-within-list"),
        ({("A", "B"): 20, "C": 30, ("A", "B", "C"): 12}, "list-within-list"),
        ({"A": 40, "B": 30, "C": 0, ("A", "B"): 12}, "empty-list"),
    ],
)
def test_hopeless_lists_get_no_estimate_and_the_reason(counts: dict[str, int], code: str) -> None:
    found = judged(Lists.of(counts)).judgement
    assert found.verdict is Verdict.NONE
    assert found.range is None
    assert code in codes(found)


def test_which_list_contains_which_is_told() -> None:
    found = judged(Lists.of({"A": 40, "B": 30, ("A", "C"): 20, ("A", "B"): 9, ("A", "B", "C"): 3})).judgement
    assert ("list", "C") in found.reasons[0].facts
    assert ("within", "A") in found.reasons[0].facts


def test_two_lists_give_a_range_only() -> None:
    found = estimate(Lists.of({"A": 60, "B": 50, ("A", "B"): 30}), replicates=100).judgement
    assert found.verdict is Verdict.RANGE
    assert codes(found) >= {"two-lists"}


def test_lists_that_agree_with_anything_get_no_estimate() -> None:
    found = judged(Lists.of({"A": 300, "B": 200, "C": 100, ("A", "B"): 6, ("B", "C"): 3, ("A", "C"): 2}))
    assert found.judgement.verdict is not Verdict.USABLE
    assert codes(found.judgement) & {"too-wide", "wide", "unbounded-pairs"}


def test_without_replicates_nothing_is_called_usable() -> None:
    found = judged(towns.town("independent", 4, 1), replicates=0).judgement
    assert found.verdict is Verdict.RANGE
    assert "conditional" in codes(found)


def test_one_method_alone_makes_nothing_usable() -> None:
    found = estimate(towns.town("independent", 4, 1), methods=("stepwise",), replicates=100).judgement
    assert found.verdict is Verdict.RANGE
    assert "too-few-methods" in codes(found)


def test_what_would_narrow_it_is_told_in_persons() -> None:
    note = judged(table("kosovo_4list"), replicates=0).judgement.narrower[0]
    assert note.code == "more-overlaps"
    assert "3500 more overlaps would halve the width" in note.words


@pytest.mark.parametrize(
    ("low", "high", "observed", "said"),
    [
        (118.2, 131.7, 60, (118, 132)),
        (212.0, 388.0, 180, (210, 390)),
        (9277.0, 14706.0, 2744, (9000, 15000)),
        (183.4, 460.0, 183, (183, 460)),
        (100.0, 100.0, 90, (100, 100)),
    ],
)
def test_a_range_is_rounded_as_its_width_deserves(
    low: float, high: float, observed: int, said: tuple[int, int]
) -> None:
    assert verdict.rounded(low, high, observed) == said


def test_a_hidden_list_tells_how_far_each_method_is_off() -> None:
    report = judged(towns.town("independent", 4, 2))
    tests = [one for one in report.hide_one_list if one.method == "bic"]
    assert [one.hidden for one in tests] == ["A", "B", "C", "D"]
    lists = towns.town("independent", 4, 2)
    assert [one.size for one in tests] == lists.sizes.tolist()
    assert sum(one.covered is True for one in tests) >= 3
    assert all(one.share is not None and 0.5 < one.share < 1.6 for one in tests)


def test_influence_leaves_each_list_out() -> None:
    report = judged(towns.town("independent", 4, 2), replicates=50)
    assert {one.left_out for one in report.influence} == {"A", "B", "C", "D"}


def test_families_are_told_apart_from_persons() -> None:
    alone = judged(towns.town("independent", 3, 1), replicates=20)
    together = judged(towns.town("families", 3, 1), replicates=20)
    assert "persons-alone" in {note.code for note in alone.assumptions}
    assert "persons-alone" not in {note.code for note in together.assumptions}


def test_drawing_families_widens_the_limits() -> None:
    lists = towns.town("families", 4, 1)
    whole = judged(lists).of("stepwise")
    torn = judged(Lists(lists.names, lists.counts)).of("stepwise")
    assert whole.estimate == torn.estimate
    assert whole.low is not None
    assert torn.low is not None
    assert whole.high is not None
    assert torn.high is not None
    assert whole.high - whole.low > torn.high - torn.low


def test_progress_goes_from_nothing_to_all() -> None:
    told: list[float] = []
    estimate(towns.town("independent", 3, 1), methods=QUICK, replicates=300, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 5


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(faults.UnknownMethod):
        estimate(table("korea_palembang_3list"), methods=("guess",))


def test_the_range_holds_the_truth_where_it_is_called_usable() -> None:
    """A sample of what bench.coverage measures: at most one of these towns may be missed."""
    missed, usable = 0, 0
    for scenario in ("referred", "heterogeneous", "independent"):
        for number in range(1000, 1004):
            found = judged(towns.town(scenario, 4, number)).judgement
            if found.verdict is Verdict.USABLE and found.range is not None:
                usable += 1
                missed += not found.range[0] <= towns.PERSONS <= found.range[1]
    assert usable >= 4
    assert missed <= 1
