"""A task goes to one unit or authority, told what it needs; the law is asked, and the answer moves the task."""

import datetime as dt

import pytest

from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Dossier, GivenBy
from hemvag.dossiers.opened import Opened
from hemvag.exchange import answer
from hemvag.exchange import facts as exchange
from hemvag.exchange.models import Disclosure, Offer
from hemvag.reception import facts, plan, sending, stands, statutory, tasks
from hemvag.reception.sending import Part
from hemvag.reception.stands import State
from tests.conftest import Town
from tests.reception import making
from tests.reception.making import AT, HOUR


@pytest.fixture
def made(town: Town) -> Opened:
    return making.made(town)


def send(
    town: Town,
    made: Opened,
    key: str,
    *,
    at: dt.datetime = AT,
    seen: int = 0,
    more: tuple[str, ...] = (),
    **facts_: object,
) -> list[Offer]:
    found = making.read(town, made.dossier.id)
    parts = facts_.pop("parts", None) or making.parts(town, found, key, more=more)
    return sending.send(
        made,
        key,
        parts,  # type: ignore[arg-type]
        telling=making.telling(**facts_.pop("telling", {})),  # type: ignore[arg-type]
        unit=facts_.pop("unit", None),  # type: ignore[arg-type]
        seen=seen,
        by=town.workers["social_worker"],
        at=at,
    )


def stand(town: Town, made: Opened, key: str) -> State:
    return stands.of_plan(making.read(town, made.dossier.id))[key].state


def said(town: Town, offer: Offer) -> str:
    told = offer.disclosure
    assert told.dossier_id
    held = making.opened(town, told.dossier_id)
    return str(held.piece(told.content_id).data)  # type: ignore[arg-type]


def test_a_school_learns_how_many_how_old_where_and_when_and_neither_who_nor_why(town: Town, made: Opened) -> None:
    found = making.read(town, made.dossier.id)
    two = [part for part in making.parts(town, found, "R17") if "Noor" not in str(part.child.read("identity"))]
    sent = send(town, made, "R17", parts=two)
    assert [offer.disclosure.rule for offer in sent] == ["IS-39", "IS-39"]
    for offer in sent:
        words = said(town, offer)
        assert "Innerstaden" in words
        assert "7 december" in words
        for secret in ("Idris", "Sami", "Erbil", "Kastrup", "Nobelvägen", "Mormor", "Mamma"):
            assert secret not in words
    assert stand(town, made, "R17") == State.SENT


def test_a_name_is_more_than_the_school_needs_and_the_law_refuses_it_here(town: Town, made: Opened) -> None:
    with pytest.raises(exchange.WouldIdentify):
        send(town, made, "R17", more=("name",))
    assert not Disclosure.objects.exists()
    assert stand(town, made, "R17") == State.PROPOSED


def test_a_flight_is_more_than_nobody_can_be_recognised_by(town: Town, made: Opened) -> None:
    with pytest.raises(exchange.WouldIdentify):
        send(town, made, "R17", more=("flight",))


def test_what_goes_beyond_the_task_is_written_down_as_such(town: Town, made: Opened) -> None:
    send(town, made, "R06", more=("guardians",))
    deed = making.read(town, made.dossier.id).task("R06").newest
    assert deed
    assert deed.more == ["guardians"]
    send(town, made, "R11-1")
    deed = making.read(town, made.dossier.id).task("R11-1").newest
    assert deed
    assert deed.more == []


@pytest.mark.parametrize(("key", "fact"), [("R15-1", exchange.NoAgreement), ("R10", exchange.NoAgreement)])
def test_what_the_law_lets_out_only_by_agreement_waits_for_one(town: Town, key: str, fact: type[Exception]) -> None:
    made = making.made(town, code="D")
    with pytest.raises(fact) as raised:
        send(town, made, key)
    assert "12 kap. 2 §" in raised.value.sentence  # type: ignore[attr-defined]
    found = making.read(town, made.dossier.id)
    about = [part.child for part in making.parts(town, found, key)]
    task = found.task(key)
    by = town.workers["social_worker"]
    sending.agree(
        made,
        about,
        task=task,
        what="Namn, födelsedatum och adress.",
        to_whom="Skatteverket",
        purpose="Folkbokföring.",
        given_by=GivenBy.GUARDIAN,
        given_by_name="Rana Idris",
        read_back_by="Social Worker",
        valid_to=AT + dt.timedelta(days=90),
        by=by,
        at=AT,
    )
    sent = send(town, made, key, at=AT + HOUR)
    assert all(offer.disclosure.agreement_id for offer in sent)


def test_the_city_office_is_refused_names_with_the_provision(town: Town, made: Opened) -> None:
    found = making.read(town, made.dossier.id)
    named = [Part(child=part.child, items=part.items) for part in making.parts(town, found, "R26", more=("name",))]
    with pytest.raises(exchange.WouldIdentify):
        send(town, made, "R26", parts=named)


