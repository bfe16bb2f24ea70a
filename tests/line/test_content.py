"""The line's content: the published files hold, and a municipality's own file is told exactly what is wrong in it."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import override_settings

from hemvag.line import content_form
from hemvag.line.content import PUBLISHED, UNKNOWN, BadContent, Text, content, load

ADJUST = dt.date(2026, 1, 15)


def broken(folder: Path, name: str, old: str, new: str) -> str:
    """What is said about a published file with its first `old` made `new`."""
    text = (PUBLISHED / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadContent) as wrong:
        load(folder)
    return str(wrong.value)


def line_of(name: str, words: str) -> int:
    lines = (PUBLISHED / name).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_every_choice_of_the_design_is_there() -> None:
    fields = load().fields
    assert tuple(fields) == content_form.FIELDS
    assert all(field.choices[-1].code == UNKNOWN for field in fields.values())
    assert fields["advice"].most == fields["theme"].most == 3
    assert [(c.from_age, c.to_age) for c in fields["age"].choices[:-1]] == [
        (0, 5), (6, 11), (12, 14), (15, 17), (18, 20), (21, 120),
    ]  # fmt: skip
    assert fields["theme"].choice("return").helpline_category == "mental_health"
    assert {c.reported_by for c in fields["caller"].choices} == {"self", "about_child", None}
    assert all(c.helpline_category for c in fields["theme"].choices[:-1])


def test_every_acute_choice_has_its_branch_and_every_caller_a_card() -> None:
    made = load()
    acute = {choice.code for choice in made.fields["acute"].choices} - {"no", UNKNOWN}
    assert acute | {"refer"} == set(made.branches)
    for choice in made.fields["caller"].choices:
        cards = made.cards_for(choice.code)
        assert cards[0].code == "everyone"
        assert choice.code == UNKNOWN or len(cards) > 1
    assert [card.code for card in made.cards_for("police")] == ["everyone", "professional", "police"]


def test_the_gate_promises_a_week_only_from_the_day_the_law_does() -> None:
    made = load()
    before = made.gate_text("mandated_reporter", on=ADJUST - dt.timedelta(days=1))
    after = made.gate_text("mandated_reporter", on=ADJUST)
    assert (before.version, after.version) == (1, 2)
    assert "vecka" not in before.text.sv
    assert "week" not in before.text.en
    assert "senast en vecka efter beslutet" in after.text.sv
    assert "within a week" in after.text.en
    assert "\n" not in after.text.sv.strip()
    assert made.gate_text("relative_or_public", on=ADJUST).text.sv.startswith("Berättar du vilket barn")
    with pytest.raises(LookupError):
        made.gate_text("mandated_reporter", on=dt.date(2012, 12, 31))


def test_each_gate_text_is_two_sentences_in_both_languages() -> None:
    for text in load().gate:
        for words in (text.text.sv, text.text.en):
            assert len(re.findall(r"\.(?:\s|$)", words)) == 2


def test_no_field_or_choice_asks_for_faith_opinion_or_origin() -> None:
    barred = re.compile(
        r"\btro\b|religion|relig|muslim|islam|krist|åsikt|etnicit|ursprung|parti|ideolog|faith|belief",
        re.IGNORECASE,
    )
    for field in load().fields.values():
        for name in (field.name, *(choice.name for choice in field.choices)):
            assert not barred.search(f"{name.sv} {name.en} {field.code}")


def test_swedish_is_the_language_when_none_other_is_known() -> None:
    words = Text(sv="hej", en="hello")
    assert [words.in_language(code) for code in ("sv", "en", "en-gb", "fi")] == ["hej", "hello", "hello", "hej"]


@pytest.mark.parametrize(
    ("name", "old", "new", "table_and_key", "words"),
    [
        ("phases.toml", "screen = {", "skreen = {", "phases.skreen", "did you mean screen?"),
        ("phases.toml", "[[phases]]", "[[fases]]", "fases", "did you mean phases?"),
        ("phases.toml", 'sv = "Redo", ', "", "phases.name", "both languages"),
        ("phases.toml", "from_minute = 0", "from_minute = -1", "phases.from_minute", "whole number"),
        ("phases.toml", 'code = "ready"', "", "phases.code", "missing"),
        ("fields.toml", 'field = "channel"', 'field = "chanel"', "choices.field", "did you mean channel?"),
        ("fields.toml", 'code = "message"', 'code = "phone"', "choices.code", "already"),
        ("fields.toml", 'code = "message"', 'code = "unknown"', "choices.code", "already"),
        ("fields.toml", 'code = "threats"', 'code = "threat"', "choices.code", "did you mean threats?"),
        ("fields.toml", 'code = "grandparent"', 'code = "gran"', "cards.callers", "there is no grandparent"),
        ("fields.toml", 'code = "theme"', 'code = "belief"', "fields.code", "none of"),
        ("keys.toml", 'field = "caller"', "", "keys.field", "either field or act"),
        ("keys.toml", 'letter = "O"', 'letter = "V"', "keys.letter", "already"),
        ("cards.toml", '"other_relative"', '"otherrelative"', "cards.callers", "did you mean other_relative?"),
        ("acute.toml", '["emergency"]', '["emergensy"]', "branches.numbers", "did you mean emergency?"),
        ("acute.toml", "checked = 2026-02-12", 'checked = "2026-02-30"', "numbers.checked", "not a date"),
        ("acute.toml", 'certainty = "H"', 'certainty = "X"', "numbers.certainty", "none of H, M, L"),
        ("gate.toml", "valid_to = 2026-01-15", "valid_to = 2026-02-01", "gate.valid_from", "begins before"),
        ("gate.toml", "valid_to = 2026-01-15", "valid_to = 2026-01-01", "gate.valid_from", "without a text from"),
        ("gate.toml", "valid_to = 2026-01-15", "valid_to = 2012-01-01", "gate.valid_to", "is not after"),
        ("gate.toml", 'code = "code_lost"', 'code = "code_question"', "phrases.code", "no row for code_lost"),
        ("digits.toml", '"ettan"', '"sju"', "digits.heard", "understood as 1 already"),
        ("digits.toml", "digit = 9", "digit = 8", "digits.digit", "no row for 9"),
    ],
)
def test_a_fault_names_file_table_and_key(
    tmp_path: Path, name: str, old: str, new: str, table_and_key: str, words: str
) -> None:
    said = broken(tmp_path, name, old, new)
    assert any(
        re.search(rf"\.toml:\d+: {re.escape(table_and_key)}: .*{re.escape(words)}", line) for line in said.split("\n")
    ), said
    assert name in said or table_and_key == "cards.callers"


def test_a_fault_names_the_line(tmp_path: Path) -> None:
    said = broken(tmp_path, "acute.toml", "checked = 2026-02-12", "checked = 12")
    where = f"{tmp_path / 'acute.toml'}:{line_of('acute.toml', 'checked =')}"
    assert said == f"{where}: numbers.checked: 12 is not a date; write it as 2026-05-14"


def test_a_file_that_is_no_toml_and_one_that_is_no_utf8(tmp_path: Path) -> None:
    said = broken(tmp_path, "keys.toml", 'letter = "V"', "letter = V")
    assert f"keys.toml:{line_of('keys.toml', 'letter =')}: this is not TOML" in said
    (tmp_path / "keys.toml").write_bytes("# åäö\n".encode("cp1252"))
    with pytest.raises(BadContent, match="not UTF-8"):
        load(tmp_path)


def test_a_municipality_replaces_one_file(tmp_path: Path) -> None:
    text = (PUBLISHED / "phases.toml").read_text("utf-8").replace("Andas.", "Drick vatten.")
    (tmp_path / "phases.toml").write_text(text, "utf-8")
    content.cache_clear()
    try:
        with override_settings(HEMVAG_LINE_CONTENT=str(tmp_path)):
            assert content().phases[0].do.sv == "Drick vatten."
            assert content().digits == load().digits
    finally:
        content.cache_clear()


def test_a_folder_that_is_not_there_and_a_file_nobody_reads(tmp_path: Path) -> None:
    with pytest.raises(BadContent, match="no such folder"):
        load(tmp_path / "none")
    (tmp_path / "phase.toml").write_text("", "utf-8")
    with pytest.raises(BadContent, match=r"did you mean phases\.toml\?"):
        load(tmp_path)
