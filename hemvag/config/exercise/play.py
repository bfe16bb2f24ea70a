"""The exercise itself: start it, give an inject, note what happened, count, end it. Only in a space of its own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.conf import settings
from django.db import IntegrityError, transaction

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Unit
from hemvag.config.exercise import enter, scenario
from hemvag.config.exercise.scenario import Inject, Scenario
from hemvag.readiness import exercise_measures
from hemvag.readiness.models import InjectGiven, Play, PlayFigure, PlayNote
from hemvag.staff.models import Worker

PARTICIPANTS: Final = "participants"
GRACE: Final = dt.timedelta(minutes=5)
"""How long after its time an inject is now, before it is late."""
State = Literal["given", "late", "now", "soon", "next"]


class NotASpace(PermissionError):
    """This is no exercise's space, or the worker does not lead exercises."""


class NotOn(RuntimeError):
    """The exercise has not begun, or it has ended."""


class BegunAlready(RuntimeError):
    """The space has its exercise: one space, one exercise."""


class GivenAlready(RuntimeError):
    """The inject was given before."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """An inject as the leader sees it. `due` is when it is to be given, None before the start."""

    inject: Inject
    state: State
    due: dt.datetime | None
    given: InjectGiven | None
    notes: Sequence[PlayNote]


def start(found: Scenario, *, minutes: int, by: Worker, at: dt.datetime) -> Play:
    """Begin: the scenario's whole time passes in so many minutes. Raises NotASpace and BegunAlready."""
    _demand(by, at)
    try:
        with transaction.atomic():
            return Play.objects.create(scenario=found.code, minutes=minutes, started_at=at, by=by)
    except IntegrityError:
        raise BegunAlready from None


def give(inject: Inject, found: Scenario, *, by: Worker, at: dt.datetime) -> InjectGiven:
    """Give an inject; one that brings a report enters it as the reception would. Raises NotASpace, NotOn, GivenAlready.

    With the program's own entering, all or nothing is stored.
    """
    _demand(by, at)
    running()
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = InjectGiven.objects.create(code=inject.code, at=at, by=by)
        except IntegrityError:
            raise GivenAlready(inject.code) from None
        enter.report(inject, found, at=at)
    return row


def note(*, inject: str, kind: str, words: str, by: Worker, at: dt.datetime) -> PlayNote:
    """Note what the players did, what was unclear or what was missing. Raises NotASpace and NotOn."""
    _demand(by, at)
    running()
    return PlayNote.objects.create(inject=inject, kind=PlayNote.Kind(kind), words=words, by=by, at=at)


def count(*, code: str, value: int, of: int | None, by: Worker, at: dt.datetime) -> PlayFigure:
    """Enter a measure that the leader counted. Raises NotASpace, NotOn and ValueError for what no measure can be."""
    _demand(by, at)
    running()
    if not exercise_measures.is_row(exercise_measures.row(code, value, of=of)):
        raise ValueError(code)
    return PlayFigure.objects.create(code=code, value=value, of=of, by=by, at=at)


def took_part(unit: Unit, *, value: int, by: Worker, at: dt.datetime) -> PlayFigure:
    """Enter how many of a unit took part. Raises NotASpace and NotOn."""
    _demand(by, at)
    running()
    return PlayFigure.objects.create(code=PARTICIPANTS, unit=unit, value=value, by=by, at=at)


def end(*, at: dt.datetime) -> Play:
    """End the exercise; again changes nothing. Raises NotASpace and NotOn when it never began."""
    _demand_space()
    row = Play.objects.first()
    if row is None:
        raise NotOn
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
    return row


def running() -> Play:
    """Return the exercise that is on. Raises NotOn."""
    row = Play.objects.filter(ended_at=None).first()
    if row is None:
        raise NotOn
    return row


def current() -> Scenario:
    """Return the scenario that this space was opened for."""
    return scenario.read(scenario.path_of(settings.HEMVAG_EXERCISE_SCENARIO))


def clock_of(row: Play, found: Scenario, at: dt.datetime) -> dt.timedelta:
    """Return how long before or after the arrival it is in the scenario."""
    return found.injects[0].place + (at - row.started_at) * (found.length / dt.timedelta(minutes=row.minutes))


def cards(row: Play | None, found: Scenario, at: dt.datetime) -> list[Card]:
    """Return the injects as the leader sees them at a moment, in the order of their clock."""
    given = {one.code: one for one in InjectGiven.objects.all()}
    notes: dict[str, list[PlayNote]] = {}
    for one in PlayNote.objects.all():
        notes.setdefault(one.inject, []).append(one)
    made, ahead = [], 0
    for inject in found.injects:
        due = _due(row, found, inject)
        state = _state(due, at, is_given=inject.code in given, is_next=ahead < scenario.SOON)
        ahead += state == "soon"
        known = given.get(inject.code)
        made.append(Card(inject=inject, state=state, due=due, given=known, notes=notes.get(inject.code, [])))
    return made


def _due(row: Play | None, found: Scenario, inject: Inject) -> dt.datetime | None:
    if row is None:
        return None
    whole = dt.timedelta(minutes=row.minutes)
    return row.started_at + whole * ((inject.place - found.injects[0].place) / found.length)


def _state(due: dt.datetime | None, at: dt.datetime, *, is_given: bool, is_next: bool) -> State:
    if is_given:
        return "given"
    if due is None or due > at:
        return "soon" if is_next else "next"
    return "late" if due + GRACE < at else "now"


def _demand(by: Worker, at: dt.datetime) -> None:
    _demand_space()
    if not granted(by, at).has(Ability.READINESS_WORK):
        raise NotASpace(by.pk)


def _demand_space() -> None:
    if settings.HEMVAG_KIND != "exercise":
        raise NotASpace
