"""How like two identities are, and why."""

import pytest

from hemvag.people.identities import Birth, Guardian, Identity, Name, Number
from hemvag.people.likeness import SHOWN_FROM, SUGGESTED_FROM, Likeness, Reason, likeness


def child(name: str, born: str = "", number: str = "", guardian: str = "") -> Identity:
    given, _, family = name.partition(" ")
    kinds = {0: "unknown", 4: "approximate", 10: "exact"}
    return Identity(
        names=[Name(given=given, family=family)],
        birth=Birth(kind=kinds[len(born)], date=born),  # type: ignore[arg-type]
        number=Number(kind="personal" if number else "none", value=number),
        guardians=[Guardian(name=guardian)] if guardian else [],
    )


def test_the_same_number_decides_whatever_the_names_say() -> None:
    found = likeness(child("Amina Ek", "2020-05-04", "202005042386"), child("Noor Haddad", "", "202005042386"))
    assert found.score == 100
    assert found.reasons[0] is Reason.SAME_NUMBER


def test_another_number_of_the_same_kind_is_another_child() -> None:
    found = likeness(child("Amina Ek", "2020-05-04", "202005042386"), child("Amina Ek", "2020-05-04", "202005042394"))
    assert found.score < SUGGESTED_FROM
    assert Reason.OTHER_NUMBER in found.reasons


def test_another_spelling_with_the_same_birth_date_is_suggested_and_says_why() -> None:
    found = likeness(child("Maxamed Cali", "2019-02-03"), child("Mohammed Ali", "2019-02-03"))
    assert found.score >= 90
    assert set(found.reasons) == {Reason.SAME_NAME_OTHER_SPELLING, Reason.SAME_BIRTH_DATE}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hassan Haddad", "Hussein Haddad"),
        ("Amina Haddad", "Omar Haddad"),
        ("Elsa Nyman", "Ebba Nyman"),
        ("Liam Ek", "Lina Ek"),
    ],
)
def test_twins_are_two(one: str, other: str) -> None:
    found = likeness(child(one, "2020-05-04", guardian="Sara Ek"), child(other, "2020-05-04", guardian="Sara Ek"))
    assert found.score < SUGGESTED_FROM


def test_a_missing_year_neither_suggests_too_much_nor_too_little() -> None:
    known = child("Aisha Haddad", "2020-05-04")
    assert likeness(child("Ayşe Haddad"), known).score >= SUGGESTED_FROM
    assert likeness(child("Aisha Mansour"), known).score < SUGGESTED_FROM


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        ("2020-05-04", Reason.SAME_BIRTH_DATE),
        ("2020-04-05", Reason.BIRTH_DATE_SWAPPED),
        ("2020-07-19", Reason.SAME_BIRTH_YEAR),
        ("2020", Reason.SAME_BIRTH_YEAR),
        ("2021", Reason.BIRTH_YEAR_CLOSE),
        ("", Reason.BIRTH_UNKNOWN),
    ],
)
def test_births_are_compared_as_far_as_they_are_known(born: str, reason: Reason) -> None:
    found = likeness(child("Amina Ek", "2020-05-04"), child("Amina Ek", born))
    assert reason in found.reasons
    assert found.score >= SUGGESTED_FROM


def test_the_nearer_the_birth_the_higher() -> None:
    scores = [
        likeness(child("Amina Ek", "2020-05-04"), child("Amina Ek", born)).score
        for born in ("2020-05-04", "2020-04-05", "2020-07-19", "2021-07-19", "2013-01-01")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_a_guardian_in_common_is_a_reason() -> None:
    found = likeness(child("Amina Ek", guardian="Fatima Saleh"), child("Emina Ek", guardian="Faduma Salah"))
    assert Reason.SAME_GUARDIAN in found.reasons


def test_swapped_order_and_a_second_family_name_are_forgiven() -> None:
    assert likeness(child("Haddad Noor", "2018-01-02"), child("Noor Haddad Mansour", "2018-01-02")).score >= 90


def test_it_leaves_a_comparison_as_one_number_and_nothing_else() -> None:
    for like in (
        Likeness(0, ()),
        Likeness(100, tuple(Reason)),
        Likeness(73, (Reason.SIMILAR_NAME, Reason.BIRTH_UNKNOWN)),
    ):
        assert Likeness.from_number(like.as_number()) == like


def test_of_equals_the_one_spelled_and_named_as_asked_stands_first() -> None:
    asked = child("Lyam Sandberg")
    scores = [likeness(asked, child(known)).score for known in ("Lyam Sandberg", "Liam Sandberg", "Hugo Sandberg")]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert likeness(asked, child("Lyam Sandberg")).score > likeness(asked, child("Lyam Hugo Sandberg")).score


def test_one_name_and_the_day_of_birth_are_shown_and_not_suggested() -> None:
    found = likeness(child("Zuzu Haddad", "2020-05-04"), child("Omar Haddad", "2020-05-04"))
    assert SHOWN_FROM <= found.score < SUGGESTED_FROM
    assert Reason.PART_OF_NAME in found.reasons
