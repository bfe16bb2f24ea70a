"""Spelling rules come before likeness: what is one name in several languages meets, and what is two stays two."""

import pytest

from hemvag.people.commonness import bearers
from hemvag.people.likeness import word_likeness
from hemvag.people.spelling import Word, words


def word(text: str) -> Word:
    [found] = words(text)
    return found


ONE_NAME = [
    ("Mohammed", "Muhammad"),
    ("Mohammed", "Maxamed"),
    ("Mohammed", "Mehmet"),
    ("Mohammed", "محمد"),
    ("Aisha", "Ayşe"),
    ("Aisha", "Caasha"),
    ("Aisha", "عائشة"),
    ("Fatima", "Faduma"),
    ("Fatima", "Fatemeh"),
    ("Yusuf", "Youssef"),
    ("Khadija", "Hatice"),
    ("Hussein", "Xuseen"),
    ("Abdirahman", "Abdul-Rahman"),
    ("Cabdiraxmaan", "Abdelrahman"),
    ("Xalima", "Halima"),
    ("Jamal", "Džemal"),
    ("Đoković", "Dokovic"),
    ("Đoković", "Djokovic"),
    ("Şirin", "Shirin"),
    ("Xoşnav", "Khoshnaw"),
    ("Al-Khatib", "Alkhateeb"),
    ("Yıldız", "Yildiz"),
    ("Karlsson", "Carlsson"),
    ("Öberg", "Oberg"),
    ("Jaamac", "Jama"),
    ("Guuleed", "Guled"),
]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_one_name_in_two_spellings_shares_a_key_and_is_alike(one: str, other: str) -> None:
    assert word(one).keys & word(other).keys
    assert word_likeness(word(one), word(other)) >= 0.95


TWO_NAMES = [
    ("Mohammed", "Mahmoud"),
    ("Hassan", "Hussein"),
    ("Ahmed", "Hamid"),
    ("Amina", "Aino"),
    ("Karim", "Karin"),
    ("Salma", "Selin"),
    ("Omar", "Osman"),
    ("Erik", "Emir"),
]


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_two_names_stay_two_however_near_in_letters(one: str, other: str) -> None:
    assert word_likeness(word(one), word(other)) < 0.9


def test_particles_and_order_make_no_difference() -> None:
    assert {one.written for one in words("Ahmad bin Yusuf al-Masri")} == {
        one.written for one in words("Masri Yusuf Ahmad")
    }


@pytest.mark.parametrize(
    "text", ["", "  ", "🙂", "123", "-", "al", "\u200f\u202e", "a" * 5000, "\N{COMBINING ACUTE ACCENT}"]
)
def test_what_is_no_name_gives_no_words_and_no_error(text: str) -> None:
    assert words(text) == []


def test_right_to_left_marks_and_emoji_leave_the_name() -> None:
    assert [one.written for one in words("\u202eNoor\u202c 🙂 Haddad")] == ["noor", "haddad"]


@pytest.mark.parametrize("text", ["Wei 王", "Анна Петрова", "Ελένη Παππά"])
def test_other_scripts_are_read_too(text: str) -> None:
    assert len(words(text)) == 2


@pytest.mark.parametrize("name", ["Ahmed Warsame", "Mohammed Ali", "Liam Andersson", "Abdi Ahmed", "Mehmet Yilmaz"])
def test_the_commonest_names_are_known_to_be_common(name: str) -> None:
    given, family = (min(word(part).keys) for part in name.split())
    assert bearers(given, family) > 20 * bearers("no", "such") > 0
