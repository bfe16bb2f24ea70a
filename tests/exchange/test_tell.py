"""Nothing leaves without a ground: each of the law's answers, and what stands in the ledger afterwards."""

import datetime as dt
from typing import Any

import pytest

from hemvag.counsel import position
from hemvag.dossiers import agreement
from hemvag.dossiers.models import JournalEntry
from hemvag.dossiers.opened import OnlyToRead, Opened
from hemvag.exchange import facts, ground, items, receipt, tell
from hemvag.exchange.models import Disclosure
from hemvag.law import sharing
from tests.conftest import Town
from tests.exchange.making import ALL_TESTS, AT, HOUR, child, telling


@pytest.fixture
def held(town: Town) -> Opened:
    return child(town)


def told(town: Town, held: Opened, part: str = "social_worker", **said: Any) -> Disclosure:
    return tell.record(held, telling(held, **said), told_at=AT, by=town.workers[part], at=AT)


def test_what_may_be_told_after_a_test_stands_in_the_ledger_with_rule_and_day(town: Town, held: Opened) -> None:
    row = told(town, held)
    assert (row.rule, row.law_date, row.verdict, row.receiver) == ("IS-24", AT.date(), "may", "health_care")
    assert (row.items, row.channel, row.informed, row.by) == (2, "phone", "before", town.workers["social_worker"])
    said = held.piece(row.content_id).data
    assert [item["code"] for item in said["items"]] == ["age", "name"]
    assert said["purpose"] == "Boka en undersökning."
    assert JournalEntry.objects.filter(dossier=held.dossier, step="told").count() == 1


def test_the_open_row_holds_no_word_of_what_was_told(town: Town, held: Opened) -> None:
    row = told(town, held)
    stands = {field.name: str(getattr(row, field.attname)) for field in Disclosure._meta.concrete_fields}
    text = " ".join(stands.values())
    assert not any(word in text for word in ("Amina", "Östberg", "Barnmottagningen", "undersökning", "Prövat"))


def test_a_test_that_the_rule_demands_must_be_written(town: Town, held: Opened) -> None:
    with pytest.raises(facts.TestMissing) as missing:
        told(town, held, tests=dict.fromkeys(ALL_TESTS, " "))
    assert missing.value.codes
    assert not Disclosure.objects.exists()


def test_what_must_be_told_is_written_down_all_the_same(town: Town, held: Opened) -> None:
    row = told(town, held, receiver="other_social_services", situation="transfer_of_case")
    assert (row.verdict, row.rule) == ("must", "IS-26b")


def test_what_may_not_be_told_is_refused_with_its_provision(town: Town, held: Opened) -> None:
    with pytest.raises(facts.Forbidden) as refused:
        told(town, held, receiver="coordinator")
    assert "26 kap. 1 §" in refused.value.provision
    assert refused.value.provision in refused.value.sentence
    assert not Disclosure.objects.exists()


def test_no_rule_means_no(town: Town, held: Opened) -> None:
    with pytest.raises(facts.Forbidden) as refused:
        told(town, held, receiver="enforcement_authority")
    assert "8 kap. 1 §" in refused.value.sentence or refused.value.provision


def test_only_without_identity_lets_an_age_through_and_no_name(town: Town, held: Opened) -> None:
    asked = {"receiver": "cve", "situation": "consultation"}
    with pytest.raises(facts.WouldIdentify):
        told(town, held, **asked)
    assert told(town, held, codes=["age"], **asked).verdict == "deidentified"


def test_only_with_agreement_needs_one_in_force_that_names_the_receiver(town: Town, held: Opened) -> None:
    asked = {"receiver": "school", "situation": "joint_table"}
    with pytest.raises(facts.NoAgreement):
        told(town, held, **asked)
    worker = town.workers["social_worker"]
    words = agreement.Words(what="Ålder", to_whom="Skolan", purpose="Plats", read_back_by="Kim", receivers=["school"])
    agreed = agreement.agree(
        held, given_by="guardian", words=words, valid_from=AT - HOUR, valid_to=AT + HOUR, by=worker, at=AT - HOUR
    )
    row = told(town, held, **asked)
    assert (row.verdict, row.agreement, row.expires_at) == ("consent", agreed, AT + HOUR)
    agreement.withdraw(held, agreed.id, by=worker, at=AT)
    with pytest.raises(facts.NoAgreement):
        told(town, held, **asked)


