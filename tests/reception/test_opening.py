"""A plan is opened from the children's cases, ties them in sealed words only, and shows no more than may be seen."""

import threading
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections

from hemvag.dossiers import links
from hemvag.dossiers.models import Dossier, JournalEntry
from hemvag.dossiers.opened import Changed
from hemvag.people import identities
from hemvag.reception import assignment, change, facts, family, opening, sending, statutory, tasks, template
from hemvag.reception.views.opening import name_of
from tests.concerns import making as concerns
from tests.conftest import Town, log_lines
from tests.reception import making
from tests.reception.making import AT, HOUR, KNOWN


def test_a_plan_is_opened_in_one_act_from_the_children_who_were_reported_together(town: Town) -> None:
    eldest, *others = making.cases(town)
    found = family.siblings(eldest, by=town.workers["social_worker"], at=AT)
    assert {one.dossier.id for one in found} == {one.dossier.id for one in others}
    made = making.made(town, [eldest, *found])
    kept = making.read(town, made.dossier.id)
    assert kept.known == KNOWN
    assert [child.dossier for child in kept.children] == [one.dossier.id for one in [eldest, *found]]
    assert (made.dossier.compartment, made.dossier.unit, made.dossier.reference[0]) == ("plan", town.children, "M")
    assert made.dossier.journal.get().provision
    keys = {task.key for task in kept.tasks}
    assert {"R02", "R17", "R09-1", "R09-2", "R09-3"} <= keys
    assert "R10" not in keys
    for one in [eldest, *found]:
        assert opening.plan_of(one) == made.dossier.id


def test_no_row_and_no_log_line_in_the_open_names_a_plan_and_a_child_together(town: Town) -> None:
    children = making.cases(town)
    before = AT + HOUR
    made = making.made(town, children, at=before)
    found = making.read(town, made.dossier.id, at=before)
    by = town.workers["social_worker"]
    said = {"telling": making.telling(), "seen": 0, "by": by, "at": before + HOUR}
    sending.send(made, "R17", making.parts(town, found, "R17", at=before), **said)
    tasks.done(made, "R02", seen=0, by=by, at=before + HOUR)
    assert {"exchange_disclosure", "dossiers_sealed", "dossiers_journalentry"} <= {table for table, _row in rows()}
    again = making.opened(town, children[0].dossier.id, at=before)
    also = {child.dossier.id: "sibling" for child in children[1:]}
    assert len(links.linked(again, kinds=["identity"], by=by, at=before, also=also)) == 3
    own, others = made.dossier.id, {child.dossier.id for child in children}
    for table, row in rows():
        named = {value for value in values(row) if isinstance(value, uuid.UUID)}
        assert not (own in named and named & others), table
    for one in others:
        assert not JournalEntry.objects.filter(dossier=one, at=before).exists()
        lines = log_lines(one)
        assert lines
    with connection.cursor() as cursor:
        cursor.execute("SELECT dossiers FROM log.audit_entry WHERE %s = ANY (dossiers)", [own])
        assert all(ids == [own] for (ids,) in cursor.fetchall())


def test_no_row_of_the_plan_has_the_moment_of_one_of_a_childs(town: Town) -> None:
    children = making.cases(town)
    made = making.made(town, children, at=AT + HOUR)
    found = making.read(town, made.dossier.id, at=AT + HOUR)
    by = town.workers["social_worker"]
    parts = making.parts(town, found, "R17", at=AT + HOUR)
    sending.send(made, "R17", parts, telling=making.telling(), seen=0, by=by, at=AT + 2 * HOUR)
    moments = {"plan": set(), "child": set()}
    for kind, dossiers in (("plan", [made.dossier.id]), ("child", [one.dossier.id for one in children])):
        for table, row in rows():
            if any(value in dossiers for value in values(row)) and table != "audit_entry":
                moments[kind] |= {value for name, value in row.items() if name in {"at", "told_at", "opened_at"}}
    assert moments["plan"] == {AT + HOUR}
    assert AT + 2 * HOUR in moments["child"]
    assert not moments["plan"] & moments["child"]


def rows() -> list[tuple[str, dict[str, Any]]]:
    """Every row of every table of the house in the staff's schema."""
    found = []
    for model in apps.get_models():
        if model.__module__.startswith("hemvag.") and "audit" not in model.__module__:
            found += [(model._meta.db_table, row) for row in model.objects.values()]
    return found


def values(row: dict[str, Any]) -> list[Any]:
    return [one for value in row.values() for one in (value if isinstance(value, list) else [value])]


