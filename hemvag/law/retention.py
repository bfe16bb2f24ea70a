"""How long a record is kept, and why (gallring). Nothing is erased that a rule does not say may be."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from hemvag.law import packs, reading, rules
from hemvag.law.codes import UnknownCode
from hemvag.law.reading import Words
from hemvag.law.rules import Rule

Why = Literal["for_ever", "period", "age", "other_data", "fact_missing", "no_rule"]

_SIGNS = str.maketrans("åäöé -", "aaoe__")


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a record is kept. `for_ever`, or `until` a day, or neither: then it is kept until a person has decided.

    `until` is the day from which it is erased, `finished_by` the last day the erasure may take. With `ask` a person
    decides before anything is erased. `rule` decided, `rules` are all that bear on it. `missing` names the facts that
    would have to be known: "born" or "last_entry".
    """

    record: str
    municipality: str
    on: dt.date
    for_ever: bool
    until: dt.date | None
    finished_by: dt.date | None
    ask: bool
    why: Why
    rule: Rule | None
    rules: tuple[Rule, ...]
    missing: tuple[str, ...]

    @property
    def is_kept(self) -> bool:
        """Whether the record may not be erased on the day that was asked about."""
        return self.for_ever or self.ask or self.until is None or self.on < self.until


@dataclass(frozen=True, slots=True)
class _Facts:
    municipality: str
    counties: frozenset[str]
    born: dt.date | None
    last_entry: dt.date | None


def keep(
    record: str,
    municipality: str,
    on: dt.date,
    *,
    born: dt.date | None = None,
    last_entry: dt.date | None = None,
    opened: bool | None = None,
    other_data: bool = False,
    pack: str = rules.DEFAULT,
) -> Keeping:
    """How long the record is kept by the law in force on the day.

    `born` is the birth day of the person whom it concerns, `last_entry` the day of its last entry (or the day on which
    what a compilation concerns ceased). `opened=False` says that no investigation of the child was ever opened: a
    child's personal file is otherwise taken to hold one. `other_data` says that other information on the person is
    still kept. The longest of the rules wins; what is not known is answered with keeping. So a later entry, one fact
    more that keeps, or a fact taken away never makes it shorter.

    Raises `UnknownCode` for a record or municipality nobody knows, `packs.UnknownPack` and `rules.BrokenRules`.
    """
    labels = records(pack)
    if record not in labels:
        raise UnknownCode("record", record, tuple(labels))
    asked = "not_opened_report" if record == "child_case" and opened is False else record
    facts = _Facts(municipality, _counties(municipality, pack), born, last_entry)
    bearing = tuple(rule for rule in _rules_on(asked, on, pack) if _applies(rule, facts) is not False)
    decided = _decide(bearing, facts, other_data=other_data)
    return Keeping(record=record, municipality=municipality, on=on, rules=bearing, **decided)


@lru_cache(maxsize=16)
def records(pack: str = rules.DEFAULT) -> Mapping[str, Words]:
    """Every kind of record, with its words."""
    found: dict[str, Words] = {}
    for row in _rows("records.toml", "record", {"code": reading.text, "label": reading.words}, pack):
        found[row["code"]] = Words(**row["label"])
    return found


@lru_cache(maxsize=16)
def municipalities(pack: str = rules.DEFAULT) -> Mapping[str, frozenset[str]]:
    """The counties of each municipality by its code; two where two municipalities have the same code."""
    checks = {"number": reading.text, "name": reading.text, "municipalities": _names}
    found: dict[str, frozenset[str]] = {}
    for row in _rows("municipalities.toml", "county", checks, pack):
        for name in row["municipalities"]:
            code = name.lower().translate(_SIGNS)
            found[code] = found.get(code, frozenset()) | {row["number"]}
    return found


