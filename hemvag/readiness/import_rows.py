"""Take services in from a file, all rows or none, with each fault told by its line and column."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from hemvag.agencies.models import District, Municipality, Unit
from hemvag.lib import clock, dates
from hemvag.lib.sheets import Fault
from hemvag.readiness import enter, entries
from hemvag.readiness.content import content
from hemvag.readiness.facts import NotYours, Wrong
from hemvag.readiness.find import fold
from hemvag.readiness.import_file import COLUMNS
from hemvag.readiness.models import Paper, Secrecy
from hemvag.readiness.resource_forms import FAULTS, ResourceForm
from hemvag.readiness.said import LISTS, Said
from hemvag.staff.models import Worker

REQUIRED: Final = ("namn", "behov", "kontakt")
PAPER: Final = {"": Paper.YES, "ja": Paper.YES, "nej": Paper.NO, "skyddad": Paper.PROTECTED}
SECRECY: Final = {"": Secrecy.UNKNOWN, "inom": Secrecy.INSIDE, "utanfor": Secrecy.OUTSIDE, "okant": Secrecy.UNKNOWN}
MOST_ROWS: Final = 5000


@dataclass
class Taken:
    """How many services were stored, or why none was."""

    stored: int = 0
    faults: list[Fault] = field(default_factory=list)


def take_in(raw: bytes, *, municipality: Municipality, by: Worker, at: dt.datetime) -> Taken:
    """Store every row of a file as a service, or none of them.

    A service of the same name and owner that is here already is a fault, so that a file taken in twice adds nothing.
    """
    taken = Taken()
    rows = _rows(raw, taken.faults)
    reader = _Reader(municipality, at)
    read = [(line, said) for line, cells in rows if (said := reader.said(line, cells, taken.faults)) is not None]
    if taken.faults:
        taken.faults.sort()
        return taken
    with transaction.atomic():
        for line, said in read:
            keeper = said.unit
            try:
                enter.enter(said, municipality=municipality, keeper=keeper, by=by, at=at)
            except NotYours:
                taken.faults.append(Fault(line, "enhet", _("Du svarar inte för den enheten.")))
            except Wrong as wrong:
                taken.faults.append(Fault(line, column(wrong.field), str(FAULTS.get(wrong.field, ""))))
        if taken.faults:
            transaction.set_rollback(True)
            return taken
    return replace(taken, stored=len(read))


def column(name: str) -> str:
    """Return the column that this program calls `name`, as the file names it."""
    return next((shown for shown, known in COLUMNS.items() if known == name), name)


def _rows(raw: bytes, faults: list[Fault]) -> list[tuple[int, Mapping[str, str]]]:
    """Return each row with the line it begins on; semicolons or commas, UTF-8 or Windows-1252."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    table = _lines(io.StringIO(text, newline=""), max(";,\t", key=first.count), faults)
    head = [name.strip().casefold().replace(" ", "_") for name in next(table, (1, []))[1]]
    faults += [Fault(1, name, _("Kolumnen är okänd.")) for name in head if name not in COLUMNS]
    faults += [Fault(1, name, _("Kolumnen saknas i rubriken.")) for name in REQUIRED if name not in head]
    if len(set(head)) < len(head):
        faults.append(Fault(1, "", _("En kolumn står två gånger i rubriken.")))
    if faults:
        return []
    found: list[tuple[int, Mapping[str, str]]] = []
    for begins, cells in table:
        if any(cell.strip() for cell in cells):
            if len(cells) == len(head):
                found.append((begins, dict(zip(head, map(_plain, cells), strict=True))))
            else:
                said = _("Raden har %(has)d fält, men rubriken har %(wanted)d.")
                faults.append(Fault(begins, "", said % {"has": len(cells), "wanted": len(head)}))
    if len(found) > MOST_ROWS:
        faults.append(Fault(1, "", _("Filen har fler än %(most)d rader. Dela den.") % {"most": MOST_ROWS}))
    return found


