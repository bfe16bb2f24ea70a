"""The printed list: by need, with its day and how long it holds, and never an entry that is not to be printed."""

import argparse
import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from hemvag.config import cli, schedule
from hemvag.config.commands import resources
from hemvag.lib import clock
from hemvag.readiness import printed_list
from hemvag.readiness.models import Paper
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.readiness.services import service

SECRET = "Hemliga vägen"


@pytest.fixture
def directory(town: Town) -> Town:
    """A town with four services to print and two not to."""
    service(town, name="Åsas anhörigstöd", hours="alla dagar", how="Ring växeln, säg att det gäller stöd.")
    service(town, name="Zetterlunds samtal", needs=("relatives_talk", "trauma"))
    service(town, name="Traumateamet", needs=("trauma",), next_check=clock.today() - dt.timedelta(days=3))
    service(town, name="#strong[Fritid] *och* $mer$", needs=("leisure",), languages=())
    service(town, name=f"{SECRET} 1", paper=Paper.NO)
    service(town, name=f"{SECRET} 2", paper=Paper.PROTECTED)
    return town


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text(paper: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in paper.pages))


def test_the_list_is_by_need_and_says_its_day_its_number_and_how_long_it_holds(directory: Town) -> None:
    at = clock.now()
    paper = read(printed_list.pdf(directory.municipality, at=at))
    said = text(paper)
    until = (clock.today() + printed_list.HOLDS_AT_MOST).isoformat()
    assert f"4 verksamheter, utskrivna {clock.local(at):%Y-%m-%d kl. %H.%M}" in said
    assert said.count(f"Gäller längst till {until}") == 1 + len(paper.pages)
    assert f"Sida 1 av {len(paper.pages)}" in said
    places = [said.index(word) for word in ("Samtal för anhöriga", "Traumateamet", "Fritid och förening")]
    assert places == sorted(places)
    relatives = said[said.index("Samtal för anhöriga") : said.index("Traumateamet")]
    assert relatives.index("Zetterlunds samtal") < relatives.index("Åsas anhörigstöd")
    assert said.count("Zetterlunds samtal") == 2, "under each need that it meets"
    assert "skulle ha kontrollerats" in said
    assert "Mottagningens växel 040-628 04 10" in said
    assert "lediga platser: okänt" in said


def test_an_entry_not_to_be_printed_is_on_no_list(directory: Town) -> None:
    at = clock.now()
    assert SECRET not in text(read(printed_list.pdf(directory.municipality, at=at)))
    assert SECRET not in printed_list.as_csv(directory.municipality, at=at).decode()


def test_the_paper_is_tagged_and_what_was_typed_is_no_markup(directory: Town) -> None:
    paper = read(printed_list.pdf(directory.municipality, at=clock.now()))
    root: Any = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "sv-SE"
    assert "#strong[Fritid] *och* $mer$" in text(paper)


def test_the_list_holds_no_longer_than_its_first_check_or_agreement(town: Town) -> None:
    today = clock.today()
    assert printed_list.holds_until([], on=today) == today + printed_list.HOLDS_AT_MOST
    service(town, next_check=today + dt.timedelta(days=9))
    service(town, next_check=today - dt.timedelta(days=9))
    listed = printed_list.of_town(town.municipality, on=today)
    assert printed_list.holds_until(listed, on=today) == today + dt.timedelta(days=9)
    service(town, agreement_to=today + dt.timedelta(days=2))
    listed = printed_list.of_town(town.municipality, on=today)
    assert printed_list.holds_until(listed, on=today) == today + dt.timedelta(days=2)


def test_an_empty_list_says_that_nothing_is_known(town: Town) -> None:
    assert "Det är inte känt" in text(read(printed_list.pdf(town.municipality, at=clock.now())))


def test_no_cell_is_taken_for_a_formula(town: Town) -> None:
    service(town, name="=1+1", contact="+46 40 628 04 10")
    content = printed_list.as_csv(town.municipality, at=clock.now()).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(content), delimiter=";")
    assert (row["namn"], row["kontakt"]) == ("'=1+1", "'+46 40 628 04 10")
    assert (row["behov"], row["språk"], row["lediga"]) == ("relatives_talk", "sv so", "")


def test_the_pages_send_the_list(directory: Town, client_for: Callable[[Worker], Client]) -> None:
    client = client_for(directory.workers["coordinator"])
    paper = client.get("/readiness/resources/list.pdf")
    assert paper.headers["Content-Type"] == "application/pdf"
    assert "Traumateamet" in text(read(paper.content))
    table = client.get("/readiness/resources/list.csv")
    assert "attachment" in table.headers["Content-Disposition"]
    assert "Traumateamet" in table.content.decode()


def asked(*words: str) -> Any:
    parser = argparse.ArgumentParser()
    resources.add_arguments(parser)
    return parser.parse_args(words)


def test_the_command_writes_what_is_asked_for(directory: Town, tmp_path: Path, capsys: Any) -> None:
    resources._write(asked("--pdf", f"{tmp_path}/lista.pdf", "--csv", f"{tmp_path}/lista.csv"))
    assert "Traumateamet" in text(read((tmp_path / "lista.pdf").read_bytes()))
    assert "Traumateamet" in (tmp_path / "lista.csv").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lista.csv", "lista.pdf"]
    assert "holds 4 services." in capsys.readouterr().out
    with pytest.raises(resources.Told, match="No such file"):
        resources._write(asked("--pdf", f"{tmp_path}/borta/lista.pdf"))


def test_the_command_asks_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["resources"]) == 2
    assert "--pdf FILE" in capsys.readouterr().err


def test_the_nightly_job_lays_both_files_where_the_setting_says(directory: Town, settings: Any, tmp_path: Path) -> None:
    settings.HEMVAG_PRINTED_LIST = ""
    assert schedule.lay_printed_list(0) == 0
    settings.HEMVAG_PRINTED_LIST = str(tmp_path)
    assert schedule.lay_printed_list(0) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["verksamheter.csv", "verksamheter.pdf"]


def test_what_lay_there_stays_when_the_new_list_cannot_be_written(
    directory: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "verksamheter.pdf").write_bytes(b"the list of yesterday")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as half:
            half.write(content[:9])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        printed_list.lay(tmp_path, directory.municipality, at=clock.now())
    assert [path.name for path in tmp_path.iterdir()] == ["verksamheter.pdf"]
    assert (tmp_path / "verksamheter.pdf").read_bytes() == b"the list of yesterday"
