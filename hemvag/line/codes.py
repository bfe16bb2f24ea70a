"""The coded fields of a contact: read from what was sent, checked against the content, and what closing still asks."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from hemvag.line.content import UNKNOWN, Choice, CodedField, content
from hemvag.line.models import Coded, Contact

ONE: Final = ("channel", "caller", "language", "interpreter", "about", "stage", "acute", "outcome")
SEVERAL: Final = ("age", "advice", "theme")
FIELDS: Final = (
    "caller",
    "about",
    "age",
    "stage",
    "theme",
    "acute",
    "advice",
    "outcome",
    "language",
    "interpreter",
    "channel",
)
"""In the order in which they are shown and asked for."""

PROFESSIONALS: Final = frozenset({"school", "health_care", "housing", "police", "other_professional"})
"""Callers who must report a child by their work (anmälningsskyldiga) as a rule; the gate reads them another text."""

_ENOUGH: Final = frozenset({"broken_off", "wrong_number"})
_NO_PERSON: Final = frozenset({"age", "stage"})

Value = str | list[str]


class NoSuchChoice(ValueError):
    """A code was sent that the content does not offer, or more of them than a field takes. `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def read(sent: Mapping[str, Any], *, before: Coded | None = None) -> dict[str, Value]:
    """Return every coded field from what was sent; a field not sent is empty. Raises NoSuchChoice.

    A choice no longer offered is kept where `before` has it. "Vet ej" beside another choice gives way to it.
    """
    fields = content().fields
    read_fields: dict[str, Value] = {}
    for name in ONE:
        chosen = _listed(sent.get(name, ""))
        _check(fields[name], chosen, _listed(getattr(before, name, "")), most=1)
        read_fields[name] = chosen[0] if chosen else ""
    for name in SEVERAL:
        chosen = _listed(sent.get(name, []))
        known = [code for code in chosen if code != UNKNOWN]
        _check(fields[name], chosen, _listed(getattr(before, name, [])), most=fields[name].most + 1)
        if len(known) > fields[name].most:
            raise NoSuchChoice(name)
        read_fields[name] = known or chosen
    return read_fields


def of(row: Coded) -> dict[str, Value]:
    """Return the coded fields of a row."""
    return {name: list(value) if name in SEVERAL else value for name in FIELDS for value in [getattr(row, name)]}


def offered(field: CodedField, held: Value = "") -> list[Choice]:
    """Return the choices of a field to show: those offered, and what the contact holds already."""
    kept = _listed(held)
    return [choice for choice in field.choices if choice.offered or choice.code in kept]


def said(name: str, value: Value, language: str) -> str:
    """Return what was chosen in words, or nothing."""
    names = {choice.code: choice.name.in_language(language) for choice in content().fields[name].choices}
    return ", ".join(names.get(code, code) for code in _listed(value))


def missing(contact: Contact) -> tuple[str, ...]:
    """Return the fields that closing still asks for; a call cut off or misdialled is asked for nothing else."""
    if contact.outcome in _ENOUGH:
        return ()
    skipped: set[str] = set()
    if contact.about == "nobody":
        skipped |= _NO_PERSON
    if contact.language == "swedish":
        skipped.add("interpreter")
    return tuple(name for name in FIELDS if name not in skipped and not getattr(contact, name))


def _listed(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return list(dict.fromkeys(str(one) for one in value if one)) if isinstance(value, Iterable) else []


def _check(field: CodedField, chosen: list[str], held: list[str], *, most: int) -> None:
    known = {choice.code for choice in field.choices if choice.offered} | set(held)
    if len(chosen) > most or not known.issuperset(chosen):
        raise NoSuchChoice(field.code)
