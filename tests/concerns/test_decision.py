"""A decision is signed once, locked, and printed as the same tagged PDF ever after."""

import io
import threading

import pytest
from django.db import connection, connections
from pypdf import PdfReader

from hemvag.concerns import decision, decision_print, facts, preliminary_assessment
from hemvag.concerns.models import Decision, DecisionKind, Print, StepKind
from hemvag.config import addresses
from tests.concerns import making
from tests.concerns.making import MINUTE, MONDAY
from tests.conftest import Town

LATER = MONDAY + 5 * MINUTE


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def test_it_is_printed_as_a_tagged_pdf_in_swedish_with_its_provision(town: Town) -> None:
    made = making.case(town)
    held = making.decide(town, made, at=LATER)
    pdf = decision_print.printed(held, Decision.objects.get(), by=town.workers["social_worker"], at=LATER)
    root = read(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("sv")
    text = read(pdf).pages[0].extract_text()
    for words in ("Malmö", "Beslut: Inleda utredning", "20 kap. 2 § SoL (2025:400)", "Amina Östberg", "Sida 1 av 1"):
        assert words in text
    assert made.dossier.reference in text


def test_it_is_printed_once_and_kept_sealed(town: Town) -> None:
    made = making.case(town)
    held = making.decide(town, made, at=LATER)
    worker = town.workers["social_worker"]
    first = decision_print.printed(held, Decision.objects.get(), by=worker, at=LATER)
    assert decision_print.printed(held, Decision.objects.get(), by=worker, at=LATER + MINUTE) == first
    assert held.dossier.sealed.filter(kind="print").count() == 1


def test_long_reasons_with_markup_and_emoji_are_printed_as_written(town: Town) -> None:
    made = making.case(town)
    held = making.protect(town, made, at=LATER)
    reasons = "#panic() *fet* $x$ \\ @ref <lab> محمد 👨‍👩‍👧\n\n" + "Ett långt stycke om barnet. " * 600
    signed = preliminary_assessment.decide(
        held,
        making.step(made, StepKind.PRELIMINARY).id,
        outcome=DecisionKind.NOT_OPEN,
        reasons=reasons,
        decided_at=LATER,
        by=town.workers["social_worker"],
        at=LATER,
    )
    pages = read(decision_print.printed(held, signed, by=town.workers["social_worker"], at=LATER)).pages
    assert "#panic() *fet* $x$" in pages[0].extract_text()
    assert len(pages) > 2
    assert f"Sida {len(pages)} av {len(pages)}" in pages[-1].extract_text()


def test_neither_the_row_nor_its_text_can_be_changed_unseen(town: Town) -> None:
    made = making.case(town)
    held = making.decide(town, made, at=LATER)
    signed = Decision.objects.get()
    held.reseal(signed.content_id, {"reasons": "Annat."}, version=1, by=None, at=LATER)
    with pytest.raises(decision.Tampered):
        decision.text_of(held, signed)


def test_the_workers_role_may_add_decisions_and_prints_but_never_change_one(town: Town) -> None:
    granted = "SELECT privilege_type FROM information_schema.role_table_grants WHERE table_name = %s AND grantee = %s"
    for model in (Decision, Print):
        with connection.cursor() as cursor:
            cursor.execute(granted, [model._meta.db_table, addresses.user("staff")])
            assert {right for (right,) in cursor.fetchall()} == {"SELECT", "INSERT"}


def test_two_who_decide_at_once_make_one_decision(own_town: Town) -> None:
    made = making.case(own_town)
    making.protect(own_town, made, at=LATER)
    step = making.step(made, StepKind.PRELIMINARY)
    meet = threading.Barrier(2)
    said: list[str] = []

    def decide(outcome: DecisionKind) -> None:
        try:
            held = making.opened(own_town, made, at=LATER)
            meet.wait(5)
            preliminary_assessment.decide(
                held,
                step.id,
                outcome=outcome,
                reasons="Skäl.",
                decided_at=LATER,
                by=own_town.workers["social_worker"],
                at=LATER,
            )
            said.append("decided")
        except facts.AlreadyDecided as fact:
            said.append(fact.sentence)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(kind,)) for kind in (DecisionKind.OPEN, DecisionKind.NOT_OPEN)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(said) == ["En kollega beslutade kl. 10.05. Läs beslutet; din text finns kvar.", "decided"]
    assert Decision.objects.count() == 1
    assert connection.is_usable()
