"""Values that may be told can be added without telling more than they do."""

import pytest

from hemvag.disclosure import NOUGHT, UNKNOWN, Exact, Held, Value, add, alone, span


@pytest.mark.parametrize(
    ("number", "told"), [(None, UNKNOWN), (0, NOUGHT), (1, Held(1, 4)), (4, Held(1, 4)), (5, Exact(5)), (90, Exact(90))]
)
def test_a_number_by_itself_is_told_from_five(number: int | None, told: Value) -> None:
    assert alone(number) == told


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ([], NOUGHT),
        ([NOUGHT, NOUGHT], NOUGHT),
        ([Exact(7), NOUGHT], Exact(7)),
        ([Exact(7), Held(1, 4)], Held(8, 11)),
        ([Held(5, None), Held(1, 4)], Held(6, None)),
        ([Exact(7), UNKNOWN, Held(1, 4)], UNKNOWN),
    ],
)
def test_a_sum_says_what_its_values_say(values: list[Value], whole: Value) -> None:
    assert add(values) == whole


def test_only_what_is_known_has_a_span() -> None:
    assert [span(value) for value in (NOUGHT, Exact(6), Held(2, None), UNKNOWN)] == [(0, 0), (6, 6), (2, None), None]
    assert Held(1, 4).is_small
    assert not Held(2, 8).is_small
    assert not Held(5, None).is_small
