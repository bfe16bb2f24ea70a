"""From lists: counts and never names, feeding lists are merged, and the answer is a range with a verdict."""

import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from hemvag.config import schedule
from hemvag.picture import calculate, pasted, words
from hemvag.picture.define import NotTheCoordinator
from hemvag.picture.models import Description, Outcome, Run, Table
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.picture import making
from tests.picture.making import COUNTS

SMALL = """polisen,skolan,vården,count
1,0,0,30
0,1,0,25
0,0,1,3
1,1,0,2
1,0,1,1
"""


@pytest.fixture
def client(town: Town, client_for: Callable[[Worker], Client]) -> Client:
    return client_for(town.workers["coordinator"])


def post(client: Client, path: str, **facts: Any) -> Any:
    return client.post(f"/picture/{path}/", {**facts, "once": str(uuid.uuid4())}, follow=True)


def said(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def facts(names: list[str], **feeds: str) -> dict[str, str]:
    sent = {}
    for i, name in enumerate(names):
        sent |= {f"whose_{i}": f"Den som för {name}", f"what_{i}": "Alla som kom", f"feeds_{i}": "none"}
    return sent | feeds


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("a,b,count\n1,0,5\n1,2,5", "Rad 3, kolumn b: skriv 1"),
        ("a,b,count\n1,0,-5", "Rad 2, kolumn count: skriv ett helt antal"),
        ("a,b,count\n1,0,5.5", "Rad 2, kolumn count: skriv ett helt antal"),
        ("a,b,count\n1,0,5\n1,0,6", "står redan på rad 2"),
        ("a,b,count\n0,0,6", "är de som ska uppskattas"),
        ("a,count\n1,6", "Minst två listor"),
        ("a,a,count\n1,1,6", "heter likadant"),
        ("a,b,count\n1,1,0", "Ingen står på någon lista"),
        ("a,b,count\n1,1", "Rad 2 går inte att läsa"),
        ("hej", "Rad 1 går inte att läsa"),
        ("i,j,k,l,m,n,o,p,q,count\n1,1,1,1,1,1,1,1,1,6", "högst 8"),
        ("a,b,count\n1,1,199001012385", "Rad 2, kolumn count: Det ser ut som ett personnummer"),
        ("a,b,count\n1,1,900101-2385", "ser ut som ett personnummer"),
        ("a,b,count\nLeila,1,6", "Rad 2, kolumn a: Det ser ut som ett namn"),
        ("Leila Testsson,b,count\n1,1,6", "Rad 1, kolumn 1: Det ser ut som ett namn"),
        ("förnamn,b,count\n1,1,6", "uppgift om någon"),
        (f"{'a' * 61},b,count\n1,1,6", "uppgift om någon"),
        ('a,b,count\n"1', "går inte att läsa"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_never_repeated(text: str, wrong: str) -> None:
    with pytest.raises(pasted.Wrong) as told:
        pasted.read(text)
    assert wrong in str(told.value)
    assert not any(part in str(told.value) for part in ("Leila", "2385"))


def test_swedish_headings_and_marks_are_read() -> None:
    lists = pasted.read("\ufeffpolisen;Skolverket i Malmö;ANTAL\n1;0;5\n1;1;6\n")
    assert (lists.names, lists.observed) == (("polisen", "Skolverket i Malmö"), 11)


def test_nothing_typed_is_lost_and_nothing_is_stored_when_a_table_is_wrong(client: Client, town: Town) -> None:
    making.returned(town)
    page = post(client, "returned/lists", text="a,b,count\n1,2,5")
    assert (page.status_code, Table.objects.count()) == (422, 0)
    assert "Rad 2, kolumn b" in said(page)
    assert "1,2,5" in page.content.decode()
    file = io.BytesIO(b"a,b,count\n1,2,77")
    file.name = "lists.csv"
    page = post(client, "returned/lists", file=file)
    assert "1,2,77" in page.content.decode()
    file = io.BytesIO("å,b,count\n1,1,7".encode("latin-1"))
    file.name = "lists.csv"
    assert "UTF-8" in said(post(client, "returned/lists", file=file))
    assert "Fyll i det här" in said(post(client, "returned/lists", text=" "))


def test_a_file_is_read_like_what_is_pasted(client: Client, town: Town) -> None:
    making.returned(town)
    file = io.BytesIO(COUNTS.encode())
    file.name = "lists.csv"
    page = post(client, "returned/lists", file=file)
    assert "Vad listorna är" in said(page)
    assert Table.objects.get().counts == pasted.read(COUNTS).counts.tolist()


def test_lists_that_feed_each_other_are_refused_until_merged(client: Client, town: Town) -> None:
    made = making.table(town)
    sent = facts(made.names, feeds_0="2")
    page = post(client, f"tables/{made.pk}", **sent)
    assert page.status_code == 422
    assert "polisen matar vården, så de är ett enda vittne" in said(page)
    assert "Slå ihop polisen + vården" in said(page)
    assert not Run.objects.exists()
    page = post(client, f"tables/{made.pk}/merge", **sent, pair="0-2")
    merged = Table.objects.get(merged_from=made)
    assert merged.names == ["polisen + vården", "skolan"]
    assert merged.counts == [0, 40 + 30 + 12, 35, 14 + 11 + 6]
    assert "Den som för polisen; Den som för vården" in page.content.decode()
    page = post(client, f"tables/{merged.pk}", **facts(merged.names, feeds_1="0"))
    assert "skaffa en lista till" in said(page)
    assert "Slå ihop polisen" not in said(page)
    page = post(client, f"tables/{merged.pk}/merge", **facts(merged.names), pair="0-1")
    assert "De två listorna är de enda" in said(page)
    assert post(client, f"tables/{merged.pk}/merge", pair="0-7").status_code == 200
    assert Table.objects.count() == 2


def test_every_list_is_described_before_anything_is_worked_out(client: Client, town: Town) -> None:
    made = making.table(town)
    page = post(client, f"tables/{made.pk}", **facts(made.names, whose_1="", feeds_2=""))
    assert page.status_code == 422
    assert "Den som för vården" in page.content.decode()
    assert not Run.objects.exists()
    assert not Description.objects.exists()


def test_a_run_shows_how_far_it_has_come_and_then_its_answer(client: Client, town: Town) -> None:
    made = making.table(town)
    page = post(client, f"tables/{made.pk}", **facts(made.names))
    run = Run.objects.get()
    assert "Visa hur långt det har kommit" in said(page)
    assert "En räkning pågår" in said(client.get("/picture/"))
    asked = {"HTTP_HX_REQUEST": "true"}
    part = client.get(f"/picture/runs/{run.pk}/", **asked)
    assert "<progress" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert client.get(f"/picture/runs/{run.pk}/pdf/").status_code == 404
    Run.objects.update(replicates=50, seed=7)
    schedule.work_out_estimate(str(run.pk))
    schedule.work_out_estimate(str(run.pk))
    assert Run.objects.get().share == 100
    assert client.get(f"/picture/runs/{run.pk}/", **asked).headers["HX-Refresh"] == "true"
    report = Outcome.objects.get().report
    page = said(client.get(f"/picture/runs/{run.pk}/"))
    assert report["observed"] == 148
    assert all(str(end) in page for end in report["range"])
    assert all(str(label) in page for label in words.METHODS.values())
    assert "Alla listor handlar om samma människor" in page
    assert "frö 7" in page
    front = said(client.get("/picture/"))
    assert f"{report['range'][0]} till {report['range'][1]}" in front
    assert "Vi har inte gjort någon egen uppskattning" in front


def test_the_same_counts_and_seed_give_the_same_answer(town: Town) -> None:
    one, other = making.done(town), making.done(town)
    assert one.outcome.report == other.outcome.report


def test_small_numbers_and_single_cells_are_told_nowhere(client: Client, town: Town) -> None:
    run = making.done(town, SMALL)
    kept = str(run.outcome.report)
    page = said(client.get(f"/picture/runs/{run.pk}/"))
    assert "Ingen uppskattning bör ges" in page
    assert "färre än 5" in page
    assert "För få står på mer än en lista: färre än 5" in page
    assert not re.search(r"Personer på listan: [1-4]\b", said(client.get(f"/picture/tables/{run.table_id}/")))
    assert "counts" not in kept


def test_a_list_within_another_is_refused_in_the_librarys_sense(client: Client, town: Town) -> None:
    run = making.done(town, "a,b,c,count\n1,1,0,20\n0,1,0,30\n0,0,1,20\n1,1,1,9\n0,1,1,8\n")
    assert "Alla på a står också på b: den ena matar den andra." in said(client.get(f"/picture/runs/{run.pk}/"))


def test_the_paper_has_two_tagged_pages_with_the_finding_and_no_cell(client: Client, town: Town) -> None:
    run = making.done(town)
    answer = client.get(f"/picture/runs/{run.pk}/pdf/")
    paper = PdfReader(io.BytesIO(answer.content))
    text = re.sub(r"\s+", " ", "".join(page.extract_text() for page in paper.pages))
    assert len(paper.pages) == 2
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert paper.trailer["/Root"]["/Lang"] == "sv-SE"
    assert "148 personer" in text
    assert "frö 7" in text
    assert all(str(end) in text for end in run.outcome.report["range"])
    assert "no-store" in answer.headers["Cache-Control"]


def codes() -> set[str]:
    """Return the codes of every note that a whole report can hold, read off the library."""
    found = set()
    for name in (
        "bootstrap",
        "decomposable",
        "diagnostics",
        "floor",
        "latent_class",
        "loglinear",
        "two_lists",
        "verdict",
    ):
        source = (making.LIBRARY / f"{name}.py").read_text()
        found |= set(re.findall(r'Note\(\s*"([a-z-]+)"', source)) | set(re.findall(r'APART = "([a-z-]+)"', source))
    return found


def test_every_note_of_the_library_has_its_words_in_both_languages() -> None:
    found = codes()
    assert len(found) > 40
    assert found <= set(words.NOTES)
    for language in ("sv", "en"):
        with translation.override(language):
            assert "okänd-kod" in words.note({"code": "okänd-kod", "facts": {}})
            assert words.fact("times", 4.3) == {"sv": "4,3", "en": "4.3"}[language]


def test_verbs_refuse_strangers(town: Town) -> None:
    made, at = making.run(town), making.returned(town).at
    stranger = town.workers["unit_lead"]
    with pytest.raises(NotTheCoordinator):
        calculate.keep(made.table.population, pasted.read(COUNTS), by=stranger, at=at)
    with pytest.raises(NotTheCoordinator):
        calculate.start(made.table, [], by=stranger, at=at)
    with pytest.raises(NotTheCoordinator):
        calculate.merge(made.table, 0, 1, [], by=stranger, at=at)


def test_a_run_that_takes_too_long_says_so(client: Client, town: Town) -> None:
    made = making.run(town)
    Run.objects.filter(pk=made.pk).update(at=made.at.replace(year=2020))
    assert "Det borde ha varit klart" in said(client.get(f"/picture/runs/{made.pk}/"))
