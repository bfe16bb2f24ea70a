"""Names in Swedish order."""

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hemvag.lib.names import sort_key

IN_ORDER = [
    *("Aalto", "Edith", "Édith", "edla", "Ek", "Ek-Öst", "Ekman", "Myller", "Müller", "Vall", "Vik", "von Ek"),
    *("Wall", "Wik", "Zeta", "Åberg", "Ångström", "Ärlig", "Öberg", "Øster", "عمر"),
]


def test_names_are_sorted_as_swedes_do() -> None:
    shuffled = random.Random(4).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_family_name_goes_before_given_name() -> None:
    people = [("Ek", "Östen"), ("Ekman", "Anna"), ("Ek", "Anna"), ("Ek", "Åsa")]
    found = sorted(people, key=lambda person: sort_key(*person))
    assert found == [("Ek", "Anna"), ("Ek", "Åsa"), ("Ek", "Östen"), ("Ekman", "Anna")]


def test_a_hyphen_sorts_as_a_space() -> None:
    assert sorted(["Ek Berg", "Ek-Cid", "Ek-Aas"], key=sort_key) == ["Ek-Aas", "Ek Berg", "Ek-Cid"]


def test_a_letter_written_in_two_signs_is_one_letter() -> None:
    assert sort_key(unicodedata.normalize("NFD", "Åsa")) == sort_key("Åsa")


@given(st.text(), st.text())
def test_any_names_have_an_order(one: str, other: str) -> None:
    assert (sort_key(one) < sort_key(other)) or (sort_key(other) <= sort_key(one))
