"""The coordinator writes what is unknown and what the town reckons, and lets lists speak: progress, range, paper."""

import io
import uuid

import pytest
from django.conf import settings
from pypdf import PdfReader

from hemvag.picture import work_out
from hemvag.picture.models import Run
from tests import database
from tests.estimate.tables import DATA
from tests.journeys.conftest import Enter
from tests.journeys.looks import NARROW, accessible, small
from tests.journeys.person import Person
from tests.live import Live

pytestmark = pytest.mark.journey

LISTS = ("EXH", "ABA", "OSCE", "HRW")


def work(live: Live, run: str) -> None:
    """Do the job as the job worker does, with few replicates."""
    before = settings.DATABASES["default"]["NAME"]
    database.point_at(live.database)
    try:
        Run.objects.filter(pk=uuid.UUID(run)).update(replicates=50, seed=1)
        work_out.work_out(uuid.UUID(run))
    finally:
        database.point_at(before)


def counts() -> str:
    """Published counts of another place, here as openly invented ones of this town."""
    heading, _mark, rows = (DATA / "kosovo_4list.csv").read_text().partition("\n")
    assert heading.endswith("count")
    return ",".join([*LISTS, "count"]) + "\n" + rows


@pytest.mark.parametrize("scripts", [True, False])
def test_unknown_our_own_and_from_lists_stand_side_by_side(enter: Enter, live: Live, *, scripts: bool) -> None:
    person = enter("coordinator", look=accessible if scripts else None, java_script_enabled=scripts)
    person.enter_room("Hur många?")
    person.sees_heading("Hur många?")
    person.look()
    kind = "returned" if scripts else "abroad"
    _says_who_is_counted(person, kind)
    _says_unknown_and_our_own(person, kind)
    run = _pastes(person, kind)
    person.sees("Räknar varje metod")
    person.look()
    work(live, run)
    if not scripts:
        person.follow("Visa hur långt det har kommit")
    person.sees_heading("Uppskattat ur listor")
    person.sees("personer")
    person.look()
    _reads_the_paper(person, run)
    person.go("/picture/")
    place = person.page.locator(f"#{kind}")
    for words in ("Ingen har räknat.", "120 till 130", "Läs svaret"):
        person.sees(words, within=place)
    person.look()
    if scripts:
        person.page.set_viewport_size(NARROW)
        for path in ("/picture/", f"/picture/runs/{run}/", f"/picture/{kind}/lists/", f"/picture/{kind}/own/"):
            person.go(path)
            small(person.page)


def _says_who_is_counted(person: Person, kind: str) -> None:
    person.go(f"/picture/{kind}/define/")
    person.write("Från och med", "2013-01-01")
    person.write("Till och med", "2017-12-31")
    person.write("Område", "Folkbokförda i staden vid avresan")
    person.write("Vilka som räknas", "Vuxna som åkte och kom hem.")
    person.look()
    person.press("Spara vilka som räknas")
    person.sees("börjar om från okänt")


def _says_unknown_and_our_own(person: Person, kind: str) -> None:
    person.go(f"/picture/{kind}/unknown/")
    person.write("Varför det inte är känt", "Ingen har räknat.")
    person.look()
    person.press("Spara att det är okänt")
    person.sees("Sparat: det är inte känt.")
    person.go(f"/picture/{kind}/own/")
    person.write("Minst", "120")
    person.write("Högst", "120")
    person.write("Hur uppskattningen är gjord", "Tre enheter räknade ihop dem de har mött.")
    person.write("Vem som har gjort den", "Stadskontoret")
    person.write("När den gjordes", "2017-05-04")
    person.press("Spara uppskattningen")
    person.sees("Ett enda tal låter säkrare än det är")
    person.look()
    person.write("Högst", "130")
    person.press("Spara uppskattningen")
    person.sees("Uppskattningen är sparad.")


def _pastes(person: Person, kind: str) -> str:
    person.go(f"/picture/{kind}/lists/")
    person.write("Antal, som tabell", counts().replace("0", "Leila", 1))
    person.press("Läs in antalen")
    person.sees("Det ser ut som ett namn.")
    person.look()
    person.write("Antal, som tabell", counts())
    person.press("Läs in antalen")
    person.sees_heading("Vad listorna är")
    for name in LISTS:
        place = person.panel(name)
        place.get_by_label("Vem för listan").fill(f"Den som för {name} (påhittad)")
        place.get_by_label("Vad räknar").fill("Alla som de kom i kontakt med")
        place.get_by_label("Lämnas uppgifter").select_option(label="Nej, inte till någon av de andra")
    person.panel("HRW").get_by_label("Lämnas uppgifter").select_option(label="OSCE")
    person.press("Räkna")
    person.sees("HRW matar OSCE, så de är ett enda vittne.")
    person.look()
    person.press("Slå ihop")
    person.sees("Listorna är ihopslagna.")
    for name in ("EXH", "ABA", "OSCE + HRW"):
        person.panel(name).get_by_label("Lämnas uppgifter").select_option(label="Nej, inte till någon av de andra")
    person.press("Räkna")
    person.page.wait_for_url("**/picture/runs/**")
    return person.page.url.rstrip("/").rsplit("/", 1)[-1]


def _reads_the_paper(person: Person, run: str) -> None:
    answer = person.page.request.get(f"{person.live.address}/picture/runs/{run}/pdf/")
    paper = PdfReader(io.BytesIO(answer.body()))
    assert len(paper.pages) == 2
    assert "Metoderna" in paper.pages[0].extract_text()
