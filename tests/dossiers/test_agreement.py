"""An agreement opens what it names, to whom it names, as long as it says; withdrawn, it opens nothing."""

import datetime as dt
from typing import Any

import pytest

from hemvag.audit.models import Purpose
from hemvag.dossiers import agreement, record
from hemvag.dossiers.agreement import Opening, Words
from hemvag.dossiers.models import Agreement, Compartment, Dossier, GivenBy, Grant, JournalEntry, Recusal, Sealed, Sight
from hemvag.dossiers.opened import NothingSealed, OnlyToRead, Opened
from hemvag.staff.models import Membership
from tests.conftest import Town, log_lines

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
WEEK = dt.timedelta(days=7)
WORDS = Words(
    what="Planen och vem som är handläggare",
    to_whom="Barn och unga Innerstaden",
    purpose="att stöden inte ska krocka",
    given_by_name="Nadja Ek",
    how="spoken",
    read_back_by="Stödhandläggaren",
    receivers=["health_care"],
)


@pytest.fixture
def adult(town: Town) -> Opened:
    worker = town.workers["support_worker"]
    new = record.New(compartment=Compartment.ADULT, unit=town.adults, worker=worker)
    [opened] = record.create([new], by=worker, purpose=Purpose.SUPPORT, at=AT)
    opened.seal("identity", {"names": [{"given": "Nadja"}]}, by=worker, at=AT)
    opened.seal("plan", {"goal": "En egen bostad."}, by=worker, at=AT)
    return opened


def agree(town: Town, opened: Opened, **facts: Any) -> Agreement:
    """An agreement of a week that opens the plan to the children's unit."""
    arguments: dict[str, Any] = {
        "given_by": GivenBy.ADULT,
        "words": WORDS,
        "openings": [Opening(kinds=["plan"], unit=town.children)],
        "valid_from": AT,
        "valid_to": AT + WEEK,
        "by": town.workers["support_worker"],
        "at": AT,
    }
    return agreement.agree(opened, **(arguments | facts))


def read_by(town: Town, part: str, opened: Opened, at: dt.datetime = AT) -> Opened:
    worker = town.workers[part]
    return record.open_dossier(opened.dossier.id, by=worker, purpose=Purpose.AGREED, at=at, sight=Sight.AGREED)


def sees(town: Town, part: str, at: dt.datetime = AT, sight: Sight = Sight.AGREED) -> bool:
    return Dossier.objects.visible_to(town.workers[part], at, sight).exists()


@pytest.mark.parametrize("part", ["support_worker", "support_lead"])
def test_an_adults_dossier_is_its_workers_and_its_units_lead(town: Town, adult: Opened, part: str) -> None:
    assert sees(town, part, sight=Sight.CONTENT)


def test_an_adults_dossier_is_nobody_elses(town: Town, adult: Opened) -> None:
    """Neither a colleague's in the unit who is not on the case, nor anyone's who has children's abilities."""
    for part in set(town.workers) - {"support_worker", "support_lead"}:
        for sight in Sight:
            assert not sees(town, part, sight=sight), (part, sight)


def test_a_worker_of_adults_sees_no_child(town: Town) -> None:
    record.create(
        [record.New(compartment=Compartment.CHILD, unit=town.adults, worker=town.workers["support_worker"])],
        by=None,
        purpose=Purpose.REGISTER,
        at=AT,
    )
    assert not any(sees(town, part) for part in ("support_worker", "support_lead", "support_colleague"))


@pytest.mark.parametrize("part", ["social_worker", "colleague", "unit_lead"])
def test_who_is_reached_reads_what_was_agreed_and_no_more(town: Town, adult: Opened, part: str) -> None:
    agree(town, adult)
    held = read_by(town, part, adult)
    assert held.one("plan").data == {"goal": "En egen bostad."}
    assert [content.kind for content in held.read()] == ["plan"]
    with pytest.raises(NothingSealed):
        held.one("identity")
    assert log_lines(adult.dossier.id)[-1] == (town.workers[part].id, "opened", "agreed")


def test_what_was_agreed_is_read_and_not_written_in(town: Town, adult: Opened) -> None:
    agree(town, adult)
    held = read_by(town, "social_worker", adult)
    worker = town.workers["social_worker"]
    plan = held.one("plan")
    with pytest.raises(OnlyToRead):
        held.seal("plan", {}, by=worker, at=AT)
    with pytest.raises(OnlyToRead):
        held.reseal(plan.id, {}, version=plan.version, by=worker, at=AT)
    with pytest.raises(OnlyToRead):
        held.journal("x", by=worker, at=AT)
    with pytest.raises(OnlyToRead):
        agree(town, held)