def test_an_envelope_holds_its_part_and_its_answer_moves_the_task(town: Town, made: Opened) -> None:
    sent = send(town, made, "R03", unit=town.on_call)
    assert len(sent) == 3
    on_call = town.workers["on_call"]
    for offer in sent:
        envelope = record.open_dossier(offer.envelope_id, by=on_call, purpose=Purpose.TELL, at=AT + HOUR)  # type: ignore[arg-type]
        words = str(envelope.one("envelope").data)
        assert "Kastrup" in words
        for secret in ("Sami", "Idris", "Erbil", "Nobelvägen", "Mormor"):
            assert secret not in words
        answer.accept(envelope, offer, by=on_call, at=AT + HOUR)
    assert stand(town, made, "R03") == State.ACCEPTED
    assert not Dossier.objects.visible_to(on_call, AT).filter(id=made.dossier.id).exists()
    first, second, _third = sent
    envelope = record.open_dossier(first.envelope_id, by=on_call, purpose=Purpose.TELL, at=AT + HOUR)  # type: ignore[arg-type]
    answer.done(envelope, first, by=on_call, at=AT + 2 * HOUR)
    assert stand(town, made, "R03") == State.ACCEPTED
    other = send(town, made, "R04", unit=town.other_children)[0]
    lead = town.workers["other_lead"]
    envelope = record.open_dossier(other.envelope_id, by=lead, purpose=Purpose.TELL, at=AT + HOUR)  # type: ignore[arg-type]
    answer.reject(envelope, other, reason="no_room", by=lead, at=AT + HOUR)
    assert stand(town, made, "R04") == State.DECLINED
    assert second


def test_a_child_told_of_anew_does_not_hide_another_whose_receiver_declined(town: Town, made: Opened) -> None:
    sent = send(town, made, "R04", unit=town.other_children)
    lead = town.workers["other_lead"]
    for offer in sent[:2]:
        held = record.open_dossier(offer.envelope_id, by=lead, purpose=Purpose.TELL, at=AT)  # type: ignore[arg-type]
        answer.reject(held, offer, reason="no_room", by=lead, at=AT)
    again = [part for part in parts_of(town, made, "R04") if part.child.dossier.id == sent[0].disclosure.dossier_id]
    send(town, made, "R04", at=AT + HOUR, seen=1, parts=again, unit=town.on_call)
    assert stand(town, made, "R04") == State.DECLINED
    again = [part for part in parts_of(town, made, "R04") if part.child.dossier.id == sent[1].disclosure.dossier_id]
    send(town, made, "R04", at=AT + HOUR, seen=2, parts=again, unit=town.on_call)
    assert stand(town, made, "R04") == State.SENT


def parts_of(town: Town, made: Opened, key: str) -> list[Part]:
    return making.parts(town, making.read(town, made.dossier.id), key)


def test_a_child_of_another_plan_is_not_told_of_here(town: Town, made: Opened) -> None:
    [stranger] = making.cases(town, children=[making.child("Sami", district=town.district)])
    found = making.read(town, made.dossier.id)
    items = making.parts(town, found, "R17")[0].items
    with pytest.raises(facts.NoSuchTask):
        send(town, made, "R17", parts=[Part(child=stranger, items=items)])
    parts = making.parts(town, found, "R11-1")
    with pytest.raises(facts.NoSuchTask):
        send(town, made, "R11-2", parts=parts)


def test_two_who_send_the_same_task_send_it_once(town: Town, made: Opened) -> None:
    send(town, made, "R17")
    with pytest.raises(facts.Meanwhile) as fact:
        send(town, made, "R17")
    assert "Social Worker" in fact.value.sentence
    assert Disclosure.objects.count() == 3


def test_nothing_is_half_sent(town: Town, made: Opened) -> None:
    found = making.read(town, made.dossier.id)
    parts = making.parts(town, found, "R17")
    broken = [*parts[:2], Part(child=parts[2].child, items=[])]
    with pytest.raises(exchange.NothingChosen):
        send(town, made, "R17", parts=broken)
    assert not Disclosure.objects.exists()


def test_a_task_of_anothers_is_not_ticked_and_ones_own_is_not_sent(town: Town, made: Opened) -> None:
    by = town.workers["social_worker"]
    with pytest.raises(facts.NotItsOwn):
        tasks.done(made, "R17", seen=0, by=by, at=AT)
    found = making.read(town, made.dossier.id)
    with pytest.raises(facts.NotItsOwn):
        send(town, made, "R02", parts=making.parts(town, found, "R17"))
    with pytest.raises(facts.NotYours):
        tasks.done(made, "R02", seen=0, by=town.workers["registrar"], at=AT)


