"""The needs, languages and checklist are data: a municipality's own files stand in, and a fault is told by its line."""

from pathlib import Path

import pytest

from hemvag.readiness import content
from hemvag.readiness.content import BadContent, load


def test_each_need_has_a_letter_of_its_own_and_the_first_nine_a_digit() -> None:
    needs = list(load().needs.values())
    assert len({need.letter for need in needs}) == len(needs) > 9
    assert [need.digit for need in needs[:10]] == [*"123456789", ""]


def test_languages_are_named_by_babel_unless_the_file_does() -> None:
    found = load()
    assert (found.languages["so"].sv, found.languages["so"].en) == ("somaliska", "Somali")
    assert found.languages["swl"].sv == "svenskt teckenspråk"
    assert found.language("fi") == "finska"
    assert found.need("gone") == "gone"


def test_a_municipalitys_own_file_stands_in_for_one(tmp_path: Path) -> None:
    text = '[[items]]\ncode = "a"\nmust = true\nname = { sv = "A", en = "A" }\n'
    (tmp_path / "checklist.toml").write_text(text)
    found = load(tmp_path)
    assert list(found.items) == ["a"]
    assert found.items["a"].is_for("line")
    assert found.needs == load().needs


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("needs.toml", '[[needs]]\ncode = "a"\nletter = "ab"\nname = { sv = "A", en = "A" }', "3: needs.letter"),
        ("needs.toml", '[[languages]]\ncode = "xxz"', "xxz"),
        ("needs.toml", "x = ", "not TOML"),
        ("checklist.toml", '[[items]]\ncode = "a"\nmust = true\nunits = ["police"]', "police"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(BadContent) as fault:
        load(tmp_path)
    assert said in str(fault.value)
    assert name in str(fault.value)


def test_two_needs_with_one_letter_are_refused(tmp_path: Path) -> None:
    published = (content.PUBLISHED / "needs.toml").read_text()
    (tmp_path / "needs.toml").write_text(published.replace('letter = "T"', 'letter = "S"'))
    with pytest.raises(BadContent, match="stands already"):
        load(tmp_path)


def test_a_folder_that_is_not_there_and_a_file_nobody_reads(tmp_path: Path) -> None:
    with pytest.raises(BadContent, match="no such folder"):
        load(tmp_path / "none")
    (tmp_path / "level.toml").write_text("", "utf-8")
    with pytest.raises(BadContent, match=r"did you mean levels\.toml\?"):
        load(tmp_path)
