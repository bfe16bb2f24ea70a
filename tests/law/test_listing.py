"""Every rule that can be browsed: none missing, each sourced and in both languages, and what changed between days."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag import law
from hemvag.law import codes, deadlines, listing, packs, protected, reading, retention, rules, shapes, sharing

THEN, NOW = dt.date(2019, 3, 11), dt.date(2026, 11, 23)


def rows(day: dt.date | None = None) -> set[str]:
    found = listing.every() if day is None else law.rules_on(day)
    return {one.rule.row for one in found if one.rule.row}


def test_every_row_of_the_tables_is_here() -> None:
    assert {row for row in rows() if row[0] == "C"} == {
        *(f"C{number:02}" for number in range(1, 26)),
        *("C04b", "C12b", "C12c", "C16b", "C16c"),
    }
    assert {row for row in rows() if row[0] == "G"} >= {f"G{number:02}" for number in (1, 2, 3, 4, 6, 7, 8, 9, 10, 11)}
    assert {row for row in rows() if row[0] == "D"} == {*(f"D{number:02}" for number in range(1, 18)), "D04b", "D06b"}
    assert len([one for one in listing.every() if one.family == "secrecy"]) >= 35


@pytest.mark.parametrize("listed", listing.every(), ids=lambda one: one.rule.id)
def test_every_rule_can_be_read_and_traced(listed: listing.Listed) -> None:
    rule = listed.rule
    assert rule.text.sv != rule.text.en
    assert rule.address.startswith("http")
    assert rule.confidence in rules.CONFIDENCE
    assert listing.find(rule.id) == listed
    assert rule in listing.story(rule.id)
    assert re.fullmatch(r"[\w-]+", rule.id)


@pytest.mark.parametrize(
    ("day", "there", "gone"),
    [
        ("2020-07-31", "", "OSL-10-18b"),
        ("2020-08-01", "OSL-10-18b", ""),
        ("2020-08-01", "OSL-35-10c", "OSL-10-18a"),
        ("2021-07-31", "", "OSL-10-18c"),
        ("2021-08-01", "OSL-10-18c", ""),
        ("2022-07-01", "OSL-10-22a-2022", "OSL-10-22a"),
        ("2025-03-31", "OSL-10-18b-2022", "L170"),
        ("2025-04-01", "L170", "OSL-10-18b-2022"),
        ("2025-04-01", "OSL-10-21-2025", "OSL-10-21"),
        ("2025-06-30", "SOL-2001", "SOL-2025"),
        ("2025-07-01", "SOL-2025", "SOL-2001"),
        ("2025-11-30", "", "OSL-10-15a"),
        ("2025-12-01", "OSL-10-15a", ""),
        ("2026-01-14", "", "OSL-40-7g"),
        ("2026-01-15", "OSL-40-7g", ""),
        ("2018-12-31", "protected_registration-2009", "protected_registration-2019"),
        ("2019-01-01", "protected_registration-2019", "protected_registration-2009"),
        ("2018-05-24", "", "D09"),
        ("2018-05-25", "D09", ""),
        ("2024-01-01", "D06", "D06b"),
        ("2026-01-15", "reporter_secrecy-2026", ""),
        ("2024-06-01", "travel_ban-2024", "travel_ban-2020"),
    ],
)
def test_a_rule_begins_and_ends_on_its_days(day: str, there: str, gone: str) -> None:
    ids = {one.rule.id for one in law.rules_on(dt.date.fromisoformat(day))}
    assert not there or there in ids
    assert not gone or (gone not in ids and listing.find(gone))


def test_the_confidence_is_the_tables() -> None:
    sure = {one.rule.id: one.rule.confidence for one in listing.every()}
    for rule, letter in {"IS-01": "H", "IS-16b": "L", "IS-23": "M", "G06": "M", "G10": "L", "OSL-26-1": "H"}.items():
        assert sure[rule] == letter


def test_what_changed_is_told_story_by_story() -> None:
    changes = {change.table: change for change in law.diff(THEN, NOW)}
    before, after = changes["IS-01"].before, changes["IS-01"].after
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == ("IS-01", "IS-01b")
    assert changes["IS-18"].before is None
    assert changes["IS-11"].after is None
    assert "IS-07" not in changes
    assert law.diff(NOW, NOW) == ()


@given(st.dates(dt.date(2009, 6, 30), dt.date(2035, 1, 1)), st.dates(dt.date(2009, 6, 30), dt.date(2035, 1, 1)))
def test_a_change_read_backwards_is_the_same_change(one: dt.date, other: dt.date) -> None:
    there, back = law.diff(one, other), law.diff(other, one)
    assert [(change.table, change.before, change.after) for change in there] == [
        (change.table, change.after, change.before) for change in back
    ]


@given(st.dates(dt.date(2009, 6, 30), dt.date(2035, 1, 1)), st.integers(0, 9000))
def test_a_later_day_keeps_every_rule_without_an_end(day: dt.date, more: int) -> None:
    lasting = {one.rule.id for one in law.rules_on(day) if one.rule.valid_to is None}
    assert lasting <= {one.rule.id for one in law.rules_on(day + dt.timedelta(days=more))}


def test_open_questions_know_their_rules() -> None:
    questions = listing.questions()
    assert len(questions) >= 11
    used = {one.rule.question for one in listing.every()} - {""}
    assert used <= set(questions)
    assert {one.rule.id for one in listing.asking("Q03")} == {"IS-07n"}
    assert {one.rule.id for one in listing.asking("Q01")} >= {"IS-15b", "IS-16b"}


@pytest.mark.parametrize("level", ["secrecy_marking", "protected_registration", "fictitious_identity"])
def test_each_level_of_protection_says_who_decides_and_what_to_do(level: str) -> None:
    rule = protected.level(level, NOW)
    assert protected.decides(rule).sv
    assert protected.handling(rule).en


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(listing.UnknownRule):
        listing.find("IS-99")


OWN = """
[[IS-32]]
id = "own-32"
provision = "Nämndens beslut"
source = "OSL24"
valid_from = 2020-01-01
confidence = "H"
sender = ["social_services"]
receiver = ["cve"]
subject = ["adult"]
situation = ["consultation"]
verdict = "no"
text = { sv = "Fråga inte.", en = "Do not ask." }
"""


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A city's own pack beside Sweden's, gone again after the test."""
    (tmp_path / "sweden").symlink_to(packs.SWEDEN)
    own = tmp_path / "lund"
    own.mkdir()
    (own / "sources.toml").write_text("")
    (own / "sharing.toml").write_text(OWN)
    monkeypatch.setattr(packs, "HOME", tmp_path)
    monkeypatch.setattr(packs, "SWEDEN", tmp_path / "sweden")
    packs.chain.cache_clear()
    return own


