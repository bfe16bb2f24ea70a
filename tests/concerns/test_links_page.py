"""A child's page shows which dossiers belong with it, to one who may open them, and lets her link and part them."""

import uuid
from collections.abc import Callable

from django.http import HttpResponse
from django.test import Client

from hemvag.concerns import report
from hemvag.concerns.models import ConcernReport
from hemvag.dossiers.models import Recusal
from hemvag.staff.models import Worker
from tests.concerns import making
from tests.conftest import Town, log_lines

SignIn = Callable[[Worker], Client]


def named(given: str, town: Town) -> report.Child:
    return report.Child(identity=making.identity(given), district=town.district)


def two(town: Town) -> list[ConcernReport]:
    """Two children of the unit, each reported for herself; both are the social worker's."""
    return [making.case(town, children=[named(given, town)]) for given in ("Amina", "Bilal")]


def page_of(client: Client, made: ConcernReport) -> str:
    return client.get(f"/children/{made.dossier_id}/", secure=True).content.decode()


def sent(client: Client, made: ConcernReport, **typed: str) -> HttpResponse:
    answer: HttpResponse = client.post(
        f"/children/{made.dossier_id}/together/", {**typed, "once": str(uuid.uuid4())}, secure=True
    )
    return answer


def test_a_linked_sibling_stands_on_both_pages_and_can_be_parted(town: Town, client_for: SignIn) -> None:
    one, other = two(town)
    client = client_for(town.workers["social_worker"])
    assert "Bilal" not in page_of(client, one)
    assert sent(client, one, reference=other.dossier.reference, relation="sibling").status_code == 302
    assert "Bilal" in page_of(client, one)
    assert "Amina Östberg</bdi></a>" in page_of(client, other)
    assert "Syskon" in client.get(f"/children/{one.dossier_id}/together/", secure=True).content.decode()
    assert sent(client, other, part=one.dossier.reference).status_code == 302
    assert "Bilal" not in page_of(client, one)


def test_the_other_children_of_a_report_stand_there_of_themselves(town: Town, client_for: SignIn) -> None:
    one, other = making.receive(town, children=[named("Amina", town), named("Bilal", town)])
    shown = page_of(client_for(town.workers["unit_lead"]), one)
    assert "Bilal" in shown
    assert "I samma anmälan" in shown
    assert log_lines(other.dossier_id)[-1] == (town.workers["unit_lead"].id, "name_shown", "link")


def test_a_sibling_whom_she_may_not_open_does_not_stand_there(town: Town, client_for: SignIn) -> None:
    children = [
        named("Amina", town),
        report.Child(identity=making.identity("Bilal"), district=town.other_district),
        report.Child(identity=making.identity("Cilla", protected="secrecy_marking"), district=town.district),
        named("Dina", town),
    ]
    made = making.receive(town, children=children)
    Recusal.objects.create(dossier=made[3].dossier, worker=town.workers["unit_lead"], at=making.MONDAY)
    shown = page_of(client_for(town.workers["unit_lead"]), made[0])
    assert not [name for name in ("Bilal", "Cilla", "Dina") if name in shown]
    assert not [row for row in made[1:] if row.dossier.reference in shown]


def test_what_is_not_hers_is_answered_as_what_is_not_there(town: Town, client_for: SignIn) -> None:
    one, _other = two(town)
    [elsewhere] = making.receive(
        town, children=[report.Child(identity=making.identity("Bilal"), district=town.other_district)]
    )
    client = client_for(town.workers["social_worker"])
    answers = set()
    for reference in (elsewhere.dossier.reference, "B26-2222-222T", "x"):
        answer = sent(client, one, reference=reference, relation="sibling")
        page = answer.content.decode()
        answers.add((answer.status_code, "Du får inte öppna något ärende med det numret." in page))
    assert answers == {(422, True)}
    assert log_lines(elsewhere.dossier_id)[-1] == (town.workers["social_worker"].id, "refused", "link")


def test_a_case_is_not_linked_to_itself_nor_twice(town: Town, client_for: SignIn) -> None:
    one, other = two(town)
    client = client_for(town.workers["social_worker"])
    itself = sent(client, one, reference=one.dossier.reference, relation="sibling")
    assert "Det är det här ärendet" in itself.content.decode()
    sent(client, one, reference=other.dossier.reference, relation="sibling")
    again = sent(client, one, reference=other.dossier.reference, relation="sibling")
    assert "De är redan kopplade." in again.content.decode()
