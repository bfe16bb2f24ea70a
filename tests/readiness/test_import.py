"""A file of services is taken in whole or not at all, and each fault is told by its line and column."""

import argparse
from pathlib import Path

import pytest

from hemvag.config.commands import resources
from hemvag.lib import clock
from hemvag.readiness import entries, import_rows, printed_list
from hemvag.readiness.import_rows import Taken
from hemvag.readiness.models import Version
from tests.conftest import Town
from tests.readiness.services import service

HEAD = "namn;organisation;enhet;behov;språk;områden;kontakt;lediga;platser;sagt;utskrift;grad;skäl\r\n"
GOOD = [
    "Åsas stöd;Föreningen X;;Samtal för anhöriga, trauma;somaliska sv;Söder;040-628 04 10;2;6;2026-05-14;ja;2;Skrivet",
    "Jourhemmen;;adults;emergency_home;;;040-628 04 20;;;;skyddad;;",
]


def taken(town: Town, *rows: str, head: str = HEAD, encoding: str = "utf-8", by: str = "coordinator") -> Taken:
    raw = (head + "\r\n".join(rows)).encode(encoding)
    return import_rows.take_in(raw, municipality=town.municipality, by=town.workers[by], at=clock.now())


def told(found: Taken) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in found.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_rows_become_entries_by_code_or_by_name(town: Town, encoding: str) -> None:
    assert taken(town, *GOOD, encoding=encoding).stored == 2
    first, second = Version.objects.order_by("-name")
    assert (first.needs, first.languages, first.districts) == (["relatives_talk", "trauma"], ["so", "sv"], ["soder"])
    assert (first.free, first.total, str(first.said_on), first.grade) == (2, 6, "2026-05-14", 2)
    assert (second.unit, second.resource.keeper, second.paper) == (town.adults, town.adults, "protected")
    assert (second.free, second.said_on, second.grade) == (None, None, None)


def test_one_bad_row_lets_none_in_and_each_fault_has_its_line_and_column(town: Town) -> None:
    bad = [
        ";Föreningen;;trauma;;;040-628 04 10;;;;;;",
        "B;Föreningen;;hot;;;040-628 04 10;;;;;;",
        "C;Föreningen;;trauma;klingonska;Rosengård;040-628 04 10;7;6;;;;",
        "D;Föreningen;Okända enheten;trauma;;;040-628 04 10;många;;;kanske;9;",
        "E;Föreningen",
        "Anhörigmottagningen;Föreningen Exempel;;trauma;;;040-628 04 10;;;;;;",
    ]
    service(town)
    found = taken(town, GOOD[0], *bad)
    assert found.stored == 0
    assert Version.objects.count() == 1
    assert told(found) == [
        (3, "namn"),
        (4, "behov"),
        (4, "behov"),
        (5, "lediga"),
        (5, "områden"),
        (5, "språk"),
        (6, "enhet"),
        (6, "grad"),
        (6, "lediga"),
        (6, "utskrift"),
        (7, ""),
        (8, "namn"),
    ]
    assert str(found.faults[-1]).startswith("8: namn: Verksamheten finns redan")


def test_a_file_taken_in_twice_adds_nothing(town: Town) -> None:
    assert taken(town, *GOOD).stored == 2
    assert told(taken(town, *GOOD)) == [(2, "namn"), (3, "namn")]
    assert told(taken(town, "X;Y;;trauma;;;1;;;;;;", "x;y;;trauma;;;1;;;;;;")) == [(3, "namn")]


def test_an_unknown_column_and_a_missing_one_are_named(town: Town) -> None:
    found = taken(town, "A;trauma;x", head="namn;behov;personnummer\r\n")
    assert told(found) == [(1, "personnummer"), (1, "kontakt")] or told(found) == [(1, "kontakt"), (1, "personnummer")]


def test_a_quote_that_is_never_closed_is_a_fault_of_its_line(town: Town) -> None:
    found = taken(town, GOOD[0], '"' + "x" * 200_000)
    assert (told(found), found.stored) == ([(3, "")], 0)


def test_a_lead_takes_in_her_own_units_only(town: Town) -> None:
    assert told(taken(town, *GOOD, by="support_lead")) == [(2, "enhet")]
    assert taken(town, GOOD[1], by="support_lead").stored == 1


def test_what_the_list_writes_can_be_taken_in_elsewhere(town: Town) -> None:
    service(town, name="=Formeln", free=1, total=2, said_on=clock.today(), districts=("soder",))
    raw = printed_list.as_csv(town.municipality, at=clock.now())
    written = raw.replace(b"'=Formeln", b"'=Formel 2")
    facts = {"municipality": town.municipality, "by": town.workers["coordinator"], "at": clock.now()}
    found = import_rows.take_in(written, **facts)
    assert found.faults == []
    copied = Version.objects.get(name="=Formel 2")
    first, second = (entries.of_version(row, on=clock.today()) for row in Version.objects.order_by("name"))
    assert copied.free == 1
    assert (first.languages, first.where, first.capacity) == (second.languages, second.where, second.capacity)


def test_the_command_tells_each_fault_on_a_line(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "in.csv"
    file.write_text(HEAD + GOOD[0] + "\n" + "B;Föreningen;;hot;;;1;;;;;;")
    assert resources._take_in(file, "coordinator@example.test") == 1
    assert "in.csv:3: behov: hot är okänt." in capsys.readouterr().err
    file.write_text(HEAD + GOOD[0])
    assert resources._take_in(file, "coordinator@example.test") == 0
    with pytest.raises(resources.Told, match="No worker"):
        resources._take_in(file, "nobody@example.test")
    with pytest.raises(resources.Told, match="--by"):
        resources.run(argparse.Namespace(pdf=None, csv=None, take_in=file, by=None))
