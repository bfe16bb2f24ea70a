"""Today shows a plan whose worker must act: a task is late by the plan's own days, or came back."""

import datetime as dt

from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.exchange import answer
from hemvag.reception import resting, sending, tasks, today
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


def test_a_clock_of_custody_is_on_today_by_number_alone_also_while_the_plan_rests(town: Town) -> None:
    made, by = making.made(town, known=Known()), town.workers["social_worker"]
    tasks.done(made, "R09-2", text="Sjuk utan vård.", decided_at=AT, carried_out_at=AT, seen=0, by=by, at=AT)
    resting.rest(made, text="Flyget ställdes in.", review=AT.date() + dt.timedelta(days=60), by=by, at=AT + HOUR)
    for days, state in ((0, "soon"), (7, "now"), (8, "late")):
        [item] = today.items(by, AT + dt.timedelta(days=days, hours=2))
        assert (item.kind, item.title, item.state) == ("plan_clock", "Underställ omhändertagandet", state)
        assert (item.who, item.reference) == ("", made.dossier.reference)
        assert "7 § LVU" in item.note
        assert "Idris" not in repr(item)
    tasks.court(made, "R24-2", submitted_at=AT + 2 * HOUR, seen=0, by=by, at=AT + 3 * HOUR)
    [item] = today.items(by, AT + 4 * HOUR)
    assert item.title == "Ansök om vård enligt LVU"
    tasks.court(made, "R24-2", applied_at=AT + 5 * HOUR, seen=1, by=by, at=AT + 5 * HOUR)
    assert today.items(by, AT + 6 * HOUR) == []
