"""Feedback: to a mandated reporter who asked, within a week of the decision from 2026-01-15; to a private one never."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemvag.concerns import facts, feedback
from hemvag.concerns.models import DecisionKind, Step, StepKind
from tests.concerns import making
from tests.concerns.making import MINUTE, MONDAY
from tests.conftest import Town

LATER = MONDAY + 5 * MINUTE


def waiting(town: Town) -> Step:
    return Step.objects.get(kind=StepKind.FEEDBACK, done_at=None)


def test_asked_before_the_decision_it_is_due_a_week_after_it(town: Town) -> None:
    made = making.case(town, feedback_asked_at=MONDAY)
    making.decide(town, made, at=LATER)
    due = waiting(town).due()
    assert due.strict == dt.date(2026, 3, 9)
    assert due.provision.startswith("19 kap. 6 §")


@pytest.mark.parametrize(
    ("decided", "strict"),
    [
        (dt.date(2026, 1, 14), None),
        (dt.date(2026, 1, 15), dt.date(2026, 1, 22)),
        (dt.date(2026, 3, 27), dt.date(2026, 4, 3)),
    ],
)
def test_the_week_counts_from_decisions_of_2026_01_15(town: Town, decided: dt.date, strict: dt.date | None) -> None:
    at = MONDAY.replace(month=decided.month, day=decided.day)
    made = making.case(town, at=at, feedback_asked_at=at)
    making.decide(town, made, at=at + MINUTE)
    assert waiting(town).due().strict == strict


def test_asked_after_the_decision_it_is_given_at_once(town: Town) -> None:
    made = making.case(town)
    held = making.decide(town, made, at=LATER)
    assert not Step.objects.filter(kind=StepKind.FEEDBACK).exists()
    asked = MONDAY + dt.timedelta(days=2)
    feedback.ask(held, made.id, asked_at=asked, by=town.workers["social_worker"], at=asked)
    assert waiting(town).due().target == asked.date()
    assert waiting(town).due().strict == asked.date() + dt.timedelta(days=1)


def test_it_is_given_once(town: Town) -> None:
    made = making.case(town, feedback_asked_at=MONDAY)
    held = making.decide(town, made, DecisionKind.NOT_OPEN, at=LATER)
    worker = town.workers["social_worker"]
    given = {"outcome": "given", "text": "Ringde.", "given_at": LATER, "by": worker, "at": LATER}
    step = feedback.give(held, made.id, **given)  # type: ignore[arg-type]
    assert step.content_id is not None
    assert held.piece(step.content_id).data["told"] == "not_open"
    with pytest.raises(facts.AlreadyDecided):
        feedback.give(held, made.id, **given)  # type: ignore[arg-type]


def test_a_private_reporter_gets_none_and_the_refusal_says_why(town: Town) -> None:
    made = making.case(town, source="relative", feedback_asked_at=MONDAY)
    held = making.decide(town, made, at=LATER)
    assert not Step.objects.filter(kind=StepKind.FEEDBACK).exists()
    worker = town.workers["social_worker"]
    with pytest.raises(facts.NoFeedbackToPrivate) as refused:
        feedback.give(held, made.id, outcome="given", text="x", given_at=LATER, by=worker, at=LATER)
    assert "26 kap. 1 § OSL" in refused.value.sentence
    with pytest.raises(facts.NoFeedbackToPrivate):
        feedback.ask(held, made.id, asked_at=LATER, by=worker, at=LATER)


@pytest.mark.parametrize(("asked", "fact"), [(None, facts.FeedbackNotAsked), (MONDAY, facts.NotDecidedYet)])
def test_there_must_be_a_question_and_a_decision(
    town: Town, asked: dt.datetime | None, fact: type[facts.Refused]
) -> None:
    made = making.case(town, feedback_asked_at=asked)
    held = making.protect(town, made, at=LATER)
    with pytest.raises(fact):
        feedback.give(
            held, made.id, outcome="given", text="x", given_at=LATER, by=town.workers["social_worker"], at=LATER
        )


def test_deciding_and_asking_wait_for_each_other(town: Town) -> None:
    made = making.case(town)
    with CaptureQueriesContext(connection) as asked:
        making.decide(town, made, at=MONDAY)
    locks = [row["sql"] for row in asked.captured_queries if "FOR UPDATE" in row["sql"]]
    assert any("concernreport" in sql and "step" not in sql for sql in locks)
