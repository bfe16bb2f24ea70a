"""A code lives when it has been read back, forgives slips, and guessing it is bounded."""

import datetime as dt
import uuid

import pytest

from hemvag.line import code, contact, facts, return_code
from hemvag.line.models import Contact, ReturnCode, WrongEntry
from tests.conftest import Town, log_lines
from tests.line.conftest import AT, CODED, written

LATER = AT + dt.timedelta(days=9)
CALL = uuid.UUID(int=1)


def living(call: Contact, town: Town, *, close: bool = True) -> str:
    """Return a code of the contact that has been read back; the contact is closed after it."""
    by = town.workers["counsellor"]
    made = return_code.offer(call.id, by=by, at=AT)
    return_code.read_back(call.id, offered=made, typed=" ".join(code.groups(made)), by=by, at=AT)
    if close:
        written(call, town, notes="Första samtalet", **(CODED | {"outcome": "code"}))
        contact.close(call.id, by=by, at=AT)
    return made


def enter(typed: str, town: Town, *, call: uuid.UUID = CALL, at: dt.datetime = LATER) -> Contact:
    return return_code.enter(typed, call=call, by=town.workers["other_counsellor"], at=at)


def no_code(town: Town) -> str:
    """Return digits that no living code is near."""
    return next(made for made in iter(code.make, None) if made)


def test_it_does_not_live_before_it_is_read_back(call: Contact, town: Town) -> None:
    made = return_code.offer(call.id, by=town.workers["counsellor"], at=AT)
    with pytest.raises(facts.NoSuchCode):
        enter(made, town)
    wrong = made[:4] + str((int(made[4]) + 1) % 10) + made[5:]
    with pytest.raises(facts.NotReadBack) as found:
        return_code.read_back(call.id, offered=made, typed=wrong, by=town.workers["counsellor"], at=AT)
    assert found.value.group == 2
    assert not ReturnCode.objects.living(LATER).exists()


def test_it_opens_the_same_contact_in_a_new_conversation(call: Contact, town: Town) -> None:
    made = living(call, town)
    found = enter("-".join(code.groups(made)), town)
    assert found.id == call.id
    held, opened = contact.open_contact(call.id, by=town.workers["counsellor"], at=LATER)
    texts = [content.data["text"] for _row, content in contact.notes_of(held, opened)]
    assert texts == ["Första samtalet", ""]
    assert (held.closed_at, held.counsellor, held.outcome) == (None, town.workers["other_counsellor"], "")
    assert log_lines(call.dossier_id)[-2][:2] == (town.workers["other_counsellor"].id, "opened")
    enter(made, town)
    assert held.conversations.count() == 2, "a double click begins no third conversation"


@pytest.mark.parametrize("slip", ["wrong", "swapped", "missing", "too_many", "spaces", "words"])
def test_slips_are_forgiven(call: Contact, town: Town, slip: str) -> None:
    made = living(call, town)
    at = next(place for place in range(11) if made[place] != made[place + 1])
    typed = {
        "wrong": made[:5] + str((int(made[5]) + 3) % 10) + made[6:],
        "swapped": made[:at] + made[at + 1] + made[at] + made[at + 2 :],
        "missing": made[:7] + made[8:],
        "too_many": made[:7] + "0" + made[7:],
        "spaces": f" {made[:3]}.{made[3:6]} - {made[6:]} ".replace("0", "O"),
        "words": " ".join(word for group in code.spoken(made) for word in group),
    }[slip]
    assert enter(typed, town).id == call.id
    assert not WrongEntry.objects.exists()


def test_only_what_it_is_looked_up_by_is_stored(call: Contact, town: Town) -> None:
    made = living(call, town)
    row = ReturnCode.objects.get()
    assert len(bytes(row.lookup)) == 32
    assert made.encode() not in bytes(row.lookup)


def test_a_new_code_ends_the_old_one(call: Contact, town: Town) -> None:
    old = living(call, town, close=False)
    new = living(call, town)
    with pytest.raises(facts.NoSuchCode):
        enter(old, town)
    assert enter(new, town).id == call.id


def test_a_code_that_was_replaced_is_not_brought_to_life(call: Contact, town: Town) -> None:
    by = town.workers["counsellor"]
    old = return_code.offer(call.id, by=by, at=AT)
    return_code.offer(call.id, by=by, at=AT)
    with pytest.raises(facts.CodeReplaced):
        return_code.read_back(call.id, offered=old, typed=old, by=by, at=AT)


def test_it_ends_after_a_year_unused(call: Contact, town: Town) -> None:
    made = living(call, town)
    with pytest.raises(facts.NoSuchCode):
        enter(made, town, at=AT + dt.timedelta(days=366))
    enter(made, town, at=AT + dt.timedelta(days=364))
    assert enter(made, town, at=AT + dt.timedelta(days=364 + 300)).id == call.id


def test_three_tries_a_call_and_an_entry_counts_once(call: Contact, town: Town) -> None:
    made = living(call, town)
    for left in (2, 1, 0):
        with pytest.raises(facts.NoSuchCode) as found:
            enter(no_code(town)[:11], town)
        assert found.value.left == left
    assert WrongEntry.objects.count() == 3
    with pytest.raises(facts.TooManyTries):
        enter(made, town)
    assert enter(made, town, call=uuid.uuid4()).id == call.id


def test_thirty_wrong_a_day_for_the_line(call: Contact, town: Town) -> None:
    made = living(call, town)
    for _count in range(return_code.WRONG_A_DAY):
        with pytest.raises(facts.NoSuchCode):
            enter(no_code(town), town, call=uuid.uuid4())
    with pytest.raises(facts.TooManyToday):
        enter(made, town, call=uuid.uuid4())
    assert enter(made, town, call=uuid.uuid4(), at=LATER + dt.timedelta(days=1)).id == call.id


def test_what_is_no_digit_is_said_and_counts_for_nothing(call: Contact, town: Town) -> None:
    with pytest.raises(code.NotDigits):
        enter("482 hej 123 456", town)
    assert not WrongEntry.objects.exists()


def test_only_the_line_enters_codes(call: Contact, town: Town) -> None:
    made = living(call, town)
    with pytest.raises(facts.NotYours):
        return_code.enter(made, call=CALL, by=town.workers["registrar"], at=LATER)