def test_an_agreement_does_not_make_the_dossier_hers(town: Town, adult: Opened) -> None:
    agree(town, adult)
    assert not sees(town, "social_worker", sight=Sight.CONTENT)
    assert not sees(town, "registrar", sight=Sight.IDENTITY)


def test_nobody_else_is_reached(town: Town, adult: Opened) -> None:
    agree(town, adult)
    for part in set(town.workers) - {"support_worker", "support_lead", "social_worker", "colleague", "unit_lead"}:
        assert not sees(town, part), part


def test_a_worker_of_the_unit_without_the_ability_is_not_reached(town: Town, adult: Opened) -> None:
    agree(town, adult)
    coordinator = town.workers["coordinator"]
    Membership.objects.filter(worker=coordinator).update(unit=town.children)
    assert not sees(town, "coordinator")


def test_it_opens_to_a_committee_or_to_one_worker(town: Town, adult: Opened) -> None:
    agree(town, adult, openings=[Opening(kinds=["plan"], worker=town.workers["other_worker"])])
    assert sees(town, "other_worker")
    assert not sees(town, "other_lead")
    agree(town, adult, openings=[Opening(kinds=["plan"], authority=town.authority)])
    assert sees(town, "other_lead")
    assert not sees(town, "administrator")
    Grant.objects.exclude(authority=None).values("id").get()


def test_it_opens_from_its_first_second_to_its_last(town: Town, adult: Opened) -> None:
    agree(town, adult)
    assert not sees(town, "social_worker", AT - SECOND)
    assert sees(town, "social_worker", AT)
    assert sees(town, "social_worker", AT + WEEK - SECOND)
    assert not sees(town, "social_worker", AT + WEEK)
    with pytest.raises(Dossier.DoesNotExist):
        read_by(town, "social_worker", adult, AT + WEEK)


def test_a_grant_may_be_shorter_than_its_agreement_and_never_longer(town: Town, adult: Opened) -> None:
    day = dt.timedelta(days=1)
    agree(town, adult, openings=[Opening(kinds=["plan"], unit=town.children, valid_to=AT + day)])
    assert sees(town, "social_worker", AT + day - SECOND)
    assert not sees(town, "social_worker", AT + day)
    for days in ({"valid_to": AT + WEEK + SECOND}, {"valid_from": AT - SECOND}, {"valid_from": AT + WEEK}):
        with pytest.raises(agreement.NotThoseDays):
            agree(town, adult, openings=[Opening(kinds=["plan"], unit=town.children, **days)])


def test_withdrawn_it_closes_at_once(town: Town, adult: Opened) -> None:
    made = agree(town, adult)
    later = AT + dt.timedelta(hours=1)
    agreement.withdraw(adult, made.id, reasons="Jag vill inte längre.", by=town.workers["support_worker"], at=later)
    assert sees(town, "social_worker", later - SECOND)
    assert not sees(town, "social_worker", later)
    assert (made.in_force(later - SECOND), made.in_force(later)) == (True, False)
    assert made.withdrawn_at == later
    assert agreement.in_force(adult, later) == []
    with pytest.raises(agreement.AlreadyWithdrawn):
        agreement.withdraw(adult, made.id, by=town.workers["support_worker"], at=later)
    steps = list(JournalEntry.objects.order_by("at").values_list("step", "provision"))
    assert steps == [("agreed", "12 kap. 2 § OSL"), ("agreement_withdrawn", "12 kap. 2 § OSL")]


def test_another_agreement_still_holds_when_one_is_withdrawn(town: Town, adult: Opened) -> None:
    first, _second = agree(town, adult), agree(town, adult, openings=[Opening(kinds=["identity"], unit=town.children)])
    agreement.withdraw(adult, first.id, by=town.workers["support_worker"], at=AT)
    assert [content.kind for content in read_by(town, "social_worker", adult).read()] == ["identity"]


def test_an_agreement_cannot_be_withdrawn_through_another_dossier(town: Town, adult: Opened) -> None:
    made = agree(town, adult)
    new = record.New(compartment=Compartment.ADULT, unit=town.adults, worker=town.workers["support_worker"])
    [other] = record.create([new], by=None, purpose=Purpose.SUPPORT, at=AT)
    with pytest.raises(Agreement.DoesNotExist):
        agreement.withdraw(other, made.id, by=town.workers["support_worker"], at=AT)


