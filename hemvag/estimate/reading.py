"""Read counts from a table of text: one column of 0 and 1 for each list, then `count`.

Histories left out have count 0.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hemvag.estimate import faults
from hemvag.estimate.lists import MOST, Lists, written

COUNT = "count"
WHOLE = re.compile(r"\+?\d{1,12}")


@dataclass(frozen=True)
class Row:
    """One row: its line (the heading is 1), what stands in the columns that are no lists, history and count."""

    line: int
    others: tuple[str, ...]
    history: int
    count: int


@dataclass(frozen=True)
class Table:
    """A table that could be read: names of the lists, names of the columns that are no lists, and the rows."""

    names: tuple[str, ...]
    others: tuple[str, ...]
    rows: tuple[Row, ...]


def lists(text: str) -> Lists:
    """Read lists from the text of a CSV file.

    Raises `BadTable`, `BadCell` with line and column, or what `Lists` does.
    """
    found = table(text)
    counts = np.zeros(2 ** len(found.names), dtype=np.int64)
    for row in found.rows:
        counts[row.history] = row.count
    return Lists(found.names, counts)


def file(path: Path | str) -> Lists:
    """Read lists from a CSV file in UTF-8. Raises what `lists` does, and `OSError`."""
    try:
        return lists(Path(path).read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise faults.BadTable(1, "the file is no text in UTF-8") from None


def table(text: str, others: Collection[str] = ()) -> Table:
    """Read the rows of a CSV text (comma, semicolon or tab). Columns in `others` (area, sex) hold words.

    A history may stand once for each combination of the others. Raises `BadTable` and the kinds of `BadCell`.
    """
    lines = [(line, cells) for line, cells in split(text) if any(cells)]
    if not lines:
        raise faults.BadTable(1, "the table is empty")
    line, heading = lines[0]
    names = _names(line, heading, others)
    if len(names) < 2:
        raise faults.OneList(f"line {line}: at least two lists are needed, since it is their overlap that tells")
    if len(names) > MOST:
        raise faults.TooManyLists(len(names), MOST)
    rows: list[Row] = []
    first: dict[tuple[tuple[str, ...], int], int] = {}
    for number, cells in lines[1:]:
        row = _row(number, heading, cells, others)
        key = (row.others, row.history)
        if key in first:
            raise faults.GivenTwice(number, names[0], written(row.history, len(names)), first[key])
        first[key] = number
        rows.append(row)
    return Table(names, tuple(name for name in heading if name in others), tuple(rows))


def split(text: str) -> Iterator[tuple[int, list[str]]]:
    """Return each row with the number of its line, its cells stripped of blanks."""
    text = text.removeprefix("\ufeff")
    start = text.lstrip().split("\n", 1)[0]
    mark = max(",;\t", key=start.count)
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as wrong:
        raise faults.BadTable(reader.line_num, f"this is no table: {wrong}") from None


def _names(line: int, heading: list[str], others: Collection[str]) -> tuple[str, ...]:
    if not heading or heading[-1].casefold() != COUNT:
        raise faults.BadTable(line, f"the heading names the lists, and its last column is {COUNT}")
    if not all(heading):
        raise faults.BadTable(line, f"column {heading.index('') + 1} has no name")
    if missing := set(others) - set(heading):
        raise faults.BadTable(line, f"there is no column {min(missing)}")
    names = tuple(name for name in heading[:-1] if name not in others)
    for name in names:
        if names.count(name) > 1:
            raise faults.SameName(f"line {line}, column {name}: two lists have one name")
    return names


def _row(line: int, heading: list[str], cells: list[str], others: Collection[str]) -> Row:
    if len(cells) != len(heading):
        raise faults.BadTable(line, f"{len(heading)} columns are needed, and {len(cells)} stand there")
    history, place = 0, 0
    for name, cell in zip(heading[:-1], cells[:-1], strict=True):
        if name in others:
            continue
        if cell not in {"0", "1"}:
            raise faults.NotZeroOrOne(line, name, f"{cell!r} is neither 0 nor 1")
        history |= int(cell) << place
        place += 1
    count = whole_number(line, heading[-1], cells[-1])
    if history == 0 and count:
        raise faults.UnknownCounted(line, heading[-1], "those on no list are what is to be estimated; leave them out")
    return Row(line, tuple(c for n, c in zip(heading, cells, strict=True) if n in others), history, count)


def whole_number(line: int, column: str, cell: str) -> int:
    """Return what a cell says as a whole number from 0. Raises `NotACount` with line and column."""
    if WHOLE.fullmatch(cell):
        return int(cell)
    try:
        number = float(cell)
    except ValueError:
        raise faults.NotACount(line, column, f"{cell!r} is no number") from None
    why = "is negative" if number < 0 else "is no whole number of persons"
    raise faults.NotACount(line, column, f"{cell} {why}")