def test_a_child_is_in_one_plan_only(town: Town) -> None:
    children = making.cases(town)
    made = making.made(town, children)
    with pytest.raises(facts.AlreadyPlanned) as fact:
        making.made(town, children[:1], part="unit_lead")
    assert fact.value.plan == made.dossier.id
    assert Dossier.objects.filter(compartment="plan").count() == 1


@pytest.mark.usefixtures("own_database")
def test_two_who_open_a_plan_at_once_get_one(own_town: Town) -> None:
    children = making.cases(own_town)
    ids = [child.dossier.id for child in children]
    outcome: list[str] = []
    gate = threading.Barrier(2)

    def go(part: str) -> None:
        try:
            mine = [making.opened(own_town, one, part=part) for one in ids]
            gate.wait(10)
            making.made(own_town, mine, part=part)
        except facts.AlreadyPlanned:
            outcome.append("second")
        else:
            outcome.append("first")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=[part]) for part in ("social_worker", "unit_lead")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcome) == ["first", "second"]
    assert Dossier.objects.filter(compartment="plan").count() == 1


def test_a_plan_is_seen_by_the_worker_who_has_it_and_her_lead_and_never_through_broken_glass(town: Town) -> None:
    made = making.made(town)
    sees = {
        name
        for name, worker in town.workers.items()
        if Dossier.objects.visible_to(worker, AT).filter(id=made.dossier.id).exists()
    }
    assert sees == {"social_worker", "unit_lead"}
    glass = {
        name
        for name, worker in town.workers.items()
        if Dossier.objects.breakable_by(worker, AT).filter(id=made.dossier.id).exists()
    }
    assert glass == set()


def test_whoever_may_not_open_a_sibling_sees_that_there_is_one_and_no_name(town: Town) -> None:
    children = making.cases(town)
    made = making.made(town, children)
    moved = Dossier.objects.get(id=children[1].dossier.id)
    moved.unit, moved.worker = town.other_children, town.workers["other_worker"]
    moved.save()
    found = making.read(town, made.dossier.id)
    known = family.opened(found, by=town.workers["social_worker"], at=AT)
    names = [name_of(child, known, AT.date()) for child in found.children]
    assert names[0].startswith("Sami Idris")
    assert names[1] == "Ett syskon"
    own = making.opened(town, moved.id, part="other_worker")
    ends = links.linked(own, kinds=["identity"], by=town.workers["other_worker"], at=AT)
    assert ends == []


def test_a_child_whose_identity_is_protected_later_is_reached_from_no_plan_but_the_desks(town: Town) -> None:
    children = making.cases(town)
    made, by = making.made(town, children), town.workers["social_worker"]
    identity = children[1].one(identities.KIND)
    now = replace(identities.current(children[1]), protected="secrecy_marking")
    identities.change(children[1], now, version=identity.version, by=by, at=AT)
    assert Dossier.objects.visible_to(by, AT).filter(id=children[1].dossier.id).exists()
    found = making.read(town, made.dossier.id)
    known = family.opened(found, by=by, at=AT)
    assert children[1].dossier.id not in known
    assert len(known) == 2
    assert name_of(found.children[1], known, AT.date()) == "Ett syskon"
    assert len(family.opened(found, by=by, at=AT, to_tell=True)) == 2


def test_a_plan_with_a_protected_child_is_opened_at_the_protected_desk_only(town: Town) -> None:
    marked = {"identity": {"protected": "secrecy_marking"}}
    children = [making.child("Sami", district=town.district), making.child("Lina", **marked)]
    made = concerns.receive(town, at=AT, children=children)
    desk = town.workers["protected_desk"]
    hidden = next(row for row in made if row.dossier.unit == town.protected_desk)
    plain = next(row for row in made if row.dossier.unit == town.children)
    concerns.give_to(plain, town.workers["social_worker"])
    mine = making.opened(town, plain.dossier_id)
    assert family.siblings(mine, by=town.workers["social_worker"], at=AT) == []
    at_desk = making.opened(town, hidden.dossier_id, part="protected_desk")
    with pytest.raises(facts.ProtectedChild):
        opening.ask_protected([mine, at_desk], town.children)
    plan_at_desk = making.made(town, [at_desk], part="protected_desk")
    assert plan_at_desk.dossier.unit == town.protected_desk
    assert not Dossier.objects.visible_to(town.workers["unit_lead"], AT).filter(id=plan_at_desk.dossier.id).exists()
    assert Dossier.objects.visible_to(desk, AT).filter(id=plan_at_desk.dossier.id).exists()


