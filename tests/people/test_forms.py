"""The fields that say which child it is."""

import datetime as dt

import pytest
from django.http import QueryDict

from hemvag.lib import text
from hemvag.people.forms import PREFIX, ChildForm, ChildFormSet, unfinished, with_one_more
from hemvag.people.identities import Birth, Guardian, Name, Number

DAY = dt.date(2026, 3, 2)


def form(**typed: str) -> ChildForm:
    filled = {"given": "Amina", "family": "Ek", "birth_kind": "unknown", **typed}
    return ChildForm(filled, day=DAY)


def test_it_makes_an_identity_of_what_was_typed() -> None:
    filled = form(
        spellings="Emina Ek\nMina",
        birth_kind="exact",
        birth_date="4/5 2020",
        whereabouts="abroad",
        guardians="Sara Ek, mamma, 070-174 06 05\nOmar",
    )
    assert filled.is_valid(), filled.errors
    child = filled.child()
    assert child.names[0] == Name(given="Amina", family="Ek")
    assert [name.given for name in child.names[1:]] == ["Emina", "Mina"]
    assert child.birth == Birth(kind="exact", date="2020-05-04")
    assert child.guardians == [
        Guardian(name="Sara Ek", relation="mamma", contact="070-174 06 05"),
        Guardian(name="Omar"),
    ]
    assert child.whereabouts == "abroad"
    assert child.from_data(child.as_data()).as_data() == child.as_data()


def test_a_number_gives_the_birth_date() -> None:
    filled = form(number_kind="personal", number="200505-2382")
    assert filled.is_valid(), filled.errors
    assert filled.child().birth == Birth(kind="exact", date="2020-05-05")
    assert filled.child().number == Number(kind="personal", value="202005052382")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"number_kind": "personal", "number": "20200505-2383"}, "number"),
        ({"number_kind": "personal", "number": "20200565-2389"}, "number"),
        ({"number_kind": "personal", "number": "1234"}, "number"),
        ({"number_kind": "personal", "number": ""}, "number"),
        ({"number_kind": "coordination", "number": "20200505-2382"}, "number"),
        ({"number_kind": "reserve", "number": "98240301IO06"}, "number"),
        ({"number_kind": "none", "number": "20200505-2382"}, "number_kind"),
        ({"birth_kind": "exact", "birth_date": "29/2 2019"}, "birth_date"),
        ({"birth_kind": "exact", "birth_date": "2020"}, "birth_date"),
        ({"birth_kind": "exact", "birth_date": "2027-01-01"}, "birth_date"),
        ({"birth_kind": "exact", "birth_date": "2007-03-01"}, "birth_date"),
        ({"birth_kind": "approximate", "birth_date": "2005"}, "birth_date"),
        ({"birth_kind": "approximate", "birth_date": "kanske"}, "birth_date"),
        ({"given": "", "family": ""}, "given"),
        ({"given": "x\0y"}, "given"),
        ({"given": "x" * 101}, "given"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(typed: dict[str, str], field: str) -> None:
    filled = form(**typed)
    assert not filled.is_valid()
    assert list(filled.errors) == [field]


def test_29_february_and_the_eighteenth_birthday_are_explained() -> None:
    assert "29 februari finns inte det året" in str(form(birth_kind="exact", birth_date="2019-02-29").errors)
    assert "gäller en vuxen" in str(form(birth_kind="exact", birth_date="2008-03-02").errors)
    assert form(birth_kind="exact", birth_date="2008-03-03").is_valid()


@pytest.mark.parametrize("given", ["\u202eنور", "Noor 🙂", "Jean-Luc", "O'Brien", "王"])
def test_names_of_every_kind_are_kept_as_typed(given: str) -> None:
    filled = form(given=given)
    assert filled.is_valid()
    assert filled.child().names[0].given == text.clean(given)


def test_the_district_is_not_kept_for_a_protected_identity() -> None:
    filled = form(protected="protected_registration")
    assert filled.is_valid()
    assert filled.district is None


def test_one_more_child_keeps_what_was_typed() -> None:
    typed = QueryDict(f"{PREFIX}-TOTAL_FORMS=1&{PREFIX}-INITIAL_FORMS=0&{PREFIX}-0-given=Amina")
    formset = unfinished(with_one_more(typed), day=DAY)
    assert len(formset.forms) == 2
    assert formset.forms[0]["given"].value() == "Amina"


def test_a_child_not_written_yet_is_no_fault() -> None:
    typed = QueryDict(f"{PREFIX}-TOTAL_FORMS=1&{PREFIX}-INITIAL_FORMS=0")
    formset = unfinished(with_one_more(typed), day=DAY)
    assert [form.errors for form in formset.forms] == [{}, {}]
    assert formset.total_error_count() == 0


@pytest.mark.parametrize("total", ["", "två", "-3"])
def test_one_more_child_is_given_also_when_the_count_that_was_sent_is_none(total: str) -> None:
    assert with_one_more(QueryDict(f"{PREFIX}-TOTAL_FORMS={total}"))[f"{PREFIX}-TOTAL_FORMS"] == "2"


def test_a_report_needs_a_child() -> None:
    empty = QueryDict(f"{PREFIX}-TOTAL_FORMS=1&{PREFIX}-INITIAL_FORMS=0")
    formset = ChildFormSet(empty, prefix=PREFIX, form_kwargs={"day": DAY})
    assert not formset.is_valid()
