"""Read dated rules from TOML, and find the one that was in force on a day.

A file holds tables of rows (`[[table]]`). Each row is one rule during one time: `valid_from` is its first day,
`valid_to` the first day it no longer held (left out while it holds). Every family of rules has the same keys for
its ground; a family says with `own` which further keys its rows have. How to write one: docs/domain/law.md.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from hemvag.law import packs, reading
from hemvag.law.packs import DEFAULT, SWEDEN, Source, sources
from hemvag.law.reading import BrokenRules, Check, Words, day, flag, text, words

__all__ = [
    "CONFIDENCE",
    "DEFAULT",
    "SWEDEN",
    "BrokenRules",
    "Check",
    "NoRule",
    "Rule",
    "Source",
    "Tables",
    "Words",
    "day",
    "flag",
    "in_force",
    "load",
    "read",
    "sources",
    "text",
    "words",
]

CONFIDENCE = {
    "H": Words("Lagtexten är läst i sin helhet.", "the text of the statute was read in full"),
    "M": Words(
        "Läst i en sammanfattning, ett utdrag eller ett register.", "read in a summary, an excerpt or a register"
    ),
    "L": Words("Inte läst: en människa måste bekräfta det.", "not read; a person must confirm it"),
}


class NoRule(LookupError):
    """No rule is described for this question on this day."""


@dataclass(frozen=True)
class Rule:
    """One rule during one time: what it says in plain words, where it stands, and how surely that is known.

    `row` names the row of the table of rules it was taken from (C05, G06, IS-12), where it has one; `question` the
    open question that a lawyer has to settle.
    """

    id: str
    table: str
    provision: str
    source: str
    address: str
    valid_from: dt.date
    valid_to: dt.date | None
    confidence: str
    text: Words
    note: Words | None
    row: str
    question: str
    own: Mapping[str, Any]

    def held_on(self, day: dt.date) -> bool:
        """Whether the rule was in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


Tables = Mapping[str, tuple[Rule, ...]]


def load(path: Path, *, own: Mapping[str, Check] | None = None, one_at_a_time: bool = True) -> Tables:
    """The rules of a file by table, each table in order of time.

    `own` names the keys a family adds, each with a check that is given None when the key is left out. With
    `one_at_a_time` each table tells one story: a gap or an overlap between its rows is an error. Raises
    `BrokenRules` at the first thing wrong.
    """
    checks = {**_common(path.parent), **(own or {})}
    tables = {table: _in_order(path, table, rows, checks, own or {}) for table, rows in reading.tables(path).items()}
    _check_ids(path.name, tables)
    if one_at_a_time:
        for table, found in tables.items():
            _check_no_gap(path.name, table, found)
    return tables


def read(file: str, pack: str = DEFAULT, *, own: Mapping[str, Check] | None = None) -> Tables:
    """The tables of one file of a pack, with those of the pack it stands on.

    A table of the pack's own replaces the table of that name. Raises `packs.UnknownPack` and `BrokenRules`.
    """
    found: dict[str, tuple[Rule, ...]] = {}
    for folder in packs.folders(pack):
        if (folder / file).exists():
            found |= load(folder / file, own=own)
    _check_ids(file, found)
    return found


def in_force(rules: tuple[Rule, ...], day: dt.date) -> Rule:
    """The rule among these that held on the day. Raises `NoRule`."""
    for rule in reversed(rules):
        if rule.held_on(day):
            return rule
    raise NoRule(f"no rule in force on {day.isoformat()}")


def _known(known: Mapping[str, object], where: str, value: object) -> str | None:
    return None if isinstance(value, str) and value in known else f"name one that stands in {where}"


def _common(folder: Path) -> Mapping[str, Check]:
    return {
        "id": text,
        "provision": text,
        "source": partial(_known, sources(folder), "sources.toml"),
        "valid_from": day,
        "valid_to": reading.optional(day),
        "confidence": reading.one_of(CONFIDENCE),
        "text": words,
        "note": reading.optional(words),
        "row": reading.optional(text),
        "question": reading.optional(partial(_known, packs.questions(folder), "questions.toml")),
    }


def _in_order(
    path: Path, table: str, rows: list[dict[str, Any]], checks: Mapping[str, Check], own: Mapping[str, Check]
) -> tuple[Rule, ...]:
    found = (_rule(path, table, row, checks, own) for row in rows)
    return tuple(sorted(found, key=lambda rule: rule.valid_from))


def _rule(path: Path, table: str, row: dict[str, Any], checks: Mapping[str, Check], own: Mapping[str, Check]) -> Rule:
    reading.check_row(path.name, table, row, checks)
    valid_to = row.get("valid_to")
    if valid_to is not None and valid_to <= row["valid_from"]:
        raise BrokenRules(path.name, table, "valid_to", "must come after valid_from")
    note = row.get("note")
    return Rule(
        id=row["id"],
        table=table,
        provision=row["provision"],
        source=row["source"],
        address=sources(path.parent)[row["source"]].address,
        valid_from=row["valid_from"],
        valid_to=valid_to,
        confidence=row["confidence"],
        text=Words(**row["text"]),
        note=Words(**note) if note else None,
        row=row.get("row", ""),
        question=row.get("question", ""),
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
