"""An adult is helped who asks for it: what begins a case, what rests on an agreement, and what ends with it."""

import datetime as dt

import pytest

from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Agreement, Dossier, Sight
from hemvag.dossiers.opened import NothingSealed, OnlyToRead
from hemvag.support import agreements, assignment, conference, facts, knowledge, notes, offer, plan, today
from hemvag.support.case import Case
from hemvag.support.models import Outcome, StepKind, SupportStep
from tests.conftest import Town
from tests.support import making
from tests.support.making import AT, DAY, MINUTE

PARTY = conference.Party(receiver="police", who="Bo Ek, kommunpolis", told="Att han söker bostad.")


def kinds(opened: object) -> set[str]:
    """The kinds of the steps that wait."""
    return {step.kind for step in Case.of(opened, AT).waiting}  # type: ignore[arg-type]


def test_a_case_begins_when_the_person_asks_for_help(town: Town) -> None:
    opened = making.own(town)
    assert kinds(opened) == {StepKind.SUPPORT, StepKind.AGREEMENT}
    assert opened.dossier.worker == town.workers["support_worker"]
    assert Case.of(opened, AT).next_kind() == StepKind.AGREEMENT


def test_what_somebody_else_tells_gives_an_offer_and_no_case(town: Town) -> None:
    opened = making.told(town)
    assert kinds(opened) == {StepKind.OFFER}
    assert not Case.of(opened, AT).is_running
    with pytest.raises(facts.NotRunning):
        making.agree(town, opened)


def test_why_somebody_is_helped_is_sealed_and_in_no_open_row(town: Town) -> None:
    opened = making.told(town, source="police", ground="Enligt 35 kap. 10 c § OSL.")
    notes.police(
        opened,
        direction="from_sapo",
        ground="10 kap. 15 a § OSL",
        on=AT.date(),
        by=town.workers["support_worker"],
        at=AT,
    )
    rows = [*SupportStep.objects.values(), *opened.dossier.journal.values(), *Dossier.objects.values()]
    assert not [row for row in rows if "police" in str(row) or "sapo" in str(row) or "35 kap" in str(row)]
    assert opened.one(knowledge.KIND).data["verdict"] == "may"


def test_what_a_rule_forbade_to_be_told_is_not_kept(town: Town) -> None:
    with pytest.raises(facts.NotLawful):
        making.told(town, source="police", on=dt.date(2019, 5, 6))
    assert not SupportStep.objects.exists()


def test_where_no_rule_speaks_the_ground_in_words_answers_for_it(town: Town) -> None:
    assert making.told(town, source="other").one(knowledge.KIND).data["verdict"] == "no"


def test_the_attempts_that_were_planned_are_made_and_then_it_rests(town: Town) -> None:
    opened, by = making.told(town, most=2), town.workers["support_worker"]
    for _number in range(2):
        offer.attempt(opened, answer="nothing", text="Brev skickat.", tried_at=AT, by=by, at=AT)
    assert SupportStep.objects.get(kind=StepKind.OFFER).outcome == Outcome.NO_ANSWER
    with pytest.raises(facts.OfferRests):
        offer.attempt(opened, answer="nothing", text="Ett till.", tried_at=AT, by=by, at=AT)


def test_when_the_last_day_has_passed_no_attempt_is_made(town: Town) -> None:
    opened, later = making.told(town, days=3), AT + 4 * DAY
    assert Case.of(opened, later).next_kind() is None
    assert not today.items(town.workers["support_worker"], later)
    with pytest.raises(facts.OfferRests):
        offer.attempt(opened, answer="nothing", text="x", tried_at=later, by=town.workers["support_worker"], at=later)


@pytest.mark.parametrize(("answer", "outcome"), [("yes", Outcome.ACCEPTED), ("no", Outcome.DECLINED)])
def test_a_yes_begins_the_case_and_a_no_ends_the_offer(town: Town, answer: str, outcome: Outcome) -> None:
    opened = making.told(town)
    offer.attempt(opened, answer=answer, text="Svar.", tried_at=AT, by=town.workers["support_worker"], at=AT)
    assert SupportStep.objects.get(kind=StepKind.OFFER).outcome == outcome
    assert Case.of(opened, AT).is_running == (answer == "yes")


def test_nothing_is_planned_and_nobody_meets_without_an_agreement(town: Town) -> None:
    opened, by = making.own(town), town.workers["support_worker"]
    with pytest.raises(facts.NoAgreement):
        making.planned(town, opened)
    with pytest.raises(facts.NobodyAgreed):
        conference.hold(opened, table="sig", parties=[PARTY], text="", held_at=AT, by=by, at=AT)


