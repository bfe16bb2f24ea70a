"""Strata are estimated by themselves, their sums add up, and what cannot be estimated is in no sum."""

import numpy as np
import pytest

from hemvag.estimate import Interval, Lists, faults, strata
from hemvag.estimate.lists import Counts, Floats
from hemvag.estimate.strata import Label, Stratified
from tests.estimate.tables import DATA

BY = ("Region", "Gender", "Age")


def scotland() -> dict[Label, Lists]:
    return strata.read((DATA / "scotland_pwid_2006_4list_stratified.csv").read_text(encoding="utf-8"), BY)


@pytest.fixture(scope="module")
def found() -> Stratified:
    return strata.stratified(scotland(), BY)


def test_the_strata_of_scotland_hold_everybody() -> None:
    read = scotland()
    assert len(read) == 8
    assert sum(lists.observed for lists in read.values()) == 5_670
    assert read["GGC", "Male", "Young"].counts[1] == 97


def test_the_sums_add_up(found: Stratified) -> None:
    parts = sum(one.estimate.estimate or 0.0 for one in found.strata)
    assert found.total.estimate == pytest.approx(parts)
    for column in BY:
        assert sum(one.estimate or 0.0 for one in found.margins[column].values()) == pytest.approx(parts)
    assert set(found.margins["Region"]) == {"GGC", "Rest"}


def test_the_sum_has_an_interval_narrower_than_the_sum_of_intervals(found: Stratified) -> None:
    widths = [(one.estimate.high or 0.0) - (one.estimate.low or 0.0) for one in found.strata]
    assert found.total.low is not None
    assert found.total.high is not None
    assert found.total.low < (found.total.estimate or 0.0) < found.total.high
    assert found.total.high - found.total.low < 0.8 * sum(widths)
    assert found.total.interval is Interval.CREDIBLE


def test_the_sum_for_scotland_is_near_the_published_one(found: Stratified) -> None:
    """conting, S4-only cells censored: 22,911 [20,236, 26,028]; not censored 29,472. Another model and prior: 10 %."""
    assert found.total.estimate == pytest.approx(22_911, rel=0.10)


def test_one_estimate_for_all_is_said_to_differ(found: Stratified) -> None:
    assert found.pooled.estimate is not None
    assert found.total.estimate is not None
    assert found.pooled.estimate > 1.1 * found.total.estimate
    assert [note.code for note in found.pooled.warnings] == ["pooled-differs"]


def uneven() -> dict[Label, Lists]:
    """Two groups of 1,000, each of whom every list finds independently with chance 0.5 in one and 0.1 in the other."""
    groups: dict[Label, Lists] = {}
    for name, chance in (("easy", 0.5), ("hard", 0.1)):
        shares = [chance ** h.bit_count() * (1 - chance) ** (3 - h.bit_count()) for h in range(8)]
        groups[name,] = Lists(("A", "B", "C"), np.rint(1_000 * np.array([0.0, *shares[1:]])).astype(np.int64))
    return groups


def test_groups_that_are_found_unequally_are_right_by_themselves() -> None:
    found = strata.stratified(uneven(), ("kind",))
    assert found.total.estimate == pytest.approx(2_000, rel=0.05)
    assert [one.estimate.estimate for one in found.strata] == pytest.approx([1_000, 1_000], rel=0.07)


def test_a_stratum_with_fewer_than_three_lists_that_overlap_is_refused_and_in_no_sum() -> None:
    """C holds ten in the small group, whom no other list holds."""
    small = Lists(("A", "B", "C"), np.array([0, 8, 7, 3, 10, 0, 0, 0], dtype=np.int64))
    groups: dict[Label, Lists] = {**uneven(), ("small",): small}
    found = strata.stratified(groups, ("kind",))
    assert strata.usable(small) == (0, 1)
    assert found.refused == (("small",),)
    assert found.unestimated == 28
    assert found.strata[2].estimate.estimate is None
    assert [note.code for note in found.strata[2].estimate.warnings] == ["too-few-lists"]
    assert found.total.estimate == strata.stratified(uneven(), ("kind",)).total.estimate
    assert set(found.margins["kind"]) == {"easy", "hard"}


def test_when_every_stratum_is_refused_there_is_no_sum() -> None:
    small = Lists(("A", "B", "C"), np.array([0, 8, 7, 3, 10, 0, 0, 0], dtype=np.int64))
    found = strata.stratified({("small",): small}, ("kind",))
    assert (found.total.estimate, found.pooled.estimate) == (None, None)


def chapman_of_two(tables: Counts) -> Floats:
    """A and B only; infinite where they share nobody."""
    both = tables[:, 3] + tables[:, 7]
    one, other = tables[:, [1, 3, 5, 7]].sum(axis=1), tables[:, [2, 3, 6, 7]].sum(axis=1)
    with np.errstate(divide="ignore"):
        totals: Floats = one * other / both
    return totals


def test_another_method_is_asked_anew_of_drawn_persons_and_says_when_there_is_no_upper_limit() -> None:
    few = Lists(("A", "B", "C"), np.array([0, 30, 30, 1, 30, 5, 5, 0], dtype=np.int64))
    drawing = strata.refitted(chapman_of_two)
    steady = strata.stratified(uneven(), ("kind",), drawing, method="petersen")
    open_ended = strata.stratified({("few",): few, **uneven()}, ("kind",), drawing, method="petersen")
    assert steady.total.interval is Interval.PERCENTILE
    assert steady.total.estimate == pytest.approx(2_000, rel=0.05)
    assert open_ended.total.high is None
    assert "no-upper-limit" in {note.code for note in open_ended.total.warnings}


def test_the_same_seed_gives_the_same_sums_and_another_stratum_changes_no_stratum() -> None:
    one, again = strata.stratified(uneven(), ("kind",), seed=4), strata.stratified(uneven(), ("kind",), seed=4)
    assert one.total == again.total
    more = strata.stratified({**uneven(), ("third",): uneven()["easy",]}, ("kind",), seed=4)
    assert more.strata[:2] == one.strata


def test_a_column_that_is_not_there_is_told() -> None:
    with pytest.raises(faults.BadTable, match="there is no column Area"):
        strata.read("A,B,count\n1,0,3\n", ("Area",))
