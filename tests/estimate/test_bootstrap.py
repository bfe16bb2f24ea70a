"""Limits from replicates."""

import numpy as np
import pytest

from hemvag.estimate import Interval, bootstrap

NONE = np.array([100.0, 100.0])
TWICE = np.array([1, 1])


def test_without_bias_and_acceleration_bca_is_the_percentiles() -> None:
    values = np.random.default_rng(1).permutation(np.arange(1.0, 1001.0))
    found = bootstrap.limits(500.5, values, NONE, TWICE)
    assert found.interval is Interval.BCA
    assert (found.low, found.high) == pytest.approx(bootstrap.quantiles(values, bootstrap.LEVELS))


def test_quantiles_are_those_of_type_8() -> None:
    values = np.random.default_rng(1).normal(size=37)
    for level in (0.025, 0.3, 0.975):
        assert bootstrap.quantiles(values, [level])[0] == pytest.approx(
            np.quantile(values, level, method="median_unbiased")
        )


def test_bca_that_asks_for_more_than_the_replicates_show_is_not_believed() -> None:
    values = np.arange(1.0, 1001.0)
    found = bootstrap.limits(200.0, values, NONE, TWICE)
    assert found.interval is Interval.PERCENTILE
    assert "bca-saturated" in [note.code for note in found.warnings]
    assert found.saturated is not None


def test_an_estimate_beyond_all_replicates_lies_outside_and_it_is_said() -> None:
    found = bootstrap.limits(5000.0, np.arange(1.0, 1001.0), NONE, TWICE)
    assert [note.code for note in found.warnings] == ["bca-saturated", "estimate-outside"]


def test_with_infinite_replicates_there_is_no_upper_limit() -> None:
    values = np.concatenate([np.arange(1.0, 901.0), np.full(100, np.inf)])
    found = bootstrap.limits(500.0, values, NONE, TWICE)
    assert found.high is None
    assert "no-upper-limit" in [note.code for note in found.warnings]


def test_acceleration_weighs_each_unit_as_often_as_it_was_seen() -> None:
    left_out, times = np.array([90.0, 101.0]), np.array([1, 9])
    gaps = np.array([99.9 - 90.0] + [99.9 - 101.0] * 9)
    assert bootstrap.acceleration(left_out, times) == pytest.approx((gaps**3).sum() / (6 * (gaps**2).sum() ** 1.5))
    assert bootstrap.acceleration(np.array([90.0, np.inf]), times) is None