def _lines(text: io.StringIO, delimiter: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Give the cells of each row with the line it begins on, until one cannot be read."""
    table = csv.reader(text, delimiter=delimiter)
    begins = 1
    try:
        for cells in table:
            yield begins, cells
            begins = table.line_num + 1
    except csv.Error:
        faults.append(Fault(begins, "", _("Ett fält på raden är för långt. Saknas ett citattecken?")))


def _plain(cell: str) -> str:
    """Return a cell without the mark that keeps spreadsheets from taking it for a formula."""
    stripped = cell.strip()
    return stripped[1:] if stripped[:1] == "'" and stripped[1:2] in {"=", "+", "-", "@"} else stripped


class _Reader:
    """Reads rows with the rules that hold for a service that is typed."""

    def __init__(self, municipality: Municipality, at: dt.datetime) -> None:
        self._municipality = municipality
        self._today = clock.local(at).date()
        known = content()
        units = Unit.objects.on(self._today).filter(authority__municipality=municipality)
        districts = District.objects.on(self._today).filter(municipality=municipality)
        self._codes: dict[str, dict[str, str]] = {
            "unit": _named((str(unit.id), unit.code, unit.name) for unit in units),
            "needs": _named((code, code, need.name.sv) for code, need in known.needs.items()),
            "languages": _named((code, code, name.sv) for code, name in known.languages.items()),
            "districts": _named((row.code, row.code, row.name) for row in districts),
        }
        self._seen = {
            (fold(one.version.name), str(one.version.unit_id or fold(one.version.organisation)))
            for one in entries.of_town(municipality, on=self._today)
        }

    def said(self, line: int, cells: Mapping[str, str], faults: list[Fault]) -> Said | None:
        """Return what a row says, or None after adding what is wrong with it."""
        before = len(faults)

        def tell(name: str, message: object) -> None:
            faults.append(Fault(line, column(name), str(message)))

        values = {COLUMNS[shown]: cell for shown, cell in cells.items()}
        data = self._typed(values, tell)
        form = ResourceForm(data, municipality=self._municipality, keepers={"": ""})
        if not form.is_valid():
            for name, wrong in form.errors.items():
                tell(name, " ".join(map(str, wrong)))
        capacity = self._capacity(values, tell)
        if len(faults) > before:
            return None
        said = replace(form.said(None), **capacity)
        key = fold(said.name), str(said.unit.id if said.unit else fold(said.organisation))
        if key in self._seen:
            tell("name", _("Verksamheten finns redan i katalogen, eller på en rad ovanför."))
            return None
        self._seen.add(key)
        return said

    def _typed(self, values: Mapping[str, str], tell: Callable[[str, object], None]) -> dict[str, Any]:
        """Return the row as a keeper would have typed it."""
        data: dict[str, Any] = {name: value for name, value in values.items() if name not in {"unit", *LISTS}}
        for name in LISTS:
            data[name] = self._several(name, values.get(name, ""), tell)
        unit = values.get("unit", "")
        data["unit"] = self._codes["unit"].get(fold(unit), "")
        if unit and not data["unit"]:
            tell("unit", _("Enheten finns inte i kommunen den här dagen."))
        for name, known in (("paper", PAPER), ("secrecy", SECRECY)):
            value = fold(values.get(name, ""))
            data[name] = known.get(value, value)
        return data | {"seen": "0", "keeper": ""}

    def _several(self, name: str, cell: str, tell: Callable[[str, object], None]) -> list[str]:
        """Return the codes in a cell: codes with spaces between, or names with commas or | between."""
        found = []
        for word in _words(cell, self._codes[name]):
            code = self._codes[name].get(fold(word))
            if code is None:
                tell(name, _("%(word)s är okänt.") % {"word": word})
            else:
                found.append(code)
        return found

    def _capacity(self, values: Mapping[str, str], tell: Callable[[str, object], None]) -> dict[str, Any]:
        """Return free places, all, and the day they were said: today when the file does not say."""
        found: dict[str, Any] = {}
        for name in ("free", "total"):
            cell = values.get(name, "")
            if cell and not (cell.isdecimal() and len(cell) < 5):
                tell(name, _("Skriv ett helt tal, eller lämna tomt."))
            found[name] = int(cell) if cell.isdecimal() and len(cell) < 5 else None
        if found["free"] is None:
            return found | {"said_on": None}
        if found["total"] is not None and found["free"] > found["total"]:
            tell("free", FAULTS["free"])
        try:
            day = dates.parse_date(values.get("said_on") or "i dag", today=self._today)
        except dates.NotADate:
            tell("said_on", _("Skriv datumet så här: 2026-05-14."))
            day = self._today
        return found | {"said_on": day}


def _named(rows: Any) -> dict[str, str]:
    """Return the code by each of the words that stand for it."""
    return {fold(word): code for code, *words in rows for word in words}


def _words(cell: str, known: Mapping[str, str]) -> Sequence[str]:
    parts = [part.strip() for part in cell.replace("|", ",").split(",") if part.strip()]
    return [word for part in parts for word in ([part] if fold(part) in known else part.split())]
