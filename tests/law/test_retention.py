"""How long things are kept: each row of the table on both sides of its days, and keeping that never grows shorter."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.law import codes, retention

NOW = dt.date(2026, 11, 23)
ENTRY = dt.date(2020, 2, 1)
FIFTH, SIXTH = dt.date(2012, 5, 5), dt.date(2012, 5, 6)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def keep(record: str, municipality: str = "malmo", on: str | dt.date = NOW, **facts: Any) -> retention.Keeping:
    facts = {"born": SIXTH, "last_entry": ENTRY, **facts}
    return retention.keep(record, municipality, on if isinstance(on, dt.date) else day(on), **facts)


@pytest.mark.parametrize(
    ("rule", "record", "municipality", "on", "facts", "until"),
    [
        ("G01", "child_case", "malmo", "2025-06-30", {}, "2025-02-01"),
        ("G01b", "child_case", "malmo", "2025-07-01", {}, "2025-02-01"),
        ("G01b", "adult_case", "malmo", "2026-11-23", {}, "2025-02-01"),
        ("G01b", "adult_case", "malmo", "2026-11-23", {"last_entry": day("2020-02-29")}, "2025-02-28"),
        ("G02", "compilation", "malmo", "2019-03-11", {}, "2025-02-01"),
        ("G02b", "compilation", "malmo", "2026-11-23", {}, "2025-02-01"),
        ("G04", "custody_agreement", "malmo", "2019-03-11", {}, "2030-05-06"),
        ("G04b", "custody_agreement", "malmo", "2026-11-23", {}, "2030-05-06"),
        ("G01b", "custody_agreement", "malmo", "2026-11-23", {"born": day("2001-01-01")}, "2025-02-01"),
        ("G06", "child_case", "malmo", "2026-01-15", {}, "2042-05-06"),
        ("G01b", "child_case", "malmo", "2026-01-14", {}, "2025-02-01"),
        ("G06", "child_investigation", "malmo", "2026-11-23", {}, "2042-05-06"),
        ("G06", "child_investigation", "malmo", "2026-11-23", {"born": day("2012-02-29")}, "2042-02-28"),
        ("G01b", "child_investigation", "malmo", "2026-11-23", {"born": day("1980-01-01")}, "2025-02-01"),
        ("G07", "private_provider", "malmo", "2026-11-23", {}, "2022-02-01"),
        ("G08", "not_opened_report", "malmo", "2026-11-23", {}, "2025-02-01"),
        ("G08", "not_opened_report", "malmo", "2019-03-11", {}, "2025-02-01"),
        ("G09", "not_opened_report", "malmo", "2026-11-23", {"last_entry": day("2025-07-01")}, "2030-07-01"),
        ("G09", "child_case", "malmo", "2026-11-23", {"last_entry": day("2026-02-01"), "opened": False}, "2031-02-01"),
        ("G10", "contact_log", "malmo", "2026-11-23", {}, "2021-02-01"),
        ("G11", "access_log", "malmo", "2026-11-23", {}, "2025-02-01"),
    ],
)
def test_each_period(rule: str, record: str, municipality: str, on: str, facts: dict[str, Any], until: str) -> None:
    kept = keep(record, municipality, on, **facts)
    assert kept.rule is not None
    assert kept.rule.id == rule
    assert (kept.until, kept.for_ever) == (day(until), False)
    assert kept.finished_by == dt.date(kept.until.year + 1, 12, 31)
    assert kept.ask == (rule in {"G08", "G10", "G11"})
    assert kept.is_kept == (kept.ask or day(on) < kept.until)


@pytest.mark.parametrize(
    ("rule", "record", "municipality", "on", "facts"),
    [
        *(("G03", record, "malmo", "2019-03-11", {}) for record in ("placement", "parentage", "adoption")),
        ("G03b", "placement", "malmo", "2024-04-01", {}),
        ("G03c", "placement", "malmo", "2026-11-23", {"born": None, "last_entry": None}),
        *(("G05-place", "child_case", where, "2019-03-11", {}) for where in ("linkoping", "gotland", "sundsvall")),
        *(("G05b-place", "child_case", where, "2026-11-23", {}) for where in ("goteborg", "ydre", "ornskoldsvik")),
        ("G05-day", "child_case", "malmo", "2019-03-11", {"born": FIFTH}),
        ("G05b-day", "child_case", "malmo", "2026-11-23", {"born": FIFTH}),
        ("G05b-day", "adult_case", "kiruna", "2026-11-23", {"born": day("1985-12-15")}),
        ("G05b-day", "compilation", "lund", "2026-11-23", {"born": day("2000-02-25")}),
        ("G05b-day", "not_opened_report", "lund", "2026-11-23", {"born": day("2015-02-25")}),
        ("G05b-place", "child_case", "goteborg", "2026-11-23", {"born": None, "last_entry": None}),
    ],
)
def test_what_is_kept_for_ever(rule: str, record: str, municipality: str, on: str, facts: dict[str, Any]) -> None:
    kept = keep(record, municipality, on, **facts)
    assert kept.rule is not None
    assert kept.rule.id == rule
    assert kept.for_ever
    assert kept.is_kept
    assert kept.until is None


def test_every_rule_of_keeping_is_asked_for() -> None:
    numbers = {int(rule.row[1:3]) for found in retention.tables().values() for rule in found}
    assert numbers == set(range(1, 12))


def test_other_data_on_the_person_keeps_a_file() -> None:
    kept = keep("adult_case", other_data=True)
    assert (kept.why, kept.until, kept.is_kept) == ("other_data", None, True)


@pytest.mark.parametrize("missing", ["born", "last_entry"])
def test_a_fact_that_is_missing_keeps_and_is_named(missing: str) -> None:
    kept = keep("child_case", **{missing: None})
    assert (kept.why, kept.ask, kept.is_kept) == ("fact_missing", True, True)
    assert missing in kept.missing


def test_what_no_rule_speaks_of_is_kept() -> None:
    kept = keep("private_provider", on="2019-03-11")
    assert (kept.why, kept.ask, kept.is_kept, kept.rule) == ("no_rule", True, True, None)


def test_municipalities_are_known() -> None:
    known = retention.municipalities()
    assert sum(len(counties) for counties in known.values()) == 290
    assert [code for code, counties in known.items() if len(counties) > 1] == ["habo"]
    kept_whole = {"05": 13, "09": 1, "22": 7}
    for county, number in kept_whole.items():
        assert sum(county in counties for counties in known.values()) == number
    with pytest.raises(codes.UnknownCode, match="malmo"):
        keep("child_case", "malmoe")
    with pytest.raises(codes.UnknownCode, match="child_case"):
        keep("child")


RECORDS = st.sampled_from(list(retention.records()))
PLACES = st.sampled_from(["malmo", "goteborg", "gotland", "lund"])
BORN = st.dates(dt.date(1950, 1, 1), dt.date(2026, 1, 1))
ENTRIES = st.dates(dt.date(2002, 1, 1), dt.date(2026, 11, 23))
DAYS = st.dates(dt.date(2002, 1, 1), dt.date(2060, 1, 1))


def length(kept: retention.Keeping) -> dt.date:
    """How far a record is kept: what has no end is kept the longest."""
    return kept.until or dt.date.max


@given(RECORDS, PLACES, DAYS, BORN, ENTRIES, st.integers(0, 4000))
def test_a_later_entry_never_shortens(
    record: str, place: str, on: dt.date, born: dt.date, entry: dt.date, more: int
) -> None:
    first = retention.keep(record, place, on, born=born, last_entry=entry)
    later = retention.keep(record, place, on, born=born, last_entry=entry + dt.timedelta(days=more))
    assert length(later) >= length(first)


@given(RECORDS, PLACES, DAYS, BORN, ENTRIES)
def test_what_is_not_known_never_shortens(record: str, place: str, on: dt.date, born: dt.date, entry: dt.date) -> None:
    whole = retention.keep(record, place, on, born=born, last_entry=entry)
    for facts in ({"born": None}, {"last_entry": None}, {"other_data": True}):
        less = retention.keep(record, place, on, **{"born": born, "last_entry": entry, **facts})
        assert length(less) >= length(whole)
        assert less.is_kept or not whole.is_kept


@given(RECORDS, PLACES, st.dates(dt.date(2026, 1, 15), dt.date(2060, 1, 1)), BORN, ENTRIES, st.integers(0, 9000))
def test_what_may_be_erased_may_be_erased_on_every_later_day(
    record: str, place: str, on: dt.date, born: dt.date, entry: dt.date, more: int
) -> None:
    now = retention.keep(record, place, on, born=born, last_entry=entry)
    later = retention.keep(record, place, on + dt.timedelta(days=more), born=born, last_entry=entry)
    assert now.is_kept or not later.is_kept
    assert later.until == now.until


@given(RECORDS, PLACES, DAYS, BORN, ENTRIES)
def test_keeping_names_its_rules(record: str, place: str, on: dt.date, born: dt.date, entry: dt.date) -> None:
    kept = retention.keep(record, place, on, born=born, last_entry=entry)
    assert (kept.rule is None) == (kept.why == "no_rule")
    assert kept.rule is None or kept.rule in kept.rules
    assert all(rule.held_on(on) and rule.address.startswith("http") for rule in kept.rules)
