"""Look-up at another committee: a disclosure with a ground, a ledger line in the other's dossier, and nothing more."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemvag.agencies.models import Authority, Unit
from hemvag.audit.models import Act, Entry, Purpose
from hemvag.concerns.models import ConcernReport, Step
from hemvag.dossiers.models import Compartment, Dossier, JournalEntry, Recusal, Sight
from hemvag.exchange import facts, lookup
from hemvag.exchange.lookup import Answered, Asking, Told
from hemvag.exchange.models import Disclosure
from hemvag.lib import clock
from hemvag.people.identities import Birth, Identity
from hemvag.staff.models import Membership, Worker
from tests import database
from tests.concerns import making
from tests.conftest import Town, log_lines
from tests.exchange.making import AT

SignIn = Callable[[Worker], Client]
START = dt.date(2017, 5, 1)
TESTS = {"request": "Södra nämnden frågar om barnet är aktuellt.", "need": "För att samordna stödet."}
NOT_TOLD = Answered(told=Told.NOT_TOLD)


@pytest.fixture
def asker(town: Town) -> Worker:
    """A social worker of another social committee of the same municipality."""
    with database.as_owner():
        facts = {"municipality": town.municipality, "kind": Authority.Kind.SOCIAL, "valid_from": START}
        committee = Authority.objects.create(code="south", name="Södra nämnden", **facts)
        kind = Unit.Kind.CHILDREN
        unit = Unit.objects.create(authority=committee, code="s", name="Barn i söder", kind=kind, valid_from=START)
    worker = Worker.objects.create_user("asker@example.test", None, name="Siv Asker")
    Membership.objects.create(worker=worker, unit=unit, role="social_worker", valid_from=START)
    return worker


def asked(by: Worker, *, at: dt.datetime = AT, identity: Identity | None = None, **said: Any) -> Answered:
    who = identity or making.identity()
    asking = Asking(identity=who, **({"situation": "known_here_requested", "tests": TESTS} | said))
    return lookup.look_up(asking, by=by, at=at)


@pytest.fixture
def known(town: Town) -> ConcernReport:
    return making.case(town)


def test_a_child_known_at_another_committee_is_answered_with_the_unit_to_ask_and_nothing_else(
    town: Town, asker: Worker, known: ConcernReport
) -> None:
    answered = asked(asker)
    assert answered == Answered(told=Told.KNOWN, units=[town.children])
    assert not Dossier.objects.visible_to(asker, AT, Sight.IDENTITY).exists()


def test_what_was_told_is_a_line_of_the_ledger_in_the_found_dossier(
    town: Town, asker: Worker, known: ConcernReport
) -> None:
    asked(asker)
    row = Disclosure.objects.get()
    assert (row.dossier_id, row.rule, row.verdict, row.law_date) == (known.dossier_id, "IS-28", "must", AT.date())
    assert (row.items, row.channel, row.informed, row.by) == (1, "look_up", "later", asker)
    assert (row.authority, row.unit.name) == (town.authority, "Barn i söder")
    said = making.opened(town, known, at=AT).piece(row.content_id).data
    assert said["requested_by"] == "Siv Asker"
    assert said["tests"] == {"request": TESTS["request"]}
    assert [item["code"] for item in said["items"]] == ["known"]
    assert JournalEntry.objects.get(dossier=known.dossier_id, step="looked_up").by == asker
    assert not Disclosure.objects.visible_to(asker, AT).exists()
    assert Disclosure.objects.visible_to(town.workers["social_worker"], AT).get() == row


def test_each_look_up_is_logged_and_so_is_what_the_machine_touched(asker: Worker, known: ConcernReport) -> None:
    asked(asker)
    asked(asker, identity=making.identity("Ingen", "Alls"))
    lines = Entry.objects.filter(worker=asker.id, act=Act.LOOKED_UP, door="staff")
    assert [(line.purpose, line.dossiers) for line in lines] == [(Purpose.LOOK_UP, [])] * 2
    about = [line[1:] for line in log_lines(known.dossier_id) if line[0] == asker.id]
    assert about == [("compared", "look_up"), ("looked_up", "look_up")]


def test_the_test_that_the_rule_demands_must_be_written_before_anybody_is_looked_for(
    asker: Worker, known: ConcernReport
) -> None:
    with pytest.raises(facts.TestMissing) as missing:
        asked(asker, tests={"request": " "})
    assert missing.value.codes == ("request",)
    assert not Disclosure.objects.exists()
    assert not [line for line in log_lines(known.dossier_id) if line[0] == asker.id]


def test_on_a_day_when_the_rule_is_not_surely_known_nothing_is_told(asker: Worker, known: ConcernReport) -> None:
    before = dt.datetime(2025, 5, 5, 9, 0, tzinfo=AT.tzinfo)
    assert asked(asker, at=before) == NOT_TOLD
    assert not Disclosure.objects.exists()


def test_a_committee_that_is_not_social_services_is_told_nothing(town: Town, known: ConcernReport) -> None:
    with database.as_owner():
        unit = Unit.objects.create(
            authority=town.other_authority, code="x", name="X", kind=Unit.Kind.COORDINATION, valid_from=START
        )
    worker = Worker.objects.create_user("city@example.test", None, name="City")
    Membership.objects.create(worker=worker, unit=unit, role="social_worker", valid_from=START)
    assert asked(worker) == NOT_TOLD


def test_a_protected_person_is_always_answered_alike(town: Town, asker: Worker, known: ConcernReport) -> None:
    central = Answered(told=Told.CENTRAL_DESK)
    assert (
        asked(asker, protected=True) == asked(asker, identity=making.identity("No", "One"), protected=True) == central
    )
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("moved", [False, True], ids=["at the desk", "not at the desk"])
def test_a_child_protected_there_is_as_if_not_known(town: Town, asker: Worker, moved: bool) -> None:
    [row] = making.receive(town, children=[making.report.Child(identity=making.identity(protected="secrecy_marking"))])
    if moved:
        Dossier.objects.filter(id=row.dossier_id).update(unit=town.children)
    assert asked(asker) == NOT_TOLD


@pytest.mark.parametrize("compartment", [Compartment.ADULT, Compartment.CONTACT])
def test_adults_and_contacts_are_never_answered(asker: Worker, known: ConcernReport, compartment: str) -> None:
    Dossier.objects.filter(id=known.dossier_id).update(compartment=compartment)
    assert asked(asker) == NOT_TOLD


def test_an_adult_is_not_asked_about(asker: Worker, known: ConcernReport) -> None:
    grown = making.identity()
    with pytest.raises(lookup.NotAChild):
        asked(asker, identity=Identity(names=grown.names, birth=Birth(kind="exact", date="2001-01-02")))


def test_a_name_and_a_year_are_too_vague(asker: Worker, known: ConcernReport) -> None:
    with pytest.raises(lookup.TooVague):
        asked(asker, identity=Identity(names=making.identity().names, birth=Birth(kind="approximate", date="2020")))


def test_only_a_case_that_goes_on_is_told_of(asker: Worker, known: ConcernReport) -> None:
    Step.objects.filter(dossier=known.dossier_id).update(done_at=AT, outcome="no_need")
    assert asked(asker) == NOT_TOLD


def test_a_sibling_of_the_same_day_is_not_the_child(asker: Worker, known: ConcernReport) -> None:
    assert asked(asker, identity=making.identity("Yusuf")) == NOT_TOLD


def test_whoever_has_stepped_off_is_told_nothing(asker: Worker, known: ConcernReport) -> None:
    Recusal.objects.create(dossier=known.dossier, worker=asker, at=AT)
    assert asked(asker) == NOT_TOLD


def test_one_s_own_committee_is_searched_not_looked_up(town: Town, known: ConcernReport) -> None:
    assert asked(town.workers["other_worker"]) == NOT_TOLD


@pytest.mark.parametrize("part", ["counsellor", "support_worker", "coordinator", "administrator", "protected_desk"])
def test_who_may_not_search_may_not_look_up(town: Town, known: ConcernReport, part: str) -> None:
    with pytest.raises(facts.NotYours):
        asked(town.workers[part])


def test_nobody_looks_up_a_whole_class(asker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "MOST_A_DAY", 2)
    for _ in range(2):
        asked(asker)
    with pytest.raises(lookup.TooMany):
        asked(asker)
    assert asked(asker, at=AT + 2 * lookup.DAY) == NOT_TOLD


def posted(client: Client, **said: str) -> Any:
    fields = {"text": "Amina Östberg 2020-05-04", "situation": "known_here_requested", "protected": "no"}
    fields["once"] = str(uuid.uuid4())
    return client.post("/look-up/", fields | said, secure=True, follow=True)


def test_the_page_answers_in_a_message_that_names_no_child(client_for: SignIn, town: Town, asker: Worker) -> None:
    unit = making.case(town, at=clock.now()).dossier.unit.name
    page = posted(client_for(asker), test_request=TESTS["request"])
    text = page.content.decode()
    assert page.status_code == 200
    assert f"Barnet är känt. Fråga {unit}." in text
    assert "Amina" not in text.replace("Till exempel Amina", "")
    assert Disclosure.objects.count() == 1


def test_the_page_wants_the_test_beside_its_field(client_for: SignIn, asker: Worker) -> None:
    page = posted(client_for(asker))
    assert page.status_code == 422
    assert "Skriv ner prövningen" in page.content.decode()
    assert "Amina Östberg 2020-05-04" in page.content.decode()


def test_the_page_says_the_same_of_nobody_and_of_a_protected_child(
    client_for: SignIn, town: Town, asker: Worker
) -> None:
    said = {"test_request": TESTS["request"]}
    nobody = posted(client_for(asker), **said).content.decode()
    hidden = posted(client_for(asker), protected="yes", **said).content.decode()
    assert "Inte känt hos en annan nämnd" in nobody
    assert "Fråga enheten för skyddade uppgifter" in hidden


def test_a_search_that_finds_nobody_points_to_the_look_up(client_for: SignIn, asker: Worker) -> None:
    found = client_for(asker).post("/search/", {"text": "Amina Östberg"}, secure=True).content.decode()
    assert reverse("exchange:look_up") in found
