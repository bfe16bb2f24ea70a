"""The report that an exercise leaves behind: numbers, gaps and what the leader wrote, without a name in it."""

import datetime as dt
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils import translation

from hemvag.config.exercise import measures, play
from hemvag.config.exercise.place import Space
from hemvag.config.exercise.scenario import Scenario
from hemvag.config.plain import Told
from hemvag.lib import clock
from hemvag.readiness import exercise_file, exercise_measures
from hemvag.readiness.models import Format, PlayFigure, PlayNote
from hemvag.staff.models import Worker

IN_PLACE: Final = "[namn]"
NUMBER_IN_PLACE: Final = "[nummer]"
SHORTEST: Final = 3
"""A word shorter than this is no name that anyone would know."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A report, and how many names and numbers were taken out of the leader's notes on the way."""

    report: exercise_file.Report
    taken_out: int


class Nameless:
    """Takes the names of the scenario's and the space's invented persons out of texts, and personal numbers; counts."""

    def __init__(self, names: Iterable[str]) -> None:
        words = sorted({word for name in names for word in name.split() if len(word) >= SHORTEST}, key=len)
        self._names = re.compile(rf"\b(?:{'|'.join(map(re.escape, reversed(words)))})s?\b") if words else None
        self.count = 0

    def __call__(self, text: str) -> str:
        """Return the text without them."""
        found = 0
        if self._names is not None:
            text, found = self._names.subn(IN_PLACE, text)
        text, numbers = exercise_file.NUMBER.subn(NUMBER_IN_PLACE, text)
        self.count += found + numbers
        return text[: exercise_file.LONGEST]


def make(space: Space, *, at: dt.datetime) -> Made:
    """End the exercise and return its report; again gives the same. Raises play.NotOn when it never began."""
    row = play.end(at=at)
    found = play.current()
    nameless = Nameless([*found.names(), *Worker.objects.values_list("name", flat=True)])
    notes = list(PlayNote.objects.all())
    taken = measures.taken(row, found, at)
    made = exercise_file.Report(
        space=space.id,
        name=nameless(space.name)[:200],
        held_on=clock.local(row.started_at).date(),
        format=Format.FUNCTION.value,
        scenario=f"{found.title['sv']}, {row.minutes} min"[:200],
        scope=found.scope,
        goals=found.goals,
        participants=_participants(),
        measures=taken,
        strengths=_joined(nameless, notes, found, PlayNote.Kind.DID),
        improvements=_joined(nameless, notes, found, PlayNote.Kind.UNCLEAR),
        gaps=_gaps(nameless, notes, taken),
    )
    return Made(report=made, taken_out=nameless.count)


def put(made: Made, path: Path) -> None:
    """Write the report to a new file, readable by its owner only. Raises Told when there is one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as wrong:
        raise Told(f"{path}: {wrong.strerror or wrong}") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(exercise_file.written(made.report))


def _participants() -> dict[str, int]:
    rows = PlayFigure.objects.filter(code=play.PARTICIPANTS).exclude(unit=None).select_related("unit")
    return {row.unit.name: row.value for row in rows if row.unit is not None}


def _joined(nameless: Nameless, notes: list[PlayNote], found: Scenario, kind: PlayNote.Kind) -> str:
    titles = {inject.code: inject.title["sv"] for inject in found.injects}
    lines = [
        f"{titles[note.inject]}: {note.words}" if note.inject in titles else note.words
        for note in notes
        if note.kind == kind
    ]
    return nameless("\n".join(lines))


def _gaps(nameless: Nameless, notes: list[PlayNote], taken: list[measures.Row]) -> list[str]:
    """Return what was missing: as the leader noted it, and every measure that missed its goal."""
    with translation.override("sv"):
        missed = exercise_measures.missed(taken)
    missing = [nameless(note.words) for note in notes if note.kind == PlayNote.Kind.MISSING]
    return [*missing, *missed][: exercise_file.MOST_ROWS]