def test_a_child_whose_protection_is_noted_before_it_has_moved_is_refused(town: Town) -> None:
    marked = {"identity": {"protected": "secrecy_marking"}}
    [row] = concerns.receive(town, at=AT, children=[making.child("Lina", **marked)])
    Dossier.objects.filter(id=row.dossier_id).update(unit=town.children, worker=town.workers["social_worker"])
    with pytest.raises(facts.ProtectedChild) as fact:
        making.made(town, [making.opened(town, row.dossier_id)])
    assert "skyddade" in fact.value.sentence
    assert not Dossier.objects.filter(compartment="plan").exists()


def test_a_plan_with_a_protected_child_does_not_leave_the_protected_desk(town: Town) -> None:
    marked = {"identity": {"protected": "secrecy_marking"}}
    [row] = concerns.receive(town, at=AT, children=[making.child("Lina", **marked)])
    child = making.opened(town, row.dossier_id, part="protected_desk")
    made = making.made(town, [child], part="protected_desk")
    desk = town.workers["protected_desk"]
    with pytest.raises(facts.ProtectedChild):
        assignment.move(made, unit=town.children, by=desk, at=AT)
    other = making.made(town)
    assignment.move(other, unit=town.protected_desk, by=town.workers["unit_lead"], at=AT)
    assert Dossier.objects.visible_to(desk, AT).filter(id=other.dossier.id).exists()
    with pytest.raises(facts.NotYours):
        assignment.move(other, unit=town.children, by=town.workers["social_worker"], at=AT)


def test_no_sibling_is_offered_to_who_may_read_its_case_and_not_handle_it(town: Town) -> None:
    registrar = town.workers["registrar"]
    made = concerns.receive(town, at=AT, children=[making.child("Sami"), making.child("Lina")])
    assert {row.dossier.unit for row in made} == {town.reception}
    held = making.opened(town, made[0].dossier_id, part="registrar")
    assert family.siblings(held, by=registrar, at=AT) == []


def test_only_whoever_handles_the_children_opens_a_plan(town: Town) -> None:
    children = making.cases(town)
    with pytest.raises(facts.NotYours):
        making.made(town, children, part="registrar")
    with pytest.raises(facts.NoChildren):
        opening.open_plan([], template=template.templates()["F"], known=KNOWN, by=town.workers["social_worker"], at=AT)


def test_what_was_done_stays_when_a_family_together_becomes_children_with_a_detained_parent(town: Town) -> None:
    made, by = making.made(town), town.workers["social_worker"]
    tasks.done(made, "R02", text="Ringlistan är klar.", seen=0, by=by, at=AT + HOUR)
    tasks.done(made, "R13", seen=0, by=by, at=AT + HOUR)
    change.use(made, template.templates()["D"], text="Pappan grips vid ankomsten.", by=by, at=AT + 2 * HOUR)
    after = making.read(town, made.dossier.id, at=AT + 2 * HOUR)
    assert after.template.code == "D"
    assert after.task("R02").newest.text == "Ringlistan är klar."  # type: ignore[union-attr]
    assert {"R10", "R20-1"} <= {task.key for task in after.tasks}
    with pytest.raises(facts.NoSuchTask):
        after.task("R22")
    with pytest.raises(facts.NothingWritten):
        change.use(made, template.templates()["F"], text=" ", by=by, at=AT)


def test_a_child_who_does_not_come_keeps_its_own_case_and_its_clocks(town: Town) -> None:
    made, by = making.made(town), town.workers["social_worker"]
    tasks.done(made, "R08-2", seen=0, by=by, at=AT + HOUR)
    before = making.read(town, made.dossier.id)
    change.comes(made, 2, coming=False, text="Stannar hos en moster.", version=before.version, by=by, at=AT + HOUR)
    after = making.read(town, made.dossier.id)
    assert [child.number for child in after.coming] == [1, 3]
    keys = {task.key for task in after.tasks}
    assert "R08-2" in keys
    assert "R11-2" not in keys
    clocks = statutory.of(after, family.opened(after, by=by, at=AT))
    assert {clock.child for clock in clocks} == {child.dossier for child in after.children}


def test_two_who_change_what_is_known_at_once_lose_nothing(town: Town) -> None:
    made = making.made(town)
    mine = making.opened(town, made.dossier.id)
    version = making.read(town, made.dossier.id).version
    by = town.workers["unit_lead"]
    change.know(made, KNOWN, version=version, by=by, at=AT + HOUR)
    with pytest.raises(Changed):
        change.know(mine, KNOWN, version=version, by=town.workers["social_worker"], at=AT + HOUR)
