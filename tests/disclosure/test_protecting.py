"""Small numbers are held back, and nothing that is told beside them gives them away."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemvag.disclosure import NOUGHT, UNKNOWN, DoesNotAddUp, Exact, Held, Sum, Value, protect
from tests.disclosure.attackers import Table, grid, linked, pinned, reckoned, row

SMALL = Held(1, 4)
numbers = st.one_of(st.integers(0, 6), st.integers(0, 40))


@pytest.mark.parametrize(
    ("parts", "total", "told"),
    [
        ([7, 5], Exact(12), [Exact(7), Exact(5)]),
        ([7, 4], Exact(11), [Held(7, 10), SMALL]),
        ([3, 4], Held(2, 8), [SMALL, SMALL]),
        ([1, 2], Held(2, 8), [SMALL, SMALL]),
        ([2, 3], Exact(5), [SMALL, SMALL]),
        ([0, 9], Exact(9), [NOUGHT, Exact(9)]),
        ([0, 2], SMALL, [NOUGHT, SMALL]),
        ([0, 0], NOUGHT, [NOUGHT, NOUGHT]),
        ([1, 1, 1, 1], Held(4, 16), [SMALL] * 4),
        ([9, 2, 8], Exact(19), [Exact(9), SMALL, Held(6, 9)]),
    ],
)
def test_small_parts_are_held_back_and_a_part_or_the_total_with_them(
    parts: list[int], total: Value, told: list[Value]
) -> None:
    found = protect(*row(parts))
    assert found.pop("all") == total
    assert list(found.values()) == told


def keeps(table: Table) -> None:
    """What is told is true, and an attacker who does sums is left with a range as wide as "1 to 4"."""
    numbers, sums = table
    told = protect(numbers, sums)
    for key, value in told.items():
        number = numbers[key]
        assert number is not None
        if number == 0:
            assert value == NOUGHT
        elif number < 5:
            assert isinstance(value, Held)
        else:
            assert value == Exact(number) or isinstance(value, Held)
    for key, (low, high) in reckoned(told, sums).items():
        assert low <= (numbers[key] or 0) <= high
        assert high - low >= 3, (key, told)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda wide: st.lists(st.lists(numbers, min_size=wide, max_size=wide), min_size=1, max_size=5)
    )
)
def test_no_held_number_of_a_table_with_totals_can_be_solved(rows: list[list[int]]) -> None:
    keeps(grid(rows))


def test_a_number_that_only_all_sums_together_would_tell_is_kept_too() -> None:
    # Rows 1 and 2 less columns 1 and 2 are the cell in row 1, column 3, though each sum by itself leaves it open.
    keeps(grid([[2, 3, 3, 0], [3, 2, 0, 0], [0, 0, 2, 3], [0, 0, 3, 2]]))


@settings(max_examples=60, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_nor_of_a_total_that_is_divided_in_two_ways(first: list[int], random: object) -> None:
    rest, second = sum(first), []
    for _each in range(3):
        second.append(random.randint(0, rest))  # type: ignore[attr-defined]
        rest -= second[-1]
    keeps(linked(first, [*second, rest]))


def test_whoever_knows_the_rule_by_heart_can_pin_no_small_number_either() -> None:
    pairs = (row(parts) for parts in product(range(17), repeat=2))
    threes = (row(parts) for parts in product(range(13), repeat=3))
    both = (linked(cells[:2], cells[2:]) for cells in product(range(13), repeat=4) if sum(cells[:2]) == sum(cells[2:]))
    assert pinned(pairs, most=16) == []
    assert pinned(threes, most=12) == []
    assert pinned(both, most=12) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=2, max_size=6))
def test_sums_over_months_are_added_to_what_was_told_and_solve_none_of_it(months: list[list[int]]) -> None:
    whole, sums = grid(months)
    by_month: dict[object, Value] = {}
    for r in range(len(months)):
        keys = [("row", r), *((r, c) for c in range(3))]
        by_month |= protect({key: whole[key] for key in keys}, [one for one in sums if one.total == ("row", r)])
    told = protect(whole, sums, after=by_month)
    for key, value in by_month.items():
        assert isinstance(told[key], Held) if isinstance(value, Held) else told[key] == value
    for key, (low, high) in reckoned(told, sums).items():
        assert low <= (whole[key] or 0) <= high
        assert high - low >= 3, key


def test_a_sum_that_is_told_by_its_months_already_is_told() -> None:
    numbers, sums = grid([[0, 5], [1, 0]])
    told = protect(numbers, sums, after={(0, 0): NOUGHT, (0, 1): Exact(5), (1, 0): SMALL, (1, 1): NOUGHT})
    assert told["column", 1] == Exact(5)
    assert told["all"] == Held(6, 9)


def test_what_is_not_known_is_neither_blank_nor_nought_and_its_total_is_not_known() -> None:
    told = protect({"all": None, "a": 7, "b": None, "c": 0}, [Sum("all", ["a", "b", "c"])])
    assert told == {"all": UNKNOWN, "a": Exact(7), "b": UNKNOWN, "c": NOUGHT}


@pytest.mark.parametrize("numbers", [{"all": 9, "a": 7, "b": 1}, {"all": 9, "a": 7, "b": None}])
def test_a_total_that_is_not_its_parts_sum_is_refused(numbers: dict[str, int | None]) -> None:
    with pytest.raises(DoesNotAddUp):
        protect(numbers, [Sum("all", ["a", "b"])])