def test_a_meeting_says_who_was_told_what_under_which_agreement(town: Town) -> None:
    opened, by = making.own(town), town.workers["support_worker"]
    made = making.agree(town, opened)
    conference.hold(opened, table="sig", parties=[PARTY], text="Vi ses igen.", held_at=AT, by=by, at=AT)
    [held] = conference.read(opened)
    [told] = held.parties
    assert (held.table, held.held_at, told.who, told.told) == ("sig", AT, PARTY.who, PARTY.told)
    assert (told.agreement_id, told.provision) == (made.id, "12 kap. 2 § OSL")


def test_a_party_that_no_agreement_names_is_refused_and_nothing_is_kept(town: Town) -> None:
    opened, by = making.own(town), town.workers["support_worker"]
    making.agree(town, opened)
    others = [PARTY, conference.Party(receiver="school", who="Rektor", told="Allt.")]
    with pytest.raises(facts.NobodyAgreed) as refused:
        conference.hold(opened, table="sspf", parties=others, text="", held_at=AT, by=by, at=AT)
    assert "Skola" in refused.value.sentence
    assert conference.read(opened) == []


def test_a_meeting_of_the_same_minute_as_its_agreement_is_kept_and_one_of_the_minute_before_is_not(town: Town) -> None:
    opened, by = making.own(town, at=AT - DAY), town.workers["support_worker"]
    now = AT + dt.timedelta(seconds=40)
    making.agree(town, opened, at=AT + dt.timedelta(seconds=20))
    with pytest.raises(facts.NobodyAgreed):
        conference.hold(opened, table="sig", parties=[PARTY], text="", held_at=AT - MINUTE, by=by, at=now)
    conference.hold(opened, table="sig", parties=[PARTY], text="", held_at=AT, by=by, at=now)
    assert len(conference.read(opened)) == 1


def test_a_unit_here_sits_at_the_table_by_the_agreement_that_lets_it_read(town: Town) -> None:
    opened, by = making.own(town), town.workers["support_worker"]
    making.agree(town, opened, receivers=(), unit=town.other_children, kinds=("plan",))
    party = conference.Party(receiver=f"unit:{town.other_children.id}", who="Ada", told="Planen.")
    conference.hold(opened, table="other", parties=[party], text="", held_at=AT, by=by, at=AT)
    assert conference.called(party.receiver) == town.other_children.name


def test_withdrawing_the_last_agreement_closes_what_rested_on_it_and_ends_all_contact(town: Town) -> None:
    opened, by = making.own(town), town.workers["support_worker"]
    made = making.agree(town, opened)
    making.planned(town, opened)
    agreements.withdraw(opened, made.id, by=by, at=AT + MINUTE)
    assert not SupportStep.objects.filter(done_at=None).exists()
    assert set(SupportStep.objects.filter(done_at=AT + MINUTE).values_list("outcome", flat=True)) == {"withdrawn"}
    with pytest.raises(facts.NotRunning):
        making.planned(town, opened, at=AT + MINUTE)
    assert plan.current(making.again(town, opened, at=AT + MINUTE)) is not None


def test_withdrawing_one_of_two_leaves_what_the_other_holds(town: Town) -> None:
    opened, by = making.own(town), town.workers["support_worker"]
    first = making.agree(town, opened)
    making.agree(town, opened, receivers=("school",), at=AT + MINUTE)
    agreements.withdraw(opened, first.id, by=by, at=AT + 2 * MINUTE)
    case = Case.of(opened, AT + 2 * MINUTE)
    assert case.is_running
    assert case.next_kind() == StepKind.PLAN
    with pytest.raises(facts.NobodyAgreed):
        conference.hold(
            opened, table="sig", parties=[PARTY], text="", held_at=AT + 2 * MINUTE, by=by, at=AT + 2 * MINUTE
        )


def test_the_second_it_runs_out_what_rested_on_it_waits_no_more(town: Town) -> None:
    opened = making.own(town)
    making.agree(town, opened, days=20)
    making.planned(town, opened)
    last = AT + 20 * DAY
    assert Case.of(opened, last - dt.timedelta(seconds=1)).next_kind() == StepKind.FOLLOW_UP
    assert Case.of(opened, last).next_kind() == StepKind.AGREEMENT
    assert not today.items(town.workers["support_worker"], last)
    making.agree(town, opened, at=last)
    assert SupportStep.objects.get(kind=StepKind.FOLLOW_UP).outcome == Outcome.LAPSED