def test_who_has_stepped_off_is_not_reached(town: Town, adult: Opened) -> None:
    agree(town, adult)
    Recusal.objects.create(dossier=adult.dossier, worker=town.workers["social_worker"], at=AT)
    assert not sees(town, "social_worker")


def test_its_own_worker_reads_all_of_it_the_same_way(town: Town, adult: Opened) -> None:
    agree(town, adult)
    held = read_by(town, "support_worker", adult)
    assert {content.kind for content in held.read()} == {"identity", "plan", "agreement"}
    held.seal("plan", {"goal": "Ett jobb."}, by=town.workers["support_worker"], at=AT)


def test_a_list_shows_of_each_what_was_agreed(town: Town, adult: Opened) -> None:
    agree(town, adult)
    shown = record.open_many(
        Dossier.objects.all(),
        by=town.workers["social_worker"],
        purpose=Purpose.AGREED,
        at=AT,
        kinds=["identity", "plan"],
        sight=Sight.AGREED,
    )
    assert [content.kind for content in shown[adult.dossier.id].read()] == ["plan"]
    assert shown[adult.dossier.id].is_only_to_read


def test_the_words_are_sealed_and_only_what_acts_stands_in_the_open(town: Town, adult: Opened) -> None:
    made = agree(town, adult)
    assert agreement.words_of(adult, made) == WORDS
    assert agreement.in_force(adult, AT) == [(made, WORDS)]
    stored = b"".join(bytes(row) for row in Sealed.objects.values_list("content", flat=True))
    assert b"Nadja" not in stored
    open_columns = {field.name for model in (Agreement, Grant) for field in model._meta.fields}
    assert open_columns == {
        *("id", "dossier", "given_by", "valid_from", "valid_to", "words", "at", "by"),
        *("agreement", "unit", "authority", "worker", "kinds"),
    }


def test_it_answers_whether_somebody_outside_may_be_told(town: Town, adult: Opened) -> None:
    made = agree(town, adult)
    assert agreement.allows(adult, receiver="health_care", at=AT) == [made]
    assert agreement.allows(adult, receiver="police", at=AT) == []
    assert agreement.allows(adult, receiver="health_care", at=AT + WEEK) == []
    assert agreement.allows(read_by(town, "social_worker", adult), receiver="health_care", at=AT) == []


@pytest.mark.parametrize(
    ("compartment", "given_by", "fits"),
    [
        (Compartment.ADULT, GivenBy.ADULT, True),
        (Compartment.ADULT, GivenBy.GUARDIAN, False),
        (Compartment.CHILD, GivenBy.GUARDIAN, True),
        (Compartment.CHILD, GivenBy.CHILD, True),
        (Compartment.CHILD, GivenBy.ADULT, False),
        (Compartment.CONTACT, GivenBy.ADULT, False),
    ],
)
def test_only_those_whose_it_is_can_agree(town: Town, compartment: str, given_by: str, fits: bool) -> None:
    new = record.New(compartment=Compartment(compartment), unit=town.children)
    [opened] = record.create([new], by=None, purpose=Purpose.REGISTER, at=AT)
    if fits:
        assert agree(town, opened, given_by=given_by).given_by == given_by
    else:
        with pytest.raises(agreement.NotTheirsToGive):
            agree(town, opened, given_by=given_by)


@pytest.mark.parametrize("kind", ["link", "agreement", "draft:note", "glass", "recusal", "opening_reason"])
def test_some_kinds_are_never_opened(town: Town, adult: Opened, kind: str) -> None:
    with pytest.raises(agreement.NeverOpened):
        agree(town, adult, openings=[Opening(kinds=[kind], unit=town.children)])


@pytest.mark.parametrize("missing", ["what", "to_whom", "purpose", "read_back_by"])
def test_it_says_what_to_whom_for_what_and_who_read_it_back(town: Town, adult: Opened, missing: str) -> None:
    with pytest.raises(agreement.NothingSaid):
        agree(town, adult, words=Words.from_data({**WORDS.__dict__, missing: " "}))
    assert not Agreement.objects.exists()


def test_it_ends_after_it_starts(town: Town, adult: Opened) -> None:
    with pytest.raises(agreement.NotThoseDays):
        agree(town, adult, valid_to=AT)
