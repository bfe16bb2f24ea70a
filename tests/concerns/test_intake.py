"""Reports from an older system's file: all rows or none, every bad one named, and what is found twice."""

import datetime as dt
import runpy
from collections import Counter
from pathlib import Path

import pytest

from hemvag.concerns import facts, intake, intake_file
from hemvag.concerns.intake_file import Fault
from hemvag.concerns.models import ConcernReport
from hemvag.dossiers.models import Dossier
from tests.conftest import Town

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
SAMPLES = Path(__file__).parent.parent.parent / "samples"
HEAD = "anmälan;inkom;klockan;anmälare;förnamn;efternamn;född;nummer;vill_ha_återkoppling;text"
ROW = "A-1;2026-11-02;14.30;Skola;Amina;Ek;2020-05-04;;ja;Lärare är orolig."


def taken(town: Town, text: str | bytes, role: str = "registrar", *, is_json: bool = False) -> intake.Taken:
    raw = text if isinstance(text, bytes) else text.encode()
    sheet = intake_file.read(raw, is_json=is_json)
    return intake.take_in(sheet, municipality=town.municipality, by=town.workers[role], at=AT)


def csv(*rows: str, head: str = HEAD) -> str:
    return "\n".join([head, *rows, ""])


def sample(name: str) -> bytes:
    """Return a sample with the small town's districts in the place of Malmö's."""
    raw = (SAMPLES / name).read_bytes()
    for district in ("Norr", "Öster", "Väster"):
        raw = raw.replace(f";;{district};;".encode(), ";;Söder;;".encode())
    return raw


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("comma", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_it_reads_what_older_systems_write(town: Town, encoding: str, comma: str, end: str) -> None:
    text = csv(ROW).replace(";", comma).replace("\n", end)
    found = taken(town, text.encode(encoding))
    assert (found.reports, found.children, found.faults) == (1, 1, [])
    [stored] = ConcernReport.objects.all()
    assert stored.source == "school"
    assert stored.received_at == dt.datetime(2026, 11, 2, 13, 30, tzinfo=dt.UTC)
    assert stored.feedback_asked_at == stored.received_at


def test_rows_with_one_number_are_one_report_about_several_children(town: Town) -> None:
    found = taken(town, csv(ROW, ROW.replace("Amina", "Noor").replace("2020-05-04", "ca 2022")))
    assert (found.reports, found.children) == (1, 2)


def test_json_is_read_and_its_faults_have_lines(town: Town) -> None:
    good = '{"inkom": "2026-11-02", "anmälare": "Polisen", "förnamn": "Noor", "född": 2019, "text": "Orolig."}'
    assert taken(town, f"[\n{good}\n]", is_json=True).reports == 1
    bad = good.replace("2026-11-02", "2026-02-30")
    faults = taken(town, f"[\n{good.replace('Noor', 'Ali')},\n\n{bad}\n]", is_json=True).faults
    assert [(fault.line, fault.column) for fault in faults] == [(4, "inkom")]
    [broken] = taken(town, f"[\n{good.replace('Noor', 'Bo')},\n{{'x'}}]", is_json=True).faults
    assert broken.line == 3


def test_one_bad_row_and_nothing_is_stored(town: Town) -> None:
    found = taken(town, csv(ROW, ROW.replace("2020-05-04", "2019-02-29").replace("A-1", "A-2")))
    assert [(fault.line, fault.column) for fault in found.faults] == [(3, "född")]
    assert not ConcernReport.objects.exists()
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (("2026-11-02", "2026-12-02"), "inkom"),
        (("2026-11-02", "2026-13-02"), "inkom"),
        (("14.30", "kvart i tre"), "klockan"),
        (("Skola", "Okänd"), "anmälare"),
        ((";Ek;2020-05-04;;", ";Ek;2020-05-04;20200504-2384;"), "nummer"),
        (("2020-05-04", "2005-05-04"), "född"),
        ((";Amina;Ek;", ";;;"), "förnamn"),
        (("Skola", "Granne"), "vill_ha_återkoppling"),
        (("Lärare är orolig.", ""), "text"),
        (("Lärare är orolig.", "x" * 200_000), "text"),
    ],
)
def test_each_fault_names_its_line_and_column(town: Town, change: tuple[str, str], column: str) -> None:
    assert [(fault.line, fault.column) for fault in taken(town, csv(ROW.replace(*change))).faults] == [(2, column)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (csv(ROW, ROW.replace("Amina", '"Amina')), [3]),
        (csv(ROW, ROW.replace("Amina", '"Amina'), ROW.replace("Amina", "Noor")), [3]),
        (csv(ROW, ROW + ";mer"), [3]),
        (csv(ROW, ROW.rpartition(";")[0]), [3]),
        (csv(ROW, ROW), [3]),
        (csv(ROW, ROW.replace("Amina", "Noor\0")), [3]),
        (csv(ROW, head=HEAD.replace("inkom", "datum")), [1, 1]),
        ("", [1]),
    ],
)
def test_what_breaks_the_file_spoils_its_own_line_only(town: Town, text: str, lines: list[int]) -> None:
    assert [fault.line for fault in taken(town, text).faults] == lines


