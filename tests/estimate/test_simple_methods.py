"""Methods that need no choice of model, beside what others have computed."""

import pytest

from hemvag.estimate import Estimate, Interval, Lists
from hemvag.estimate.answers import silent
from hemvag.estimate.methods import METHODS
from tests.estimate.tables import table


def ask(method: str, lists: Lists) -> Estimate:
    return METHODS[method](lists, order=None, replicates=0, seed=1, progress=silent)


def test_chapman_and_lincoln_petersen_on_a_textbook_table() -> None:
    """n1 = 200, n2 = 150, 30 on both: 1000 and 978.1, variance 201*151*170*120 / (31**2 * 32)."""
    found = ask("chapman", Lists.of({"A": 170, "B": 120, ("A", "B"): 30}))
    assert found.also[0].estimate == 1000
    assert found.estimate == pytest.approx(201 * 151 / 31 - 1)
    assert found.low == pytest.approx(201 * 151 / 31 - 1 - 1.959964 * (201 * 151 * 170 * 120 / (31**2 * 32)) ** 0.5)
    assert found.interval is Interval.NORMAL


def test_two_lists_that_share_nobody_give_no_estimate() -> None:
    found = ask("chapman", Lists.of({"A": 170, "B": 120}))
    assert (found.estimate, found.low, found.high) == (None, None, None)
    assert [note.code for note in found.warnings] == ["no-overlap"]


def test_chapman_of_many_lists_gives_each_pair() -> None:
    found = ask("chapman", table("korea_palembang_3list"))
    assert found.estimate is None
    assert [one.model for one in found.also] == ["b, c", "b, d", "c, d"]
    assert all(one.estimate for one in found.also)


def test_the_bound_of_chao_agrees_with_the_published_one() -> None:
    """Rcapture 1.4-4 on the Roman lists: 11701.0, standard error 1030.9."""
    found = ask("chao", table("hiv_rome_4list"))
    assert found.is_floor
    assert found.estimate == pytest.approx(11701.0, rel=1e-5)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 11701 - 1030.9 < 11701 + 1030.9 < found.high


def test_the_simple_bound_of_chao_is_its_formula() -> None:
    found = ask("chao", Lists.of({"A": 30, "B": 20, "C": 10, ("A", "B"): 6, ("B", "C"): 4}))
    assert found.also[0].estimate == pytest.approx(70 + 2 / 6 * 60**2 / 10)


@pytest.mark.parametrize(
    ("name", "estimate", "low", "high", "slack"),
    [
        ("uk2013_5list", 13444.13121, 12004.02626, 15160.3334, 2e-3),
        ("uk2013_6list", 12213.99512, None, None, 0),
    ],
)
def test_independence_agrees_with_the_published_one(
    name: str, estimate: float, low: float | None, high: float | None, slack: float
) -> None:
    """The others read limits off straight lines between twenty points, chords of a curve: 0.2 % is what that costs."""
    found = ask("independence", table(name))
    assert found.estimate == pytest.approx(estimate, rel=1e-6)
    if low and high:
        assert found.low == pytest.approx(low, rel=slack)
        assert found.high == pytest.approx(high, rel=slack)


def test_lists_that_share_nobody_have_no_finite_estimate() -> None:
    found = ask("independence", Lists.of({"A": 30, "B": 20, "C": 10}))
    assert found.estimate is None
    assert ask("chao", Lists.of({"A": 30, "B": 20, "C": 10})).estimate is None
