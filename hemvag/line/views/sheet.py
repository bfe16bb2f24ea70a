"""What the call sheet shows: phases and their clock, groups of choices with their keys, guidance, acute branches."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from hemvag.dossiers.opened import Opened
from hemvag.line import codes, contact, gate
from hemvag.line.content import UNKNOWN, Branch, Card, Content, Phase, Text, content
from hemvag.line.models import Contact

STAGE_BRANCHES: Mapping[str, str] = {"leaving": "child_leaving", "wants_out": "refer"}
"""The branch that a stage brings up beside the cards."""
ONE_DIGIT = 9


@dataclass(frozen=True, kw_only=True)
class Offered:
    """One choice on the sheet, with the digits that choose it."""

    code: str
    name: Text
    key: str
    chosen: bool
    iso: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """One coded field on the sheet."""

    code: str
    name: Text
    letter: str
    most: int
    several: bool
    choices: list[Offered]
    said: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One phase of the call, and whether it is the one that the clock has reached."""

    phase: Phase
    start: int
    now: bool


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A guidance card, and for whom it shows."""

    card: Card
    callers: str
    shown: bool


@dataclass(frozen=True, kw_only=True)
class Help:
    """What to do in one acute situation, and what brings it up."""

    branch: Branch
    acute: str
    stages: str
    shown: bool


def context(
    held: Contact, opened: Opened, at: dt.datetime, *, typed: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what the template shows; `typed` stands in for what is kept when it could not be saved."""
    conversations = contact.notes_of(held, opened)
    running, kept = conversations[-1]
    values: Mapping[str, Any] = typed if typed is not None else codes.of(held)
    minute = int((at - running.started_at).total_seconds() // 60)
    all_groups = {group.code: group for group in groups(values)}
    acute = all_groups.pop("acute")
    return {
        "contact": held,
        "reference": opened.dossier.reference,
        "running": running,
        "notes": values.get(contact.NOTES, kept.data["text"]),
        "version": (typed or {}).get("version", held.version),
        "earlier": [(row, piece.data["text"]) for row, piece in reversed(conversations[:-1])],
        "acute": acute,
        "groups": list(all_groups.values()),
        "open_group": "" if values.get("caller") else "caller",
        "minute": minute,
        "phases": phases(minute),
        "guides": guides(str(values.get("caller", ""))),
        "helps": helps(str(values.get("acute", "")), str(values.get("stage", ""))),
        "never_hang_up": content().phrases["never_hang_up"].text,
        "code_question": content().phrases["code_question"].text,
        "audience": gate.audience_of(held.caller),
        "letters": {key.act: key for key in content().keys if key.act},
        "at": at,
    }


def groups(values: Mapping[str, Any]) -> Iterator[Group]:
    """Give every coded field with its choices: those with a letter first, in the order of the keys."""
    known, language = content(), get_language() or "sv"
    letters = {key.field: key for key in known.keys if key.field}
    order = [*letters, *(name for name in codes.FIELDS if name not in letters)]
    for name in order:
        field = known.fields[str(name)]
        value = values.get(field.code, "")
        held = [value] if isinstance(value, str) else list(value)
        key = letters.get(field.code)
        yield Group(
            code=field.code,
            name=key.name if key else field.name,
            letter=key.letter if key else "",
            most=field.most,
            several=field.code in codes.SEVERAL,
            choices=_offered(field.code, held),
            said=codes.said(field.code, held, language),
        )


def _offered(name: str, held: list[str]) -> list[Offered]:
    choices = codes.offered(content().fields[name], held)
    two = sum(choice.code != UNKNOWN for choice in choices) > ONE_DIGIT
    return [
        Offered(
            code=choice.code,
            name=choice.name,
            key="0" if choice.code == UNKNOWN else _digits(place, two=two),
            chosen=choice.code in held,
            iso=" ".join(choice.iso),
        )
        for place, choice in enumerate(choices)
    ]


def _digits(place: int, *, two: bool) -> str:
    """Return the digits of a choice: 1 to 9, or 11 to 19, 21 to 29 … where there are more."""
    return f"{place // ONE_DIGIT + 1}{place % ONE_DIGIT + 1}" if two else str(place + 1)


def phases(minute: int) -> list[Step]:
    """Return the phases that take place during a call, with the one that is now."""
    running = [phase for phase in content().phases if phase.from_minute is not None]
    begun = [phase for phase in running if phase.from_minute is not None and phase.from_minute <= minute]
    now = begun[-1] if begun else running[0]
    return [Step(phase=phase, start=phase.from_minute or 0, now=phase is now) for phase in running]


def guides(caller: str) -> list[Guide]:
    """Return every card, with the callers it is for; a card without callers is for everyone."""
    return [
        Guide(card=card, callers=" ".join(sorted(card.callers)), shown=card.is_for(caller)) for card in content().cards
    ]


def helps(acute: str, stage: str) -> list[Help]:
    """Return every acute branch, with the choice and the stages that bring it up."""
    known: Content = content()
    found = []
    for branch in known.branches.values():
        stages = [code for code, brought in STAGE_BRANCHES.items() if brought == branch.code]
        shown = acute == branch.code or stage in stages
        found.append(Help(branch=branch, acute=branch.code, stages=" ".join(stages), shown=shown))
    return found
