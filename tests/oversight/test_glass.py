"""The privacy officer's list of broken glass: who, which, until when, and whether a lead has said anything of it."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from hemvag.agencies.models import Authority, Unit
from hemvag.audit.models import Purpose
from hemvag.concerns.models import ConcernReport
from hemvag.dossiers import glass, record
from hemvag.dossiers.models import BrokenGlass, GlassOutcome
from hemvag.oversight import broken
from hemvag.staff.models import Membership, Worker
from tests import database
from tests.conftest import Town
from tests.oversight.making import NEXT_WEEK, child
from tests.oversight.reading import text

ClientFor = Callable[[Worker], Client]
REASON = "Barnet sitter hos jouren och ingen svarar på enheten."
WORDS = "Hon satt på en annan enhet."
START = dt.date(2017, 5, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def next_week() -> object:
    with time_machine.travel(NEXT_WEEK, tick=False):
        yield


@pytest.fixture
def officer(town: Town, client_for: ClientFor) -> Client:
    return client_for(town.workers["privacy_officer"])


def breaks(town: Town, made: ConcernReport, when: dt.datetime) -> BrokenGlass:
    [row] = glass.break_glass([made.dossier_id], reason=REASON, by=town.workers["other_worker"], at=when)
    return row


def reviewed(town: Town, row: BrokenGlass, outcome: str) -> None:
    lead = town.workers["unit_lead"]
    opened = record.open_dossier(row.dossier_id, by=lead, purpose=Purpose.REVIEW, at=NEXT_WEEK)
    glass.review(opened, row.id, outcome=outcome, words=WORDS, by=lead, at=NEXT_WEEK)


def test_the_officer_sees_who_opened_which_and_what_became_of_it_and_no_name(town: Town, officer: Client) -> None:
    assert "Inga nödöppningar" in text(officer, "/log/glass/")
    made = child(town, "Amina", "Hemligsson")
    row = breaks(town, made, NEXT_WEEK - 2 * DAY)
    page = text(officer, "/log/glass/")
    for shown in ("2026-03-07 04:00", "2026-03-07 05:00", made.dossier.reference, "Other Worker", town.children.name):
        assert shown in page
    assert "väntar sedan 2 dagar" in page
    assert "1 nödöppning väntar på granskning." in page
    reviewed(town, row, GlassOutcome.UNFOUNDED)
    page = text(officer, "/log/glass/")
    assert "Inte befogad" in page.split("<tbody>")[1]
    assert "Unit Lead" in page
    assert "Ingen nödöppning väntar på granskning." in page
    for hidden in ("Amina", "Hemligsson", REASON, WORDS, str(made.dossier_id)):
        assert hidden not in page


def test_one_of_today_has_waited_since_today_and_may_be_asked_for_by_state(town: Town, officer: Client) -> None:
    breaks(town, child(town), NEXT_WEEK)
    reviewed(town, breaks(town, child(town), NEXT_WEEK), GlassOutcome.JUSTIFIED)
    assert "väntar sedan i dag" in text(officer, "/log/glass/", state="waiting")
    for state, many in (("", 2), ("waiting", 1), ("justified", 1), ("look_into", 0), ("nonsense", 2)):
        assert text(officer, "/log/glass/", state=state).count('class="reference"') == many


def test_those_of_another_committee_are_not_hers_to_see(town: Town, client_for: ClientFor) -> None:
    row = breaks(town, child(town), NEXT_WEEK)
    with database.as_owner():
        facts = {"municipality": town.municipality, "kind": Authority.Kind.SOCIAL, "valid_from": START}
        committee = Authority.objects.create(code="south", name="Södra nämnden", **facts)
        kind = Unit.Kind.RECEPTION
        unit = Unit.objects.create(authority=committee, code="s", name="Söder", kind=kind, valid_from=START)
    other = Worker.objects.create_user("other@example.test", None, name="Siv Other")
    Membership.objects.create(worker=other, unit=unit, role="privacy_officer", valid_from=START)
    assert row.dossier.reference not in text(client_for(other), "/log/glass/")


def test_the_list_asks_the_same_however_long_it_is_and_goes_on_overleaf(
    town: Town, officer: Client, django_assert_max_num_queries: Any
) -> None:
    row = breaks(town, child(town), NEXT_WEEK)
    BrokenGlass.objects.bulk_create(
        BrokenGlass(dossier=row.dossier, unit=row.unit, worker=row.worker, at=row.at, until=row.until)
        for _ in range(broken.PAGE)
    )
    with django_assert_max_num_queries(6):
        found, older = broken.rows(town.workers["privacy_officer"], NEXT_WEEK, state="", after="")
    assert len(found) == broken.PAGE
    page = text(officer, "/log/glass/")
    link = page.split('href="/log/glass/?')[1].split('"')[0].replace("&amp;", "&")
    assert older in link
    assert text(officer, f"/log/glass/?{link}").count('class="reference"') == 1
    assert text(officer, "/log/glass/", after=str(uuid.uuid4())).count('class="reference"') == broken.PAGE
    assert text(officer, "/log/glass/", after="x").count('class="reference"') == broken.PAGE
