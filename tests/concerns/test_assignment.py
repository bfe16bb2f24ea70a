"""Who has the case: given by a lead, passed on by a desk, left by one who steps off, or another municipality's."""

import datetime as dt

import pytest

from hemvag.agencies.models import Authority, Unit
from hemvag.concerns import assignment, facts, pass_on, report
from hemvag.concerns.models import StepKind
from hemvag.dossiers.models import Dossier
from tests import database
from tests.concerns import making
from tests.concerns.making import MINUTE, MONDAY, identity
from tests.conftest import Town

LATER = MONDAY + 5 * MINUTE


def test_a_lead_gives_the_case_to_a_worker_who_then_sees_it(town: Town) -> None:
    [made] = making.receive(town)
    worker = town.workers["social_worker"]
    with pytest.raises(Dossier.DoesNotExist):
        making.opened(town, made)
    held = making.opened(town, made, part="unit_lead")
    assignment.assign(held, worker=worker, by=town.workers["unit_lead"], at=LATER)
    assert making.opened(town, made).dossier.worker == worker
    assert held.dossier.journal.filter(step="assigned").exists()


@pytest.mark.parametrize("part", ["other_worker", "registrar", "coordinator"])
def test_the_case_goes_to_nobody_outside_the_unit(town: Town, part: str) -> None:
    [made] = making.receive(town)
    held = making.opened(town, made, part="unit_lead")
    with pytest.raises(facts.NotInTheUnit):
        assignment.assign(held, worker=town.workers[part], by=town.workers["unit_lead"], at=LATER)


def test_a_worker_does_not_give_cases_away(town: Town) -> None:
    made = making.case(town)
    with pytest.raises(facts.NotYours):
        assignment.assign(
            making.opened(town, made), worker=town.workers["colleague"], by=town.workers["social_worker"], at=LATER
        )


def test_in_the_morning_the_on_call_desk_passes_the_case_to_the_districts_unit(town: Town) -> None:
    [made] = making.receive(town, at=MONDAY.replace(hour=23))
    morning = MONDAY + dt.timedelta(hours=22)
    held = making.opened(town, made, part="on_call", at=morning)
    route = assignment.where_to(held, morning)
    assert route.unit == town.children
    assignment.move(held, unit=town.children, by=town.workers["on_call"], at=morning)
    with pytest.raises(Dossier.DoesNotExist):
        making.opened(town, made, part="on_call", at=morning)


def test_a_protected_child_does_not_leave_the_desk(town: Town) -> None:
    child = report.Child(identity=identity(protected="protected_registration"), district=town.district)
    [made] = making.receive(town, children=[child])
    held = making.opened(town, made, part="protected_desk")
    with pytest.raises(facts.StaysAtProtectedDesk):
        assignment.move(held, unit=town.children, by=town.workers["protected_desk"], at=LATER)
    for part in ("registrar", "unit_lead", "on_call"):
        with pytest.raises(Dossier.DoesNotExist):
            making.opened(town, made, part=part)


def test_another_committee_is_no_place_to_move_a_case_to(town: Town) -> None:
    made = making.case(town)
    unit = town.children
    unit.authority = town.other_authority
    with pytest.raises(facts.AnotherAuthority):
        assignment.move(making.opened(town, made, part="unit_lead"), unit=unit, by=town.workers["unit_lead"], at=LATER)


def test_one_who_steps_off_sees_it_no_more_and_cannot_get_it_back(town: Town) -> None:
    made = making.case(town)
    assignment.step_off(making.opened(town, made), reasons="Min granne.", by=town.workers["social_worker"], at=LATER)
    with pytest.raises(Dossier.DoesNotExist):
        making.opened(town, made)
    held = making.opened(town, made, part="unit_lead")
    assert held.dossier.worker is None
    with pytest.raises(facts.NotInTheUnit):
        assignment.assign(held, worker=town.workers["social_worker"], by=town.workers["unit_lead"], at=LATER)


def test_another_municipalitys_child_stays_our_duty_until_the_receipt(town: Town) -> None:
    [made] = making.receive(town, children=[report.Child(identity=identity(), other_municipality="Lund")])
    registrar = town.workers["registrar"]
    held = making.opened(town, made, part="registrar")
    step = making.step(made, StepKind.PASS_ON)
    with pytest.raises(facts.NotSentYet):
        pass_on.receipt(held, step.id, received_at=LATER, by_whom="x", by=registrar, at=LATER)
    pass_on.send(held, step.id, municipality="Lund", how="Säker post", sent_at=LATER, by=registrar, at=LATER)
    assert making.step(made, StepKind.PASS_ON).done_at is None
    with pytest.raises(facts.TooEarly):
        pass_on.receipt(held, step.id, received_at=MONDAY, by_whom="Eva", by=registrar, at=LATER)
    pass_on.receipt(held, step.id, received_at=LATER, by_whom="Eva Ek", by=registrar, at=LATER)
    assert making.step(made, StepKind.PASS_ON).outcome == "received"


def test_the_on_call_desk_acts_for_the_districts_own_committee(town: Town) -> None:
    committee = Authority.objects.get(id=town.other_authority.id)
    with database.as_owner():
        Unit.objects.filter(id=town.other_children.id).update(authority=committee)
    child = report.Child(identity=identity(), district=town.other_district)
    [made] = making.receive(town, at=MONDAY.replace(hour=23), children=[child])
    assert (made.dossier.unit, made.dossier.authority_id) == (town.on_call, committee.id)
    held = making.opened(town, made, part="on_call")
    moved = Unit.objects.get(id=town.other_children.id)
    assert assignment.move(held, unit=moved, by=town.workers["on_call"], at=LATER).unit == moved
