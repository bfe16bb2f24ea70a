"""References that people read aloud: forgiving in form, strict in signs."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from hemvag.lib import references

DAY = dt.date(2026, 5, 14)
MADE = st.builds(lambda _: references.reference("B", DAY), st.integers())


def test_a_reference_looks_like_one() -> None:
    made = references.reference("B", DAY)
    assert made.startswith("B26-")
    assert [len(part) for part in made.split("-")] == [3, 4, 4]
    assert not set(made[4:]) & set("01ILOSU")


def test_two_are_not_equal() -> None:
    assert len({references.reference("B", DAY) for _ in range(1000)}) == 1000
    assert references.new_id() != references.new_id()
    assert references.new_id().version == 4


@given(MADE)
def test_typing_slips_in_form_are_forgiven(made: str) -> None:
    assert references.read(made) == made
    assert references.read(f" {made.lower().replace('-', ' ')} ") == made
    assert references.is_reference(made.replace("-", ""))


@given(MADE, st.integers(0, 7), st.sampled_from(references.ALPHABET))
def test_one_wrong_sign_is_found(made: str, place: int, sign: str) -> None:
    signs = list(made.replace("-", ""))
    changed = signs[3 + place] != sign
    signs[3 + place] = sign
    assert references.is_reference("".join(signs)) is not changed


@given(MADE, st.integers(0, 7), st.integers(0, 7))
def test_two_that_changed_places_are_found(made: str, one: int, other: int) -> None:
    signs = list(made.replace("-", ""))
    changed = signs[3 + one] != signs[3 + other]
    signs[3 + one], signs[3 + other] = signs[3 + other], signs[3 + one]
    assert references.is_reference("".join(signs)) is not changed


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(typed: str) -> None:
    found = references.read(typed)
    assert found is None or references.read(found) == found


def test_a_wrong_year_is_found() -> None:
    made = references.reference("B", DAY)
    assert not references.is_reference("B27" + made[3:])