def test_what_is_not_surely_known_waits_for_the_lawyer_and_is_never_a_hard_stop(town: Town, held: Opened) -> None:
    then = dt.datetime(2025, 5, 5, 9, 0, tzinfo=AT.tzinfo)
    said = telling(held, receiver="police", situation="committed_serious_crime")
    by = town.workers["social_worker"]
    with pytest.raises(facts.NoPosition):
        tell.record(held, said, told_at=then, by=by, at=AT)
    position.take(question="Q01", text="Vi prövar varje fall.", by=town.workers["lawyer"], at=AT)
    row = tell.record(held, said, told_at=then, by=by, at=AT)
    assert (row.verdict, row.rule, row.law_date) == ("ask", "IS-16b", then.date())
    assert held.piece(row.content_id).data["position"]


def test_no_duty_lets_nothing_be_told() -> None:
    answer = sharing.share("police", "social_services", "adult", "returned_home", AT.date())
    assert answer.verdict in {"no_duty", "may", "no"}
    refusal = sharing.share("migration", "social_services", "adult", "returned_home", AT.date())
    assert refusal.verdict == "no_duty"
    with pytest.raises(facts.Forbidden):
        ground.stand_on(None, refusal, identifies=True, tests=ALL_TESTS, at=AT)


@pytest.mark.parametrize("part", ["colleague", "registrar", "coordinator", "administrator", "counsellor"])
def test_only_who_has_the_case_tells_from_it(town: Town, held: Opened, part: str) -> None:
    if part == "colleague":
        assert not held.dossier.__class__.objects.visible_to(town.workers[part], AT).filter(id=held.dossier.id)
        return
    with pytest.raises(facts.NotYours):
        told(town, held, part)


def test_who_reads_by_agreement_tells_nothing_from_it(town: Town, held: Opened) -> None:
    held.to_read()
    with pytest.raises(OnlyToRead):
        told(town, held)


@pytest.mark.parametrize(
    "missing", [{"items": []}, {"purpose": " "}, {"delegation": ""}, {"receiver_name": ""}, {"informed": "not"}]
)
def test_a_line_without_receiver_purpose_items_or_decider_is_not_written(
    town: Town, held: Opened, missing: dict[str, Any]
) -> None:
    with pytest.raises((facts.NothingChosen, facts.NothingWritten)):
        told(town, held, **missing)
    assert not Disclosure.objects.exists()


def test_nothing_is_told_tomorrow(town: Town, held: Opened) -> None:
    with pytest.raises(facts.InTheFuture):
        tell.record(held, telling(held), told_at=AT + HOUR, by=town.workers["social_worker"], at=AT)


def test_the_law_of_the_day_that_it_was_told_is_asked(town: Town, held: Opened) -> None:
    early = dt.datetime(2019, 3, 11, 9, 0, tzinfo=AT.tzinfo)
    assert ground.ask(held, receiver="sapo", situation="prevent_terror_crime", at=early).verdict == "no"
    assert ground.ask(held, receiver="sapo", situation="prevent_terror_crime", at=AT).verdict == "may"


def test_the_smallest_stands_first_and_what_is_empty_is_not_offered(held: Opened) -> None:
    found = items.available(held, AT.date())
    assert [item.code for item in found][:2] == ["age", "name"]
    assert found[-1].code == "report-1"
    assert [item.identifies for item in found[:2]] == [False, True]
    assert "languages" not in {item.code for item in found}


def test_a_consultation_is_noted_without_anybody_in_it(town: Town) -> None:
    row = tell.consult(receiver="cve", told_at=AT, channel="phone", by=town.workers["social_worker"], at=AT)
    assert (row.dossier, row.content, row.items, row.verdict) == (None, None, 0, "deidentified")
    assert Disclosure.objects.visible_to(town.workers["social_worker"], AT).get() == row
    assert not Disclosure.objects.visible_to(town.workers["colleague"], AT).exists()


def test_a_receipt_is_written_once(town: Town, held: Opened) -> None:
    row = told(town, held)
    by = town.workers["social_worker"]
    first = receipt.record(held, row, kind="arrived", happened_at=AT, by=by, at=AT)
    assert receipt.record(held, row, kind="arrived", happened_at=AT, by=by, at=AT + HOUR) == first


def test_who_sees_the_case_sees_what_was_told_from_it_and_nobody_else(town: Town, held: Opened) -> None:
    row = told(town, held)
    seen = {
        part
        for part, worker in town.workers.items()
        if Disclosure.objects.visible_to(worker, AT).filter(id=row.id).exists()
    }
    assert seen == {"social_worker", "unit_lead"}
