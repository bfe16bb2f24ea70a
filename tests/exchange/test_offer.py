"""An offer has two sides: the receiver sees the envelope and nothing else, the sender what became of it."""

import datetime as dt

import pytest

from hemvag.audit.models import Purpose
from hemvag.dossiers import agreement, record
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Opened
from hemvag.exchange import answer, facts, incident, offer, standing
from hemvag.exchange.models import AnswerKind, Offer
from tests.conftest import Town
from tests.exchange.making import AT, HOUR, child, sent, telling

DAY = dt.timedelta(days=1)


@pytest.fixture
def held(town: Town) -> Opened:
    return child(town)


@pytest.fixture
def gone(town: Town, held: Opened) -> Offer:
    return sent(town, held)


def who_can_open(town: Town, gone: Offer, at: dt.datetime = AT) -> set[str]:
    return {
        part
        for part, worker in town.workers.items()
        if Dossier.objects.visible_to(worker, at).filter(id=gone.envelope_id).exists()
    }


def test_the_receiving_unit_and_the_sender_can_open_it_and_nobody_else(town: Town, gone: Offer) -> None:
    assert who_can_open(town, gone) == {"social_worker", "other_lead"}


def test_the_receiver_sees_what_was_chosen_and_not_which_case_it_came_from(
    town: Town, held: Opened, gone: Offer
) -> None:
    _, envelope = answer.read(gone.envelope_id, by=town.workers["other_lead"], at=AT)
    data = envelope.one(offer.ENVELOPE).data
    assert [item["code"] for item in data["items"]] == ["age", "name"]
    assert held.dossier.reference not in str(data)
    assert not Dossier.objects.visible_to(town.workers["other_lead"], AT).filter(id=held.dossier.id).exists()


def test_the_sender_sees_that_it_was_opened_and_a_second_reading_adds_nothing(town: Town, gone: Offer) -> None:
    assert standing.of(gone).opened_at is None
    for hours in (1, 2):
        answer.read(gone.envelope_id, by=town.workers["other_lead"], at=AT + hours * HOUR)
    answer.read(gone.envelope_id, by=town.workers["social_worker"], at=AT + 3 * HOUR)
    assert standing.of(gone).opened_at == AT + HOUR
    assert gone.answers.count() == 1


def test_it_is_accepted_and_done(town: Town, gone: Offer) -> None:
    lead = town.workers["other_lead"]
    found, envelope = answer.read(gone.envelope_id, by=lead, at=AT)
    answer.accept(envelope, found, by=lead, at=AT + HOUR)
    answer.done(envelope, found, text="Barnet har fått plats.", by=lead, at=AT + DAY)
    assert standing.of(Offer.objects.get(id=gone.id)).kind == AnswerKind.DONE


def test_a_no_says_why_and_takes_the_envelope_back(town: Town, gone: Offer) -> None:
    lead = town.workers["other_lead"]
    found, envelope = answer.read(gone.envelope_id, by=lead, at=AT)
    with pytest.raises(facts.NothingWritten):
        answer.reject(envelope, found, reason="other", by=lead, at=AT)
    answer.reject(envelope, found, reason="wrong_unit", text="Bor i Innerstaden.", by=lead, at=AT)
    assert who_can_open(town, gone) == {"social_worker"}
    _, back = answer.read(gone.envelope_id, by=town.workers["social_worker"], at=AT)
    assert back.one(answer.KIND).data["text"] == "Bor i Innerstaden."


def test_more_is_asked_for_and_given_as_a_line_of_its_own(town: Town, held: Opened, gone: Offer) -> None:
    lead, worker = town.workers["other_lead"], town.workers["social_worker"]
    found, envelope = answer.read(gone.envelope_id, by=lead, at=AT)
    answer.need_more(envelope, found, text="Vilka är vårdnadshavare?", by=lead, at=AT)
    told = telling(held, ["birth"], receiver="other_social_services", channel="envelope")
    offer.more(held, gone, told, by=worker, at=AT + HOUR)
    assert standing.of(Offer.objects.get(id=gone.id)).kind == AnswerKind.MORE_GIVEN
    assert held.dossier.disclosures.count() == 2
    _, envelope = answer.read(gone.envelope_id, by=lead, at=AT + HOUR)
    assert [len(row.data["items"]) for row in envelope.read(offer.ENVELOPE)] == [2, 1]
    with pytest.raises(facts.NotNow):
        offer.more(held, gone, told, by=worker, at=AT + 2 * HOUR)


def test_what_is_withdrawn_can_no_longer_be_opened_or_answered(town: Town, held: Opened, gone: Offer) -> None:
    lead, worker = town.workers["other_lead"], town.workers["social_worker"]
    found, envelope = answer.read(gone.envelope_id, by=lead, at=AT)
    offer.withdraw(held, gone, by=worker, at=AT)
    assert who_can_open(town, gone) == {"social_worker"}
    with pytest.raises(Dossier.DoesNotExist):
        answer.read(gone.envelope_id, by=lead, at=AT)
    with pytest.raises(facts.NotNow):
        answer.accept(envelope, found, by=lead, at=AT)
    with pytest.raises(facts.NotNow):
        offer.withdraw(held, gone, by=worker, at=AT)


