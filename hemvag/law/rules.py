"""Read dated rules from TOML, and find the one that was in force on a day.

A file holds tables of rows (`[[table]]`). Each row is one rule during one time: `valid_from` is its first day,
`valid_to` the first day it no longer held (left out while it holds). Every family of rules has the same keys for
its ground; a family says with `own` which further keys its rows have. How to write one: docs/domain/law.md.
"""

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

SWEDEN = Path(__file__).parent / "sweden"

CONFIDENCE = {
    "H": "the text of the statute was read in full",
    "M": "read in a summary, an excerpt or a register",
    "L": "not read; a person must confirm it",
}

Check = Callable[[object], str | None]
"""Says what is wrong with a value, or None."""


class BrokenRules(Exception):
    """A file of rules that may not be used. Says the file, the table and the key."""

    def __init__(self, file: str, table: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: [[{table}]] {key}: {reason}")
        self.file, self.table, self.key, self.reason = file, table, key, reason


class NoRule(LookupError):
    """No rule is described for this question on this day."""


@dataclass(frozen=True)
class Words:
    """The same plain words in Swedish and English."""

    sv: str
    en: str

    def said_in(self, language: str) -> str:
        """The words in this language; Swedish unless it is English."""
        return self.en if language.startswith("en") else self.sv


@dataclass(frozen=True)
class Rule:
    """One rule during one time: what it says in plain words, where it stands, and how surely that is known."""

    id: str
    table: str
    provision: str
    source: str
    valid_from: dt.date
    valid_to: dt.date | None
    confidence: str
    text: Words
    note: Words | None
    own: Mapping[str, Any]

    def held_on(self, day: dt.date) -> bool:
        """Whether the rule was in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Source:
    """Where a rule was read."""

    key: str
    title: str
    address: str


Tables = Mapping[str, tuple[Rule, ...]]


def load(path: Path, *, own: Mapping[str, Check] | None = None, one_at_a_time: bool = True) -> Tables:
    """The rules of a file by table, each table in order of time.

    `own` names the keys a family adds, each with a check that is given None when the key is left out. With
    `one_at_a_time` each table tells one story: a gap or an overlap between its rows is an error. Raises
    `BrokenRules` at the first thing wrong.
    """
    tables = {table: _in_order(path.name, table, rows, own or {}) for table, rows in _tables(path).items()}
    _check_ids(path.name, tables)
    if one_at_a_time:
        for table, found in tables.items():
            _check_no_gap(path.name, table, found)
    return tables


def in_force(rules: tuple[Rule, ...], day: dt.date) -> Rule:
    """The rule among these that held on the day. Raises `NoRule`."""
    for rule in reversed(rules):
        if rule.held_on(day):
            return rule
    raise NoRule(f"no rule in force on {day.isoformat()}")


@lru_cache(maxsize=1)
def sources() -> Mapping[str, Source]:
    """Every source that rules may point to, by key. Raises `BrokenRules`."""
    file = "sources.toml"
    found: dict[str, Source] = {}
    for table, rows in _tables(SWEDEN / file).items():
        for row in rows:
            for key in ("key", "title", "address"):
                _need(file, table, key, row.get(key), text)
            found[row["key"]] = Source(row["key"], row["title"], row["address"])
    return found


def text(value: object) -> str | None:
    """Some text on one line or more."""
    return None if isinstance(value, str) and value.strip() else "write some text"


def words(value: object) -> str | None:
    """A text in Swedish and one in English."""
    fits = isinstance(value, Mapping) and set(value) == {"sv", "en"} and not any(map(text, value.values()))
    return None if fits else 'write { sv = "…", en = "…" }'


def day(value: object) -> str | None:
    """A day, written as TOML writes one."""
    fits = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return None if fits else "write a date such as 2026-01-15, without quotation marks"


def flag(value: object) -> str | None:
    """True, false or left out."""
    return None if value is None or isinstance(value, bool) else "write true or false"


def _optional(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def _known_source(value: object) -> str | None:
    if isinstance(value, str) and value in sources():
        return None
    return "name a source that stands in sources.toml"


def _known_confidence(value: object) -> str | None:
    return None if isinstance(value, str) and value in CONFIDENCE else f"write one of {', '.join(CONFIDENCE)}"


_COMMON: Mapping[str, Check] = {
    "id": text,
    "provision": text,
    "source": _known_source,
    "valid_from": day,
    "valid_to": _optional(day),
    "confidence": _known_confidence,
    "text": words,
    "note": _optional(words),
}


def _tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BrokenRules(path.name, "", "", str(wrong)) from wrong
    for table, rows in data.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise BrokenRules(path.name, table, "", f"write it as rows that begin [[{table}]]")
    return data


def _need(file: str, table: str, key: str, value: object, check: Check) -> None:
    wrong = check(value)
    if wrong is not None:
        raise BrokenRules(file, table, key, "missing" if value is None else wrong)


def _in_order(file: str, table: str, rows: list[dict[str, Any]], own: Mapping[str, Check]) -> tuple[Rule, ...]:
    found = (_rule(file, table, row, own) for row in rows)
    return tuple(sorted(found, key=lambda rule: rule.valid_from))


def _rule(file: str, table: str, row: dict[str, Any], own: Mapping[str, Check]) -> Rule:
    checks = {**_COMMON, **own}
    for key in row:
        if key not in checks:
            raise BrokenRules(file, table, key, "unknown key")
    for key, check in checks.items():
        _need(file, table, key, row.get(key), check)
    valid_to = row.get("valid_to")
    if valid_to is not None and valid_to <= row["valid_from"]:
        raise BrokenRules(file, table, "valid_to", "must come after valid_from")
    note = row.get("note")
    return Rule(
        id=row["id"],
        table=table,
        provision=row["provision"],
        source=row["source"],
        valid_from=row["valid_from"],
        valid_to=valid_to,
        confidence=row["confidence"],
        text=Words(**row["text"]),
        note=Words(**note) if note else None,
        own={key: row[key] for key in own if key in row},
    )


def _check_ids(file: str, tables: Tables) -> None:
    seen: set[str] = set()
    for rule in _every(tables):
        if rule.id in seen:
            raise BrokenRules(file, rule.table, "id", f"{rule.id} is used twice")
        seen.add(rule.id)


def _every(tables: Tables) -> Iterator[Rule]:
    for rules in tables.values():
        yield from rules


def _check_no_gap(file: str, table: str, rules: tuple[Rule, ...]) -> None:
    for earlier, later in pairwise(rules):
        if earlier.valid_to is None or earlier.valid_to > later.valid_from:
            raise BrokenRules(file, table, "valid_to", f"{earlier.id} and {later.id} hold at the same time")
        if earlier.valid_to < later.valid_from:
            raise BrokenRules(file, table, "valid_from", f"a gap between {earlier.id} and {later.id}")
