"""The steps of a case in the law's order, each with what refuses it."""

import datetime as dt

import pytest

from hemvag.concerns import facts, investigation, meeting, notes, preliminary_assessment, protection_assessment, voice
from hemvag.concerns.case import Case
from hemvag.concerns.models import ConcernReport, Decision, DecisionKind, Step, StepKind
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker
from tests.concerns import making
from tests.concerns.making import MINUTE, MONDAY
from tests.conftest import Town

LATER = MONDAY + 5 * MINUTE
DAY = dt.timedelta(days=1)


@pytest.fixture
def made(town: Town) -> ConcernReport:
    return making.case(town)


@pytest.fixture
def worker(town: Town) -> Worker:
    return town.workers["social_worker"]


def assess(held: Opened, made: ConcernReport, by: Worker, **facts_of: object) -> Step:
    given = {"outcome": "measures", "reasons": "Ensam.", "assessed_at": LATER, "at": LATER} | facts_of
    return protection_assessment.record(held, making.step(made, StepKind.PROTECTION).id, by=by, **given)  # type: ignore[arg-type]


def settle(held: Opened, made: ConcernReport, by: Worker, **facts_of: object) -> Decision:
    given = {"outcome": DecisionKind.OPEN, "reasons": "Oro.", "decided_at": LATER, "at": LATER} | facts_of
    return preliminary_assessment.decide(held, making.step(made, StepKind.PRELIMINARY).id, by=by, **given)  # type: ignore[arg-type]


def test_the_protection_assessment_is_due_the_day_after_saturdays_too(town: Town) -> None:
    saturday = MONDAY + 5 * DAY
    [made] = making.receive(town, at=saturday)
    due = making.step(made, StepKind.PROTECTION).due()
    assert (due.target, due.strict, due.latest) == (dt.date(2026, 3, 7), dt.date(2026, 3, 8), None)


def test_the_protection_assessment_is_stored_with_its_reasons_sealed(
    town: Town, made: ConcernReport, worker: Worker
) -> None:
    held = making.opened(town, made)
    step = assess(held, made, worker)
    assert (step.done_by, step.outcome) == (worker, "measures")
    assert step.content_id is not None
    assert held.piece(step.content_id).data["reasons"] == "Ensam."
    entry = held.dossier.journal.get(step="protection_measures")
    assert entry.provision == "20 kap. 1 § SoL (2025:400)"


@pytest.mark.parametrize(
    ("fact", "wrong"),
    [
        (facts.InTheFuture, {"assessed_at": LATER + MINUTE}),
        (facts.TooEarly, {"assessed_at": MONDAY - MINUTE}),
        (facts.NothingWritten, {"reasons": ""}),
        (facts.TooLong, {"reasons": "x" * 200_000}),
    ],
)
def test_what_cannot_be_is_refused(
    town: Town, made: ConcernReport, worker: Worker, fact: type[facts.Refused], wrong: dict[str, object]
) -> None:
    with pytest.raises(fact):
        assess(making.opened(town, made), made, worker, **wrong)
    assert making.step(made, StepKind.PROTECTION).done_at is None


def test_the_registrar_does_not_take_a_cases_steps(town: Town, made: ConcernReport) -> None:
    with pytest.raises(facts.NotYours):
        assess(making.opened(town, made), made, town.workers["registrar"])


def test_nothing_is_decided_before_the_protection_assessment(town: Town, made: ConcernReport, worker: Worker) -> None:
    with pytest.raises(facts.ProtectionFirst):
        settle(making.opened(town, made), made, worker)
    assert not Decision.objects.exists()


def test_a_decision_is_not_made_before_what_it_builds_on(town: Town, made: ConcernReport, worker: Worker) -> None:
    held = making.protect(town, made, at=LATER)
    with pytest.raises(facts.TooEarly):
        settle(held, made, worker, decided_at=MONDAY)


def test_opening_starts_four_months(town: Town, made: ConcernReport) -> None:
    making.decide(town, made, at=LATER)
    step = making.step(made, StepKind.INVESTIGATION)
    assert step.started_at == LATER
    assert step.due().strict == dt.date(2026, 7, 2)
    assert Decision.objects.get().provision == "20 kap. 2 § SoL (2025:400)"


def test_not_opening_ends_the_case(town: Town, made: ConcernReport) -> None:
    held = making.decide(town, made, DecisionKind.NOT_OPEN, at=LATER)
    assert Case.of(held.dossier).next_step() is None


def test_a_decision_is_made_once(town: Town, made: ConcernReport, worker: Worker) -> None:
    held = making.decide(town, made, at=LATER)
    with pytest.raises(facts.AlreadyDecided) as first:
        settle(held, made, worker, outcome=DecisionKind.NOT_OPEN)
    assert first.value.sentence == "En kollega beslutade kl. 10.05. Läs beslutet; din text finns kvar."
    assert Decision.objects.count() == 1


