"""What the directory and the checklist are made of, read from TOML files that a municipality may replace one by one.

The files lie in `content/` beside this module. A folder named by `HEMVAG_READINESS_CONTENT` may hold its own version
of any of them.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.core import UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language

from hemvag.agencies.models import Unit
from hemvag.lib import folders
from hemvag.lib.rows import Complaint, Field, Row, code, flag, many, one_of, pair, text

PUBLISHED: Final = Path(__file__).parent / "content"
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"
FILES: Final[Mapping[str, Mapping[str, Mapping[str, Field]]]] = {
    "needs.toml": {
        "needs": {"code": Field(code), "letter": Field(one_of(LETTERS)), "name": Field(pair)},
        "languages": {"code": Field(text), "name": Field(pair, required=False)},
    },
    "checklist.toml": {
        "items": {
            "code": Field(code),
            "must": Field(flag),
            "units": Field(many(one_of(Unit.Kind.values)), required=False),
            "name": Field(pair),
        }
    },
}


class BadContent(Exception):
    """The files do not hold together. `complaints` has each file's name with what is wrong in it."""

    def __init__(self, complaints: Iterable[tuple[str, Complaint]]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(f"{name}:{complaint}" for name, complaint in self.complaints))


@dataclass(frozen=True)
class Text:
    """The same words in Swedish and in English."""

    sv: str
    en: str

    def __str__(self) -> str:
        """The words in the reader's language."""
        return self.en if (get_language() or "sv").startswith("en") else self.sv


@dataclass(frozen=True)
class Need:
    """What a service may be sought for; `letter` and `digit` (or "") are the keys that choose it."""

    code: str
    letter: str
    name: Text
    digit: str = ""


@dataclass(frozen=True)
class Item:
    """One thing that a unit has ready, and the kinds of unit that answer it (all when there is none)."""

    code: str
    must: bool
    name: Text
    units: frozenset[str] = frozenset()

    def is_for(self, kind: str) -> bool:
        """Say whether units of this kind answer it."""
        return not self.units or kind in self.units


@dataclass(frozen=True)
class Content:
    """Needs, languages and checklist, in the order of their files."""

    needs: Mapping[str, Need]
    languages: Mapping[str, Text]
    items: Mapping[str, Item]

    def need(self, code: str) -> str:
        """Return the name of a need; one that the files no longer have is called by its code."""
        found = self.needs.get(code)
        return str(found.name) if found else code

    def language(self, code: str) -> str:
        """Return the name of a language; one that the files no longer have is named by babel or by its code."""
        return str(self.languages.get(code) or _named(code))


@functools.cache
def content() -> Content:
    """Return the content of this installation. Raises BadContent."""
    folder: str = settings.HEMVAG_READINESS_CONTENT
    return load(Path(folder) if folder else None)


def load(override: Path | None = None) -> Content:
    """Return the published content, with each file replaced that the folder holds. Raises BadContent, all faults."""
    complaints = folders.strangers(override, {path.name for path in PUBLISHED.glob("*.toml")})
    tables: dict[str, Sequence[Row]] = {}
    for name, described in FILES.items():
        path = folders.chosen(name, override, PUBLISHED)
        found, wrong = _read(path, described)
        tables |= found
        complaints += [(str(path), one) for one in wrong]
    if complaints:
        raise BadContent(complaints)
    return _build(tables)


def _read(path: Path, described: Mapping[str, Mapping[str, Field]]) -> tuple[dict[str, list[Row]], list[Complaint]]:
    found, complaints = folders.read(path, described)
    for table, fields in described.items():
        for field in {"code", "letter"} & set(fields):
            complaints += _doubles(found.get(table, ()), field)
    complaints += [
        Complaint(row.line, "languages", "code", f"no language {row.values['code']!r} is known: write its name too")
        for row in found.get("languages", [])
        if "name" not in row.values and not _is_known(row.values["code"])
    ]
    return found, sorted(complaints)


def _doubles(found: Sequence[Row], field: str) -> Iterable[Complaint]:
    seen: dict[str, int] = {}
    for row in found:
        first = seen.setdefault(row.values[field], row.line)
        if first != row.line:
            yield Complaint(row.line, row.table, field, f"{row.values[field]!r} stands already on line {first}")


def _build(tables: Mapping[str, Sequence[Row]]) -> Content:
    needs = [_typed(row) for row in tables["needs"]]
    return Content(
        needs={
            row["code"]: Need(**row, digit=str(place) if place < 10 else "") for place, row in enumerate(needs, start=1)
        },
        languages={
            row["code"]: row.get("name") or _named(row["code"]) for row in (_typed(row) for row in tables["languages"])
        },
        items={
            row["code"]: Item(**row | {"units": frozenset(row.get("units", ()))})
            for row in (_typed(row) for row in tables["items"])
        },
    )


def _typed(row: Row) -> dict[str, Any]:
    return {name: Text(**value) if isinstance(value, Mapping) else value for name, value in row.values.items()}


def _is_known(language: str) -> bool:
    return _named(language).sv != language


def _named(language: str) -> Text:
    """Return what babel calls a language, or the code itself."""
    try:
        names = [Locale(tongue).languages.get(language, language) for tongue in ("sv", "en")]
    except UnknownLocaleError:
        return Text(language, language)
    return Text(*names)
