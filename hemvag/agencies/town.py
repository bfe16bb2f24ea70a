"""A town as one file tells it: authorities, units, districts, on-call desk and support line, each with its days.

`docs/operate/municipality.md` says how to write the file. Reading it touches no database.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from hemvag.agencies import town_form as form
from hemvag.agencies.town_checks import faults_between
from hemvag.lib import rows, toml_lines
from hemvag.lib.rows import Complaint, Row

_HERE = Path(__file__).parent
PLACES = (_HERE / "municipalities", _HERE.parent.parent / "municipalities")
"""Where the published towns lie: in an installed package, and in a checkout."""

R = TypeVar("R")


class NoSuchTown(LookupError):
    """No published file has this name."""


class BadTown(Exception):
    """The file does not hold together. `complaints` are all of them, in the file's order."""

    def __init__(self, name: str, complaints: Iterable[Complaint]) -> None:
        self.name = name
        self.complaints = tuple(complaints)
        super().__init__("\n".join(f"{name}:{complaint}" for complaint in self.complaints))


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A fact with its days (`valid_to` is the first day it no longer holds), how sure it is and where it was read."""

    valid_from: dt.date
    valid_to: dt.date | None = None
    certainty: str
    source: str
    note: str = ""

    def in_force(self, on: dt.date) -> bool:
        """Whether the fact holds on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, kw_only=True)
class Authority(Dated):
    """A committee with its administration (nämnd)."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Unit(Dated):
    """A group of workers within one authority (enhet)."""

    code: str
    name: str
    authority: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class District(Dated):
    """A part of the town. `formed_from` are the districts whose ground it took over."""

    code: str
    name: str
    formed_from: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Catchment(Dated):
    """Which unit takes the children of a district."""

    unit: str
    district: str


@dataclass(frozen=True, kw_only=True)
class Gap(Dated):
    """Days on which a district has no unit, said on purpose: `note` says why."""

    district: str


@dataclass(frozen=True, kw_only=True)
class SupportLine(Dated):
    """The support line's number, or None where it is not known."""

    unit: str
    number: str | None


@dataclass(frozen=True, kw_only=True)
class OpeningHours(Dated):
    """When a unit answers on some days of the week, by the clock in Sweden.

    `closes` is the first minute it is closed; midnight there is the end of the day.
    """

    unit: str
    days: tuple[str, ...]
    opens: dt.time
    closes: dt.time
    closed_on_holidays: bool


@dataclass(frozen=True, kw_only=True)
class ResearchException(Dated):
    """Whose dossiers are kept for research when others are erased: everyone's, or those born on some days."""

    keeps: str
    born_on: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Town:
    """A municipality with everything its file says.

    `number` is Statistics Sweden's code (kommunkod); cases are routed by the file from `routing_from`.
    """

    code: str
    name: str
    number: str
    county: str
    routing_from: dt.date
    text: str = field(repr=False)
    research_exceptions: tuple[ResearchException, ...]
    authorities: tuple[Authority, ...]
    units: tuple[Unit, ...]
    districts: tuple[District, ...]
    catchments: tuple[Catchment, ...]
    gaps: tuple[Gap, ...]
    support_lines: tuple[SupportLine, ...]
    opening_hours: tuple[OpeningHours, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the file's text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def hours_of(self, unit: str) -> tuple[OpeningHours, ...]:
        """The opening hours of a unit, of all times."""
        return tuple(hours for hours in self.opening_hours if hours.unit == unit)


def published(name: str) -> Path:
    """The published file of a town, such as `malmo`. Raises `NoSuchTown` naming those there are."""
    for folder in PLACES:
        if (folder / f"{name}.toml").is_file():
            return folder / f"{name}.toml"
    there_are = sorted({path.stem for folder in PLACES for path in folder.glob("*.toml")} - {"template"})
    raise NoSuchTown(f"no published town {name}; there are {', '.join(there_are)}")


def read(path: Path) -> Town:
    """The town a file tells of. Raises `BadTown` with every fault, and OSError when there is no such file."""
    try:
        document = toml_lines.read(path)
    except toml_lines.Unreadable as wrong:
        raise BadTown(str(path), [Complaint(wrong.line, "", "", wrong.what)]) from wrong
    tables, complaints = _tables(document)
    complaints += faults_between(tables)
    if complaints:
        raise BadTown(document.name, sorted(set(complaints)))
    return _build(tables, path.read_text("utf-8-sig"))


def _tables(document: toml_lines.Document) -> tuple[dict[str, list[Row]], list[Complaint]]:
    complaints = rows.check_names(document, form.TABLES)
    tables: dict[str, list[Row]] = {}
    for table, fields in form.TABLES.items():
        tables[table], wrong = rows.check_rows(document, table, fields, required=table in form.REQUIRED)
        complaints += wrong
    if len(tables["municipality"]) > 1:
        complaints.append(Complaint(tables["municipality"][1].line, "municipality", "", "a file tells of one town"))
    return tables, complaints


def _build(tables: Mapping[str, list[Row]], text: str) -> Town:
    def made(table: str, kind: type[R]) -> tuple[R, ...]:
        return tuple(kind(**_frozen(row.values)) for row in tables[table])

    (municipality,) = tables["municipality"]
    return Town(
        **municipality.values,
        text=text,
        research_exceptions=made("research_exceptions", ResearchException),
        authorities=made("authorities", Authority),
        units=made("units", Unit),
        districts=made("districts", District),
        catchments=made("catchments", Catchment),
        gaps=made("gaps", Gap),
        support_lines=made("support_lines", SupportLine),
        opening_hours=made("opening_hours", OpeningHours),
    )


def _frozen(values: Mapping[str, Any]) -> dict[str, Any]:
    frozen = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    if frozen.get("number") == form.UNKNOWN_NUMBER:
        frozen["number"] = None
    return frozen
