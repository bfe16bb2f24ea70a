"""Log-linear methods, beside what others have published or computed on the same tables.

How near is asked for: estimates and Wald limits are computed, so 0.1 %, mostly far less. Profile limits: others read
them off straight lines between points of a grid. Bootstrap limits depend on the random numbers: the standard
deviation of each end over 40 seeds stands beside it, and the published end, itself drawn, may differ from ours by
three standard deviations of a difference.
"""

import numpy as np
import pytest

from hemvag.estimate import Estimate, Interval, loglinear, terms
from hemvag.estimate.answers import silent
from hemvag.estimate.methods import METHODS
from tests.estimate.tables import table


def ask(method: str, name: str, order: int | None = None, replicates: int = 0) -> Estimate:
    return METHODS[method](table(name), order=order, replicates=replicates, seed=1, progress=silent)


@pytest.mark.parametrize(
    ("method", "order", "name", "model", "estimate"),
    [
        ("independence", None, "uk2013_5list", "[1,2,3,4,5]", 13444.13121),
        ("independence", None, "uk2013_6list", "[1,2,3,4,5,6]", 12213.99512),
        ("stepwise", None, "uk2013_6list", "[12,13,24,25,35,36,45]", 11417.99109),
        ("stepwise", None, "uk2013_5list", "[12,13,24,25,35,45]", 11312.990289),
        ("bic", None, "uk2013_5list", "[123,25,34]", 25311.29),
        ("bic", 2, "uk2013_5list", "[12,13,23,25,34]", 22991.33),
        ("bic", None, "uk2013_6list", "[12,13,25,35,36,45]", 12350),
        ("bic", None, "kosovo_4list", "[123,14,34]", 10356.52),
        ("bic", 2, "kosovo_4list", "[12,13,14,23,34]", 14341.66),
        ("bic", None, "korea_palembang_3list", "[12,23]", 157.17),
    ],
)
def test_estimates_agree_with_the_published_ones(
    method: str, order: int | None, name: str, model: str, estimate: float
) -> None:
    found = ask(method, name, order)
    assert found.model == model
    assert found.estimate == pytest.approx(estimate, rel=1e-4)


@pytest.mark.parametrize(
    ("name", "model", "estimate", "low", "high"),
    [
        ("hiv_rome_4list", "[12]", 12318.5, 10266, 14992.3),
        ("lesbian_allegheny_4list", "[12,14,23,24,34]", 6349.0, 5421.7, 7536.3),
        ("uk2013_5list", "[1]", 13444.13, 12004.02626, 15160.3334),
    ],
)
def test_profile_limits_agree_with_the_published_ones(
    name: str, model: str, estimate: float, low: float, high: float
) -> None:
    """0.2 %: the others' limits lie on chords of the curve, so never outside ours by more than rounding."""
    lists = table(name)
    found = loglinear.fixed(lists, terms.named(model, lists.k))
    assert found.estimate == pytest.approx(estimate, rel=1e-4)
    assert found.low == pytest.approx(low, rel=2e-3)
    assert found.high == pytest.approx(high, rel=2e-3)


@pytest.mark.parametrize(
    ("method", "name", "low", "high"),
    [
        ("stepwise", "uk2013_6list", 9977.28261, 13145.65651),
        ("stepwise", "uk2013_5list", 9884.402831, 13027.396655),
        ("bic", "kosovo_4list", 9001, 12122),
    ],
)
def test_without_replicates_the_limits_take_the_model_as_given_and_say_so(
    method: str, name: str, low: float, high: float
) -> None:
    found = ask(method, name)
    assert found.interval is Interval.CONDITIONAL
    assert "conditional" in [note.code for note in found.warnings]
    assert found.low == pytest.approx(low, rel=2e-3)
    assert found.high == pytest.approx(high, rel=2e-3)


@pytest.mark.parametrize(
    ("method", "order", "name", "low", "high"),
    [
        ("stepwise", None, "uk2013_5list", (8784.7799, 235), (14700.5492, 484)),
        ("stepwise", None, "uk2013_6list", (9266.9578, 374), (14306.7579, 298)),
        ("bic", 2, "kosovo_4list", (12451, 102), (16273, 132)),
        ("bic", None, "korea_palembang_3list", (128, 0.86), (349, 11.4)),
    ],
)
def test_bootstrap_limits_agree_with_the_published_ones(
    method: str, order: int | None, name: str, low: tuple[float, float], high: tuple[float, float]
) -> None:
    found = ask(method, name, order, replicates=1000)
    assert found.interval is Interval.BCA
    assert found.low == pytest.approx(low[0], abs=3 * 2**0.5 * low[1])
    assert found.high == pytest.approx(high[0], abs=3 * 2**0.5 * high[1])


def test_a_saturated_bca_is_told_and_the_percentiles_stand() -> None:
    """Published for Kosovo as [6947, 18010]: its lower end is the least of the replicates, which nobody noticed."""
    found = ask("bic", "kosovo_4list", replicates=1000)
    assert found.interval is Interval.PERCENTILE
    assert "bca-saturated" in [note.code for note in found.warnings]
    printed = [one for one in found.also if one.interval is Interval.BCA]
    assert printed[0].low == pytest.approx(6947, rel=0.05)
    assert printed[0].high == pytest.approx(18010, rel=0.05)


def test_the_average_over_models_lies_among_them() -> None:
    found = ask("bic", "kosovo_4list")
    average = next(one for one in found.also if one.method == "average")
    assert average.low is not None
    assert average.estimate is not None
    assert average.high is not None
    assert average.low < 10356 < average.estimate < 14402 < average.high


def test_the_same_seed_gives_the_same_answer_on_any_number_of_cores() -> None:
    from hemvag.estimate import work

    answers = []
    for cores in (1, 2, 5):
        token = work.CORES.set(cores)
        answers.append(ask("stepwise", "kosovo_4list", replicates=300))
        work.CORES.reset(token)
    assert answers[0] == answers[1] == answers[2]


def test_seven_lists_are_searched_downhill_and_it_is_said() -> None:
    from hemvag.estimate import Lists

    dice = np.random.default_rng(3)
    stands = dice.random((800, 7)) < 0.15
    counts = np.bincount(stands @ (2 ** np.arange(7)), minlength=128)
    counts[0] = 0
    lists = Lists(tuple("ABCDEFG"), counts)
    found = METHODS["bic"](lists, order=None, replicates=20, seed=1, progress=silent)
    assert {"downhill", "order-limited"} <= {note.code for note in found.warnings}
    assert found.estimate == pytest.approx(800, rel=0.15)
