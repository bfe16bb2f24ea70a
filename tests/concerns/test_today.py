"""Today, and who is late and why: the right steps to the right people, in few queries however many there are."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemvag.access.abilities import ask
from hemvag.concerns import facts, late, today
from hemvag.concerns.models import StepKind
from tests.concerns import making
from tests.concerns.making import MINUTE, MONDAY
from tests.conftest import Town, log_lines

DAY = dt.timedelta(days=1)


def kinds(town: Town, part: str, at: dt.datetime = MONDAY) -> list[tuple[str, str]]:
    return [(item.kind, item.state) for item in today.items(town.workers[part], at)]


def test_a_worker_sees_her_own_first_lawful_steps(town: Town) -> None:
    mine, _other = making.case(town), making.case(town, part="colleague")
    assert kinds(town, "social_worker") == [("protection_assessment", "now")]
    making.protect(town, mine, at=MONDAY + MINUTE)
    [item] = today.items(town.workers["social_worker"], MONDAY + DAY)
    assert (item.kind, item.state, item.who) == ("preliminary_assessment", "soon", "Östberg, Amina")
    assert (item.next_label, item.next_url) == ("Förhandsbedöm", f"/children/{mine.dossier_id}/preliminary/")


def test_what_nobody_has_waits_for_those_who_give_cases_out(town: Town) -> None:
    [made] = making.receive(town)
    assert kinds(town, "social_worker") == []
    [item] = today.items(town.workers["unit_lead"], MONDAY)
    assert (item.next_label, item.next_url) == ("Tilldela", f"/children/{made.dossier_id}/assign/")


@pytest.mark.parametrize("part", ["counsellor", "coordinator", "administrator", "other_lead", "other_worker"])
def test_nobody_else_sees_anything(town: Town, part: str) -> None:
    making.case(town)
    making.receive(town)
    assert kinds(town, part) == []


def test_late_comes_first_and_names_are_one_log_line(town: Town) -> None:
    first = making.case(town)
    making.protect(town, first, at=MONDAY + MINUTE)
    making.case(town, at=MONDAY + 15 * DAY)
    assert kinds(town, "social_worker", MONDAY + 15 * DAY) == [
        ("preliminary_assessment", "late"),
        ("protection_assessment", "now"),
    ]
    lines = [line for line in log_lines(first.dossier_id) if line[1] == "name_shown"]
    assert lines == [(town.workers["social_worker"].id, "name_shown", "today")]


def test_the_queries_are_as_many_for_thirty_as_for_three(town: Town) -> None:
    def queries() -> int:
        worker = town.workers["social_worker"]
        worker.grants_of_request = ask(worker, MONDAY)  # type: ignore[attr-defined]
        with CaptureQueriesContext(connection) as seen:
            today.items(worker, MONDAY)
        return len(seen)

    for _ in range(3):
        making.case(town)
    few = queries()
    for _ in range(27):
        making.case(town)
    assert queries() == few
    assert few == 4
    assert len(today.items(town.workers["social_worker"], MONDAY, limit=10)) == 10


def test_the_lead_sees_who_is_late_and_why(town: Town) -> None:
    made = making.case(town)
    at = MONDAY + 3 * DAY
    step = making.step(made, StepKind.PROTECTION)
    held = making.opened(town, made, at=at)
    late.explain(held, step.id, code="interpreter", note="Tolken är sjuk.", by=town.workers["social_worker"], at=at)
    rows = late.rows(town.workers["unit_lead"], at)
    [row] = [row for row in rows if row.state == "late"]
    assert row.step.dossier.worker == town.workers["social_worker"]
    assert row.reason is not None
    assert (row.reason.code, row.name) == ("interpreter", "Östberg, Amina")
    assert late.rows(town.workers["other_lead"], at) == []
    assert late.rows(town.workers["social_worker"], at) == []


def test_a_step_that_is_done_is_not_explained(town: Town) -> None:
    made = making.case(town)
    held = making.protect(town, made, at=MONDAY + MINUTE)
    step = making.step(made, StepKind.PROTECTION)
    with pytest.raises(facts.AlreadyDecided):
        late.explain(held, step.id, code="other", note="", by=town.workers["social_worker"], at=MONDAY + DAY)
