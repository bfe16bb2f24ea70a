"""How much each of the four measured pages asks of the database: exact numbers, the same however much there is.

Counted are statements, on the staff's connection and the read log's, without begin, commit and savepoints. Every page
asks first for the session, the worker, and her memberships (3), and writes one line of the read log before a key (1).
What only the first page of a session asks, where else she is signed in, is not counted: she has seen Today.
"""

import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from bench.queries import asked
from hemvag.concerns.models import ConcernReport, StepKind
from hemvag.lib import clock
from hemvag.staff.models import Worker
from tests.concerns import making
from tests.conftest import Town

Clients = Callable[[Worker], Client]
COUNTED = ("default", "log")


def sent(client: Client, path: str, typed: dict[str, str] | None = None) -> tuple[int, list[str]]:
    """Send a request in a session that has begun; return the answer's status and the statements it took."""
    assert client.get("/today/").status_code == 200
    answers = []

    def act() -> None:
        once = {"once": str(uuid.uuid4())}
        answers.append(client.get(path) if typed is None else client.post(path, typed | once))

    statements = asked(act, COUNTED)
    return answers[0].status_code, statements


def cases(town: Town, number: int) -> list[ConcernReport]:
    """Cases of the social worker's, each with its two first clocks running."""
    return [making.case(town) for _ in range(number)]


@pytest.mark.parametrize("number", [1, 4])
def test_today_asks_as_much_for_many_cases_as_for_one(town: Town, client_for: Clients, number: int) -> None:
    cases(town, number)
    status, statements = sent(client_for(town.workers["social_worker"]), "/today/")
    # 4 as for every page; the steps that wait; whose names may be shown, their keys, their identities; what was told
    # and nobody answers, incidents; her plans for a return; what is asked about her own openings.
    assert (status, len(statements)) == (200, 12), statements


@pytest.mark.parametrize("notes", [0, 3])
def test_a_case_page_asks_as_much_for_a_long_case_as_for_a_short_one(
    town: Town, client_for: Clients, notes: int
) -> None:
    [made] = cases(town, 1)
    held = making.opened(town, made)
    for _ in range(notes):
        held.journal("note_call", by=town.workers["social_worker"], at=clock.now(), note={"text": "Ringde skolan."})
    status, statements = sent(client_for(town.workers["social_worker"]), f"/children/{made.dossier_id}/")
    # 4 as for every page; dossier, key; reports, steps, decisions; all content at once; journal.
    assert (status, len(statements)) == (200, 11), statements


@time_machine.travel(making.MONDAY, tick=False)
def test_a_report_is_received(town: Town, client_for: Clients) -> None:
    typed = {
        "day": making.MONDAY.date().isoformat(),
        "time": "09.00",
        "channel": "written",
        "source": "police",
        "feedback": "no",
        "text": "Barnet är utan vuxna.",
        "children-TOTAL_FORMS": "1",
        "children-INITIAL_FORMS": "0",
        "children-0-given": "Noor",
        "children-0-family": "Ek",
        "children-0-birth_kind": "exact",
        "children-0-birth_date": "2020-05-04",
        "children-0-district_code": town.district.code,
    }
    status, statements = sent(client_for(town.workers["registrar"]), "/reports/new/", typed)
    # 4 as for every page; once, and where it led; town, districts, the unit (in office hours);
    # dossier, key, assignment; identity, tokens; report's content, report, its steps, journal; whether a draft is kept;
    # which of the children the registrar may see.
    assert (status, len(statements)) == (302, 20), statements


def test_a_decision_is_recorded(town: Town, client_for: Clients) -> None:
    [made] = cases(town, 1)
    making.protect(town, made, at=making.MONDAY)
    now = clock.local(clock.now())
    typed = {
        "step": str(making.step(made, StepKind.PRELIMINARY).id),
        "outcome": "not_open",
        "reasons": "Det som sagts räcker.",
        "day": now.date().isoformat(),
        "time": f"{now:%H.%M}",
    }
    client = client_for(town.workers["social_worker"])
    status, statements = sent(client, f"/children/{made.dossier_id}/preliminary/", typed)
    # 4 as for every page; once, and where it led; dossier, key; reports, steps, decisions; the step locked, its
    # report locked, its protection assessment, whether an investigation runs; content, decision, journal, step;
    # the draft to forget.
    assert (status, len(statements)) == (302, 20), statements