def test_a_granted_unit_reads_its_part_until_it_is_withdrawn(town: Town) -> None:
    opened = making.own(town)
    made = making.agree(town, opened, receivers=(), unit=town.other_children, kinds=("plan",))
    making.planned(town, opened)
    reader = town.workers["other_worker"]
    ask = {"by": reader, "purpose": Purpose.SUPPORT, "sight": Sight.AGREED}
    held = record.open_dossier(opened.dossier.id, at=AT, **ask)  # type: ignore[arg-type]
    assert plan.current(held)
    with pytest.raises(NothingSealed):
        held.one("identity")
    with pytest.raises(OnlyToRead):
        held.seal("plan", {}, by=reader, at=AT)
    agreements.withdraw(opened, made.id, by=town.workers["support_worker"], at=AT + MINUTE)
    with pytest.raises(Dossier.DoesNotExist):
        record.open_dossier(opened.dossier.id, at=AT + MINUTE, **ask)  # type: ignore[arg-type]


def test_an_agreement_opens_only_what_it_may_and_never_backwards(town: Town) -> None:
    opened = making.own(town)
    with pytest.raises(facts.NoSuchKinds):
        making.agree(town, opened, unit=town.other_children, kinds=("agreement_print",))
    with pytest.raises(facts.NotThoseDays):
        making.agree(town, opened, days=0)
    assert not Agreement.objects.exists()


def test_the_person_may_come_back(town: Town) -> None:
    opened, by = making.told(town), town.workers["support_worker"]
    offer.attempt(opened, answer="no", text="Inte nu.", tried_at=AT, by=by, at=AT)
    offer.came_back(opened, words="Nu vill jag.", by=by, at=AT + DAY)
    assert Case.of(opened, AT + DAY).is_running
    with pytest.raises(facts.AlreadyDecided):
        offer.came_back(opened, words="Igen.", by=by, at=AT + DAY)


def test_ratings_are_the_persons_own_and_follow_each_other(town: Town) -> None:
    opened, by = making.own(town), town.workers["support_worker"]
    making.agree(town, opened)
    making.planned(town, opened)
    later = AT + 14 * DAY
    said = {"text": "Bättre.", "helped": "Samtalen", "following": None, "met_at": later}
    plan.follow(opened, rating=6, by=by, at=later, **said)  # type: ignore[arg-type]
    assert plan.ratings(opened) == [(AT.date(), 3), (later.date(), 6)]
    with pytest.raises(IndexError):
        plan.follow(opened, rating=11, by=by, at=later, **said)  # type: ignore[arg-type]


def test_support_ends_once_and_everything_that_waits_with_it(town: Town) -> None:
    opened, by = making.own(town), town.workers["support_worker"]
    making.agree(town, opened)
    notes.close(opened, ending="done", text="Hon klarar sig.", by=by, at=AT)
    assert not SupportStep.objects.filter(done_at=None).exists()
    with pytest.raises(facts.NotRunning):
        notes.close(opened, ending="done", text="Igen.", by=by, at=AT)


def test_a_protected_identity_goes_to_the_desk_and_stays_there(town: Town) -> None:
    opened = making.own(town, protected="secrecy_marking")
    assert (opened.dossier.unit, opened.dossier.worker) == (town.protected_desk, None)
    desk = making.again(town, opened, part="protected_desk")
    with pytest.raises(facts.StaysAtProtectedDesk):
        assignment.move(desk, unit=town.adults, by=town.workers["protected_desk"], at=AT)


def test_a_lead_gives_the_case_out_and_who_steps_off_sees_it_no_more(town: Town) -> None:
    opened, colleague = making.own(town), town.workers["support_colleague"]
    lead = making.again(town, opened, part="support_lead")
    assignment.assign(lead, worker=colleague, by=town.workers["support_lead"], at=AT)
    with pytest.raises(facts.NotInTheUnit):
        assignment.assign(lead, worker=town.workers["social_worker"], by=town.workers["support_lead"], at=AT)
    with pytest.raises(facts.NotYours):
        assignment.assign(lead, worker=colleague, by=colleague, at=AT)
    with pytest.raises(Dossier.DoesNotExist):
        making.again(town, opened)
    assignment.step_off(making.again(town, opened, part="support_colleague"), reasons="Granne.", by=colleague, at=AT)
    with pytest.raises(Dossier.DoesNotExist):
        making.again(town, opened, part="support_colleague")


def test_today_shows_ones_own_and_a_lead_what_nobody_has(town: Town) -> None:
    opened = making.own(town)
    [item] = today.items(town.workers["support_worker"], AT)
    assert (item.who, item.next_label) == ("Fältman, Jonas", "Gå igenom medgivandet")
    assert not today.items(town.workers["support_lead"], AT)
    assert not today.items(town.workers["social_worker"], AT)
    Dossier.objects.filter(id=opened.dossier.id).update(worker=None)
    [item] = today.items(town.workers["support_lead"], AT)
    assert item.next_label == "Tilldela"
