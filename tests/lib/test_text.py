"""Text made safe to keep: what no keyboard makes is refused, what people write stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.lib import text


@pytest.mark.parametrize("typed", ["a\0b", "\0", "half \ud83d of"])
def test_what_is_no_text_is_refused(typed: str) -> None:
    with pytest.raises(text.NotText) as refused:
        text.clean(typed)
    assert typed[refused.value.place] in "\0\ud83d"


@pytest.mark.parametrize(
    "kept",
    [
        "عائشة بنت محمد",
        "נועה",
        "👩‍👧‍👦 hej ☀️",
        "می‌خواهم",
        "Ångström\n\ttab",
        "\u2067عمر\u2069 och Åsa",
    ],
)
def test_letters_directions_and_emoji_stay(kept: str) -> None:
    assert text.clean(kept) == kept


def test_one_form_of_each_letter_and_of_line_breaks() -> None:
    assert text.clean("A\u030a\r\nb\rc\u2028d\x0be") == "Å\nb\nc\nd\ne"
    assert text.clean("A\x07\u030a a\u202c\u030a") == "Å å"


def test_control_characters_go() -> None:
    assert text.clean("a\x07\x1b[31mb\x7f\x9fc") == "a[31mbc"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u202eabc", "\u202eabc\u202c"),
        ("\u2067a\u202bb", "\u2067a\u202bb\u202c\u2069"),
        ("\u2067a\u202bb\u2069c", "\u2067a\u202bb\u202c\u2069c"),
        ("a\u202c\u2069b", "ab"),
        ("\u202ea\nb", "\u202ea\u202c\nb"),
    ],
)
def test_a_turned_direction_ends_on_its_line(typed: str, kept: str) -> None:
    assert text.clean(typed) == kept


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_clean_text_is_clean(typed: str) -> None:
    kept = text.clean(typed)
    assert text.clean(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert not [sign for sign in kept if unicodedata.category(sign) == "Cc" and sign not in "\n\t"]
    for line in kept.split("\n"):
        assert sum(map(line.count, "\u202a\u202b\u202d\u202e")) == line.count("\u202c")
        assert sum(map(line.count, "\u2066\u2067\u2068")) == line.count("\u2069")


def test_isolated_text_is_fenced() -> None:
    assert text.isolated("عمر") == "\u2068عمر\u2069"


def test_too_long_says_how_much() -> None:
    assert text.too_long("abc", 3) == 0
    assert text.too_long("abcde", 3) == 2
    assert text.too_long("a\r\nb", 3) == 0
