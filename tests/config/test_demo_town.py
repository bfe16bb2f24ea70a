"""The demo's town: invented, reproducible, laid around its day, with the proportions that are known."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from hemvag.agencies import load as town_load
from hemvag.agencies import town as town_file
from hemvag.agencies.models import Municipality, Unit
from hemvag.audit.models import Purpose
from hemvag.concerns.models import ConcernReport, Decision, DecisionKind, Step, StepKind
from hemvag.config.demo import contacts, staff, town
from hemvag.config.demo.invented import SOURCES, Inventor, names, texts
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.law import reporters
from hemvag.lib import clock, person_numbers
from hemvag.line.content import content
from hemvag.line.models import CallBack, Contact
from hemvag.people import identities
from hemvag.readiness import entries
from hemvag.reception import plan, resting, stands
from hemvag.staff.models import Membership, Worker
from tests import database

NOW = dt.datetime(2026, 11, 23, 10, 30, tzinfo=clock.STOCKHOLM)
FILES = Path(__file__).parent.parent.parent / "municipalities"


def laid(at: dt.datetime = NOW, scale: float = 0.12, municipality: str = "malmo") -> None:
    """Load a small town around a moment."""
    with database.as_owner():
        town_load.load(town_file.read(FILES / f"{municipality}.toml"), at=at)
    town.load(municipality, at=at, scale=scale)


def facts() -> list[tuple[object, ...]]:
    """Return what must be the same in two towns of one seed, without the ids that are always new."""
    reports = ConcernReport.objects.values_list("received_at", "source", "channel", "dossier__unit__code", "by__email")
    steps = Step.objects.values_list("started_at", "kind", "outcome", "done_at", "done_by__email")
    calls = Contact.objects.values_list("started_at", "caller", "outcome", "closed_at", "counsellor__email")
    return sorted(tuple(map(str, row)) for rows in (reports, steps, calls) for row in rows)


def children() -> list[identities.Identity]:
    """Return every child whose dossier any invented worker may open."""
    found = []
    for worker in Worker.objects.filter(email__endswith=staff.DOMAIN):
        dossiers = Dossier.objects.filter(compartment=Compartment.CHILD)
        held = record.open_many(dossiers, by=worker, purpose=Purpose.LEAD, at=NOW, kinds=[identities.KIND])
        found += [identities.current(opened) for opened in held.values()]
    return found


def test_the_same_seed_and_moment_give_the_same_town_and_loading_twice_adds_nothing(own_database: str) -> None:
    laid(scale=0.06)
    first = facts()
    town.load("malmo", at=NOW, scale=0.06)
    assert facts() == first
    with database.clone() as other:
        database.point_at(other)
        laid(scale=0.06)
        assert facts() == first
        database.point_at(own_database)


@pytest.mark.parametrize("municipality", ["malmo", "goteborg"])
def test_it_is_laid_around_its_day_and_looks_alive(db: None, municipality: str) -> None:
    laid(municipality=municipality)
    cases = Dossier.objects.filter(compartment=Compartment.CHILD, erased_at=None)
    assert 35 <= cases.count() <= 70
    assert not ConcernReport.objects.filter(registered_at__gt=NOW).exists()
    assert not Step.objects.filter(done_at__gt=NOW).exists()
    assert not Contact.objects.filter(closed_at__gt=NOW).exists()
    waiting = Step.objects.waiting().exclude(kind=StepKind.PASS_ON)
    assert 5 <= waiting.count() <= cases.count() * 0.5
    assert waiting.filter(started_at__gt=NOW - dt.timedelta(days=15)).exists()
    kinds = set(Step.objects.values_list("kind", flat=True))
    assert {StepKind.PROTECTION, StepKind.PRELIMINARY, StepKind.INVESTIGATION, StepKind.FEEDBACK} <= kinds


def test_some_wait_today_and_some_are_late(db: None) -> None:
    laid(scale=0.4)
    waiting = Step.objects.waiting().filter(kind=StepKind.PRELIMINARY)
    assert any(step.is_late(NOW) for step in waiting)
    assert any(step.due().strict == NOW.date() for step in waiting)
    assert CallBack.objects.exists()
    counted = Counter(Decision.objects.values_list("kind", flat=True))
    opened = counted[DecisionKind.OPEN] + counted[DecisionKind.JOIN]
    assert 0.25 <= opened / (opened + counted[DecisionKind.NOT_OPEN]) <= 0.5
    mandated = ConcernReport.objects.filter(source__in=["school", "preschool", "police", "health_care", "psychiatry"])
    assert 0.45 <= mandated.count() / ConcernReport.objects.count() <= 0.72


def test_nobody_in_it_can_be_anyone(db: None) -> None:
    laid()
    known = children()
    assert len(known) >= 35
    numbers = [child.number.value for child in known if child.number.value]
    assert len(numbers) >= 20
    for number in numbers:
        born = person_numbers.parse(number, today=NOW.date()).birth
        assert born is not None
        assert number in {person_numbers.test_number(born, n) for n in (0, 1)}
    assert all(identities.age(child, NOW.date()) is not None for child in known)


def test_every_role_has_somebody_in_every_unit_of_its_kind(db: None) -> None:
    laid(scale=0.02)
    for unit in Unit.objects.on(NOW.date()):
        wanted = {role for role, _count in staff.PLACES.get(unit.kind, [])}
        assert set(Membership.objects.filter(unit=unit).values_list("role", flat=True)) == wanted
    assert not Worker.objects.filter(password="").exists()


def test_what_was_done_stands_in_the_journal_and_the_read_log(db: None) -> None:
    laid(scale=0.02)
    row = ConcernReport.objects.order_by("received_at").first()
    assert row is not None
    assert row.dossier.journal.filter(step="report_received", at=row.registered_at).exists()
    name = connection.settings_dict["NAME"]
    with database.connect("owner", name) as owner:
        lines = owner.execute("SELECT act FROM log.audit_entry WHERE %s = ANY (dossiers)", [row.dossier_id]).fetchall()
    assert ("created",) in lines


def test_every_word_it_draws_from_is_known_to_the_house() -> None:
    assert set(SOURCES) <= set(reporters.codes())
    assert sum(row["share"] for row in names()["group"]) == 100
    assert sum(row["share"] for row in texts()["cause"]) == 100
    fields = content().fields
    drawn = {"caller": contacts.CALLERS, "language": contacts.LANGUAGES, "stage": contacts.STAGES}
    drawn |= {"about": contacts.ABOUT, "outcome": contacts.OUTCOMES, "theme": contacts.THEMES}
    for code, words in drawn.items():
        assert set(words) <= {choice.code for choice in fields[code].choices}, code


def test_the_same_seed_draws_the_same_people_and_another_draws_others() -> None:
    day = NOW.date()
    one, same, other = (Inventor(seed, day).family(on=day) for seed in ("a", "a", "b"))
    assert one == same
    assert one != other


def test_the_invented_services_are_in_every_state_and_nobodys_own(db: None) -> None:
    laid(scale=0.02)
    known = entries.of_town(Municipality.objects.get(code="malmo"), on=NOW.date())
    assert {entry.capacity.state for entry in known} == {"info", "soon", "now", "late"}
    assert {entry.agreement.state for entry in known if entry.agreement} == {"done", "soon", "late"}
    assert {entry.is_overdue for entry in known} == {entry.is_printed for entry in known} == {True, False}
    assert {entry.grade.value for entry in known} == {None, 0, 1, 2, 3, 4}
    assert [entry.version.name for entry in known if entry.may_be_private] == ["Fritidsbanken Exempel"]
    assert any(entry.grade.lapsed for entry in known)
    found = [entry for entry in known if entry.version.organisation]
    assert all("påhittad" in entry.owner for entry in found)


def test_one_family_is_expected_with_its_plan_half_done_and_one_plan_rests(db: None) -> None:
    laid(scale=0.02)
    rows = Dossier.objects.filter(compartment=Compartment.PLAN).select_related("worker").order_by("opened_at")
    held = [record.open_dossier(row.id, by=row.worker, purpose=Purpose.RECEPTION, at=NOW) for row in rows if row.worker]
    resting_one, expected = held
    assert resting.now(resting_one) is not None
    assert resting.now(expected) is None
    found = plan.read(expected)
    assert found.known.day == NOW.date() + dt.timedelta(days=1)
    how = {key: one.state for key, one in stands.of_plan(found).items()}
    assert [how[key] for key in ("R02", "R03", "R06", "R17")] == ["done", "accepted", "accepted", "sent"]
    assert sum(1 for one in how.values() if one == "proposed") > 5