def test_a_citys_own_pack_replaces_a_table_and_keeps_the_rest(city: Path) -> None:
    asked = ("social_services", "cve", "adult", "consultation")
    assert sharing.share(*asked, NOW, pack="lund").verdict == "no"
    assert sharing.share(*asked, NOW).verdict == "deidentified"
    assert sharing.share("police", "social_services", "child", "harm_suspected", NOW, pack="lund").verdict == "must"
    assert deadlines.due("investigation", THEN, pack="lund").strict == dt.date(2019, 7, 11)
    assert "own-32" in {one.rule.id for one in law.rules_on(NOW, "lund")}


def test_a_wrong_rule_of_sharing_names_file_table_and_key(city: Path) -> None:
    (city / "sharing.toml").write_text(OWN.replace('"cve"', '"brå"'))
    sharing.tables.cache_clear()
    with pytest.raises(reading.BrokenRules, match=r"sharing\.toml: \[\[IS-32\]\] receiver: brå"):
        sharing.tables("lund")


def test_a_country_of_its_own_stands_alone(city: Path) -> None:
    (city / "pack.toml").write_text('stands_on = ""')
    packs.chain.cache_clear()
    assert packs.folders("lund") == (city,)
    (city / "pack.toml").write_text('stands_on = "nowhere"')
    packs.chain.cache_clear()
    with pytest.raises(reading.BrokenRules, match="nowhere"):
        packs.folders("lund")
    with pytest.raises(packs.UnknownPack, match="lund, sweden"):
        packs.folders("norway")


def test_every_code_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs/domain/law.md").read_text(encoding="utf-8")
    known = codes.codes()
    for kind in ("authority", "subject", "situation", "verdict", "record"):
        assert all(f"| `{code}` |" in page for code in getattr(known, kind)), kind
    assert all(f"| `{code}` |" in page for code in retention.records())


def test_plain_data_holds_no_days_but_text() -> None:
    answer = shapes.answer(sharing.share("police", "social_services", "child", "harm_suspected", THEN))
    assert answer["rules"][0]["valid_to"] == "2025-07-01"
    assert set(answer["rules"][0]) >= {"id", "provision", "source", "valid_from", "valid_to", "confidence"}
