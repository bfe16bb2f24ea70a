"""A return that never happens: the plan rests with a reason, comes back for review, and no clock of the law stops."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hemvag.dossiers.models import Dossier, JournalEntry, Sealed
from hemvag.reception import change, facts, plan, resting, statutory, tasks
from hemvag.reception import today as today_of
from hemvag.reception.resting import Step
from hemvag.staff.models import Worker
from tests.conftest import Town, log_lines
from tests.reception import making
from tests.reception.making import AT, HOUR
from tests.reception.test_pages import SURE, once, send

DAY = dt.timedelta(days=1)
REVIEW = AT.date() + 91 * DAY


def rested(town: Town) -> object:
    made = making.made(town)
    resting.rest(made, text="Gränsen är stängd.", review=REVIEW, by=town.workers["social_worker"], at=AT)
    return made.dossier.id


def test_resting_is_kept_with_who_when_why_and_the_next_review(town: Town) -> None:
    dossier = rested(town)
    standing = resting.now(making.opened(town, dossier))
    assert standing is not None
    assert (standing.step, standing.text, standing.review) == (Step.REST, "Gränsen är stängd.", REVIEW)
    assert (standing.at, standing.by_name) == (AT, town.workers["social_worker"].name)
    assert resting.usual_review(AT.date()) == REVIEW


def test_each_decision_is_one_more_and_none_is_changed(town: Town) -> None:
    dossier = rested(town)
    by = town.workers["social_worker"]
    before = {row.id: bytes(row.content) for row in Sealed.objects.filter(dossier=dossier, kind=plan.REST)}
    resting.rest(making.opened(town, dossier), text="Ännu stängd.", review=REVIEW + DAY, by=by, at=AT + HOUR)
    resting.wake(making.opened(town, dossier), text="De är på väg.", by=by, at=AT + 2 * HOUR)
    rows = {row.id: bytes(row.content) for row in Sealed.objects.filter(dossier=dossier, kind=plan.REST)}
    assert before.items() <= rows.items()
    held = making.opened(town, dossier)
    assert [one.step for one in resting.history(held)] == [Step.REST, Step.REST, Step.WAKE]
    assert resting.now(held) is None
    steps = JournalEntry.objects.filter(dossier=dossier).values_list("step", flat=True)
    assert {"plan_rest", "plan_wake"} <= set(steps)


def test_nothing_of_why_or_when_it_is_looked_at_again_stands_in_the_open(town: Town) -> None:
    dossier = rested(town)
    row = Sealed.objects.get(dossier=dossier, kind=plan.REST)
    assert b"stangd" not in bytes(row.content)
    assert (row.at, row.by_id) == (making.opened(town, dossier).dossier.opened_at, None)


def test_a_plan_that_ended_is_taken_up_only_with_a_reason(town: Town) -> None:
    made = making.made(town)
    by = town.workers["social_worker"]
    with pytest.raises(facts.NotResting):
        resting.wake(made, text="Nu.", by=by, at=AT)
    resting.end(made, outcome="elsewhere", text="Till Lund.", by=by, at=AT)
    standing = resting.now(making.opened(town, made.dossier.id))
    assert standing is not None
    assert standing.outcome_label == "De kom till en annan kommun"
    with pytest.raises(facts.HasEnded):
        resting.rest(making.opened(town, made.dossier.id), text="Vila.", review=REVIEW, by=by, at=AT)
    with pytest.raises(facts.HasEnded):
        resting.end(making.opened(town, made.dossier.id), outcome="home", text="Hem.", by=by, at=AT)
    with pytest.raises(facts.NothingWritten):
        resting.wake(making.opened(town, made.dossier.id), text=" ", by=by, at=AT)
    resting.wake(making.opened(town, made.dossier.id), text="De kommer hit ändå.", by=by, at=AT + HOUR)
    assert resting.now(making.opened(town, made.dossier.id)) is None


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_review_lies_ahead_and_within_a_year(town: Town, days: int) -> None:
    made = making.made(town)
    with pytest.raises(facts.NotThatDay):
        resting.rest(made, text="x", review=AT.date() + days * DAY, by=town.workers["social_worker"], at=AT)
    assert resting.now(making.opened(town, made.dossier.id)) is None


def test_only_who_handles_the_plan_lets_it_rest(town: Town) -> None:
    made = making.made(town)
    held = making.opened(town, made.dossier.id, part="unit_lead")
    with pytest.raises(facts.NotYours):
        resting.rest(held, text="x", review=REVIEW, by=town.workers["other_worker"], at=AT)


def test_nothing_is_done_in_a_plan_that_ended_until_it_is_taken_up(town: Town) -> None:
    made = making.made(town)
    by = town.workers["social_worker"]
    resting.end(made, outcome="not_coming", text="De stannar.", by=by, at=AT)
    with pytest.raises(facts.HasEnded):
        tasks.done(making.opened(town, made.dossier.id), "R02", seen=0, by=by, at=AT)
    with pytest.raises(facts.HasEnded):
        change.know(making.opened(town, made.dossier.id), making.KNOWN, version=1, by=by, at=AT)
    resting.wake(making.opened(town, made.dossier.id), text="De kommer.", by=by, at=AT + HOUR)
    tasks.done(making.opened(town, made.dossier.id), "R02", seen=0, by=by, at=AT + HOUR)


def test_a_plan_that_rests_is_still_worked_with(town: Town) -> None:
    dossier = rested(town)
    tasks.done(making.opened(town, dossier), "R02", seen=0, by=town.workers["social_worker"], at=AT + HOUR)


def test_the_clocks_of_the_children_are_the_same_through_resting_waking_and_ending(town: Town) -> None:
    children = making.cases(town)
    made = making.made(town, children)
    by, known = town.workers["social_worker"], {child.dossier.id: child for child in children}
    tasks.done(made, "R09-1", text="Barnets egen risk.", decided_at=AT, carried_out_at=AT, seen=0, by=by, at=AT)

    def clocks() -> list[object]:
        return [(one.child, one.step, one.due) for one in statutory.of(making.read(town, made.dossier.id), known)]

    before = clocks()
    assert {step for _child, step, _due in before} >= {"lvu_submission", "lvu_application"}  # type: ignore[misc]
    for act in (
        lambda: resting.rest(making.opened(town, made.dossier.id), text="x", review=REVIEW, by=by, at=AT),
        lambda: resting.wake(making.opened(town, made.dossier.id), text="x", by=by, at=AT + HOUR),
        lambda: resting.end(making.opened(town, made.dossier.id), outcome="home", text="x", by=by, at=AT + 2 * HOUR),
    ):
        act()
        assert clocks() == before


def test_it_comes_back_on_today_for_review_to_whose_it_is_and_names_nobody(town: Town) -> None:
    dossier = rested(town)
    worker = town.workers["social_worker"]
    far = dt.datetime.combine(REVIEW - 30 * DAY, dt.time(9), AT.tzinfo)
    assert today_of.items(worker, far) == []
    for days, state in ((-3, "soon"), (0, "now"), (2, "late")):
        at = dt.datetime.combine(REVIEW + days * DAY, dt.time(9), AT.tzinfo)
        [item] = today_of.items(worker, at)
        assert (item.state, item.who, item.kind) == (state, "", "plan_review")
        assert "Idris" not in repr(item)
    for other in ("colleague", "unit_lead"):
        assert today_of.items(town.workers[other], at) == []
    Dossier.objects.filter(id=dossier).update(worker=None)
    assert [item.reference for item in today_of.items(town.workers["unit_lead"], at)] == [item.reference]
    assert today_of.items(worker, at) == []
    assert today_of.items(town.workers["coordinator"], at) == []
    assert log_lines(dossier)[-1]


def test_a_plan_that_is_worked_with_asks_for_no_review(town: Town) -> None:
    dossier = rested(town)
    by = town.workers["social_worker"]
    resting.wake(making.opened(town, dossier), text="De är på väg.", by=by, at=AT + HOUR)
    shown = today_of.items(by, dt.datetime.combine(REVIEW, dt.time(9), AT.tzinfo))
    assert [item.kind for item in shown] == ["plan_tasks"]


def test_the_pages_let_it_rest_take_it_up_and_end_it(town: Town, client_for: Callable[[Worker], Client]) -> None:
    made = making.made(town)
    client = client_for(town.workers["social_worker"])
    base = f"/plans/{made.dossier.id}/"
    assert "Det stoppar ingen tid i lagen." in client.get(base + "rest/", secure=True).content.decode()
    assert send(client, base + "rest/", text="", review="").status_code == 422
    rest = send(client, base + "rest/", text="Gränsen är stängd.", review="2027-02-01")
    assert rest.status_code == 302
    assert "måndag 1 februari 2027" in client.get(rest["Location"], secure=True).content.decode()
    assert "Gränsen är stängd." in client.get(base, secure=True).content.decode()
    assert send(client, base + "wake/", text="De är på väg.").status_code == 302
    again = send(client, base + "wake/", text="En gång till.")
    assert again.status_code == 422
    assert "Planen pågår redan." in again.content.decode()
    assert send(client, base + "end/", outcome="home", text="Allt är ordnat.").status_code == 302
    assert "De kom hem" in client.get(base + "timeline/", secure=True).content.decode()


def test_every_form_of_a_plan_that_ended_says_so_and_changes_nothing(
    town: Town, client_for: Callable[[Worker], Client]
) -> None:
    made = making.made(town)
    client = client_for(town.workers["social_worker"])
    base = f"/plans/{made.dossier.id}/"
    forms: dict[str, dict[str, object]] = {
        "known/": SURE | {"version": 1, "day": "2027-01-10"},
        "template/": {"template": "D", "text": "Pappa hålls."},
        "family/": {"child": "3", "coming": "no", "text": "Stannar.", "version": 1},
        "tasks/R02/": {"seen": 0, "done": "1"},
    }
    tokens = {path: once(client.get(base + path, secure=True)) for path in forms}
    resting.end(made, outcome="not_coming", text="De stannar.", by=town.workers["social_worker"], at=AT)
    before = making.read(town, made.dossier.id)
    for path, fields in forms.items():
        answer = client.post(base + path, fields | {"once": tokens[path]}, secure=True)
        assert answer.status_code == 422, path
        assert "Planen är avslutad. Ta upp den igen först." in answer.content.decode(), path
    assert making.read(town, made.dossier.id) == before
    assert "Byt mall" not in client.get(base, secure=True).content.decode()
