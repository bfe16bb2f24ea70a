"""Read a TOML file and remember on which line each table and key stands, so that a complaint can point there."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Place = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")
_SYNTAX = re.compile(r"^(?P<what>.*?)\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


class Unreadable(Exception):
    """The file is not TOML in UTF-8. `line` is 1 for the first line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


@dataclass(frozen=True)
class Document:
    """One TOML file: its name as shown to people, its data, and the line of each table and key."""

    name: str
    data: Mapping[str, Any]
    lines: Mapping[Place, int] = field(default_factory=dict)

    def line(self, *place: str | int) -> int:
        """The line of the nearest thing known at this place: the key, else its table, else line 1."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return 1


def read(path: Path) -> Document:
    """The file as a document. Raises `Unreadable` with line and reason, and OSError when there is no such file."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw[: wrong.start].count(b"\n") + 1
        raise Unreadable(line, "the file is not UTF-8 text; save it as UTF-8") from wrong
    return parse(text, name=str(path))


def parse(text: str, *, name: str) -> Document:
    """The text as a document. Raises `Unreadable`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise _unreadable(str(wrong), text) from wrong
    return Document(name=name, data=data, lines=_find_lines(text))


def _unreadable(message: str, text: str) -> Unreadable:
    found = _SYNTAX.match(message)
    if found is None:
        return Unreadable(1, message)
    line = int(found["line"]) if found["line"] else max(1, len(text.splitlines()))
    return Unreadable(line, f"this is not TOML: {found['what']}")


def _find_lines(text: str) -> dict[Place, int]:
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    inside = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside:
            if header := _HEADER.match(line):
                table = _enter(header[2].split("."), header[1] == "[[", counts)
                lines[table] = number
            elif key := _KEY.match(line):
                lines.setdefault((*table, key[1]), number)
        inside = _open_string(line, inside)
    return lines


def _enter(parts: list[str], is_row: bool, counts: dict[Place, int]) -> Place:
    place: Place = ()
    for part in parts[:-1]:
        place = (*place, part)
        if place in counts:
            place = (*place, counts[place] - 1)
    place = (*place, parts[-1])
    if not is_row:
        return place
    counts[place] = counts.get(place, 0) + 1
    return (*place, counts[place] - 1)


def _open_string(line: str, inside: str) -> str:
    """The quotation mark of the multi-line string that is open after this line, or nothing."""
    for mark in ('"""', "'''"):
        if inside in {"", mark} and line.count(mark) % 2:
            return "" if inside else mark
    return inside
