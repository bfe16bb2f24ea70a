"""Read a file of reports as an older system exports them, CSV or JSON, and remember where each row stands."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from hemvag.lib.sheets import Fault

COLUMNS: Final[Mapping[str, str]] = {
    "anmälan": "report",
    "inkom": "day",
    "klockan": "time",
    "kanal": "channel",
    "anmälare": "source",
    "anmälarens_namn": "reporter_name",
    "organisation": "organisation",
    "titel": "title",
    "kontakt": "contact",
    "vill_ha_återkoppling": "feedback",
    "förnamn": "given",
    "efternamn": "family",
    "andra_stavningar": "spellings",
    "född": "born",
    "nummer": "number",
    "vistelse": "whereabouts",
    "vårdnadshavare": "guardians",
    "skydd": "protected",
    "område": "district",
    "annan_kommun": "elsewhere",
    "text": "text",
}
"""The columns as the file names them, and as this program does."""

REQUIRED: Final = ("inkom", "anmälare", "text")
MOST_LINES_A_ROW: Final = 400
MOST_IN_A_CELL: Final = 10_000_000


@dataclass(frozen=True)
class Row:
    """One row: the line it begins on, and its cells by this program's names."""

    line: int
    cells: Mapping[str, str]


@dataclass
class Sheet:
    """The rows that could be read, and what could not."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(raw: bytes, *, is_json: bool) -> Sheet:
    """Return the rows of a file in UTF-8 or Windows-1252, with commas, semicolons or tabs. Never raises."""
    sheet = Sheet()
    csv.field_size_limit(MOST_IN_A_CELL)
    lines = _lines(raw, sheet)
    if is_json:
        _read_json("\n".join(lines), sheet)
    else:
        _read_csv(lines, sheet)
    return sheet


def column(name: str) -> str:
    """Return the column that this program calls `name`, as the file names it."""
    return next((shown for shown, known in COLUMNS.items() if known == name), name)


def _lines(raw: bytes, sheet: Sheet) -> list[str]:
    """Decode line by line: where UTF-8 prevails the file is UTF-8, and what breaks it a fault; else Windows-1252."""
    pieces = re.split(rb"\r\n|\n|\r", raw.removeprefix(b"\xef\xbb\xbf"))
    beyond = [piece for piece in pieces if not piece.isascii()]
    whole = [piece for piece in beyond if _is_utf8(piece)]
    encoding = "utf-8" if len(whole) * 2 > len(beyond) or not beyond else "cp1252"
    lines = []
    for number, piece in enumerate(pieces, start=1):
        try:
            text = piece.decode(encoding)
        except UnicodeDecodeError as wrong:
            text = piece.decode(encoding, errors="replace")
            said = _("Ett tecken kan inte läsas (plats %(place)d). Spara filen som UTF-8 och rätta tecknet.")
            sheet.faults.append(Fault(number, "", said % {"place": wrong.start + 1}))
        if "\0" in text:
            sheet.faults.append(Fault(number, "", _("Raden har ett tecken som inte är text (NUL). Ta bort det.")))
        lines.append(text)
    return lines


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _read_csv(lines: Sequence[str], sheet: Sheet) -> None:
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        sheet.faults.append(Fault(1, "", _("Filen är tom.")))
        return
    comma = max(";,\t", key=lines[first].count)
    head = [name.strip().casefold().replace(" ", "_") for name in next(csv.reader([lines[first]], delimiter=comma))]
    if not _has_columns(head, first + 1, sheet):
        return
    spoiled = {fault.line for fault in sheet.faults}
    for line, cells in _records(lines, first + 1, comma, len(head), sheet):
        if line not in spoiled and any(cell.strip() for cell in cells):
            sheet.rows.append(Row(line, {COLUMNS[name]: cell.strip() for name, cell in zip(head, cells, strict=True)}))


def _has_columns(head: Sequence[str], line: int, sheet: Sheet) -> bool:
    before = len(sheet.faults)
    for name in head:
        if name not in COLUMNS:
            sheet.faults.append(Fault(line, name, _("Kolumnen är okänd. Kolumnerna står i docs/operate/intake.md.")))
    for name in REQUIRED:
        if name not in head:
            sheet.faults.append(Fault(line, name, _("Kolumnen saknas i rubriken.")))
    if len(set(head)) < len(head):
        sheet.faults.append(Fault(line, "", _("En kolumn står två gånger i rubriken.")))
    return len(sheet.faults) == before


def _records(
    lines: Sequence[str], start: int, comma: str, width: int, sheet: Sheet
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield each record with the line it begins on. A stray quotation mark spoils its own line and no other."""
    at = start
    while at < len(lines):
        for end in range(at + 1, min(at + MOST_LINES_A_ROW, len(lines)) + 1):
            text = "\n".join(lines[at:end])
            if text.count('"') % 2 == 0 and (cells := _cells(text, comma)) is not None and len(cells) == width:
                yield at + 1, cells
                at = end
                break
        else:
            _tell_why(lines[at], at + 1, comma, width, sheet)
            at += 1


def _cells(text: str, comma: str) -> Sequence[str] | None:
    try:
        found = list(csv.reader([text], delimiter=comma, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


def _tell_why(line: str, number: int, comma: str, width: int, sheet: Sheet) -> None:
    if not line.strip():
        return
    cells = _cells(line, comma)
    if line.count('"') % 2 or cells is None:
        sheet.faults.append(Fault(number, "", _("Ett citattecken är ensamt. Skriv två i rad inne i en text.")))
        return
    said = _("Raden har %(has)d fält, men rubriken har %(wanted)d.")
    sheet.faults.append(Fault(number, "", said % {"has": len(cells), "wanted": width}))


def _read_json(text: str, sheet: Sheet) -> None:
    """Read a list of objects one by one, so that each has its line."""
    decoder = json.JSONDecoder()
    place = _after(text, 0)
    if text[place : place + 1] != "[":
        sheet.faults.append(Fault(1, "", _("Filen ska vara en lista av anmälningar: [ {…}, {…} ].")))
        return
    place = _after(text, place + 1)
    while text[place : place + 1] not in {"]", ""}:
        line = text.count("\n", 0, place) + 1
        try:
            value, place = decoder.raw_decode(text, place)
        except json.JSONDecodeError as wrong:
            sheet.faults.append(
                Fault(wrong.lineno, "", _("Här är filen inte JSON: kontrollera komman och citattecken."))
            )
            return
        _add_object(value, line, sheet)
        place = _after(text, place)
        if text[place : place + 1] == ",":
            place = _after(text, place + 1)


def _after(text: str, place: int) -> int:
    return place + len(text[place:]) - len(text[place:].lstrip())


def _add_object(value: Any, line: int, sheet: Sheet) -> None:
    if not isinstance(value, dict):
        sheet.faults.append(Fault(line, "", _("Varje anmälan ska vara ett objekt: { … }.")))
        return
    before = len(sheet.faults)
    for name, cell in value.items():
        if name not in COLUMNS:
            sheet.faults.append(Fault(line, name, _("Fältet är okänt. Fälten står i docs/operate/intake.md.")))
        elif isinstance(cell, dict | list | bool):
            sheet.faults.append(Fault(line, name, _("Skriv en text, inte en lista eller ett objekt.")))
    for name in REQUIRED:
        if name not in value:
            sheet.faults.append(Fault(line, name, _("Fältet saknas.")))
    if len(sheet.faults) == before:
        cells = {COLUMNS[name]: "" if cell is None else str(cell).strip() for name, cell in value.items()}
        sheet.rows.append(Row(line, cells))
