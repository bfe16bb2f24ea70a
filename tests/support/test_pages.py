"""The pages of an adult's case: what they say, that nothing typed is lost, and what is read back before it is kept."""

import re
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from hemvag.dossiers.models import Agreement, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker
from hemvag.support import agreements, chart, plan
from hemvag.support.models import StepKind, SupportStep
from tests.conftest import Town
from tests.support import making
from tests.support.making import AT

ClientFor = Callable[[Worker], Client]
AGREES = {
    "what": "Att jag söker bostad",
    "receivers": ["police", "school"],
    "to_whom": "Kommunpolis Bo och rektor Eva",
    "purpose": "Att ordna ett hem",
    "first": "2026-03-02",
    "last": "2026-06-01",
    "how": "spoken",
}


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def worker(town: Town, client_for: ClientFor) -> Client:
    return client_for(town.workers["support_worker"])


def once() -> dict[str, str]:
    return {"once": str(uuid.uuid4())}


def address(opened: Opened, part: str = "") -> str:
    return f"/adults/{opened.dossier.id}/{part}"


def text(client: Client, where: str, status: int = 200) -> str:
    answer = client.get(where, secure=True)
    assert answer.status_code == status
    return answer.content.decode()


def sent(client: Client, where: str, fields: dict[str, object], status: int = 302) -> str:
    answer = client.post(where, {**once(), **fields}, secure=True)
    assert answer.status_code == status, re.sub(r"(?s)<[^>]+>", " ", answer.content.decode())
    return answer.content.decode()


def test_the_list_never_says_that_it_is_a_list_of_returnees(worker: Client, town: Town) -> None:
    assert "Inget väntar" in text(worker, "/adults/")
    making.own(town)
    page = text(worker, "/adults/?step=agreement&when=month")
    assert "Listan säger inget om vilka som finns i staden eller har kommit hem" in page
    assert "Fältman, Jonas" in page
    assert "Fältman" not in text(worker, "/adults/?step=plan")


def test_somebody_asks_for_help_agrees_gets_a_plan_and_is_followed_up(worker: Client, town: Town) -> None:
    person = {"given": "Jonas", "family": "Fältman", "reach": "070-174 06 05 på kvällen", "protected": ""}
    sent(worker, "/adults/own/", {"words": "Jag vill ha ett hem.", **person})
    opened = making.again(town, Opened(Dossier.objects.get(compartment="adult"), b""))
    assert "Gå igenom medgivandet" in text(worker, address(opened))
    read = sent(worker, address(opened, "agreements/new/"), AGREES, status=200)
    assert "Polisen, Skola" in read
    assert "The Swedish text" not in read
    assert "Jonas Fältman, agree that" in read
    assert not Agreement.objects.exists()
    sent(worker, address(opened, "agreements/new/"), {**AGREES, "read_back": "1"})
    assert Agreement.objects.count() == 1
    rows = {"measure_1": "housing", "who_1": "Boendeenheten", "until_1": "1/6"}
    sent(worker, address(opened, "plan/"), {"goals": "Ett hem.", "rating": "3", "follow_up": "16/3", **rows})
    sent(
        worker,
        address(opened, "follow-up/"),
        {"text": "Bättre.", "helped": "Samtalen", "rating": "6", "day": "i dag", "time": "09.30"},
        status=422,
    )
    page = text(worker, address(opened))
    assert "Boendeenheten" in page
    assert "Personen skattar sitt liv till 3 av 10." in page
    assert "style=" not in page


def test_changing_something_after_it_was_read_back_brings_the_form_with_what_was_typed(
    worker: Client, town: Town
) -> None:
    opened = making.own(town)
    page = sent(worker, address(opened, "agreements/new/"), {**AGREES, "change": "1"}, status=200)
    assert "Kommunpolis Bo" in page
    assert "inte samtycke enligt dataskyddsförordningen" in page
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"receivers": []}, "Välj minst en mottagare"),
        ({"first": "2026-05-01", "last": "2026-04-01"}, "Sista dagen måste komma efter den första"),
        ({"first": "2026-02-01"}, "Dagen har redan varit"),
        ({"kinds": ["plan"]}, "Välj både en enhet"),
        ({"what": ""}, "Vilka uppgifter"),
    ],
)
def test_an_agreement_that_says_too_little_is_not_read_back(
    worker: Client, town: Town, wrong: dict[str, object], said: str
) -> None:
    opened = making.own(town)
    assert said in sent(worker, address(opened, "agreements/new/"), {**AGREES, **wrong}, status=422)


