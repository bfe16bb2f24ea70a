"""A report arrives: one dossier a child, the right unit, and clocks from the true time of arrival."""

import datetime as dt

import pytest

from hemvag.concerns import facts, report
from hemvag.concerns.models import ConcernReport, StepKind
from hemvag.dossiers.models import Dossier, Sealed
from hemvag.people import identities
from tests.concerns import making
from tests.concerns.making import MINUTE, MONDAY, identity
from tests.conftest import Town


def two(town: Town) -> list[report.Child]:
    return [
        report.Child(identity=identity("Amina"), district=town.district),
        report.Child(identity=identity("Bilal"), district=town.other_district),
    ]


def test_it_makes_a_dossier_and_two_clocks_for_each_child(town: Town) -> None:
    made = making.receive(town, children=two(town))
    assert {row.dossier.unit_id for row in made} == {town.children.id, town.other_children.id}
    for row in made:
        assert {step.kind for step in row.steps.all()} == {StepKind.PROTECTION, StepKind.PRELIMINARY}
        assert {step.started_at for step in row.steps.all()} == {MONDAY}
        assert row.dossier.journal.get().step == "report_received"
    held = making.opened(town, made[0], part="unit_lead")
    said = held.piece(made[0].content_id).data
    assert said["siblings"] == [str(made[1].dossier_id)]
    assert identities.full_name(identities.current(held)) == "Amina Östberg"


def test_the_clock_runs_from_the_true_time_of_arrival(town: Town) -> None:
    friday = MONDAY - dt.timedelta(days=3)
    [made] = making.receive(town, received_at=friday)
    assert making.step(made, StepKind.PRELIMINARY).due().strict == dt.date(2026, 3, 13)
    assert made.registered_at == MONDAY


def test_protected_identity_goes_to_the_central_desk_and_no_district_can_be_derived(town: Town) -> None:
    child = report.Child(identity=identity(protected="secrecy_marking"), district=town.district)
    [made] = making.receive(town, children=[child])
    assert made.dossier.unit == town.protected_desk
    assert made.dossier.district is None


def test_protected_identity_goes_to_the_central_desk_also_on_its_way_to_another_municipality(town: Town) -> None:
    child = report.Child(identity=identity(protected="secrecy_marking"), other_municipality="Lund")
    [made] = making.receive(town, children=[child])
    assert made.dossier.unit == town.protected_desk
    assert made.steps.filter(kind=StepKind.PASS_ON).exists()


@pytest.mark.parametrize(
    "at",
    [
        MONDAY.replace(hour=22),
        MONDAY + dt.timedelta(days=5),
        dt.datetime(2026, 4, 3, 10, 0, tzinfo=MONDAY.tzinfo),
    ],
    ids=["evening", "saturday", "good_friday"],
)
def test_out_of_hours_it_goes_to_the_on_call_desk(town: Town, at: dt.datetime) -> None:
    [made] = making.receive(town, at=at)
    assert made.dossier.unit == town.on_call


def test_a_child_of_another_municipality_waits_at_the_reception_to_be_passed_on(town: Town) -> None:
    [made] = making.receive(town, children=[report.Child(identity=identity(), other_municipality="Lund")])
    assert made.dossier.unit == town.reception
    assert {step.kind for step in made.steps.all()} == {StepKind.PROTECTION, StepKind.PASS_ON}


@pytest.mark.parametrize(
    ("fact", "wrong"),
    [
        (facts.InTheFuture, {"received_at": MONDAY + MINUTE}),
        (facts.InTheFuture, {"feedback_asked_at": MONDAY + MINUTE}),
        (facts.TooEarly, {"feedback_asked_at": MONDAY - MINUTE}),
        (facts.NothingWritten, {"text": " \n "}),
        (facts.TooLong, {"text": "x" * 20_001}),
        (facts.NotYours, {"part": "coordinator"}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_half_is_stored(
    town: Town, fact: type[facts.Refused], wrong: dict[str, object]
) -> None:
    with pytest.raises(fact):
        making.receive(town, **wrong)  # type: ignore[arg-type]
    assert not ConcernReport.objects.exists()
    assert not Dossier.objects.exists()


def test_what_it_says_stands_nowhere_in_the_open(town: Town) -> None:
    making.receive(town, text="Utan vuxna i lägret.")
    assert not any("lägret".encode() in bytes(row.content) for row in Sealed.objects.all())
