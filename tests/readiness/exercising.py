"""Exercises as the coordinator writes them in, for tests that need one."""

import datetime as dt
import uuid

from hemvag.lib import clock
from hemvag.readiness import exercise_file, exercise_measures, exercise_verbs
from hemvag.readiness.models import Exercise, ExerciseGap
from tests.conftest import Town


def held(town: Town, *, days_ago: int = 0, format: str = "seminar", name: str = "Höstövning") -> Exercise:  # noqa: A002
    """An exercise that was held some days ago, without a report."""
    return exercise_verbs.hold(
        authority=town.authority.id,
        name=name,
        held_on=clock.today() - dt.timedelta(days=days_ago),
        format=format,
        scenario="",
        scope="Mottagningen och socialjouren.",
        goals="En plan inom en timme.",
        by=town.workers["coordinator"],
        at=clock.now(),
    )


def gap(town: Town, of: Exercise | None = None) -> ExerciseGap:
    """Something that was missing, which nobody owns yet."""
    facts = {"missing": "Ingen visste vem som har jourlistan.", "action": "Häng upp den."}
    return exercise_verbs.list_gap(of or held(town), by=town.workers["coordinator"], at=clock.now(), **facts)


def sent(**facts: object) -> exercise_file.Report:
    """A report as an exercise's space leaves it."""
    whole: dict[str, object] = {
        "space": uuid.UUID(int=7),
        "name": "En familj på fem i morgon",
        "held_on": clock.today(),
        "format": "function",
        "scenario": "family_of_five",
        "scope": "Fem enheter.",
        "goals": "Ingen uppgift utan grund.",
        "participants": {"Mottagningen": 4},
        "measures": [exercise_measures.row("no_ground", 0), exercise_measures.row("together", 2, of=3)],
        "strengths": "Planen kom snabbt.",
        "improvements": "",
        "gaps": ["Ingen visste vem som har jourlistan."],
    }
    return exercise_file.Report(**(whole | facts))  # type: ignore[arg-type]