@lru_cache(maxsize=16)
def tables(pack: str = rules.DEFAULT) -> rules.Tables:
    """Every rule of keeping, by table. Raises `rules.BrokenRules`, naming file, table and key."""
    own = {
        "records": reading.some_of(records(pack)),
        "years": reading.optional(reading.number),
        "until_age": reading.optional(reading.number),
        "for_ever": reading.flag,
        "counties": reading.optional(reading.some_of(frozenset().union(*municipalities(pack).values()))),
        "municipalities": reading.optional(reading.some_of(municipalities(pack))),
        "born_on": _days_of_month,
        "entry_before": reading.optional(reading.day),
        "entry_from": reading.optional(reading.day),
        "unsure": reading.flag,
    }
    return rules.read("retention.toml", pack, own=own)


def _counties(municipality: str, pack: str) -> frozenset[str]:
    known = municipalities(pack)
    if municipality not in known:
        raise UnknownCode("municipality", municipality, tuple(known))
    return known[municipality]


def _rules_on(record: str, on: dt.date, pack: str) -> Iterator[Rule]:
    for found in tables(pack).values():
        for rule in found:
            if rule.held_on(on) and record in rule.own["records"]:
                yield rule


def _applies(rule: Rule, facts: _Facts) -> bool | None:
    """Whether the rule reaches this record; None when a fact that decides it is missing."""
    own = rule.own
    if "counties" in own or "municipalities" in own:
        here = facts.municipality in own.get("municipalities", ()) or facts.counties & set(own.get("counties", ()))
        if not here:
            return False
    if "born_on" in own:
        return None if facts.born is None else facts.born.day in own["born_on"]
    if facts.last_entry is not None:
        before, since = own.get("entry_before"), own.get("entry_from")
        return not ((before and facts.last_entry >= before) or (since and facts.last_entry < since))
    return True


def _decide(bearing: tuple[Rule, ...], facts: _Facts, *, other_data: bool) -> dict[str, Any]:
    """The longest of the rules, as the keys of a `Keeping`."""
    kept = {"for_ever": False, "until": None, "finished_by": None, "ask": False, "rule": None, "missing": ()}
    if not bearing:
        return {**kept, "ask": True, "why": "no_rule"}
    for rule in bearing:
        if rule.own.get("for_ever") and _applies(rule, facts):
            return {**kept, "for_ever": True, "why": "for_ever", "rule": rule}
    missing = tuple(dict.fromkeys(fact for rule in bearing for fact in _missing(rule, facts)))
    if missing:
        return {**kept, "ask": True, "why": "fact_missing", "missing": missing}
    until, rule = max(((_end(rule, facts), rule) for rule in bearing), key=lambda one: one[0])
    if other_data:
        return {**kept, "why": "other_data", "rule": rule}
    return {
        **kept,
        "until": until,
        "finished_by": dt.date(until.year + 1, 12, 31),
        "ask": any(one.own.get("unsure") for one in bearing),
        "why": "age" if "until_age" in rule.own else "period",
        "rule": rule,
    }


def _missing(rule: Rule, facts: _Facts) -> Iterator[str]:
    if facts.born is None and ("born_on" in rule.own or "until_age" in rule.own):
        yield "born"
    if facts.last_entry is None and "years" in rule.own:
        yield "last_entry"


def _end(rule: Rule, facts: _Facts) -> dt.date:
    if "until_age" in rule.own and facts.born:
        return _years_after(facts.born, rule.own["until_age"])
    if "years" in rule.own and facts.last_entry:
        return _years_after(facts.last_entry, rule.own["years"])
    return dt.date.min


def _years_after(day: dt.date, years: int) -> dt.date:
    """The same day that many years later; the last of February for a 29th that is not there (lag 1930:173, 1 §)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 2, 28)


def _rows(file: str, table: str, checks: Mapping[str, reading.Check], pack: str) -> Iterator[dict[str, Any]]:
    for folder in packs.folders(pack):
        path = folder / file
        for row in reading.tables(path).get(table, []) if path.exists() else ():
            reading.check_row(file, table, row, checks)
            yield row


def _names(value: object) -> str | None:
    fits = isinstance(value, list) and value and not any(map(reading.text, value))
    return None if fits else "write a list of names"


def _days_of_month(value: object) -> str | None:
    if value is None or (isinstance(value, list) and value and all(one in range(1, 32) for one in value)):
        return None
    return "write a list of days of the month, such as [5, 15, 25]"
