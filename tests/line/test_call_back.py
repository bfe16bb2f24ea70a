"""A promise to ring is remembered by Today, and its number is gone when it has been kept."""

import datetime as dt

import pytest

from hemvag.dossiers.models import Dossier
from hemvag.line import call_back, contact, facts
from hemvag.line.call_back import Promise
from hemvag.line.models import CallBack, Contact
from tests.conftest import Town
from tests.line.conftest import AT, CODED, written

FROM, TO = AT + dt.timedelta(days=1), AT + dt.timedelta(days=1, hours=2)
WHAT = Promise(number="070-174 06 05", someone_else="Säg att det gäller tandläkaren")


def promised(call: Contact, town: Town) -> CallBack:
    return call_back.promise(call.id, WHAT, due_from=FROM, due_to=TO, by=town.workers["counsellor"], at=AT)


def asked(row: CallBack, town: Town) -> Promise | None:
    _held, opened = contact.open_contact(row.contact_id, by=town.workers["counsellor"], at=FROM)
    return call_back.what_was_asked(CallBack.objects.get(id=row.id), opened)


def test_what_was_asked_is_sealed_until_it_ends(call: Contact, town: Town) -> None:
    row = promised(call, town)
    assert asked(row, town) == WHAT
    assert b"070-174" not in bytes(row.content.content)
    call_back.reach(row.id, by=town.workers["counsellor"], at=FROM)
    assert asked(row, town) is None
    assert CallBack.objects.get(id=row.id).outcome == "reached"


def test_the_caller_reached_the_contact_goes_on(call: Contact, town: Town) -> None:
    row = promised(call, town)
    written(call, town, **(CODED | {"outcome": "call_back"}))
    contact.close(call.id, by=town.workers["counsellor"], at=AT)
    held = call_back.reach(row.id, by=town.workers["other_counsellor"], at=FROM)
    assert held.closed_at is None
    assert held.conversations.count() == 2


def test_nobody_answers_and_then_nobody_is_rung(call: Contact, town: Town) -> None:
    row, by = promised(call, town), town.workers["counsellor"]
    call_back.tried(row.id, by=by, at=FROM)
    assert asked(row, town) == WHAT
    call_back.give_up(row.id, by=by, at=TO)
    assert (CallBack.objects.get(id=row.id).outcome, asked(row, town)) == ("given_up", None)
    for act in (call_back.tried, call_back.reach, call_back.give_up):
        with pytest.raises(facts.AlreadyEnded):
            act(row.id, by=by, at=TO)


def test_a_new_promise_takes_the_place_of_the_old_one(call: Contact, town: Town) -> None:
    old, new = promised(call, town), promised(call, town)
    assert (asked(old, town), asked(new, town)) == (None, WHAT)


@pytest.mark.parametrize(("start", "stop"), [(TO, FROM), (FROM, FROM), (AT - dt.timedelta(hours=2), AT)])
def test_times_that_cannot_be_kept(call: Contact, town: Town, start: dt.datetime, stop: dt.datetime) -> None:
    with pytest.raises(facts.WrongTimes):
        call_back.promise(call.id, WHAT, due_from=start, due_to=stop, by=town.workers["counsellor"], at=AT)
    assert not CallBack.objects.exists()


def test_a_stranger_neither_promises_nor_reaches(call: Contact, town: Town) -> None:
    row, by = promised(call, town), town.workers["registrar"]
    for act in (call_back.tried, call_back.reach, call_back.give_up):
        with pytest.raises(Dossier.DoesNotExist):
            act(row.id, by=by, at=FROM)
