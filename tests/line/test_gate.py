"""Past the gate the coded contact is a count tied to nothing, and what ties it to a child lies sealed."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps

from hemvag.audit.models import Purpose
from hemvag.concerns import facts as concern_facts
from hemvag.concerns import report
from hemvag.concerns.models import ConcernReport
from hemvag.dossiers import record
from hemvag.dossiers.models import Dossier, Sealed, WrappedKey
from hemvag.line import call_back, codes, contact, facts, gate, return_code
from hemvag.line.models import CallBack, Contact, Conversation, CountedContact, ReturnCode
from hemvag.people.identities import Birth, Identity, Name
from tests.conftest import Town
from tests.line.conftest import AT, CODED, written
from tests.line.test_call_back import WHAT

HEARD = gate.Heard(audience=gate.RELATIVE, version=1, language="sv", chose=gate.RECEIVE)


def child(given: str, town: Town) -> report.Child:
    identity = Identity(names=[Name(given=given, family="Ek")], birth=Birth(kind="approximate", date="2022"))
    return report.Child(identity=identity, district=town.district)


def received(call: Contact, town: Town, **facts: Any) -> list[ConcernReport]:
    return gate.receive(
        call.id,
        **{
            "children": [child("Amina", town), child("Adam", town)],
            "reporter": report.Reporter(kind="relative"),
            "text": "Två barnbarn i ett läger",
            "feedback_asked_at": None,
            "municipality": town.municipality,
            "by": town.workers["counsellor"],
            "at": AT + dt.timedelta(minutes=30),
        }
        | facts,
    )


@pytest.fixture
def heard(call: Contact, town: Town) -> Contact:
    """A contact in which the caller has heard what happens, and goes on."""
    written(call, town, notes="Mormor. Två barnbarn i ett läger. Hon gråter.", **CODED)
    gate.read_aloud(call.id, HEARD, by=town.workers["counsellor"], at=AT)
    return call


def test_no_child_is_received_before_the_caller_has_heard(call: Contact, town: Town) -> None:
    with pytest.raises(gate.NotHeard):
        received(call, town)
    without = gate.Heard(audience=gate.RELATIVE, version=1, language="sv", chose=gate.WITHOUT)
    gate.read_aloud(call.id, HEARD, by=town.workers["counsellor"], at=AT)
    gate.read_aloud(call.id, without, by=town.workers["counsellor"], at=AT + dt.timedelta(minutes=1))
    with pytest.raises(gate.NotHeard):
        received(call, town)
    assert not ConcernReport.objects.exists()
    assert Contact.objects.filter(id=call.id).exists()


def test_one_report_in_one_dossier_a_child(heard: Contact, town: Town) -> None:
    made = received(heard, town)
    assert {row.dossier.unit for row in made} == {town.children}
    assert len({row.dossier_id for row in made}) == 2
    assert {row.channel for row in made} == {"line"}


def test_the_clocks_run_from_when_the_caller_chose_to_report(heard: Contact, town: Town) -> None:
    made = received(heard, town, at=AT + dt.timedelta(hours=20))
    assert {row.received_at for row in made} == {AT}


def test_what_is_left_in_the_open_is_a_count_tied_to_nothing(heard: Contact, town: Town) -> None:
    received(heard, town)
    row = CountedContact.objects.get()
    assert codes.of(row) == CODED | {"outcome": "report"}
    assert row.month == dt.date(2026, 5, 1)
    assert not Contact.objects.exists()
    assert not Conversation.objects.exists()


def test_the_count_has_no_column_that_leads_anywhere_and_nothing_leads_to_it() -> None:
    columns = {field.name for field in CountedContact._meta.concrete_fields}
    assert columns == {"id", "unit", "month", *codes.FIELDS}
    leading = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is CountedContact
    ]
    assert leading == []


def test_the_link_and_what_was_read_open_only_through_the_childs_dossier(heard: Contact, town: Town) -> None:
    made = received(heard, town)
    counted = CountedContact.objects.get()
    for row in made:
        opened = record.open_dossier(row.dossier_id, by=town.workers["unit_lead"], purpose=Purpose.HANDLE, at=AT)
        said = opened.piece(row.content_id).data
        assert said["contact"] == str(counted.id)
        assert {name: said["heard"][name] for name in ("audience", "version", "language")} == {
            "audience": "relative_or_public",
            "version": 1,
            "language": "sv",
        }
        assert said["heard"]["at"].startswith("2026-05-12T10:04")
        assert "gråter" not in said["text"], "only what the counsellor chose goes into the report"
        with pytest.raises(Dossier.DoesNotExist):
            record.open_dossier(row.dossier_id, by=town.workers["counsellor"], purpose=Purpose.HANDLE, at=AT)
    assert not any(str(counted.id).encode() in bytes(row.content) for row in Sealed.objects.all())


def test_the_contacts_dossier_is_erased_and_its_promises_end(heard: Contact, town: Town) -> None:
    by, dossier = town.workers["counsellor"], heard.dossier_id
    made = return_code.offer(heard.id, by=by, at=AT)
    return_code.read_back(heard.id, offered=made, typed=made, by=by, at=AT)
    hours = {"due_from": AT + dt.timedelta(hours=1), "due_to": AT + dt.timedelta(hours=2)}
    call_back.tried(call_back.promise(heard.id, WHAT, **hours, by=by, at=AT).id, by=by, at=AT)
    received(heard, town)
    assert not WrappedKey.objects.filter(dossier_id=dossier).exists()
    assert not any(bytes(row.content) for row in Sealed.objects.filter(dossier=dossier))
    assert not ReturnCode.objects.exists()
    assert not CallBack.objects.exists()
    with pytest.raises(Dossier.DoesNotExist):
        contact.open_contact(heard.id, by=by, at=AT)


def test_when_the_report_cannot_be_received_nothing_has_changed(heard: Contact, town: Town) -> None:
    with pytest.raises(concern_facts.NothingWritten):
        received(heard, town, text="  ")
    assert not CountedContact.objects.exists()
    assert not ConcernReport.objects.exists()
    assert contact.notes_of(*contact.open_contact(heard.id, by=town.workers["counsellor"], at=AT))


def test_a_second_click_receives_nothing_twice(heard: Contact, town: Town) -> None:
    received(heard, town)
    with pytest.raises((Dossier.DoesNotExist, facts.AlreadyClosed)):
        received(heard, town)
    assert ConcernReport.objects.count() == 2


@pytest.mark.parametrize(
    ("caller", "audience"),
    [("grandparent", gate.RELATIVE), ("", gate.RELATIVE), ("unknown", gate.RELATIVE), ("school", gate.MANDATED)],
)
def test_whose_text_a_caller_hears(caller: str, audience: str) -> None:
    assert gate.audience_of(caller) == audience


def test_the_words_are_those_of_the_day() -> None:
    assert gate.text_for(gate.MANDATED, dt.date(2026, 1, 14)).version == 1
    assert "en vecka" in gate.text_for(gate.MANDATED, dt.date(2026, 1, 15)).text.sv
