"""A town's file: the published ones hold, and each kind of fault is named by line and field."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hemvag.agencies import town
from hemvag.agencies.town_form import NEEDED_KINDS

ROOT = Path(__file__).parent.parent.parent
TEMPLATE = ROOT / "municipalities" / "template.toml"


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=ahead) for ahead in range(0, (last - first).days, 11))


@pytest.fixture(params=["malmo", "goteborg", "template"])
def a_town(request: pytest.FixtureRequest) -> town.Town:
    return town.read(town.published(request.param))


def test_every_published_town_has_a_unit_for_everyone_every_day(a_town: town.Town) -> None:
    kinds = {unit.code: unit.kind for unit in a_town.units}
    for day in days(a_town.routing_from, dt.date(2027, 1, 1)):
        assert set(NEEDED_KINDS) <= {unit.kind for unit in a_town.units if unit.in_force(day)}
        for district in a_town.districts:
            takers = [row for row in a_town.catchments if row.district == district.code and row.in_force(day)]
            assert len(takers) == int(district.in_force(day))
            assert all(kinds[row.unit] == "children" for row in takers)


def test_every_row_says_where_it_is_from(a_town: town.Town) -> None:
    for rows in (a_town.authorities, a_town.units, a_town.districts, a_town.catchments, a_town.opening_hours):
        assert all(row.source and row.certainty for row in rows)


def in_force(rows: tuple[town.Authority, ...], day: dt.date, start: str) -> list[str]:
    return [row.name for row in rows if row.in_force(day) and row.code.startswith(start)]


def test_goteborg_goes_from_ten_committees_to_four_at_new_year_2021() -> None:
    goteborg = town.read(town.published("goteborg"))
    old, new = dt.date(2020, 12, 31), dt.date(2021, 1, 1)
    assert (len(in_force(goteborg.authorities, old, "sdn_")), len(in_force(goteborg.authorities, new, "sdn_"))) == (
        10,
        0,
    )
    assert (len(in_force(goteborg.authorities, old, "sn_")), len(in_force(goteborg.authorities, new, "sn_"))) == (0, 4)
    came_from = [code for district in goteborg.districts for code in district.formed_from]
    ended = [district.code for district in goteborg.districts if district.valid_to == new]
    assert sorted(came_from) == sorted(ended)
    assert len(came_from) == 10
    assert [line.number for line in goteborg.support_lines] == [None, None]
    assert {row.keeps for row in goteborg.research_exceptions} == {"everyone"}


def test_malmo_has_no_geographic_committee_from_may_2017() -> None:
    malmo = town.read(town.published("malmo"))
    assert malmo.number == "1280"
    assert len(in_force(malmo.authorities, dt.date(2013, 6, 30), "sdf_")) == 10
    assert len(in_force(malmo.authorities, dt.date(2017, 4, 30), "son_")) == 5
    social = [row.code for row in malmo.authorities if row.kind == "social" and row.in_force(dt.date(2017, 5, 1))]
    assert social == ["arbetsmarknads_och_socialnamnden"]
    assert {line.number for line in malmo.support_lines} == {"040-34 05 50"}
    assert min(line.valid_from for line in malmo.support_lines) == dt.date(2016, 1, 1)
    assert [row.born_on for row in malmo.research_exceptions] == [(5, 15, 25), (5, 15, 25)]
    for day in (dt.date(2025, 6, 30), dt.date(2025, 7, 1)):
        assert sum(row.in_force(day) for row in malmo.research_exceptions) == 1


def said(tmp_path: Path, old: str, new: str) -> tuple[list[str], str]:
    """What is said about the template with its first `old` made `new`, and the changed text."""
    text = TEMPLATE.read_text("utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    path = tmp_path / "town.toml"
    path.write_text(changed, "utf-8")
    with pytest.raises(town.BadTown) as wrong:
        town.read(path)
    return str(wrong.value).split("\n"), changed


EXTRA_DISTRICT = """
[[districts]]
code = "norr"
name = "Norr"
valid_from = 2024-06-01
certainty = "L"
source = "x"
"""
SECOND_CATCHMENT = """
[[catchments]]
unit = "barn_och_unga"
district = "hela_kommunen"
valid_from = 2025-01-01
certainty = "L"
source = "x"
"""


@pytest.mark.parametrize(
    ("old", "new", "at", "field", "words"),
    [
        ('county = "', 'kounty = "', "kounty =", "municipality.kounty", "did you mean county?"),
        ("[[units]]", "[[unit]]", "[[unit]]", "unit", "unknown table; did you mean units?"),
        ('county = "Exempel län"', "", "[municipality]", "municipality.county", "missing"),
        ('number = "9999"', "number = 9999", "number = 9999", "municipality.number", "four digits"),
        ('code = "exempelby"', 'code = "Exempelby"', 'code = "Exempelby"', "municipality.code", "not a code"),
        (
            "routing_from = 2024-01-01",
            'routing_from = "1/1 2024"',
            "routing_from =",
            "municipality.routing_from",
            "not a date",
        ),
        (
            "routing_from = 2024-01-01",
            'routing_from = "2024-01-01"',
            "routing_from =",
            "municipality.routing_from",
            "without quotation marks",
        ),
        ("routing_from = 2024-01-01", "routing_from = 2024-02-30", "routing_from =", "", "this is not TOML"),
        ('name = "Socialnämnden"', 'name = "Socialnämnden', 'name = "Socialnämnden', "", "this is not TOML"),
        ('kind = "social"', 'kind = "sosial"', 'kind = "sosial"', "authorities.kind", "did you mean social?"),
        (
            'certainty = "H"',
            'certainty = "sure"',
            'certainty = "sure"',
            "research_exceptions.certainty",
            "none of H, M, L",
        ),
        ("born_on = [5, 15, 25]", "", "[[research_exceptions]]", "research_exceptions.born_on", "belongs to"),
        ("born_on = [5, 15, 25]", "born_on = [5, 32]", "born_on =", "research_exceptions.born_on", "from 1 to 31"),
        (
            'authority = "socialnamnden"',
            'authority = "socialnamden"',
            "[[units]]",
            "units.authority",
            "did you mean socialnamnden?",
        ),
        (
            'unit = "barn_och_unga"',
            'unit = "barn_och_ung"',
            "[[catchments]]",
            "catchments.unit",
            "did you mean barn_och_unga?",
        ),
        ('code = "mottagningen"', 'code = "barn_och_unga"', "[[units]]#2", "units.code", "stands already on line"),
        ('kind = "on_call"', 'kind = "coordination"', "[[units]]", "units.kind", "no on_call from 2024-01-01"),
        ('kind = "reception"', 'kind = "coordination"', "[[units]]", "units.kind", "no reception from 2024-01-01"),
        (
            'kind = "protected_desk"\nvalid_from = 2024-01-01',
            'kind = "protected_desk"\nvalid_from = 2024-03-01',
            "[[units]]",
            "units.kind",
            "no protected_desk from 2024-01-01 to 2024-03-01",
        ),
        (
            'number = "unknown"',
            'number = "ring oss"',
            'number = "ring oss"',
            "support_lines.number",
            "not a telephone number",
        ),
        ("closes = 15:00:00", "closes = 08:00:00", "[[opening_hours]]", "opening_hours.closes", "is not after opens"),
        ("opens = 09:00:00", 'opens = "9"', 'opens = "9"', "opening_hours.opens", "not a time of day"),
        ('days = ["mon"', 'days = ["man"', "days =", "opening_hours.days", "none of mon"),
        (
            "closed_on_holidays = true",
            'closed_on_holidays = "ja"',
            "closed_on_holidays =",
            "opening_hours.closed_on_holidays",
            "true or false",
        ),
        (
            "[[catchments]]",
            EXTRA_DISTRICT + "\n[[catchments]]",
            "[[districts]]#2",
            "districts.code",
            "no catchment of a children's unit from 2024-06-01",
        ),
        (
            "[[support_lines]]",
            SECOND_CATCHMENT + "\n[[support_lines]]",
            "[[catchments]]#2",
            "catchments.district",
            "belongs to barn_och_unga too, on line",
        ),
        (
            'kind = "children"\nvalid_from = 2024-01-01',
            'kind = "children"\nvalid_from = 2024-01-01\nvalid_to = 2024-01-01',
            "[[units]]",
            "units.valid_to",
            "is not after valid_from",
        ),
        (
            'kind = "children"\nvalid_from = 2024-01-01',
            'kind = "children"\nvalid_from = 2024-02-01',
            "[[catchments]]",
            "catchments.valid_from",
            "begins before barn_och_unga does, 2024-02-01",
        ),
        (
            'kind = "children"\nvalid_from = 2024-01-01',
            'kind = "children"\nvalid_from = 2024-01-01\nvalid_to = 2025-01-01',
            "[[catchments]]",
            "catchments.valid_to",
            "lasts longer than barn_och_unga does",
        ),
        (
            'name = "Hela kommunen"',
            'name = "Hela kommunen"\nformed_from = ["hela_kommun"]',
            "[[districts]]",
            "districts.formed_from",
            "did you mean hela_kommunen?",
        ),
        (
            'name = "Hela kommunen"',
            'name = "Hela kommunen"\nformed_from = ["hela_kommunen"]',
            "[[districts]]",
            "districts.formed_from",
            "does not end on the day",
        ),
    ],
)
def test_a_fault_names_line_and_field(tmp_path: Path, old: str, new: str, at: str, field: str, words: str) -> None:
    lines, changed = said(tmp_path, old, new)
    start, _, nth = at.partition("#")
    places = [number for number, line in enumerate(changed.split("\n"), 1) if line.startswith(start)]
    line = places[int(nth) - 1 if nth else 0]
    where = f"{tmp_path / 'town.toml'}:{line}: " + (f"{field}: " if field else "")
    assert any(one.startswith(where) and words in one for one in lines), lines


def test_every_fault_is_said_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = TEMPLATE.read_text("utf-8").replace('county = "', 'kounty = "').replace("closes = 15", "closes = 08")
    path = tmp_path / "town.toml"
    path.write_text(text.replace('unit = "mottagningen"', 'unit = "x"'), "utf-8")
    with pytest.raises(town.BadTown) as wrong:
        town.read(path)
    found = [complaint.line for complaint in wrong.value.complaints]
    assert len(found) == 4
    assert found == sorted(found)


def test_a_gap_that_is_declared_is_no_fault(tmp_path: Path) -> None:
    gap = EXTRA_DISTRICT.replace("[[districts]]", "[[gaps]]").replace('code = "norr"', 'district = "norr"')
    gap = gap.replace('name = "Norr"', 'note = "nobody lives there"')
    path = tmp_path / "town.toml"
    path.write_text(TEMPLATE.read_text("utf-8") + EXTRA_DISTRICT + gap, "utf-8")
    assert town.read(path).gaps[0].note == "nobody lives there"


def test_a_file_in_another_encoding_is_a_fault_with_a_line(tmp_path: Path) -> None:
    path = tmp_path / "town.toml"
    path.write_bytes(TEMPLATE.read_text("utf-8").replace("–", "-").encode("cp1252", "replace"))
    with pytest.raises(town.BadTown, match=r":\d+: the file is not UTF-8 text"):
        town.read(path)


@pytest.mark.parametrize(
    "number", ["040-34 05 50", "08-527 44 290", "+46 40 34 05 50", "020-100 200", "112", "unknown"]
)
def test_telephone_numbers_as_they_are_printed(tmp_path: Path, number: str) -> None:
    path = tmp_path / "town.toml"
    path.write_text(TEMPLATE.read_text("utf-8").replace('number = "unknown"', f'number = "{number}"'), "utf-8")
    assert town.read(path).support_lines[0].number == (None if number == "unknown" else number)


def test_a_town_nobody_published() -> None:
    with pytest.raises(town.NoSuchTown, match=re.escape("there are goteborg, malmo")):
        town.published("lund")
