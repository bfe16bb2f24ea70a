"""A file of rules that is wrong is refused, and the refusal names file, table and key."""

import datetime as dt
from pathlib import Path

import pytest

from hemvag.law import rules

ROW = """
[[clock]]
id = "clock-{year}"
provision = "1 §"
source = "SOL25"
valid_from = {year}-01-01
{to}
confidence = "H"
text = {{ sv = "Ord", en = "Words" }}
"""


def row(year: int, to: str = "", **changed: str) -> str:
    made = ROW.format(year=year, to=f"valid_to = {to}" if to else "")
    for key, value in changed.items():
        lines = [line for line in made.splitlines() if not line.startswith(f"{key} ")]
        made = "\n".join([*lines, f"{key} = {value}" if value else "", ""])
    return made


def refusal(tmp_path: Path, content: str) -> rules.BrokenRules:
    path = tmp_path / "some.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(rules.BrokenRules) as refused:
        rules.load(path, own={"on": rules.flag})
    assert refused.value.file == "some.toml"
    assert "some.toml" in str(refused.value)
    return refused.value


def test_rows_in_any_order_are_one_story(tmp_path: Path) -> None:
    path = tmp_path / "some.toml"
    path.write_text(row(2020) + row(2013, "2020-01-01"), encoding="utf-8")
    found = rules.load(path)["clock"]
    assert [rule.id for rule in found] == ["clock-2013", "clock-2020"]
    assert rules.in_force(found, dt.date(2019, 12, 31)).id == "clock-2013"
    assert rules.in_force(found, dt.date(2020, 1, 1)).id == "clock-2020"
    with pytest.raises(rules.NoRule):
        rules.in_force(found, dt.date(2012, 12, 31))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (row(2013, "2019-01-01") + row(2020), "valid_from"),
        (row(2013, "2021-01-01") + row(2020), "valid_to"),
        (row(2013) + row(2020), "valid_to"),
        (row(2013, "2013-01-01"), "valid_to"),
        (row(2013, source=""), "source"),
        (row(2013, source='"HEARSAY"'), "source"),
        (row(2013, confidence='"X"'), "confidence"),
        (row(2013, provision='" "'), "provision"),
        (row(2013, text='{ sv = "Ord" }'), "text"),
        (row(2013, valid_from='"2013-01-01"'), "valid_from"),
        (row(2013, valid_from="2013-01-01T10:00:00"), "valid_from"),
        (row(2013, on='"yes"'), "on"),
        (row(2013, colour='"red"'), "colour"),
        (row(2013, "2020-01-01") + row(2020, id='"clock-2013"'), "id"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, content: str, key: str) -> None:
    refused = refusal(tmp_path, content)
    assert (refused.table, refused.key) == ("clock", key)


def test_a_table_that_is_no_rows_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, "[clock]\nid = 1").table == "clock"


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    refusal(tmp_path, "[[clock")


def test_families_with_many_rules_at_a_time_may_overlap(tmp_path: Path) -> None:
    path = tmp_path / "some.toml"
    path.write_text(row(2013) + row(2020), encoding="utf-8")
    assert len(rules.load(path, one_at_a_time=False)["clock"]) == 2


def test_words_are_said_in_a_language() -> None:
    said = rules.Words("Ord", "Words")
    assert (said.said_in("sv"), said.said_in("en"), said.said_in("en-gb")) == ("Ord", "Words", "Words")
