"""Check the rows of a TOML document against a description of their fields, and collect every complaint at once."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from hemvag.lib.toml_lines import Document

Check = Callable[[Any], str | None]
"""Says what is wrong with a value, or nothing."""

_CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, order=True)
class Complaint:
    """One thing wrong in a file: where, and what to do about it in a sentence."""

    line: int
    table: str
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.table}.{self.field}" if self.field else self.table
        return f"{self.line}: {where}: {self.message}" if where else f"{self.line}: {self.message}"


@dataclass(frozen=True)
class Field:
    """What a row may hold under one name."""

    check: Check
    required: bool = True


@dataclass(frozen=True)
class Row:
    """One row that held: its place in the file and its values."""

    table: str
    index: int
    line: int
    values: Mapping[str, Any]


def guess(word: str, known: Iterable[str]) -> str:
    """A question to end a complaint with when the word is close to a known one, else nothing."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""


def check_names(document: Document, tables: Iterable[str]) -> list[Complaint]:
    """Complaints about tables that nobody reads."""
    known = set(tables)
    return [
        Complaint(_line_of(document, name), name, "", f"unknown table{guess(name, known)}")
        for name in document.data
        if name not in known
    ]


def _line_of(document: Document, name: str) -> int:
    return document.line(name) if (name,) in document.lines else document.line(name, 0)


def check_rows(
    document: Document, table: str, fields: Mapping[str, Field], *, required: bool = False
) -> tuple[list[Row], list[Complaint]]:
    """The rows of one table that hold, and the complaints about those that do not.

    A table may be written once as `[table]` or as rows `[[table]]`; a row with any complaint is left out.
    """
    found = document.data.get(table, [])
    single = isinstance(found, Mapping)
    rows = [found] if single else found
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return [], [Complaint(document.line(table), table, "", f"write it as rows that begin [[{table}]]")]
    if required and not rows:
        return [], [Complaint(1, table, "", "the table is missing")]
    kept: list[Row] = []
    complaints: list[Complaint] = []
    for index, values in enumerate(rows):
        place = (table,) if single else (table, index)
        wrong = [
            Complaint(document.line(*place, name), table, name, message) for name, message in row_faults(values, fields)
        ]
        complaints += wrong
        if not wrong:
            kept.append(Row(table, index, document.line(*place), values))
    return kept, complaints


def row_faults(values: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterable[tuple[str, str]]:
    """Each field at fault in one row, with what is wrong."""
    for name in values:
        if name not in fields:
            yield name, f"unknown field{guess(name, fields)}"
    for name, described in fields.items():
        if name not in values:
            if described.required:
                yield name, "missing"
        elif (wrong := described.check(values[name])) is not None:
            yield name, wrong


def text(value: Any) -> str | None:
    """Some text on one line or several."""
    return None if isinstance(value, str) and value.strip() else "write some text in quotation marks"


def code(value: Any) -> str | None:
    """A short name for machines."""
    fits = isinstance(value, str) and _CODE.fullmatch(value)
    return None if fits else f"{value!r} is not a code: small letters a-z, digits and _, beginning with a letter"


def day(value: Any) -> str | None:
    """A date written as TOML writes one."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return None
    if isinstance(value, str):
        try:
            date.fromisoformat(value)
        except ValueError:
            return f"{value!r} is not a date; write it as 2026-05-14, without quotation marks"
        return f"write the date without quotation marks: {value}"
    return f"{value!r} is not a date; write it as 2026-05-14"


def clock(value: Any) -> str | None:
    """A time of day written as TOML writes one."""
    return (
        None
        if isinstance(value, time)
        else f"{value!r} is not a time of day; write it as 09:00:00, without quotation marks"
    )


def flag(value: Any) -> str | None:
    """True or false."""
    return None if isinstance(value, bool) else f"write true or false, not {value!r}"


def whole(lowest: int, highest: int) -> Check:
    """A whole number between two, both included."""

    def check(value: Any) -> str | None:
        fits = isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest
        return None if fits else f"{value!r} is not a whole number from {lowest} to {highest}"

    return check


def one_of(choices: Sequence[str]) -> Check:
    """One of some words."""

    def check(value: Any) -> str | None:
        if value in choices:
            return None
        return f"{value!r} is none of {', '.join(choices)}{guess(str(value), choices)}"

    return check


def many(check_one: Check, *, empty: bool = False) -> Check:
    """A list where each item fits."""

    def check(value: Any) -> str | None:
        if not isinstance(value, list) or not (value or empty):
            return "write a list in square brackets"
        return next((wrong for item in value if (wrong := check_one(item)) is not None), None)

    return check


def pair(value: Any) -> str | None:
    """A text in Swedish and in English."""
    if isinstance(value, Mapping) and set(value) == {"sv", "en"} and all(text(part) is None for part in value.values()):
        return None
    return 'write it in both languages: { sv = "…", en = "…" }'
