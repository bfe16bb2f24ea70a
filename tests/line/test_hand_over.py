"""A caller who asks for help for herself is handed over by her own wish, and nothing ties the call to her."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from hemvag.agencies.models import Municipality
from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Dossier, WrappedKey
from hemvag.line import facts, hand_over
from hemvag.line.models import Contact, CountedContact
from hemvag.people.identities import Identity, Name
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.line.conftest import AT


def handed(call: Contact, town: Town) -> Dossier:
    """The caller's new dossier."""
    return hand_over.hand_over(
        call.id,
        identity=Identity(names=[Name(given="Mirjam", family="Holm")]),
        words="Jag vill ha hjälp med mina skulder.",
        reach="Sms",
        municipality=town.municipality,
        by=town.workers["counsellor"],
        at=AT,
    ).dossier


def test_the_caller_gets_a_case_at_the_unit_for_adults_that_its_lead_sees_and_the_line_does_not(
    call: Contact, town: Town
) -> None:
    made = handed(call, town)
    assert (made.unit, made.worker, made.compartment) == (town.adults, None, "adult")
    record.open_dossier(made.id, by=town.workers["support_lead"], purpose=Purpose.SUPPORT, at=AT)
    with pytest.raises(Dossier.DoesNotExist):
        record.open_dossier(made.id, by=town.workers["counsellor"], purpose=Purpose.CALL, at=AT)


def test_the_call_is_left_as_a_count_and_nothing_says_which_case_it_became(call: Contact, town: Town) -> None:
    contact, before = call.id, call.dossier_id
    made = handed(call, town)
    assert CountedContact.objects.get().outcome == "referred"
    assert not Contact.objects.filter(id=contact).exists()
    assert not WrappedKey.objects.filter(dossier_id=before).exists()
    opened = record.open_dossier(made.id, by=town.workers["support_lead"], purpose=Purpose.SUPPORT, at=AT)
    count = CountedContact.objects.get().id
    assert not [
        one for one in opened.read() if {str(contact), str(count), str(before)} & set(map(str, one.data.values()))
    ]


def test_a_town_without_such_a_unit_says_so_and_nothing_is_lost(call: Contact, town: Town) -> None:
    town.municipality = Municipality(id=uuid.uuid4(), name="Grannkommunen")
    with pytest.raises(hand_over.NoUnitForAdults):
        handed(call, town)
    assert Contact.objects.filter(id=call.id).exists()


def test_nobody_is_handed_over_twice(call: Contact, town: Town) -> None:
    handed(call, town)
    with pytest.raises((facts.AlreadyClosed, Dossier.DoesNotExist)):
        handed(call, town)


def test_the_page_says_first_what_happens_and_keeps_what_is_typed(
    call: Contact, town: Town, client_for: Callable[[Worker], Client]
) -> None:
    client, where = client_for(town.workers["counsellor"]), f"/contacts/{call.id}/help/"
    assert "bara om du själv vill" in client.get(where).content.decode()
    body = {"version": 0, "tab": "one-tab-1", "fields": {"given": "Mirjam", "evil": "x"}}
    assert client.post(f"{where}draft/", body, content_type="application/json").status_code == 200
    assert "Mirjam" in client.get(where).content.decode()
    assert client.post(where, {"once": str(uuid.uuid4()), "given": ""}).status_code == 422
    said = {"words": "Hjälp", "given": "Mirjam", "family": "Holm", "protected": ""}
    answer = client.post(where, {"once": str(uuid.uuid4()), **said}, follow=True)
    assert "väntar hos Stöd till vuxna" in answer.content.decode()
