"""Who may give whom what: nobody herself, and what reaches names takes two persons."""

import datetime as dt

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction

from hemvag.access import giving
from hemvag.access.abilities import Ability, ask, roles
from hemvag.lib import clock
from hemvag.staff import workers
from hemvag.staff.models import Change, Membership, Proposal, Worker
from tests import database
from tests.conftest import Town

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
TODAY = clock.local(AT).date()
DAY = dt.timedelta(days=1)


def give(town: Town, part: str, role: str, by: str = "administrator", unit: str = "children", **days: dt.date | None):
    facts = {"valid_from": TODAY, "valid_to": None} | days
    place = getattr(town, unit)
    return giving.give(town.workers[part], unit=place, role=role, by=town.workers[by], at=AT, **facts)


@pytest.fixture
def second(town: Town) -> Worker:
    """A second administrator of the same committee."""
    worker = workers.add(name="Andra", email="andra@example.test", unit=town.reception, role="administrator", at=AT)
    town.workers["second"] = worker
    return worker


def lasting(worker: Worker) -> set[str]:
    return set(worker.memberships.on(TODAY).values_list("role", flat=True))


@pytest.mark.parametrize("role", sorted(roles()))
def test_an_administrator_gives_herself_nothing(town: Town, second: Worker, role: str) -> None:
    with pytest.raises(giving.YourOwn):
        give(town, "administrator", role)
    [own] = town.workers["administrator"].memberships.all()
    with pytest.raises(giving.YourOwn):
        giving.end(own, on=TODAY, by=town.workers["administrator"], at=AT)
    with pytest.raises(giving.YourOwn):
        giving.propose_new_factors(town.workers["administrator"], by=town.workers["administrator"], at=AT)


def test_an_administrator_who_invents_a_worker_still_sees_no_case(town: Town) -> None:
    """The way around the rule: a worker of her own making."""
    administrator = town.workers["administrator"]
    invented = workers.enter(name="Påhittad", email="p@example.test", by=administrator, at=AT)
    town.workers["invented"] = invented
    made = give(town, "invented", "social_worker")
    assert isinstance(made, Proposal)
    assert lasting(invented) == set()
    for who in (administrator, invented):
        with pytest.raises(giving.SecondPerson):
            giving.confirm(made.id, by=who, at=AT)
    again = give(town, "invented", "administrator", unit="reception")
    with pytest.raises(giving.SecondPerson):
        giving.confirm(again.id, by=administrator, at=AT)
    assert not ask(invented, AT).has(Ability.CASE_WORK)


def test_only_numbers_and_the_law_are_given_by_one(town: Town) -> None:
    assert {code for code in roles() if not giving.takes_two(code)} == {"coordinator", "lawyer"}
    assert isinstance(give(town, "colleague", "coordinator"), Membership)
    assert ask(town.workers["colleague"], AT).has(Ability.COUNTS_READ)


@pytest.mark.parametrize("second_part", ["second", "unit_lead"])
def test_another_administrator_or_the_units_lead_lets_a_role_hold(town: Town, second: Worker, second_part: str) -> None:
    made = give(town, "other_worker", "unit_lead", valid_to=TODAY + 30 * DAY)
    assert [one.id for one in giving.waiting_for(town.workers[second_part], AT)] == [made.id]
    giving.confirm(made.id, by=town.workers[second_part], at=AT)
    assert lasting(town.workers["other_worker"]) == {"social_worker", "unit_lead"}
    assert not town.workers["other_worker"].memberships.on(TODAY + 30 * DAY).filter(role="unit_lead").exists()
    with pytest.raises(giving.AlreadyAnswered):
        giving.refuse(made.id, by=town.workers[second_part], at=AT)


@pytest.mark.parametrize("part", ["other_lead", "social_worker", "registrar", "privacy_officer", "coordinator"])
def test_nobody_else_lets_it_hold(town: Town, part: str) -> None:
    made = give(town, "other_worker", "social_worker")
    assert giving.waiting_for(town.workers[part], AT) == []
    with pytest.raises(giving.SecondPerson):
        giving.confirm(made.id, by=town.workers[part], at=AT)


def test_a_lead_makes_nobody_an_administrator(town: Town) -> None:
    made = give(town, "colleague", "administrator")
    with pytest.raises(giving.SecondPerson):
        giving.confirm(made.id, by=town.workers["unit_lead"], at=AT)


def test_what_is_refused_does_not_hold(town: Town, second: Worker) -> None:
    made = give(town, "other_worker", "unit_lead")
    giving.refuse(made.id, by=second, at=AT)
    assert lasting(town.workers["other_worker"]) == {"social_worker"}
    assert giving.waiting_for(second, AT) == []
    assert isinstance(give(town, "other_worker", "unit_lead"), Proposal)