def test_taking_it_back_is_two_clicks_and_gives_a_receipt(worker: Client, town: Town) -> None:
    opened = making.own(town)
    made = making.agree(town, opened)
    given = worker.get(address(opened, f"agreements/{made.id}.pdf"), secure=True)
    assert given.content.startswith(b"%PDF")
    assert b"StructTreeRoot" in given.content
    assert given.content == worker.get(address(opened, f"agreements/{made.id}.pdf"), secure=True).content
    receipt = address(opened, f"agreements/{made.id}/receipt.pdf")
    assert worker.get(receipt, secure=True).status_code == 404
    withdraw = address(opened, f"agreements/{made.id}/withdraw/")
    assert withdraw in text(worker, address(opened))
    assert "Då tar vi inte mer kontakt" in text(worker, withdraw)
    sent(worker, withdraw, {})
    assert worker.get(receipt, secure=True).content.startswith(b"%PDF")
    page = text(worker, address(opened))
    assert "Vi tar inte kontakt" in page
    assert "Återkallat" in page
    assert "har redan" not in page
    assert sent(worker, withdraw, {}, status=422)


def test_only_who_is_named_may_sit_at_the_table(worker: Client, town: Town) -> None:
    opened = making.own(town)
    making.agree(town, opened)
    where = address(opened, "conference/")
    assert "Migrationsverket" not in text(worker, where)
    met = {"table": "sig", "day": "i dag", "time": "10.00", "who_1": "Bo", "told_1": "Bostaden"}
    refused = sent(worker, where, {**met, "receiver_1": "school"}, status=422)
    assert "Inget medgivande som gäller nämner den parten" in refused
    assert "Välj minst en part" in sent(worker, where, met, status=422)
    sent(worker, where, {**met, "receiver_1": "police"})
    assert "Polisen, Bo: Bostaden" in text(worker, address(opened))


def test_what_was_told_becomes_an_offer_with_the_answer_of_the_law(worker: Client, town: Town) -> None:
    assert "35 kap. 10 c" in text(worker, "/adults/told/")
    fields = {
        "source": "police",
        "ground": "35 kap. 10 c § OSL",
        "on": "i dag",
        "given": "Jonas",
        "how": "Brev",
        "by_whom": "Kim",
        "most": "2",
        "last": "16/3",
    }
    assert "35 kap." in sent(worker, "/adults/told/", {**fields, "on": "2019-05-06"}, status=422)
    sent(worker, "/adults/told/", fields)
    step = SupportStep.objects.get(kind=StepKind.OFFER)
    page = text(worker, f"/adults/{step.dossier_id}/")
    assert "inget ärende" in page
    tried = {"answer": "nothing", "text": "Brev.", "day": "i dag", "time": "10.00"}
    sent(worker, f"/adults/{step.dossier_id}/attempt/", tried)


@pytest.mark.parametrize("part", ["notes/", "police/", "close/", "came-back/", "attempt/", "step-off/", "follow-up/"])
def test_each_step_has_its_page_and_says_what_is_missing(worker: Client, town: Town, part: str) -> None:
    opened = making.own(town)
    assert "Fältman" in text(worker, address(opened, part))
    assert "error" in sent(worker, address(opened, part), {}, status=422)


def test_a_lead_assigns_and_a_granted_reader_sees_her_part(client_for: ClientFor, town: Town) -> None:
    opened = making.own(town)
    made = making.agree(town, opened, receivers=(), unit=town.other_children, kinds=("plan", "conference"))
    making.planned(town, opened)
    lead = client_for(town.workers["support_lead"])
    text(lead, address(opened, "assign/"))
    sent(lead, address(opened, "assign/"), {"worker": str(town.workers["support_worker"].id)})
    reader = client_for(town.workers["other_worker"])
    assert opened.dossier.reference in text(reader, "/adults/shared/")
    page = text(reader, address(opened, "shared/"))
    assert "Jag vill ha ett eget hem." in page
    assert "Fältman" not in page
    text(reader, address(opened), status=404)
    agreements.withdraw(opened, made.id, by=town.workers["support_worker"], at=AT)
    text(reader, address(opened, "shared/"), status=404)
    assert opened.dossier.reference not in text(reader, "/adults/shared/")


def test_a_draft_of_an_agreement_survives(worker: Client, town: Town) -> None:
    opened = making.own(town)
    kept = worker.post(
        address(opened, "draft/agreement/"),
        {"fields": {"what": "Halvskrivet"}, "tab": "one-tab-1", "version": 0},
        content_type="application/json",
        secure=True,
    )
    assert kept.status_code == 200, kept.content
    assert "Halvskrivet" in text(worker, address(opened, "agreements/new/"))
    assert worker.post(address(opened, "draft/nothing/"), {}, "application/json", secure=True).status_code == 404


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([3, 6], "Bättre: från 3 till 6"),
        ([6, 3], "Sämre: från 6 till 3"),
        ([5, 2, 5], "Oförändrat: 5"),
        ([4], "4 av 10"),
    ],
)
def test_the_chart_says_what_it_shows(values: list[int], said: str) -> None:
    assert said in chart.finding(values)


def test_a_chart_stands_within_its_frame() -> None:
    ratings = [(AT.date(), 0), (AT.date(), 10)]
    drawn = chart.of(ratings)
    assert drawn is not None
    assert all(0 <= point.x <= drawn.width and 0 <= point.y <= drawn.height for point in drawn.points)
    assert chart.of([]) is None


def test_every_measure_and_answer_has_words() -> None:
    assert all(label for _code, label in plan.Measure.choices)
