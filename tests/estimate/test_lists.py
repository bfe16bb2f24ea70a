"""Lists hold counts by history, and say what is wrong with what they are given."""

import numpy as np
import pytest

from hemvag.estimate import Lists, Units, faults
from hemvag.estimate.lists import dropped, written


def three() -> Lists:
    return Lists.of({"A": 40, "B": 30, "C": 20, ("A", "B"): 6, ("B", "C"): 4, ("A", "B", "C"): 2})


def test_bit_i_of_a_history_says_that_one_stands_on_list_i() -> None:
    lists = three()
    assert lists.names == ("A", "B", "C")
    assert lists.counts.tolist() == [0, 40, 30, 6, 20, 0, 4, 2]
    assert written(6, 3) == "011"


def test_sizes_and_overlaps_count_whatever_else_one_stands_on() -> None:
    lists = three()
    assert lists.observed == 102
    assert lists.sizes.tolist() == [48, 42, 26]
    assert (lists.overlap(0, 1), lists.overlap(0, 2), lists.overlap(1, 2)) == (8, 2, 6)


def test_without_a_list_those_only_on_it_are_seen_no_more() -> None:
    rest = three().without(0)
    assert rest.names == ("B", "C")
    assert rest.counts.tolist() == [0, 36, 20, 6]


def test_within_a_list_its_size_is_known_and_the_others_see_some_of_it() -> None:
    inside = three().within(1)
    assert inside.names == ("A", "C")
    assert inside.counts.tolist() == [0, 6, 4, 2]


def test_merged_lists_are_one_witness() -> None:
    one = three().merged(0, 2, "AC")
    assert one.names == ("AC", "B")
    assert one.counts.tolist() == [0, 60, 30, 12]
    assert one.observed == three().observed


def test_dropping_a_list_closes_the_gap() -> None:
    assert dropped(1, 3).tolist() == [0, 1, 0, 1, 2, 3, 2, 3]


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: Lists.of({"A": 4}), faults.OneList),
        (lambda: Lists.of({"A": 0, "B": 0}), faults.NobodyCounted),
        (lambda: Lists.of({tuple("ABCDEFGHI"): 1}), faults.TooManyLists),
        (lambda: Lists(("A", "A"), np.array([0, 1, 1, 1])), faults.SameName),
        (lambda: Lists(("A", "B"), np.array([0, 1, -1, 1])), faults.NotCountable),
        (lambda: Lists(("A", "B"), np.array([0, 1, 1.5, 1])), faults.NotCountable),
        (lambda: Lists(("A", "B"), np.array([3, 1, 1, 1])), faults.NotCountable),
        (lambda: Lists(("A", "B"), np.array([0, 1, 1])), faults.NotCountable),
        (lambda: Lists.of({("A", "B"): 1, ("B", "A"): 2, "A": 1}), faults.NotCountable),
        (lambda: Lists.of({"A": 1, "C": 1}, names=("A", "B")), faults.NotCountable),
    ],
)
def test_what_cannot_be_counted_with_is_refused(make: object, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        make()  # type: ignore[operator]


def test_counts_cannot_be_changed_afterwards() -> None:
    with pytest.raises(ValueError, match="read-only"):
        three().counts[1] = 7


def test_a_replicate_draws_as_many_persons_as_were_observed() -> None:
    lists = three()
    drawn = lists.units.draw(np.random.default_rng(1), 500)
    assert drawn.shape == (500, 8)
    assert (drawn.sum(axis=1) == lists.observed).all()
    assert not drawn[:, [0, 5]].any()
    assert np.abs(drawn.mean(axis=0) - lists.counts).max() < 1.5


def test_families_are_drawn_whole() -> None:
    """Ten families of three on list A and two on both; a table of one such family more or less, never of half."""
    patterns = np.array([[0, 3, 0, 2], [0, 1, 0, 0]])
    units = Units(patterns, np.array([10, 5]))
    lists = Lists(("A", "B"), np.array([0, 35, 0, 20]), units)
    drawn = lists.units.draw(np.random.default_rng(1), 200)
    assert (drawn[:, 3] % 2 == 0).all()
    assert (drawn[:, 1] - 3 * drawn[:, 3] // 2 == 15 - drawn[:, 3] // 2).all()
    tables, times = units.left_out()
    assert tables.tolist() == [[0, 32, 0, 18], [0, 34, 0, 20]]
    assert times.tolist() == [10, 5]


def test_families_follow_when_a_list_is_hidden() -> None:
    patterns = np.array([[0, 3, 0, 2], [0, 1, 1, 0]])
    lists = Lists(("A", "B"), np.array([0, 35, 5, 20]), Units(patterns, np.array([10, 5])))
    three_lists = Lists(
        ("A", "B", "C"),
        np.concatenate([lists.counts, [0, 0, 0, 0]]),
        Units(np.concatenate([patterns, 0 * patterns], axis=1), lists.units.times),
    )
    rest = three_lists.without(2)
    assert rest.units.patterns.tolist() == patterns.tolist()
    assert (rest.units.times @ rest.units.patterns).tolist() == lists.counts.tolist()
