"""Read tables of rows from TOML and check each value, so that an error names file, table and key."""

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Check = Callable[[object], str | None]
"""Says what is wrong with a value, or None."""


class BrokenRules(Exception):
    """A file of rules that may not be used. Says the file, the table and the key."""

    def __init__(self, file: str, table: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: [[{table}]] {key}: {reason}")
        self.file, self.table, self.key, self.reason = file, table, key, reason


@dataclass(frozen=True, slots=True)
class Words:
    """The same plain words in Swedish and English."""

    sv: str
    en: str

    def said_in(self, language: str) -> str:
        """The words in this language; Swedish unless it is English."""
        return self.en if language.startswith("en") else self.sv


def tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every table of a file as its rows. Raises `BrokenRules`."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BrokenRules(path.name, "", "", str(wrong)) from wrong
    for table, rows in data.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise BrokenRules(path.name, table, "", f"write it as rows that begin [[{table}]]")
    return data


def check_row(file: str, table: str, row: Mapping[str, Any], checks: Mapping[str, Check]) -> None:
    """Check every key of a row. Raises `BrokenRules` for a value that is wrong and a key nobody knows."""
    for key in row:
        if key not in checks:
            raise BrokenRules(file, table, key, "unknown key")
    for key, check in checks.items():
        value = row.get(key)
        wrong = check(value)
        if wrong is not None:
            raise BrokenRules(file, table, key, "missing" if value is None else wrong)


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


def number(value: object) -> str | None:
    """A whole number above nought."""
    fits = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return None if fits else "write a whole number above nought"


def optional(check: Check) -> Check:
    """The same check, passed by a key that is left out."""
    return lambda value: None if value is None else check(value)


def one_of(known: Mapping[str, object] | frozenset[str]) -> Check:
    """One of these words."""
    wrong = f"write one of {', '.join(known)}"
    return lambda value: None if isinstance(value, str) and value in known else wrong


def some_of(known: Mapping[str, object] | frozenset[str]) -> Check:
    """A list of one or more of these words, none twice."""

    def check(value: object) -> str | None:
        if not isinstance(value, list) or not value:
            return f"write a list of {', '.join(known)}"
        for one in value:
            if one not in known:
                return f"{one} is not one of {', '.join(known)}"
        return "the same word twice" if len(set(value)) < len(value) else None

    return check