def test_what_rests_on_an_agreement_closes_the_second_it_does(town: Town, held: Opened) -> None:
    worker = town.workers["social_worker"]
    words = agreement.Words(what="Namn", to_whom="Skolan", purpose="Plats", read_back_by="Kim", receivers=["school"])
    agreed = agreement.agree(held, given_by="guardian", words=words, valid_from=AT, valid_to=AT + DAY, by=worker, at=AT)
    told = telling(held, receiver="school", situation="joint_table", channel="envelope")
    gone = offer.send(held, told, kind="inform", unit=town.other_children, by=worker, at=AT)
    assert "other_lead" in who_can_open(town, gone)
    assert "other_lead" not in who_can_open(town, gone, AT + DAY)
    agreement.withdraw(held, agreed.id, by=worker, at=AT + HOUR)
    assert "other_lead" not in who_can_open(town, gone, AT + HOUR)
    offer.expire(gone, at=AT + HOUR)
    assert standing.of(Offer.objects.get(id=gone.id)).kind == AnswerKind.EXPIRED


def test_an_offer_that_rests_on_no_agreement_does_not_run_out(gone: Offer) -> None:
    assert offer.expire(gone, at=AT + 400 * DAY) is None


def test_silence_is_seen_after_three_weekdays_and_by_the_lead_after_seven(town: Town, gone: Offer) -> None:
    assert not standing.is_silent(gone, AT + 3 * DAY)
    assert standing.is_silent(gone, AT + 6 * DAY)
    assert not standing.is_silent(gone, AT + 6 * DAY, days=standing.LEAD_AFTER_DAYS)
    assert standing.is_silent(gone, AT + 14 * DAY, days=standing.LEAD_AFTER_DAYS)
    lead = town.workers["other_lead"]
    found, envelope = answer.read(gone.envelope_id, by=lead, at=AT)
    answer.accept(envelope, found, by=lead, at=AT)
    assert not standing.is_silent(Offer.objects.get(id=gone.id), AT + 14 * DAY)


def test_a_transfer_has_the_statutes_clock_and_nothing_else_has(town: Town, held: Opened, gone: Offer) -> None:
    assert standing.answer_due(gone) is None
    told = telling(held, receiver="other_social_services", situation="transfer_of_case", channel="letter")
    moved = offer.send(held, told, kind="transfer", by=town.workers["social_worker"], at=AT)
    due = standing.answer_due(moved)
    assert due is not None
    assert due.strict == dt.date(2026, 4, 3)


def test_what_a_receiver_outside_answers_is_written_in(town: Town, held: Opened) -> None:
    worker = town.workers["social_worker"]
    told = telling(held, receiver="other_social_services", situation="transfer_of_case", channel="letter")
    moved = offer.send(held, told, kind="transfer", by=worker, at=AT)
    answer.written_in(held, moved, kind="accepted", text="Lund tar över från den 1 april.", by=worker, at=AT + DAY)
    assert standing.of(Offer.objects.get(id=moved.id)).kind == AnswerKind.ACCEPTED


@pytest.mark.parametrize("part", ["registrar", "unit_lead", "coordinator", "privacy_officer"])
def test_only_the_receiving_unit_answers(town: Town, gone: Offer, part: str) -> None:
    found, envelope = answer.read(gone.envelope_id, by=town.workers["other_lead"], at=AT)
    with pytest.raises(facts.NotYours):
        answer.accept(envelope, found, by=town.workers[part], at=AT)


def test_what_went_to_the_wrong_one_is_recalled_and_its_hours_counted(town: Town, held: Opened, gone: Offer) -> None:
    worker = town.workers["social_worker"]
    made = incident.recall(held, gone.disclosure, discovered_at=AT, text="Fel enhet valdes.", by=worker, at=AT + HOUR)
    assert who_can_open(town, gone) == {"social_worker"}
    assert incident.hours_left(made, AT + 70 * HOUR) == 2
    assert incident.hours_left(made, AT + 73 * HOUR) < 0
    with pytest.raises(facts.AlreadyRecalled):
        incident.recall(held, gone.disclosure, discovered_at=AT, text="Igen.", by=worker, at=AT + HOUR)
    with pytest.raises(facts.NothingWritten):
        incident.step(held, made, kind="not_reported", happened_at=AT, text="", by=worker, at=AT + HOUR)
    assert not incident.is_settled(list(made.steps.all()))
    late = AT + 80 * HOUR
    incident.step(held, made, kind="reported", happened_at=late, text="", by=worker, at=late)
    assert incident.is_settled(list(made.steps.all()))
    assert incident.told_late(made, list(made.steps.all()))


def test_nobody_reaches_the_envelope_through_another_door(town: Town, gone: Offer) -> None:
    with pytest.raises(Dossier.DoesNotExist):
        record.open_dossier(gone.envelope_id, by=town.workers["registrar"], purpose=Purpose.HANDLE, at=AT)
