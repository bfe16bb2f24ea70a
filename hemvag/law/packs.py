"""Packs of rules: one folder a country, or a city that adds to its country's rules.

A pack is a folder beside `sweden`. Its `pack.toml` says with `stands_on` which pack it adds to; without the file it
adds to Sweden's, and with `stands_on = ""` it stands alone. A table of its own replaces the table of that name.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from hemvag.law import reading
from hemvag.law.reading import BrokenRules, Words

HOME = Path(__file__).parent
SWEDEN = HOME / "sweden"
DEFAULT = SWEDEN.name


class UnknownPack(LookupError):
    """There is no folder of rules with this name."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule was read."""

    key: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is not known of the law and only a lawyer can settle for the municipality."""

    key: str
    text: Words


def known() -> tuple[str, ...]:
    """Every pack's name."""
    return tuple(sorted(path.name for path in HOME.iterdir() if (path / "sources.toml").exists()))


def folders(pack: str) -> tuple[Path, ...]:
    """The folders whose rules make up a pack, the one it stands on first. Raises `UnknownPack`."""
    if pack not in known():
        raise UnknownPack(f"{pack!r} is no pack of rules; write one of {', '.join(known())}")
    return chain(HOME / pack)


@lru_cache(maxsize=64)
def chain(folder: Path) -> tuple[Path, ...]:
    """The folder with those it stands on, the lowest first. Raises `BrokenRules`."""
    path = folder / "pack.toml"
    below = DEFAULT if folder != SWEDEN else ""
    if path.exists():
        below = tomllib.loads(path.read_text(encoding="utf-8")).get("stands_on", below)
    if not below:
        return (folder,)
    if below not in known() or below == folder.name:
        raise BrokenRules("pack.toml", "", "stands_on", f"there is no pack {below} to stand on")
    return (*chain(HOME / below), folder)


@lru_cache(maxsize=64)
def sources(folder: Path = SWEDEN) -> Mapping[str, Source]:
    """Every source that rules in the folder may point to, by key. Raises `BrokenRules`."""
    checks = {"key": reading.text, "title": reading.text, "address": reading.text}
    found: dict[str, Source] = {}
    for table, row in _rows(folder, "sources.toml"):
        reading.check_row("sources.toml", table, row, checks)
        found[row["key"]] = Source(row["key"], row["title"], row["address"])
    return found


@lru_cache(maxsize=64)
def questions(folder: Path = SWEDEN) -> Mapping[str, Question]:
    """Every open question that rules in the folder may point to, by key. Raises `BrokenRules`."""
    checks = {"key": reading.text, "text": reading.words}
    found: dict[str, Question] = {}
    for table, row in _rows(folder, "questions.toml"):
        reading.check_row("questions.toml", table, row, checks)
        found[row["key"]] = Question(row["key"], Words(**row["text"]))
    return found


def _rows(folder: Path, file: str) -> list[tuple[str, dict[str, Any]]]:
    paths = [path for below in chain(folder) if (path := below / file).exists()]
    return [(table, row) for path in paths for table, rows in reading.tables(path).items() for row in rows]