def test_a_worker_without_the_ability_gives_nothing(town: Town) -> None:
    for part in ("unit_lead", "registrar", "privacy_officer", "coordinator"):
        with pytest.raises(giving.NotYours):
            give(town, "colleague", "coordinator", by=part)


def test_another_committees_administrator_reaches_nobody_here(town: Town) -> None:
    place = town.reception
    place.pk, place.authority, place.code = None, town.other_authority, "office"
    with database.as_owner():
        place._state.adding = True
        place.save(force_insert=True)
    other = workers.add(name="Annan", email="annan@example.test", unit=place, role="administrator", at=AT)
    town.workers["annan"] = other
    with pytest.raises(giving.NotYours):
        give(town, "colleague", "coordinator", by="annan")
    with pytest.raises(giving.NotYours):
        giving.propose_new_factors(town.workers["colleague"], by=other, at=AT)
    assert town.workers["colleague"] not in giving.sees(other, AT)
    assert not giving.manages(other, town.workers["colleague"], AT)


def test_the_same_role_is_not_given_twice_on_a_day(town: Town, second: Worker) -> None:
    give(town, "other_worker", "unit_lead", valid_from=TODAY + 10 * DAY, valid_to=TODAY + 20 * DAY)
    with pytest.raises(giving.AlreadyGiven):
        give(town, "other_worker", "unit_lead", valid_from=TODAY + 19 * DAY)
    with pytest.raises(giving.AlreadyGiven):
        give(town, "colleague", "social_worker")
    give(town, "other_worker", "unit_lead", valid_to=TODAY + 10 * DAY)
    with pytest.raises(giving.WrongDays):
        give(town, "other_worker", "lawyer", valid_to=TODAY)
    with pytest.raises(giving.NoSuchRole):
        give(town, "other_worker", "queen")


def test_a_role_ends_on_its_day_and_who_has_left_gets_none(town: Town) -> None:
    colleague = town.workers["colleague"]
    [row] = colleague.memberships.all()
    with pytest.raises(giving.WrongDays):
        giving.end(row, on=row.valid_from - DAY, by=town.workers["administrator"], at=AT)
    giving.end(row, on=TODAY, by=town.workers["administrator"], at=AT)
    assert lasting(colleague) == set()
    workers.leave(colleague, by=town.workers["administrator"], at=AT)
    with pytest.raises(workers.HasLeft):
        give(town, "colleague", "coordinator")
    with pytest.raises(workers.HasLeft):
        workers.give_link(colleague, by=town.workers["administrator"], at=AT)


def test_new_factors_take_a_second_administrator(town: Town, second: Worker) -> None:
    colleague = town.workers["colleague"]
    Authenticator.objects.create(user=colleague, type="totp", data={"secret": ""})
    made = giving.propose_new_factors(colleague, by=second, at=AT)
    with pytest.raises(giving.AlreadyGiven):
        giving.propose_new_factors(colleague, by=second, at=AT)
    for part in ("second", "unit_lead", "colleague"):
        with pytest.raises(giving.SecondPerson):
            giving.confirm(made.id, by=town.workers[part], at=AT)
    assert Authenticator.objects.filter(user=colleague).exists()
    giving.confirm(made.id, by=town.workers["administrator"], at=AT)
    assert not Authenticator.objects.filter(user=colleague).exists()


def test_each_act_leaves_a_row_of_who_did_it(town: Town, second: Worker) -> None:
    made = give(town, "other_worker", "unit_lead")
    giving.confirm(made.id, by=second, at=AT)
    give(town, "other_worker", "coordinator")
    workers.give_link(town.workers["other_worker"], by=second, at=AT)
    workers.be_away(town.workers["other_worker"], first=TODAY, last=TODAY, by=second, at=AT)
    workers.leave(town.workers["other_worker"], by=second, at=AT)
    rows = Change.objects.filter(worker=town.workers["other_worker"]).order_by("at")
    found = {(row.what, row.by.name if row.by else "") for row in rows}
    first, other = town.workers["administrator"].name, second.name
    assert found == {
        *{("proposed", first), ("given", other), ("given", first)},
        *{("link", other), ("away", other), ("left", other)},
    }
    assert Change.objects.filter(worker=second, what="given", by=None).exists(), "the command line's"


def test_the_history_refuses_change(town: Town) -> None:
    give(town, "colleague", "coordinator")
    for act in (lambda rows: rows.update(what="left"), lambda rows: rows.delete()):
        with pytest.raises(Exception) as fault, transaction.atomic():  # noqa: PT011
            act(Change.objects.all())
        assert isinstance(fault.value.__cause__, psycopg.errors.InsufficientPrivilege)
