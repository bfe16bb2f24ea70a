"""What the support line says and asks, read from TOML files that a municipality may replace one by one.

The files lie in `content/` beside this module. A folder named by `HEMVAG_LINE_CONTENT` may hold its own version
of any of them. `docs/domain/line.md` says what each holds.
"""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from hemvag.lib import folders
from hemvag.lib.rows import Complaint, Row
from hemvag.line import content_form as form

PUBLISHED = Path(__file__).parent / "content"
UNKNOWN = "unknown"
"""The choice every coded field has (vet ej)."""


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

    def in_language(self, language: str) -> str:
        """English for English, Swedish for everything else."""
        return self.en if language.split("-", maxsplit=1)[0] == "en" else self.sv


@dataclass(frozen=True)
class Phase:
    """One part of a call, with the minutes it usually takes."""

    code: str
    name: Text
    do: Text
    screen: Text
    from_minute: int | None = None
    to_minute: int | None = None


@dataclass(frozen=True)
class Key:
    """One letter of the command row: it opens a coded field or begins an act."""

    letter: str
    name: Text
    field: str | None = None
    act: str | None = None


@dataclass(frozen=True)
class Choice:
    """One answer of a coded field."""

    field: str
    code: str
    name: Text
    from_age: int | None = None
    to_age: int | None = None
    helpline_category: str | None = None
    reported_by: str | None = None
    offered: bool = True
    iso: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodedField:
    """One question about a contact that is answered with codes, never with words about a person."""

    code: str
    name: Text
    most: int
    choices: tuple[Choice, ...]

    def choice(self, code: str) -> Choice:
        """The choice with this code. Raises KeyError."""
        return {choice.code: choice for choice in self.choices}[code]


@dataclass(frozen=True)
class Card:
    """Lines a counsellor may say to one kind of caller (samtalsstöd)."""

    code: str
    name: Text
    callers: frozenset[str]
    lines: tuple[Text, ...]

    def is_for(self, caller: str) -> bool:
        """Whether the card is for this kind of caller; a card for nobody in particular is for all."""
        return not self.callers or caller in self.callers


@dataclass(frozen=True)
class Number:
    """A telephone number to give or ring, with how sure it is and when it was last looked up."""

    code: str
    number: str
    name: Text
    always_open: bool
    checked: date
    certainty: str
    source: str


@dataclass(frozen=True)
class Branch:
    """What to do in one acute situation (akut läge), step by step."""

    code: str
    name: Text
    steps: tuple[Text, ...]
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class GateText:
    """The words read before a child is named, for one audience and one time (innan barnet nämns)."""

    audience: str
    version: int
    text: Text
    valid_from: date
    valid_to: date | None
    source: str

    def in_force(self, on: date) -> bool:
        """Whether these are the words of that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class Phrase:
    """A sentence with a fixed use, such as the question asked when a return code is found."""

    code: str
    text: Text
    provision: str | None = None


@dataclass(frozen=True)
class Digit:
    """One digit of a return code: how it is read aloud and what is understood as it."""

    digit: int
    read: Text
    heard: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """Everything the line says and asks. Orders are those of the files."""

    phases: tuple[Phase, ...]
    keys: tuple[Key, ...]
    fields: Mapping[str, CodedField]
    cards: tuple[Card, ...]
    branches: Mapping[str, Branch]
    numbers: Mapping[str, Number]
    gate: tuple[GateText, ...]
    limits: tuple[Phrase, ...]
    phrases: Mapping[str, Phrase]
    digits: tuple[Digit, ...]

    def cards_for(self, caller: str) -> tuple[Card, ...]:
        """The cards to show, in order; for an unknown caller only the first words to everyone."""
        return tuple(card for card in self.cards if card.is_for(caller))

    def gate_text(self, audience: str, *, on: date) -> GateText:
        """The words for an audience on a day. Raises LookupError before the first words there are."""
        for text in self.gate:
            if text.audience == audience and text.in_force(on):
                return text
        raise LookupError(f"no gate text for {audience} on {on}")


@functools.cache
def content() -> Content:
    """The content of this installation. Raises `BadContent`."""
    folder: str = settings.HEMVAG_LINE_CONTENT
    return load(Path(folder) if folder else None)


def load(override: Path | None = None) -> Content:
    """The published content, with each file replaced that the folder holds. Raises `BadContent` with all faults."""
    complaints = folders.strangers(override, form.FILES)
    tables: dict[str, list[Row]] = {}
    for name, described in form.FILES.items():
        path = folders.chosen(name, override, PUBLISHED)
        found, wrong = folders.read(path, described)
        tables |= found
        complaints += [(str(path), complaint) for complaint in wrong]
    if not complaints:
        for name, complaint in form.faults_between(tables):
            complaints.append((str(folders.chosen(name, override, PUBLISHED)), complaint))
    if complaints:
        raise BadContent(complaints)
    return _build(tables)


def _build(tables: Mapping[str, list[Row]]) -> Content:
    def made(table: str, kind: Any, **changes: Any) -> tuple[Any, ...]:
        return tuple(kind(**_typed(row.values, changes)) for row in tables[table])

    numbers: dict[str, Number] = {number.code: number for number in made("numbers", Number)}
    return Content(
        phases=made("phases", Phase),
        keys=made("keys", Key),
        fields={field.code: field for field in _fields(tables)},
        cards=made("cards", Card, callers=frozenset, lines=_texts),
        branches={
            branch.code: branch
            for branch in made(
                "branches", Branch, steps=_texts, numbers=lambda codes: tuple(numbers[code] for code in codes)
            )
        },
        numbers=numbers,
        gate=tuple(
            GateText(valid_to=values.pop("valid_to", None), **values)
            for values in (_typed(row.values, {}) for row in tables["gate"])
        ),
        limits=made("limits", Phrase),
        phrases={phrase.code: phrase for phrase in made("phrases", Phrase)},
        digits=made("digits", Digit, heard=lambda words: tuple(word.casefold() for word in words)),
    )


def _fields(tables: Mapping[str, list[Row]]) -> Iterable[CodedField]:
    (unknown,) = tables["unknown"]
    for row in tables["fields"]:
        code = row.values["code"]
        choices = [
            Choice(**_typed({"iso": (), **choice.values}, {"iso": tuple}))
            for choice in tables["choices"]
            if choice.values["field"] == code
        ]
        choices.append(Choice(field=code, code=UNKNOWN, name=Text(**unknown.values["name"])))
        yield CodedField(choices=tuple(choices), **_typed(row.values, {}))


def _typed(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row, with pairs made texts and lists made what the row's kind wants."""
    typed = {name: Text(**value) if isinstance(value, Mapping) else value for name, value in values.items()}
    return typed | {name: change(values[name]) for name, change in changes.items()}


def _texts(pairs: Iterable[Mapping[str, str]]) -> tuple[Text, ...]:
    return tuple(Text(**pair) for pair in pairs)
