"""The pages of log review: what each says when it is empty, has one or many, and to whom; never a name by the way."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemvag.dossiers.models import Sealed
from hemvag.oversight import draw, found
from hemvag.oversight.models import Remark, Review
from hemvag.staff.models import Worker
from tests.conftest import Town, log_lines
from tests.oversight import making
from tests.oversight.making import NEXT_WEEK, at, child, drawn, opens
from tests.oversight.reading import sent, text

ClientFor = Callable[[Worker], Client]
FINE = Remark.Outcome.FINE


@pytest.fixture(autouse=True)
def next_week() -> object:
    with time_machine.travel(NEXT_WEEK, tick=False):
        yield


@pytest.fixture
def lead(town: Town, client_for: ClientFor) -> Client:
    return client_for(town.workers["unit_lead"])


@pytest.fixture
def officer(town: Town, client_for: ClientFor) -> Client:
    return client_for(town.workers["privacy_officer"])


def test_an_empty_list_says_so_and_offers_the_draw(town: Town, lead: Client) -> None:
    page = text(lead, "/log/reviews/")
    assert "Inget att granska" in page
    assert "är inte dragen för Barn och unga Innerstaden" in page
    opens(town, "colleague", child(town).dossier_id)
    assert sent(lead, "draw", town.children.id)[0] == 302
    page = text(lead, "/log/reviews/")
    assert "draget ur 1 öppningar" in page
    assert "Colleague" in page
    assert "inte dragen" not in page
    sent(lead, "draw", town.children.id)
    assert "redan draget" in text(lead, "/log/reviews/")
    assert sent(lead, "draw", town.other_children.id)[0] == 404


def test_the_lead_sees_who_when_why_and_what_work_was_done(town: Town, lead: Client) -> None:
    row = making.one(town)
    page = text(lead, f"/log/reviews/{row.id}/")
    assert row.dossier.reference in page
    assert "Nilssonson, Amina" in page
    assert "Medarbetaren har inte haft ärendet" in page
    assert "den dragna" in page
    assert log_lines(row.dossier_id)[-1] == (town.workers["unit_lead"].id, "name_shown", "log_review")


def test_work_is_told_without_what_it_was(town: Town, lead: Client) -> None:
    from tests.concerns import making as cases

    case = child(town)
    cases.give_to(case, town.workers["colleague"])
    opened = cases.opened(town, case, part="colleague", at=at())
    opened.journal("noted", by=town.workers["colleague"], at=at(), note={"text": "Hemligheten"})
    [row] = drawn(town)
    page = text(lead, f"/log/reviews/{row.id}/")
    assert "1 steg i journalen" in page
    assert "1 text skriven" in page
    assert "Har ärendet nu." in page
    assert "Hemligheten" not in page


def test_why_a_dossier_was_drawn_is_told_to_who_may_see_it_only(
    town: Town, lead: Client, officer: Client, client_for: ClientFor
) -> None:
    Worker.objects.filter(id=town.workers["colleague"].id).update(name="Kim Nilssonson")
    row = making.one(town)
    why = "samma efternamn"
    assert why in text(lead, f"/log/reviews/{row.id}/")
    for client in (officer, client_for(town.workers["other_lead"])):
        Review.objects.filter(id=row.id).update(lead=town.workers["other_lead"])
        page = text(client, f"/log/reviews/{row.id}/")
        assert why not in page
        assert "Amina" not in page
        assert "visas det bara för den som får se akten" in page
    assert lead.get(f"/log/reviews/{row.id}/", secure=True).status_code == 404


def test_a_dossier_is_marked_as_well_known_where_no_column_tells_it(
    town: Town, lead: Client, client_for: ClientFor
) -> None:
    row = making.one(town)
    before = kinds(row)
    assert sent(lead, "mark", row.id, on="1")[0] == 302
    page = text(lead, f"/log/reviews/{row.id}/")
    assert "Akten är märkt." in page
    assert "många känner till.</p>" in page
    assert kinds(row) == before
    opens(town, "social_worker", row.dossier_id, when=at(7))
    for number in range(20):
        opens(town, "social_worker", child(town, f"Namn{number}").dossier_id, when=at(8, 9 + number % 8, number))
    draw.draw(town.children, week=making.WEEK + found.A_WEEK, by=None, at=NEXT_WEEK + found.A_WEEK)
    assert Review.objects.filter(dossier=row.dossier_id, worker=town.workers["social_worker"]).exists()
    sent(lead, "mark", row.id)
    assert "Märk akten" in text(lead, f"/log/reviews/{row.id}/")


def kinds(row: Review) -> list[str]:
    """What lies in the dossier, as whoever has the database sees it."""
    return sorted(Sealed.objects.filter(dossier=row.dossier_id).values_list("kind", flat=True))


def test_who_may_not_see_the_dossier_marks_nothing(town: Town, client_for: ClientFor) -> None:
    row = making.one(town)
    Review.objects.filter(id=row.id).update(lead=town.workers["other_lead"])
    other = client_for(town.workers["other_lead"])
    assert "Märk akten" not in text(other, f"/log/reviews/{row.id}/")
    for part in ("other_lead", "unit_lead"):
        assert sent(client_for(town.workers[part]), "mark", row.id, on="1")[0] == 404


def test_the_lead_signs(town: Town, lead: Client) -> None:
    row = making.one(town)
    status, page = sent(lead, "review", row.id)
    assert status == 422
    assert "Välj ett av alternativen." in page
    assert sent(lead, "review", row.id, outcome=FINE)[0] == 302
    page = text(lead, "/log/reviews/")
    assert "Granskningen är underskriven." in page
    assert "Senast underskrivna" in page
    assert "Skriv under" not in text(lead, f"/log/reviews/{row.id}/")
    assert sent(lead, "review", row.id, outcome=Remark.Outcome.INCIDENT)[0] == 302
    page = text(lead, f"/log/reviews/{row.id}/")
    assert "redan underskriven" in page
    assert "Utan anmärkning" in page


def test_who_reads_the_log_signs_nothing(town: Town, officer: Client) -> None:
    row = making.one(town)
    page = text(officer, f"/log/reviews/{row.id}/")
    assert "Skriv under" not in page
    assert "Amina" not in page
    assert sent(officer, "review", row.id, outcome=FINE)[0] == 404
    assert not Remark.objects.exists()


def test_the_worker_is_asked_and_answers(town: Town, lead: Client, client_for: ClientFor) -> None:
    row = making.one(town)
    worker = client_for(town.workers["colleague"])
    assert worker.get(f"/log/asked/{row.id}/", secure=True).status_code == 404
    assert sent(lead, "ask", row.id)[0] == 302
    assert "Inget svar än." in text(lead, f"/log/reviews/{row.id}/")
    assert "Frågan är redan ställd" in (sent(lead, "ask", row.id), text(lead, "/log/reviews/"))[1]
    assert "Svara om en öppning" in text(worker, "/today/")
    assert "Ett stickprov är ingen misstanke" in text(worker, f"/log/asked/{row.id}/")
    assert sent(worker, "asked", row.id)[0] == 422
    assert sent(worker, "asked", row.id, answer="covered")[0] == 302
    assert "Besvarad" in text(worker, f"/log/asked/{row.id}/")
    assert sent(worker, "asked", row.id, answer="mine")[0] == 302
    assert "redan besvarad" in text(worker, f"/log/asked/{row.id}/")
    assert "ersatte eller hjälpte" in text(lead, f"/log/reviews/{row.id}/")
    assert "har svarat" in text(lead, "/log/reviews/")


def test_a_question_about_a_signed_review_needs_no_answer(town: Town, lead: Client, client_for: ClientFor) -> None:
    row = making.one(town)
    sent(lead, "ask", row.id)
    sent(lead, "review", row.id, outcome=Remark.Outcome.TALKED)
    assert "Du behöver inte svara" in text(client_for(town.workers["colleague"]), f"/log/asked/{row.id}/")


def test_many_in_a_row_are_listed_by_reference(town: Town, lead: Client) -> None:
    cases = [child(town, f"Namn{number}") for number in range(20)]
    for number, case in enumerate(cases):
        opens(town, "colleague", case.dossier_id, when=at(1, 9, number))
    [row] = [row for row in drawn(town) if row.kind == Review.Kind.MANY]
    page = text(lead, f"/log/reviews/{row.id}/")
    assert all(case.dossier.reference in page for case in cases)
    assert "20 akter" in page


def test_late_ones_are_marked_late(town: Town, officer: Client, client_for: ClientFor) -> None:
    making.one(town)
    with time_machine.travel(NEXT_WEEK + dt.timedelta(days=15), tick=False):
        lead = client_for(town.workers["unit_lead"])
        assert "status-late" in text(lead, "/log/reviews/")
        assert "Granska en öppning" in text(lead, "/today/")
        late = client_for(town.workers["privacy_officer"])
        assert "status-late" in text(late, "/log/outcomes/", state="late")
    assert "Inga granskningar" in text(officer, "/log/outcomes/", state="late")


def test_a_list_asks_the_same_number_of_questions_however_long(town: Town, lead: Client, officer: Client) -> None:
    def questions(client: Client, url: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            text(client, url)
        return len(asked)

    row = making.one(town)
    pages = [(lead, "/log/reviews/"), (officer, "/log/outcomes/"), (lead, "/today/")]
    for page in pages:
        text(*page)  # the first page after sign-in has questions of its own
    few = [questions(*page) for page in pages]
    for _ in range(30):
        row.id, row.entry, row._state.adding = uuid.uuid4(), uuid.uuid4(), True
        row.save(force_insert=True)
    assert [questions(*page) for page in pages] == few


def test_a_week_is_drawn_of_itself(town: Town) -> None:
    from hemvag.config import schedule

    opens(town, "colleague", child(town).dossier_id)
    assert schedule.draw_log_samples(0) > 5
    assert schedule.draw_log_samples(0) == 0
    assert draw.last_whole_week(NEXT_WEEK) == making.WEEK