def test_a_letter_in_another_encoding_is_found_in_its_row(town: Town) -> None:
    raw = csv(ROW, *[ROW.replace("A-1", f"A-{n}").replace("Amina", f"Åsa {n}") for n in range(3, 9)]).encode()
    spoiled = raw.replace("Åsa 5;Ek;2020-05-04;;ja;Lärare är".encode(), b"\xc5sa 5;Ek;2020-05-04;;ja;L")
    assert [fault.line for fault in taken(town, spoiled).faults] == [5]


def test_text_over_several_lines_in_quotes_is_one_row(town: Town) -> None:
    found = taken(town, csv(ROW.replace("Lärare är orolig.", '"Först.\nSedan ""så"".\n"'), ROW.replace("Amina", "Bo")))
    assert (found.faults, found.children) == ([], 2)


def test_a_file_taken_in_twice_is_told_and_stores_nothing(town: Town) -> None:
    assert taken(town, csv(ROW)).reports == 1
    again = taken(town, csv(ROW))
    [dossier] = Dossier.objects.all()
    assert [fault.line for fault in again.faults] == [2]
    assert dossier.reference in again.faults[0].message


def test_a_child_who_may_be_known_is_told_and_not_merged(town: Town) -> None:
    taken(town, csv(ROW))
    later = taken(town, csv(ROW.replace("2026-11-02", "2026-11-09").replace("Amina", "Emine")))
    assert [line for line, _dossier in later.known] == [2]
    assert Dossier.objects.count() == 2


def test_only_who_registers_reports_may(town: Town) -> None:
    with pytest.raises(facts.NotYours):
        taken(town, csv(ROW), role="coordinator")


def test_a_fault_reads_as_a_sentence() -> None:
    assert str(Fault(3, "född", "Det datumet finns inte.")) == "3: född: Det datumet finns inte."


def test_the_sample_of_a_thousand_rows_is_taken_in_whole(town: Town) -> None:
    found = taken(town, sample("reports-1000.csv"))
    assert found.faults == []
    assert found.children == 1000
    assert Dossier.objects.count() == 1000


def test_the_broken_sample_has_forty_rows_named(town: Town) -> None:
    found = taken(town, sample("reports-1000-broken.csv"))
    lines = Counter(fault.line for fault in found.faults)
    assert sorted(lines) == [22 + 24 * step for step in range(40)]
    assert not Dossier.objects.exists()


def test_the_samples_are_what_their_generator_makes() -> None:
    made = runpy.run_path(str(SAMPLES / "make.py"))
    whole = list(made["rows"]())
    assert made["broken"](whole) == (SAMPLES / "reports-1000-broken.csv").read_bytes()
