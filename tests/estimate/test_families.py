"""Families are drawn whole, and what that does to the certainty is told."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.estimate import Lists, families, faults
from hemvag.estimate.answers import silent
from hemvag.estimate.families import Family
from hemvag.estimate.lists import Counts, Floats
from hemvag.estimate.methods import METHODS

NAMES = ("A", "B")
TOWN = (Family(1, 1, 20), Family(1, 4, 10), Family(2, 1, 20), Family(2, 4, 10), Family(3, 1, 10), Family(3, 4, 5))


def petersen(tables: Counts) -> Floats:
    """Chapman's estimate of many tables of two lists at once."""
    both = tables[:, 3]
    totals: Floats = (tables[:, 1] + both + 1) * (tables[:, 2] + both + 1) / (both + 1) - 1
    return totals


def test_families_become_counts_of_persons_and_are_drawn_whole() -> None:
    lists = families.lists(NAMES, TOWN)
    assert lists.counts.tolist() == [0, 60, 60, 30]
    only_large = families.lists(NAMES, [Family(1, 4, 10), Family(3, 4, 5)])
    drawn = only_large.units.draw(np.random.default_rng(1), 200)
    assert (drawn % 4 == 0).all()
    assert (drawn.sum(axis=1) == 60).all()


def test_the_design_effect_is_the_size_of_a_persons_family() -> None:
    """Of 150 persons 50 come alone and 100 in fours: (50 * 1 + 100 * 4) / 150 = 3."""
    assert families.design_effect(families.lists(NAMES, TOWN)) == pytest.approx(3.0)


def test_drawing_families_widens_the_limits_as_the_delta_method_says() -> None:
    """The logarithm of n1 n2 / m has the slopes 1/90, 1/90 and -1/90 by history.

    Persons: 150/90^2 - 1/150 = 0.01185. Families: (50 + 25 * 16)/90^2 - 1/75 = 0.0422. The root of the ratio is 1.89.
    4,000 replicates leave about 2 % of chance, and what is not straight in the estimate a few more.
    """
    found = families.effect(families.lists(NAMES, TOWN), petersen, replicates=4_000, seed=2)
    assert found.wider == pytest.approx(1.89, rel=0.08)
    assert found.note.code == "families"
    assert "3.0 persons tell as much as one who comes alone" in found.note.words
    assert f"{found.wider:.1f} times as wide" in found.note.words


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 30)), min_size=1, max_size=8))
def test_persons_who_all_come_alone_have_no_design_effect(kinds: list[tuple[int, int]]) -> None:
    lists = families.lists(NAMES, [Family(history, 1, count) for history, count in kinds])
    assert families.design_effect(lists) == 1.0
    assert not families.together(lists)
    assert families.ignored(lists) == ()


def test_a_method_without_finite_answers_tells_no_width() -> None:
    def nothing(tables: Counts) -> Floats:
        return np.full(len(tables), np.inf)

    found = families.effect(families.lists(NAMES, TOWN), nothing, replicates=50, seed=1)
    assert found.wider is None
    assert "wide" not in found.note.words


def test_a_method_that_takes_each_person_alone_says_so() -> None:
    three = [Family(history, 3, 4) for history in range(1, 8)]
    lists = families.lists(("A", "B", "C"), three)
    whole = METHODS["dga"](lists, order=None, replicates=0, seed=1, progress=silent)
    alone = METHODS["dga"](Lists(lists.names, lists.counts), order=None, replicates=0, seed=1, progress=silent)
    assert "families-ignored" in {note.code for note in whole.warnings}
    assert "families-ignored" not in {note.code for note in alone.warnings}
    assert whole.estimate == alone.estimate


def test_families_are_read_from_a_table_with_sizes() -> None:
    lists = families.read("A,B,size,count\n1,0,1,3\n1,0,4,2\n1,1,2,1\n")
    assert lists.names == NAMES
    assert lists.counts.tolist() == [0, 11, 0, 2]
    assert families.together(lists)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,0,0,3", "line 2, column size: a family has from 1"),
        ("1,0,two,3", "line 2, column size: 'two' is no number"),
        ("1,0,51,3", "line 2, column size: a family has from 1 to 50 members, not 51"),
    ],
)
def test_a_size_that_is_none_is_told_with_line_and_column(row: str, said: str) -> None:
    with pytest.raises(faults.BadCell) as wrong:
        families.read(f"A,B,size,count\n{row}\n")
    assert said in str(wrong.value)


@pytest.mark.parametrize("family", [Family(0, 2, 1), Family(4, 2, 1), Family(1, 0, 1), Family(1, 2, -1)])
def test_a_family_on_no_list_of_nobody_or_fewer_is_refused(family: Family) -> None:
    with pytest.raises(faults.NotCountable):
        families.lists(NAMES, [family])
