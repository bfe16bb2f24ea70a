"""A contact is saved as it is written, never over another page's text, and closing asks only what is missing."""

import datetime as dt
from typing import Any

import pytest
from django.db import models

from hemvag.dossiers.models import Dossier, Sealed
from hemvag.lib.text import NotText
from hemvag.line import codes, contact, facts
from hemvag.line.models import Contact
from tests.conftest import Town, log_lines
from tests.line.conftest import AT, CODED, written

LATER = AT + dt.timedelta(minutes=20)


def notes(row: Contact, town: Town) -> list[str]:
    held, opened = contact.open_contact(row.id, by=town.workers["counsellor"], at=LATER)
    return [content.data["text"] for _row, content in contact.notes_of(held, opened)]


def test_a_contact_has_a_dossier_of_its_own_and_a_log_line(call: Contact, town: Town) -> None:
    assert call.dossier.compartment == "contact"
    assert call.dossier.unit == town.line
    assert log_lines(call.dossier_id) == [(town.workers["counsellor"].id, "created", "call")]
    assert [row.step for row in call.dossier.journal.all()] == ["contact_started"]


def test_notes_are_sealed_and_codes_stand_in_the_open(call: Contact, town: Town) -> None:
    written(call, town, notes="Mormor ringer om sina barnbarn", **CODED)
    kept = Contact.objects.get(id=call.id)
    assert codes.of(kept) == CODED
    assert kept.version == 2
    assert notes(call, town) == ["Mormor ringer om sina barnbarn"]
    assert not any(b"Mormor" in bytes(row.content) for row in Sealed.objects.filter(dossier=call.dossier))
    assert [act for _who, act, _why in log_lines(call.dossier_id)] == ["created", "drafted", "opened"]


def test_a_second_page_does_not_overwrite_the_first(call: Contact, town: Town) -> None:
    by = town.workers["counsellor"]
    contact.save_draft(call.id, version=1, fields={"notes": "Ett"}, by=by, at=AT, tab="first")
    with pytest.raises(facts.SavedElsewhere) as found:
        contact.save_draft(call.id, version=1, fields={"notes": "Två"}, by=by, at=LATER, tab="second")
    assert (found.value.version, found.value.tab, found.value.fields["notes"]) == (2, "first", "Ett")
    assert notes(call, town) == ["Ett"]
    contact.save_draft(call.id, version=2, fields={"notes": "Ett\n\nTvå"}, by=by, at=LATER, tab="second")
    assert notes(call, town) == ["Ett\n\nTvå"]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"notes": "a\0b"}, NotText),
        ({"notes": "å" * 200_001}, facts.TooLong),
        ({"caller": "imam"}, codes.NoSuchChoice),
        ({"theme": ["travel", "return", "family", "shame"]}, codes.NoSuchChoice),
        ({"caller": ["parent", "friend"]}, codes.NoSuchChoice),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(call: Contact, town: Town, fields: dict[str, Any], fault: type) -> None:
    written(call, town, notes="Först", caller="friend")
    with pytest.raises(fault):
        written(call, town, **({"notes": "Sedan"} | fields))
    assert notes(call, town) == ["Först"]
    assert Contact.objects.get(id=call.id).caller == "friend"


def test_a_long_note_in_any_script_is_kept(call: Contact, town: Town) -> None:
    text = "شكرا 💚 " + "å" * 199_000
    written(call, town, notes=text)
    assert notes(call, town) == [text]


def test_not_known_gives_way_to_what_is_known(call: Contact, town: Town) -> None:
    written(call, town, age=["unknown", "age_0_5"], theme=["unknown"])
    kept = Contact.objects.get(id=call.id)
    assert (kept.age, kept.theme) == (["age_0_5"], ["unknown"])


@pytest.mark.parametrize(
    ("coded", "asked"),
    [
        ({}, ("caller", "about", "age", "stage", "theme", "acute", "advice", "outcome", "language", "interpreter")),
        ({"outcome": "wrong_number"}, ()),
        ({"outcome": "broken_off"}, ()),
        (CODED, ()),
        (CODED | {"about": "nobody", "age": [], "stage": ""}, ()),
        (CODED | {"interpreter": ""}, ()),
        (CODED | {"language": "somali", "interpreter": ""}, ("interpreter",)),
        (CODED | {"theme": ["unknown"], "advice": []}, ("advice",)),
    ],
)
def test_closing_asks_only_what_is_missing(
    call: Contact, town: Town, coded: dict[str, Any], asked: tuple[str, ...]
) -> None:
    written(call, town, **({"channel": "phone"} | coded))
    if not asked:
        assert contact.close(call.id, by=town.workers["counsellor"], at=LATER).closed_at == LATER
        return
    with pytest.raises(facts.StillMissing) as found:
        contact.close(call.id, by=town.workers["counsellor"], at=LATER)
    assert found.value.fields == asked
    assert Contact.objects.get(id=call.id).closed_at is None


def test_a_closed_contact_takes_no_more_text_and_closes_once(call: Contact, town: Town) -> None:
    written(call, town, notes="Klart", **CODED)
    contact.close(call.id, by=town.workers["counsellor"], at=LATER)
    with pytest.raises(facts.AlreadyClosed):
        written(call, town, notes="Mer", **CODED)
    with pytest.raises(facts.AlreadyClosed):
        contact.close(call.id, by=town.workers["counsellor"], at=LATER)
    assert notes(call, town) == ["Klart"]


@pytest.mark.parametrize("role", ["social_worker", "unit_lead", "registrar", "on_call", "coordinator", "administrator"])
def test_nobody_outside_the_line_begins_or_sees_a_contact(call: Contact, town: Town, role: str) -> None:
    with pytest.raises(facts.NotYours):
        contact.start(by=town.workers[role], at=AT)
    with pytest.raises(Dossier.DoesNotExist):
        contact.open_contact(call.id, by=town.workers[role], at=AT)
    with pytest.raises(Dossier.DoesNotExist):
        contact.save_draft(call.id, version=1, fields={"notes": "x"}, by=town.workers[role], at=AT)
    assert not Contact.objects.visible_to(town.workers[role], AT).exists()


def test_a_colleague_on_the_line_takes_over(call: Contact, town: Town) -> None:
    other = town.workers["other_counsellor"]
    contact.save_draft(call.id, version=1, fields={"notes": "Jag tar över"}, by=other, at=LATER)
    assert Contact.objects.get(id=call.id).counsellor == other


def test_no_column_holds_a_name_a_number_or_an_opinion() -> None:
    words = ("name", "phone", "number", "faith", "religion", "opinion", "milieu", "ethnic", "origin", "ideolog")
    fields: list[models.Field[Any, Any]] = [
        field
        for model in ("Contact", "Conversation", "CallBack", "CountedContact", "ReturnCode", "WrongEntry")
        for field in contact_model(model)._meta.concrete_fields
    ]
    assert not [field.name for field in fields if any(word in field.name for word in words)]


def contact_model(name: str) -> type[models.Model]:
    return Contact._meta.apps.get_model("line", name)
