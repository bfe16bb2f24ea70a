"""Today shows a plan whose worker must act: a task is late by the plan's own days, or came back."""

import datetime as dt

from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.exchange import answer
from hemvag.reception import sending, tasks, today
from hemvag.reception.known import Known
from tests.conftest import Town
from tests.reception import making
from tests.reception.making import AT, HOUR


def test_a_plan_on_time_is_not_on_today_and_a_late_one_is_by_number_alone(town: Town) -> None:
    made = making.made(town, known=Known())
    worker = town.workers["social_worker"]
    assert today.items(worker, AT) == []
    later = AT + dt.timedelta(days=3)
    [item] = today.items(worker, later)
    assert (item.who, item.reference, item.state) == ("", made.dossier.reference, "late")
    assert "försenad" in item.note
    assert "Idris" not in str(item)
    assert today.items(town.workers["colleague"], later) == []
    assert today.items(town.workers["other_lead"], later) == []


def test_a_task_that_was_declined_is_its_senders_again(town: Town) -> None:
    made, by = making.made(town, known=Known()), town.workers["social_worker"]
    for key in ("R01-1", "R01-2", "R01-3", "R02"):
        tasks.done(made, key, seen=0, by=by, at=AT)
    found = making.read(town, made.dossier.id)
    parts = making.parts(town, found, "R04")
    assert today.items(by, AT + HOUR) == []
    sent = sending.send(made, "R04", parts, telling=making.telling(), unit=town.other_children, seen=0, by=by, at=AT)
    lead = town.workers["other_lead"]
    assert sent[0].envelope_id
    envelope = record.open_dossier(sent[0].envelope_id, by=lead, purpose=Purpose.TELL, at=AT)
    answer.reject(envelope, sent[0], reason="no_room", by=lead, at=AT)
    [item] = today.items(by, AT + HOUR)
    assert "1 uppgift har kommit tillbaka." in item.note
