"""The methods of reinforcement, each by the worked example of its description. Every number is invented."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.readiness import methods
from hemvag.readiness.methods import Carried, Need, corners
from hemvag.readiness.methods.need_share import terms_of

WEIGHTS = {"preliminary": 5.0, "investigation": 15.0, "placed": 8.0}
CASES = {"A": (20, 60, 40), "B": (12, 30, 20), "C": (15, 40, 30), "D": (25, 55, 45)}
STAFF = {"A": 8, "B": 5, "C": 6, "D": 8}
POINTS = 150
NEED = {"reports": 0.5, "late": 0.2, "estimate": 0.3}
REPORTS, LATE, LAST = (180, 90, 120, 170), (12, 5, 8, 15), (0.28, 0.20, 0.22, 0.30)
BANDS = ((30, 50), (5, 15), (10, 20), (20, 40))


def carried() -> list[Carried]:
    return [
        Carried(
            load=methods.load_of(dict(zip(WEIGHTS, [(n, n) for n in CASES[name]], strict=True)), WEIGHTS), staff=staff
        )
        for name, staff in STAFF.items()
    ]


def needs(last: bool = True, bands: tuple[tuple[int, int], ...] = BANDS) -> list[Need]:
    return [
        Need(
            counted={"reports": (REPORTS[i],) * 2, "late": (LATE[i],) * 2, "estimate": bands[i]},
            last=LAST[i] if last else None,
        )
        for i in range(4)
    ]


def test_weighted_load_gives_each_post_to_the_highest_ratio() -> None:
    districts = carried()
    assert [one.load for one in districts] == [(1320, 1320), (670, 670), (915, 915), (1310, 1310)]
    assert [round(methods.ratio(one, POINTS)[0], 2) for one in districts] == [1.10, 0.89, 1.02, 1.09]
    [split] = methods.splits_by_load(districts, 4)
    assert split == (2, 0, 1, 1)
    after = [round(methods.ratio(one, POINTS, more=n)[0], 2) for one, n in zip(districts, split, strict=True)]
    assert after == [0.88, 0.89, 0.87, 0.97]


def test_an_equal_split_leaves_a_higher_ratio() -> None:
    assert [round(methods.ratio(one, POINTS, more=1)[0], 2) for one in carried()] == [0.98, 0.74, 0.87, 0.97]


@given(st.lists(st.tuples(st.integers(1, 900), st.integers(1, 12)), min_size=2, max_size=3), st.integers(0, 5))
def test_no_other_split_has_a_lower_highest_ratio(places: list[tuple[int, int]], posts: int) -> None:
    loads, staff = [load for load, _ in places], [n for _, n in places]

    def highest(split: tuple[int, ...]) -> float:
        return max(load / (n + more) for load, n, more in zip(loads, staff, split, strict=True))

    given_out = methods.give_posts(loads, staff, posts)
    assert sum(given_out) == posts
    others = [(a, posts - a) for a in range(posts + 1)] if len(places) == 2 else every_three(posts)
    assert all(highest(given_out) <= highest(other) + 1e-9 for other in others)


def every_three(posts: int) -> list[tuple[int, ...]]:
    return [(a, b, posts - a - b) for a in range(posts + 1) for b in range(posts + 1 - a)]


def test_a_range_in_the_load_gives_every_split_that_it_leaves_open() -> None:
    sure = [Carried(load=(1320, 1320), staff=8), Carried(load=(670, 670), staff=5)]
    assert methods.splits_by_load(sure, 1) == [(1, 0)]
    unsure = [sure[0], Carried(load=(670, 900), staff=5)]
    assert methods.splits_by_load(unsure, 1) == [(1, 0), (0, 1)]


def test_the_share_of_need_is_damped_by_the_last_division() -> None:
    middle = [[REPORTS[i], LATE[i], sum(BANDS[i]) / 2] for i in range(4)]
    shares = methods.need_shares(middle, list(NEED.values()), last=LAST, damping=0.7)
    assert [round(share, 3) for share in shares] == [0.327, 0.156, 0.202, 0.315]
    assert methods.largest_remainder(shares, 6) == (2, 1, 1, 2)


def test_all_sixteen_corners_of_the_bands_agree() -> None:
    assert len(list(corners([[band] for band in BANDS]))) == 16
    assert methods.splits_by_need(needs(), NEED, 6, damping=0.7) == [(2, 1, 1, 2)]


def test_when_corners_differ_every_split_is_shown() -> None:
    wide = ((0, 400), (0, 400), (10, 20), (20, 40))
    found = methods.splits_by_need(needs(bands=wide), NEED, 6, damping=0.7)
    assert len(found) > 1
    assert all(sum(split) == 6 for split in found)


def test_what_is_not_known_of_one_district_is_left_out_for_all() -> None:
    some = needs()
    some[1] = Need(counted={**some[1].counted, "estimate": None}, last=some[1].last)
    assert terms_of(some, NEED) == ["reports", "late"]
    assert methods.splits_by_need(some, NEED, 6, damping=0.7) == [(2, 1, 1, 2)]
    nothing = [Need(counted=dict.fromkeys(NEED))] * 4
    assert methods.splits_by_need(nothing, NEED, 6, damping=0.7) == []


def test_without_a_last_division_nothing_is_damped() -> None:
    assert methods.splits_by_need(needs(last=False), NEED, 100, damping=0.0) == methods.splits_by_need(
        needs(last=False), NEED, 100, damping=1.0
    )


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8), st.integers(0, 40))
def test_largest_remainders_give_every_post_and_nobody_more_than_one_from_its_share(
    counts: list[int], posts: int
) -> None:
    whole = sum(counts) or 1
    shares = [n / whole for n in counts] if sum(counts) else [1 / len(counts)] * len(counts)
    split = methods.largest_remainder(shares, posts)
    assert sum(split) == posts
    assert all(abs(n - share * posts) < 1 + 1e-6 for n, share in zip(split, shares, strict=True))


def test_many_ranges_move_together_by_district() -> None:
    assert len(list(corners([[(0, 1)] * 3] * 5))) == 2**5
    assert len(list(corners([[(0, 1)] * 3] * 4))) == 2**12


@pytest.mark.parametrize(
    ("calls", "seats", "waits", "mean", "within"),
    [
        (0.5, 1, 37.5, 27, 64),
        (0.5, 2, 5.9, 1.6, 94),
        (2, 3, 23.7, 7.1, 78),
        (2, 4, 7.5, 1.3, 93),
    ],
)
def test_the_line_by_erlang(calls: float, seats: int, waits: float, mean: float, within: int) -> None:
    found = methods.line(calls_an_hour=calls, minutes=45, seats=seats)
    assert found is not None
    assert round(found.waits * 100, 1) == waits
    assert found.mean_wait == pytest.approx(mean, abs=0.05 if mean < 20 else 0.5)
    assert round(found.within * 100) == within


def test_the_published_vector_of_erlang() -> None:
    six, five = (methods.line(calls_an_hour=30, minutes=5, seats=seats) for seats in (6, 5))
    assert six is not None
    assert five is not None
    assert (round(six.waits * 100, 2), round(five.waits * 100, 1)) == (4.74, 13.0)


def test_a_line_with_too_few_seats_never_catches_up() -> None:
    assert methods.line(calls_an_hour=2, minutes=45, seats=1) is None


def test_the_methods_need_nothing_but_arithmetic() -> None:
    asked = "import sys, hemvag.readiness.methods; print(*{'django', 'psycopg', 'numpy', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