def test_a_task_is_ticked_said_not_to_be_needed_and_taken_up_again(town: Town, made: Opened) -> None:
    by = town.workers["social_worker"]
    assert stand(town, made, "R28-1") == State.IF_NEEDED
    tasks.needed(made, "R28-1", seen=0, by=by, at=AT)
    assert stand(town, made, "R28-1") == State.PROPOSED
    with pytest.raises(facts.NothingWritten):
        tasks.not_needed(made, "R28-1", text="", seen=1, by=by, at=AT + HOUR)
    tasks.not_needed(made, "R28-1", text="Inget barn är placerat.", seen=1, by=by, at=AT + HOUR)
    assert stand(town, made, "R28-1") == State.NOT_NEEDED
    tasks.done(made, "R02", text="Klart.", seen=0, by=by, at=AT)
    assert stand(town, made, "R02") == State.DONE
    assert [deed.act for deed in making.read(town, made.dossier.id).task("R28-1").deeds] == ["needed", "not_needed"]


def test_custody_is_one_childs_own_risk_and_starts_two_clocks_of_that_child(town: Town, made: Opened) -> None:
    by, decided = town.workers["social_worker"], AT + HOUR
    with pytest.raises(facts.OneAtATime):
        tasks.done(made, "R09-1", text="", decided_at=decided, seen=0, by=by, at=AT + 2 * HOUR)
    with pytest.raises(facts.OneAtATime):
        tasks.done(made, "R09-1", text="Sjuk utan vård.", seen=0, by=by, at=AT + 2 * HOUR)
    tasks.done(
        made,
        "R09-1",
        text="Sjuk utan vård.",
        decided_at=decided,
        carried_out_at=decided,
        seen=0,
        by=by,
        at=AT + 2 * HOUR,
    )
    found = making.read(town, made.dossier.id)
    held = making.parts(town, found, "R17")
    clocks = statutory.of(found, {part.child.dossier.id: part.child for part in held})
    mine = {clock.step: clock.due.strict for clock in clocks if clock.step.startswith("lvu")}
    assert mine == {"lvu_submission": dt.date(2026, 11, 30), "lvu_application": dt.date(2026, 12, 21)}
    assert {clock.child for clock in clocks if clock.step.startswith("lvu")} == {found.children[0].dossier}
    assert stand(town, made, "R09-2") == State.IF_NEEDED


def test_each_clock_of_custody_runs_until_the_court_has_what_it_waits_for(town: Town, made: Opened) -> None:
    by, decided = town.workers["social_worker"], AT + HOUR
    with pytest.raises(facts.NoCustody):
        tasks.court(made, "R24-1", submitted_at=decided, seen=0, by=by, at=AT + 2 * HOUR)
    custody = {"text": "Sjuk utan vård.", "decided_at": decided, "carried_out_at": decided}
    tasks.done(made, "R09-1", **custody, seen=0, by=by, at=AT + 2 * HOUR)  # type: ignore[arg-type]
    with pytest.raises(facts.NoCustody):
        tasks.done(made, "R24-1", text="Klart.", seen=0, by=by, at=AT + 2 * HOUR)
    with pytest.raises(facts.NoCustody):
        tasks.court(made, "R24-2", submitted_at=decided, seen=0, by=by, at=AT + 2 * HOUR)
    tasks.needed(made, "R09-1", seen=1, by=by, at=AT + 2 * HOUR)
    assert custody_clocks(town, made) == {"lvu_submission", "lvu_application"}
    tasks.court(made, "R24-1", submitted_at=AT + 2 * HOUR, seen=0, by=by, at=AT + 3 * HOUR)
    assert custody_clocks(town, made) == {"lvu_application"}
    assert stand(town, made, "R24-1") == State.BEGUN
    tasks.court(made, "R24-1", applied_at=AT + 4 * HOUR, seen=1, by=by, at=AT + 4 * HOUR)
    assert custody_clocks(town, made) == set()
    assert stand(town, made, "R24-1") == State.DONE
    again = {"text": "Nytt beslut.", "decided_at": AT + 5 * HOUR, "seen": 2, "by": by, "at": AT + 6 * HOUR}
    tasks.done(made, "R09-1", **again)  # type: ignore[arg-type]
    assert custody_clocks(town, made) == {"lvu_submission"}
    tasks.not_needed(made, "R09-1", text="Upphävt.", seen=3, by=by, at=AT + 7 * HOUR)
    assert custody_clocks(town, made) == set()


def custody_clocks(town: Town, made: Opened) -> set[str]:
    found = making.read(town, made.dossier.id)
    held = {part.child.dossier.id: part.child for part in making.parts(town, found, "R17")}
    return {clock.step for clock in statutory.of(found, held) if clock.step.startswith("lvu")}


def test_the_plan_holds_no_field_for_a_reason_of_the_return(town: Town, made: Opened) -> None:
    data = making.opened(town, made.dossier.id).one(plan.KIND).data
    assert set(data) == {"known", "children"}
    assert not {"reason", "cause", "suspicion", "group"} & set(data["known"])