def test_a_second_report_joins_the_running_investigation(town: Town, made: ConcernReport, worker: Worker) -> None:
    making.decide(town, made, at=LATER)
    [second] = making.receive(town, at=LATER)
    making.merged(town, second, made, at=LATER)
    second.refresh_from_db()
    held = making.protect(town, made, at=LATER)
    with pytest.raises(facts.InvestigationRuns):
        settle(held, second, worker)
    settle(held, second, worker, outcome=DecisionKind.JOIN)
    assert Step.objects.filter(kind=StepKind.INVESTIGATION).count() == 1


def test_there_must_be_an_investigation_to_join(town: Town, made: ConcernReport, worker: Worker) -> None:
    held = making.protect(town, made, at=LATER)
    with pytest.raises(facts.NoInvestigationRuns):
        settle(held, made, worker, outcome=DecisionKind.JOIN)


def test_more_time_is_a_written_decision_to_a_day(town: Town, made: ConcernReport, worker: Worker) -> None:
    held = making.protect(town, made, at=LATER)
    step = making.step(made, StepKind.PRELIMINARY)
    with pytest.raises(facts.NotLater):
        preliminary_assessment.extend(held, step.id, until=dt.date(2026, 3, 16), reasons="Tolk.", by=worker, at=LATER)
    with pytest.raises(facts.NothingWritten):
        preliminary_assessment.extend(held, step.id, until=dt.date(2026, 3, 29), reasons="", by=worker, at=LATER)
    preliminary_assessment.extend(held, step.id, until=dt.date(2026, 3, 29), reasons="Tolk.", by=worker, at=LATER)
    due = making.step(made, StepKind.PRELIMINARY).due()
    assert (due.strict, due.target, due.latest) == (dt.date(2026, 3, 29), dt.date(2026, 3, 27), dt.date(2026, 3, 30))
    assert not making.step(made, StepKind.PRELIMINARY).is_late(MONDAY + 20 * DAY)


def test_an_investigation_is_extended_by_decision(town: Town, made: ConcernReport, worker: Worker) -> None:
    held = making.decide(town, made, at=LATER)
    step = making.step(made, StepKind.INVESTIGATION)
    investigation.extend(held, step.id, until=dt.date(2026, 9, 1), reasons="Utredning pågår.", by=worker, at=LATER)
    assert making.step(made, StepKind.INVESTIGATION).until == dt.date(2026, 9, 1)
    assert Decision.objects.get(kind=DecisionKind.EXTEND).provision


def test_it_is_not_closed_before_the_child_has_been_heard(town: Town, made: ConcernReport, worker: Worker) -> None:
    held = making.decide(town, made, at=LATER)
    step = making.step(made, StepKind.INVESTIGATION)
    closing = {
        "outcome": DecisionKind.CLOSE_MEASURE,
        "reasons": "Stöd ges.",
        "decided_at": LATER,
        "by": worker,
        "at": LATER,
    }
    before = MONDAY - dt.timedelta(days=400)
    voice.record(held, how="alone", heard_at=before, text="I ett tidigare ärende.", by=worker, at=before)
    with pytest.raises(facts.VoiceMissing):
        investigation.close(held, step.id, **closing)  # type: ignore[arg-type]
    voice.record(held, how="not_heard", heard_at=LATER, text="För litet.", by=worker, at=LATER)
    investigation.close(held, step.id, **closing)  # type: ignore[arg-type]
    assert Case.of(held.dossier).running_investigation() is None
    with pytest.raises(facts.AlreadyDecided):
        investigation.extend(held, step.id, until=dt.date(2026, 9, 1), reasons="x", by=worker, at=LATER)


@pytest.mark.parametrize("text", ["", "x" * 200_000])
def test_a_note_without_words_or_far_too_long_is_refused(
    town: Town, made: ConcernReport, worker: Worker, text: str
) -> None:
    held = making.opened(town, made)
    with pytest.raises((facts.NothingWritten, facts.TooLong)):
        notes.write(held, about="call", happened_at=LATER, text=text, by=worker, at=LATER)
    assert held.dossier.journal.count() == 1


def test_a_note_keeps_every_letter(town: Town, made: ConcernReport, worker: Worker) -> None:
    held = making.opened(town, made)
    written = "محمد ringde 👨‍👩‍👧 och sade «hej»"
    content = notes.write(held, about="call", happened_at=LATER, text=written, by=worker, at=LATER)
    assert held.piece(content).data["text"] == written


def test_a_meeting_is_for_those_who_must_report(town: Town, worker: Worker) -> None:
    police, private = making.case(town), making.case(town, source="relative")
    held = making.opened(town, police)
    meeting.record(held, police.id, outcome="held", on=LATER, text="Alla kom.", by=worker, at=LATER)
    assert held.dossier.journal.get(step="meeting_held").provision.startswith("19 kap. 5 §")
    with pytest.raises(facts.NoFeedbackToPrivate):
        meeting.record(
            making.opened(town, private), private.id, outcome="held", on=LATER, text="x", by=worker, at=LATER
        )


def test_a_step_of_another_dossier_cannot_be_taken_through_this_one(town: Town, worker: Worker) -> None:
    mine, other = making.case(town), making.case(town)
    with pytest.raises(Step.DoesNotExist):
        assess(making.opened(town, mine), other, worker)
