"""Models and their fits: how many there are, whether an estimate exists, and that a batch is the sum of its parts."""

import numpy as np
import pytest

from hemvag.estimate import existence, poisson, search, selection, stepwise, terms
from tests.estimate.tables import table


@pytest.mark.parametrize(("k", "order", "models"), [(3, 3, 8), (4, 4, 113), (5, 5, 6893), (5, 2, 1024), (6, 2, 32768)])
def test_all_hierarchical_models_are_found(k: int, order: int, models: int) -> None:
    """Known numbers: 8, 113 and 6,893 with every list's own effect and without the term of all lists."""
    found = terms.every(k, order)
    assert len(found) == models
    assert len(np.unique(found, axis=0)) == models


def test_whoever_holds_a_term_holds_every_term_within_it() -> None:
    for model in terms.every(4, 4):
        held = set(np.flatnonzero(model).tolist())
        assert all(part in held for term in held for part in range(16) if part & term == part)


def test_names_and_models_are_each_others() -> None:
    for model in terms.every(4, 4):
        assert (terms.named(terms.name(model, 4), 4) == model).all()
    with pytest.raises(ValueError, match="names no lists"):
        terms.named("[15]", 4)


@pytest.mark.parametrize(
    ("model", "identifiable", "finite"), [("[12,13,23]", False, True), ("[12,3]", True, False), ("[13,23]", True, True)]
)
def test_the_three_cases_of_existence(model: str, identifiable: bool, finite: bool) -> None:
    """Chan, Silverman & Vincent 2021, Table 2."""
    lists = table("artificial_3list")
    x = terms.design(3)[1:]
    held = terms.named(model, 3)
    y = lists.counts[None, 1:]
    fits = poisson.fit(y, held[None], x)
    assert existence.is_identifiable(fits.held[0], fits.alive[0], x) is identifiable
    if identifiable:
        assert existence.is_finite(fits.held[0], fits.alive[0], y[0] > 0, x) is finite
    assert existence.admissible(fits, y, x)[0] == (identifiable and finite)


def test_what_a_fit_proves_of_itself_the_linear_programme_finds_too() -> None:
    """On many sparse tables, every model of three and four lists: the short way and the programme never differ."""
    dice = np.random.default_rng(5)
    for k in (3, 4):
        x, models = terms.design(k)[1:], terms.every(k, k)
        for _ in range(6):
            y = np.repeat(dice.poisson(0.8, size=(1, 2**k - 1)), len(models), axis=0)
            if not y.any():
                continue
            fits = poisson.fit(y, models, x)
            short = existence.admissible(fits, y, x)
            for i in range(len(models)):
                held, alive = fits.held[i], fits.alive[i]
                whole = existence.is_identifiable(held, alive, x) and existence.is_finite(held, alive, y[i] > 0, x)
                assert short[i] == whole, (k, y[0].tolist(), terms.name(models[i], k))


def test_fitted_margins_are_the_observed_ones() -> None:
    lists = table("kosovo_4list")
    x, models = terms.design(4)[1:], terms.every(4, 4)
    fits = poisson.fit(np.repeat(lists.counts[None, 1:], len(models), axis=0), models, x)
    gap = (fits.mu - lists.counts[1:]) @ x
    assert np.abs(np.where(models, gap, 0)).max() < 0.05


def test_a_batch_gives_what_each_fit_gives_alone() -> None:
    lists = table("uk2013_5list")
    x, models = terms.design(5)[1:], terms.every(5, 2)[::50]
    y = lists.units.draw(np.random.default_rng(1), len(models))[:, 1:]
    batch = poisson.fit(y, models, x)
    for i in range(len(models)):
        alone = poisson.fit(y[i : i + 1], models[i : i + 1], x)
        assert alone.deviance[0] == pytest.approx(batch.deviance[i], abs=1e-6)


@pytest.mark.parametrize("name", ["kosovo_4list", "hiv_rome_4list", "korea_palembang_3list"])
def test_a_search_that_leaves_models_out_finds_what_fitting_all_finds(name: str) -> None:
    lists = table(name)
    among = selection.among(lists, None)
    assert among.family is not None
    models, x = among.family.models, among.family.x
    drawn = lists.units.draw(np.random.default_rng(2), 40)[:, 1:].astype(np.float64)
    penalty = np.log(drawn.sum(axis=1))
    short = search.best(drawn, among.family, penalty)
    for i, y in enumerate(drawn):
        tables = np.repeat(y[None], len(models), axis=0)
        fits = poisson.fit(tables, models, x)
        score = fits.deviance + penalty[i] * models.sum(axis=1)
        score[~existence.admissible(fits, tables, x)] = np.inf
        assert score[short.chosen[i]] == pytest.approx(score.min(), abs=1e-6)


def test_with_bounds_few_models_are_fitted() -> None:
    lists = table("uk2013_5list")
    among = selection.among(lists, 2)
    assert among.family is not None
    found = search.best(lists.counts[None, 1:].astype(np.float64), among.family, np.log([2744.0]))
    assert len(among.family.models) == 1024
    assert found.fitted < 600


def test_an_empty_overlap_stands_at_minus_infinity_and_adds_nothing() -> None:
    """Lists 1 and 5 of Britain's six share nobody: with their term, histories of both are 0 and the rest is fitted."""
    lists = table("uk2013_6list")
    assert lists.overlap(0, 4) == 0
    x, model = terms.design(6)[1:], terms.closed(terms.pairs(6), 6)
    fits = poisson.fit(lists.counts[None, 1:], model[None], x)
    assert not fits.held[0, 0b010001]
    assert not fits.mu[0, (np.arange(1, 64) & 0b010001) == 0b010001].any()
    assert lists.observed + fits.unknown[0] == pytest.approx(10568.7067, rel=1e-6)


def test_a_table_where_nothing_can_be_fitted_gives_infinity() -> None:
    lists = np.array([[0, 5, 4, 0, 3, 0, 0, 0]])
    assert np.isinf(stepwise.choose(lists, 3).unknown[0])
