"""The fields: what people type is understood, what is not comes back as it was typed with words on what to do."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from hemvag.lib import clock, person_numbers
from hemvag.web import changed, forms
from tests.web.patterns import RIGHT, WRONG, Pattern

TODAY = dt.date(2026, 5, 12)
NUMBER = person_numbers.test_number(dt.date(2020, 5, 14), 0)


@pytest.fixture(autouse=True)
def a_known_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def one(**values: Any) -> Pattern:
    form = Pattern(RIGHT | values)
    form.is_valid()
    return form


def test_what_is_typed_is_understood() -> None:
    form = one(born="14/5 2020", met="14/5", at="kl 9", number=f"{NUMBER[2:8]}-{NUMBER[8:]}", themes=["fear", "home"])
    assert form.errors == {}
    assert form.cleaned_data["born"] == dt.date(2020, 5, 14)
    assert form.cleaned_data["met"] == dt.date(2026, 5, 14)
    assert form.cleaned_data["at"] == dt.time(9)
    assert form.cleaned_data["number"].value == NUMBER
    assert form.cleaned_data["themes"] == ["fear", "home"]


def test_empty_fields_that_are_not_required_are_none() -> None:
    form = one(met="", at="", number="", themes=[])
    assert form.errors == {}
    assert [form.cleaned_data[name] for name in ("met", "at", "number", "themes")] == [None, None, None, []]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("born", "", "Fyll i det här."),
        ("born", "   ", "Fyll i det här."),
        ("born", "snart", "Skriv datumet så här: 14/5, 2026-05-14 eller igår."),
        ("born", "29/2 2025", "Det året har ingen 29 februari"),
        ("born", "31/2 2020", "Den dagen finns inte."),
        ("born", "2027-01-01", "Dagen har inte varit än."),
        ("met", "igår", "Dagen har redan varit."),
        ("at", "25.00", "Det klockslaget finns inte."),
        ("at", "strax", "Skriv klockslaget så här"),
        ("number", f"{NUMBER[:-1]}{(int(NUMBER[-1]) + 1) % 10}", "Numret stämmer inte."),
        ("number", "123", "tio eller tolv siffror"),
        ("number", "20200514TF12", "ett nummer av ett annat slag"),
        ("school", "Skola\x00n", "ett tecken som inte går att spara"),
        ("school", "x" * 21, "Texten är 21 tecken. Korta den till högst 20"),
        ("caller", "", "Välj ett av alternativen."),
        ("caller", "somebody", "Välj ett av alternativen."),
        ("themes", ["fear", "school", "home"], "Välj högst 2."),
    ],
)
def test_what_is_not_understood_comes_back_with_words(field: str, typed: Any, words: str) -> None:
    form = one(**{field: typed})
    assert words in "".join(form.errors[field])
    if isinstance(typed, str) and typed.strip() and "\x00" not in typed and field != "caller":
        assert typed in str(form)


def test_text_is_kept_in_one_form_of_each_letter() -> None:
    assert one(school="Bergsjo\u0308\r\nskolan").cleaned_data["school"] == "Bergsjö\nskolan"


def test_a_page_has_label_help_error_and_summary_joined_by_ids() -> None:
    html = str(one(born="snart"))
    assert 'href="#id_born"' in html
    assert 'aria-describedby="id_born_helptext id_born_error"' in html
    assert 'id="id_born_error"' in html
    assert 'aria-invalid="true"' in html
    assert "maxlength" not in html, "the browser would cut a pasted text without a word"
    assert 'href="#id_caller_0"' in str(one(caller=""))


def test_a_day_is_shown_back_in_words_in_both_languages() -> None:
    assert "torsdag 14 maj 2020" in str(one())
    with translation.override("en"):
        assert "Thursday 14 May 2020" in str(one())


def test_choices_show_their_keys() -> None:
    html = str(one())
    assert 'data-key="1"' in html
    assert html.count("<kbd") == 3


def test_what_a_person_writes_is_never_markup() -> None:
    assert "<script>" not in str(one(school="<script>x"))


def test_a_colleagues_change_keeps_both_texts() -> None:
    form = Pattern(WRONG)
    kept = {"note": "Mormor ringde.", "school": WRONG["school"], "caller": "friend"}
    found = changed.differences(form, {name: str(text) for name, text in kept.items()})
    assert [row.label for row in found] == ["Anteckning", "Vem ringer?"]
    data = changed.merged(form, {"note": "Mormor ringde.", "school": "Annan"}, 7)
    assert data["note"] == f"Mormor ringde.\n\n{WRONG['note']}"
    assert data["school"] == WRONG["school"], "no free text: what was sent stands, the kept is shown beside it"
    assert data["version"] == "7"


@pytest.mark.parametrize(
    ("kept", "sent", "together"),
    [("a", "a b", "a b"), ("a b", "b", "a b"), ("a", "b", "a\n\nb"), ("", "b", "b"), ("a", "", "a")],
)
def test_both_texts_hold_everything_once(kept: str, sent: str, together: str) -> None:
    assert changed.both(kept, sent) == together


def test_hidden_fields_are_not_drawn_as_rows() -> None:
    class Small(forms.Form):
        version = forms.VersionField()

    assert "<label" not in str(Small())
    assert 'type="hidden"' in str(Small())
