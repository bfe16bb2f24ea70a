"""A review is read, asked about and signed by its lead alone, and by nobody about herself."""

import pytest
from django.db import IntegrityError, transaction

from hemvag.oversight import review, today
from hemvag.oversight.models import REVIEWED_WITHIN, Remark, Review
from tests.conftest import Town
from tests.oversight import making
from tests.oversight.making import NEXT_WEEK

FINE = Remark.Outcome.FINE


def test_its_lead_signs_it_and_it_is_over(town: Town) -> None:
    row = making.one(town)
    lead = town.workers["unit_lead"]
    assert [item.kind for item in today.items(lead, NEXT_WEEK)] == ["log_review"]
    review.sign(row.id, outcome=FINE, by=lead, at=NEXT_WEEK)
    assert today.items(lead, NEXT_WEEK) == []
    assert not Review.objects.waiting().exists()
    with pytest.raises(review.AlreadySaid) as said:
        review.sign(row.id, outcome=Remark.Outcome.INCIDENT, by=lead, at=NEXT_WEEK)
    assert (said.value.by, said.value.at) == (lead, NEXT_WEEK)
    with pytest.raises(review.AlreadySaid):
        review.ask(row.id, by=lead, at=NEXT_WEEK)


@pytest.mark.parametrize("part", ["colleague", "social_worker", "other_lead", "privacy_officer", "administrator"])
def test_nobody_else_says_anything_in_it(town: Town, part: str) -> None:
    row = making.one(town)
    for say in (
        lambda by: review.sign(row.id, outcome=FINE, by=by, at=NEXT_WEEK),
        lambda by: review.ask(row.id, by=by, at=NEXT_WEEK),
    ):
        with pytest.raises(review.NotYours):
            say(town.workers[part])
    with pytest.raises(review.NotYours):
        review.answer(row.id, code="mine", by=town.workers[part], at=NEXT_WEEK)
    assert not Remark.objects.exists()


def test_a_lead_who_leads_no_more_signs_nothing(town: Town) -> None:
    row = making.one(town)
    lead = town.workers["unit_lead"]
    lead.memberships.update(valid_to=NEXT_WEEK.date())
    with pytest.raises(review.NotYours):
        review.sign(row.id, outcome=FINE, by=lead, at=NEXT_WEEK)
    assert today.items(lead, NEXT_WEEK) == []


def test_the_worker_is_asked_answers_and_the_lead_signs(town: Town) -> None:
    row = making.one(town)
    lead, worker = town.workers["unit_lead"], town.workers["colleague"]
    assert today.items(worker, NEXT_WEEK) == []
    review.ask(row.id, by=lead, at=NEXT_WEEK)
    assert [item.title for item in today.items(worker, NEXT_WEEK)] == ["Svara om en öppning"]
    with pytest.raises(review.AlreadySaid):
        review.ask(row.id, by=lead, at=NEXT_WEEK)
    with pytest.raises(review.NotYours):
        review.answer(row.id, code="mine", by=lead, at=NEXT_WEEK)
    assert review.answer(row.id, code="mistake", by=worker, at=NEXT_WEEK).words() == "Jag öppnade fel akt"
    assert today.items(worker, NEXT_WEEK) == []
    review.sign(row.id, outcome=Remark.Outcome.TALKED, by=lead, at=NEXT_WEEK)


def test_what_is_signed_needs_no_answer(town: Town) -> None:
    row = making.one(town)
    lead, worker = town.workers["unit_lead"], town.workers["colleague"]
    review.ask(row.id, by=lead, at=NEXT_WEEK)
    review.sign(row.id, outcome=FINE, by=lead, at=NEXT_WEEK)
    assert today.items(worker, NEXT_WEEK) == []
    with pytest.raises(review.AlreadySaid):
        review.answer(row.id, code="mine", by=worker, at=NEXT_WEEK)


def test_only_codes_are_taken_and_no_words(town: Town) -> None:
    row = making.one(town)
    with pytest.raises(ValueError, match="Amina"):
        review.sign(row.id, outcome="Amina", by=town.workers["unit_lead"], at=NEXT_WEEK)
    assert not Remark.objects.exists()


def test_each_thing_is_said_once_in_the_database_too(town: Town) -> None:
    row = making.one(town)
    facts = {"review": row, "kind": "signed", "code": "fine", "at": NEXT_WEEK, "by": town.workers["unit_lead"]}
    Remark.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.create(**facts)


def test_a_review_is_late_after_fourteen_days(town: Town) -> None:
    making.one(town)
    lead = town.workers["unit_lead"]
    states = [today.items(lead, NEXT_WEEK + REVIEWED_WITHIN * part)[0].state for part in (0, 1, 1.1)]
    assert states == ["soon", "now", "late"]


def test_who_reads_the_log_sees_each_review_of_her_committee_and_others_none(town: Town) -> None:
    making.one(town)
    seen = {part: Review.objects.visible_to(worker, NEXT_WEEK).count() for part, worker in town.workers.items()}
    assert {part for part, number in seen.items() if number} == {"unit_lead", "privacy_officer"}
    town.workers["privacy_officer"].memberships.update(valid_to=making.WEEK)
    assert not Review.objects.visible_to(town.workers["privacy_officer"], NEXT_WEEK).exists()
