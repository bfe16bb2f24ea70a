"""Loading a town: idempotent, and a later file closes what it no longer says without losing it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from hemvag.agencies import hours, town
from hemvag.agencies.load import Loaded, hours_from, load
from hemvag.agencies.models import Authority, Catchment, District, Edition, Municipality, SupportLine, Unit
from hemvag.agencies.routing import Reason, route
from hemvag.lib.clock import STOCKHOLM
from tests import database

AT = dt.datetime(2026, 3, 2, 10, tzinfo=STOCKHOLM)
LATER = AT + dt.timedelta(days=30)
TEMPLATE = town.published("template")
SPLIT = """
[[units]]
code = "barn_tva"
name = "Barn två"
authority = "socialnamnden"
kind = "children"
valid_from = 2026-03-15
certainty = "design"
source = "x"

[[catchments]]
unit = "barn_tva"
district = "hela_kommunen"
valid_from = 2026-03-15
certainty = "design"
source = "x"
"""


@pytest.fixture
def owner(db: None) -> Iterator[None]:
    """Only the owner may write about the town."""
    with database.as_owner():
        yield


def changed(folder: Path, *changes: tuple[str, str], more: str = "") -> town.Town:
    text = TEMPLATE.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "town.toml"
    path.write_text(text + more, "utf-8")
    return town.read(path)


def taker(day: dt.date) -> str:
    municipality = Municipality.objects.get(code="exempelby")
    district = District.objects.get(municipality=municipality, code="hela_kommunen")
    at = dt.datetime.combine(day, dt.time(12), STOCKHOLM)
    found = route(municipality, district=district, at=at)
    assert found.reason is Reason.DISTRICT
    assert found.unit is not None
    return found.unit.code


@pytest.mark.parametrize("name", ["malmo", "goteborg"])
def test_a_published_town_goes_in_whole_and_only_once(owner: None, name: str) -> None:
    read = town.read(town.published(name))
    rows = [*read.authorities, *read.units, *read.districts, *read.catchments, *read.support_lines]
    assert load(read, at=AT) == Loaded(added=len(rows))
    assert load(read, at=LATER) == Loaded()
    municipality = Municipality.objects.get(code=name)
    assert municipality.number == read.number
    assert [edition.digest for edition in municipality.editions.all()] == [read.digest]
    assert municipality.editions.get().text == town.published(name).read_text("utf-8")
    assert Unit.objects.filter(authority__municipality=municipality).count() == len(read.units)


def test_goteborg_is_routed_by_the_districts_of_the_day(owner: None) -> None:
    load(town.read(town.published("goteborg")), at=AT)
    municipality = Municipality.objects.get(code="goteborg")
    for code, year, unit in [("angered", 2019, "barn_sdn_angered"), ("nordost", 2022, "barn_nordost")]:
        found = route(municipality, district=District.objects.get(code=code), at=AT.replace(year=year))
        assert found.unit is not None
        assert found.unit.code == unit


def test_the_same_town_in_other_words_adds_an_edition_and_no_row(owner: None, tmp_path: Path) -> None:
    load(changed(tmp_path), at=AT)
    assert load(changed(tmp_path, more="# a remark\n"), at=LATER) == Loaded()
    assert Edition.objects.filter(municipality__code="exempelby").count() == 2


def test_a_corrected_name_changes_the_row_and_keeps_it_the_same(owner: None, tmp_path: Path) -> None:
    load(changed(tmp_path), at=AT)
    before = Unit.objects.get(code="mottagningen").pk
    assert load(changed(tmp_path, ('"Mottagningen"', '"Mottagningen ny"')), at=LATER) == Loaded(changed=1)
    assert Unit.objects.get(code="mottagningen").name == "Mottagningen ny"
    assert Unit.objects.get(code="mottagningen").pk == before


def test_what_a_later_file_leaves_out_is_closed_that_day_and_stays(owner: None, tmp_path: Path) -> None:
    load(changed(tmp_path), at=AT)
    line = 'unit = "stodlinjen"\nnumber'
    later = changed(tmp_path, (line, 'unit = "mottagningen"\nnumber'))
    assert load(later, at=LATER) == Loaded(added=1, closed=1)
    closed = SupportLine.objects.get(unit__code="stodlinjen", unit__authority__municipality__code="exempelby")
    assert closed.valid_to == LATER.date()
    assert load(changed(tmp_path), at=LATER) == Loaded(changed=1, closed=1)


def test_a_unit_that_takes_over_a_district_takes_it_from_its_own_first_day(owner: None, tmp_path: Path) -> None:
    load(changed(tmp_path), at=AT)
    ended = ('unit = "barn_och_unga"\ndistrict = "hela_kommunen"\nvalid_from = 2024-01-01', "")
    whole = ended[0] + "\nvalid_to = 2026-03-15"
    load(changed(tmp_path, (ended[0], whole), more=SPLIT), at=LATER)
    assert taker(dt.date(2026, 3, 14)) == "barn_och_unga"
    assert taker(dt.date(2026, 3, 15)) == "barn_tva"
    assert Authority.objects.get(code="socialnamnden", municipality__code="exempelby").valid_to is None


def test_a_catchment_left_out_never_overlaps_the_one_that_replaces_it(owner: None, tmp_path: Path) -> None:
    load(changed(tmp_path), at=AT)
    replaced = changed(tmp_path, ('unit = "barn_och_unga"\ndistrict', 'unit = "barn_tva"\ndistrict'), more=UNIT_ONLY)
    load(replaced, at=LATER)
    for day in (dt.date(2024, 5, 1), LATER.date()):
        held = Catchment.objects.on(day).filter(district__municipality__code="exempelby")
        assert [row.unit.code for row in held] == ["barn_tva"]
    assert Catchment.objects.filter(district__municipality__code="exempelby").count() == 2


UNIT_ONLY = SPLIT.split("[[catchments]]", maxsplit=1)[0].replace("2026-03-15", "2024-01-01")


def test_the_hours_of_a_unit_come_back_out_of_the_facts(owner: None, tmp_path: Path) -> None:
    read = changed(tmp_path)
    load(read, at=AT)
    facts = Municipality.objects.get(code="exempelby").facts
    assert hours_from(facts, "stodlinjen") == read.hours_of("stodlinjen")
    assert hours.is_open(hours_from(facts, "mottagningen"), at=AT)
    line = SupportLine.objects.get(unit__code="stodlinjen", unit__authority__municipality__code="exempelby")
    assert line.hours == {str(day): ["09:00", "15:00"] for day in range(5)}
    assert line.number == ""


def test_the_command_says_what_is_wrong_and_what_it_did(
    owner: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from argparse import ArgumentParser

    from hemvag.config.commands import municipality

    parser = ArgumentParser()
    municipality.add_arguments(parser)

    def run(*words: str) -> tuple[int, str]:
        code = municipality.run(parser.parse_args(words))
        said = capsys.readouterr()
        return code, said.out + said.err

    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(TEMPLATE.read_text("utf-8"), "utf-8")
    bad.write_text(TEMPLATE.read_text("utf-8").replace('county = "', 'kounty = "'), "utf-8")
    line = next(at for at, text in enumerate(bad.read_text("utf-8").split("\n"), 1) if text.startswith("kounty"))
    assert run("check", str(good))[0] == 0
    code, said = run("check", str(bad))
    assert code == 1
    assert f"{bad}:{line}: municipality.kounty: unknown field; did you mean county?" in said
    assert run("load", str(bad))[0] == 1
    assert not Municipality.objects.filter(code="exempelby").exists()
    assert run("load", str(good)) == (0, "Exempelby: 10 rows added, 0 changed, 0 closed.\n")
    assert run("load", str(good)) == (0, "Exempelby: 0 rows added, 0 changed, 0 closed.\n")
    assert run("check", str(tmp_path / "none.toml")) == (1, f"{tmp_path / 'none.toml'}: No such file or directory\n")


def test_without_the_owners_role_the_command_says_which_is_needed(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    from argparse import Namespace

    from hemvag.config.commands import municipality

    assert municipality.run(Namespace(act="load", file=TEMPLATE)) == 1
    assert "HEMVAG_ROLE=owner" in capsys.readouterr().err
