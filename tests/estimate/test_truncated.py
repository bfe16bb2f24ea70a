"""One list with repeat contacts: formulas on published counts, and what the ratio plot warns of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.estimate import Interval, faults, truncated
from hemvag.estimate.truncated import Repeats


def repeats(*counts: int) -> Repeats:
    return Repeats(np.array(counts))


DUTCH = repeats(1645, 183, 37, 13, 1, 1)
"""Persons without a permit whom the police met once to six times, four Dutch cities (van der Heijden et al. 2003)."""


def test_the_truncated_poisson_agrees_with_the_published_estimate() -> None:
    """Published without covariates: 7,080 with 95 % limits 6,363 and 7,797."""
    found = truncated.poisson(DUTCH)
    assert found.estimate == pytest.approx(7080, rel=1e-4)
    assert found.low == pytest.approx(6363, rel=1e-4)
    assert found.high == pytest.approx(7797, rel=1e-4)
    assert found.interval is Interval.NORMAL


def test_zelterman_and_chao_are_their_formulas() -> None:
    """Böhning (2008): n G (1 + n G pace^2 (1/f1 + 1/f2)) with pace 2 f2 / f1; Chao: n + f1^2 / (2 f2)."""
    zelterman, chao, corrected, _ = truncated.estimates(DUTCH)
    pace = 2 * 183 / 1645
    missed = np.exp(-pace) / (1 - np.exp(-pace)) ** 2
    spread = np.sqrt(1880 * missed * (1 + 1880 * missed * pace**2 * (1 / 1645 + 1 / 183)))
    assert zelterman.estimate == pytest.approx(1880 / (1 - np.exp(-pace)))
    assert zelterman.high == pytest.approx(1880 / (1 - np.exp(-pace)) + 1.959964 * spread)
    assert chao.estimate == pytest.approx(1880 + 1645**2 / (2 * 183))
    assert corrected.estimate == pytest.approx(1880 + 1645 * 1644 / (2 * 184))
    assert (zelterman.is_floor, chao.is_floor, corrected.is_floor) == (False, True, True)


def test_the_floor_of_chao_has_lognormal_limits_from_his_variance() -> None:
    """With f1 = f2 = 10 the variance is 10 (1/2 + 1 + 1/4) = 17.5 about 5 unknown."""
    found = truncated.chao(repeats(10, 10))
    wide = np.exp(1.959964 * np.sqrt(np.log(1 + 17.5 / 25)))
    assert found.estimate == 25
    assert found.low == pytest.approx(20 + 5 / wide)
    assert found.high == pytest.approx(20 + 5 * wide)


def test_contacts_at_one_pace_are_estimated_right_by_all() -> None:
    """Poisson counts of 10,000 with mean 0.8: 5,507 seen. Three standard errors of the widest method are about 6 %."""
    came = np.random.default_rng(6).poisson(0.8, 10_000)
    level = Repeats(np.bincount(came)[1:])
    for found in truncated.estimates(level):
        assert found.estimate == pytest.approx(10_000, rel=0.06)
        assert found.low is not None
        assert found.high is not None
        assert found.low < 10_000 < found.high
        assert [note.code for note in found.warnings][-1] == "steady-pace"
    plot = truncated.ratios(level)
    assert (plot.low[:3] < 0.8).all()
    assert (plot.high[:3] > 0.8).all()


def test_too_many_who_came_once_are_told_of_by_every_method() -> None:
    came = np.random.default_rng(7).poisson(0.8, 4_000)
    counts = np.bincount(came)[1:]
    counts[0] += 1_500
    assert all(found.warnings[-1].code == "many-once" for found in truncated.estimates(Repeats(counts)))
    assert all(found.warnings[-1].code == "few-once" for found in truncated.estimates(repeats(40, 300, 300)))


def test_what_cannot_be_said_is_not_said() -> None:
    once = truncated.estimates(repeats(12))
    assert [found.estimate for found in once] == [None, None, 12 + 12 * 11 / 2, None]
    assert [found.warnings[-1].code for found in once] == ["nobody-twice", "nobody-twice", "nobody-twice", "once-only"]
    assert truncated.zelterman(repeats(0, 12)).warnings[0].code == "nobody-once"
    assert truncated.chao(repeats(0, 12)).estimate == 12


@given(st.lists(st.integers(0, 500), min_size=2, max_size=8).filter(any))
def test_no_answer_is_below_those_known_or_outside_its_limits(counts: list[int]) -> None:
    for found in truncated.estimates(repeats(*counts)):
        if found.estimate is None:
            continue
        assert found.low is not None
        assert found.high is not None
        assert sum(counts) <= found.low <= found.estimate * (1 + 1e-9)
        assert found.estimate <= found.high * (1 + 1e-9)


@given(st.integers(1, 200), st.integers(1, 200), st.integers(2, 20))
def test_ten_times_the_counts_is_ten_times_the_floor_and_narrower(one: int, two: int, times: int) -> None:
    small, great = truncated.chao(repeats(one, two)), truncated.chao(repeats(one * times, two * times))
    assert small.estimate is not None
    assert great.estimate == pytest.approx(times * small.estimate)
    assert small.high is not None
    assert great.high is not None
    assert great.high / times <= small.high


def test_a_table_of_times_is_read_and_what_was_left_out_is_nobody() -> None:
    assert truncated.read("times;count\n1;40\n4;2\n").counts.tolist() == [40, 0, 0, 2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("times,count\n0,4\n", "line 2, column times: 0 is not from 1"),
        ("times,count\n1,4\n1,5\n", "line 3, column times: those who came 1 times were given before"),
        ("times,count\n1,-4\n", "line 2, column count: -4 is negative"),
        ("times,count\n1.5,4\n", "line 2, column times: 1.5 is no whole number"),
        ("times,count\n1\n", "line 2: 2 columns are needed, and 1 stand there"),
        ("often,count\n1,2\n", "line 1: the heading is times,count"),
        ("", "line 1: the heading is times,count"),
        ("times,count\n1,0\n", "nobody came"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column(text: str, said: str) -> None:
    with pytest.raises(faults.NotCountable) as wrong:
        truncated.read(text)
    assert said in str(wrong.value)


@pytest.mark.parametrize("counts", [[1, -1], [0.5, 2], [[1, 2], [3, 4]], [0, 0]])
def test_what_is_no_count_is_refused(counts: list[float]) -> None:
    with pytest.raises(faults.NotCountable):
        Repeats(np.array(counts))
