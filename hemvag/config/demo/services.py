"""What the invented town can offer, in every state that the directory knows, and how ready its units say they are."""

import datetime as dt
import tomllib
from importlib import resources
from typing import Any, Final

from hemvag.agencies.models import Unit
from hemvag.config.demo.stage import Stage
from hemvag.lib import clock
from hemvag.readiness import answer, enter, gaps, grades
from hemvag.readiness.answer import Answer
from hemvag.readiness.models import Version
from hemvag.readiness.said import Said
from hemvag.staff.models import Worker

LISTS: Final = ("needs", "languages")
DAYS: Final = {
    "said": "said_on",
    "agreement_from": "agreement_from",
    "agreement_to": "agreement_to",
    "exercised": "exercised_on",
    "ended": "ended_on",
}
"""Days that the file counts from today, and what they are called in a version."""
REASONS: Final = ("Saknas än.", "En person är utsedd.", "Rutinen är skriven.", "Personalen är utbildad.", "Övad i år.")


def live(stage: Stage) -> None:
    """Let the coordinator enter the services, a lead tell the capacity anew, and some units answer their checklist."""
    by = stage.cast.all(stage.cast.of_kind(Unit.Kind.COORDINATION), "coordinator")[0]
    text = (resources.files("hemvag.config.demo") / "services.toml").read_text(encoding="utf-8")
    for row in tomllib.loads(text)["service"]:
        _enter(stage, row, by)
    for number, kind in enumerate((Unit.Kind.CHILDREN, Unit.Kind.ADULTS, Unit.Kind.LINE, Unit.Kind.COORDINATION)):
        _answer(stage, stage.cast.of_kind(kind), by, leaves_out=number == 0)


def _enter(stage: Stage, row: dict[str, Any], by: Worker) -> None:
    today = clock.local(stage.now).date()
    overdue, keeper, gap = row.pop("overdue", None), row.pop("keeper", None), row.pop("gap", "")
    entered = stage.now - dt.timedelta(days=120)
    next_check = today - dt.timedelta(days=overdue) if overdue else today + dt.timedelta(days=60)
    made: Version = enter.enter(
        _said(stage, row),
        municipality=stage.municipality,
        keeper=stage.cast.of_kind(keeper) if keeper else None,
        by=by,
        at=entered,
        next_check=next_check,
    )
    if made.free:
        enter.say_capacity(made.resource_id, free=made.free, total=made.total, by=by, at=_moment(stage, made.said_on))
    if gap:
        due = today - dt.timedelta(days=3)
        gaps.note_of_service(made.resource_id, action=gap, owner="Enhetschefen", due=due, by=by, at=entered)


def _moment(stage: Stage, day: dt.date | None) -> dt.datetime:
    """Return when the free places were said."""
    said = stage.now if day is None else dt.datetime.combine(day, dt.time(9), tzinfo=clock.STOCKHOLM)
    return min(said, stage.now)


def _said(stage: Stage, row: dict[str, Any]) -> Said:
    today = clock.local(stage.now).date()
    facts = dict(row)
    facts |= {name: tuple(row.get(name, ())) for name in LISTS}
    for told, name in DAYS.items():
        if (days := facts.pop(told, None)) is not None:
            facts[name] = today + dt.timedelta(days=days)
    places = facts.pop("where", [])
    facts["districts"] = tuple(stage.districts[place].code for place in places if place < len(stage.districts))
    if "unit" in facts:
        facts["unit"] = stage.cast.of_kind(facts["unit"])
    return Said(**facts)


def _answer(stage: Stage, unit: Unit, by: Worker, *, leaves_out: bool) -> None:
    """Answer a unit's checklist; one unit leaves the last item unknown."""
    today = clock.local(stage.now).date()
    rows = grades.of_units([unit], on=today)
    codes = list(rows[0].items) if rows else []
    said = {}
    for code in codes[: len(codes) - leaves_out]:
        grade = stage.chance.choices([0, 1, 2, 3, 4], [1, 2, 5, 5, 2])[0]
        exercised = today - dt.timedelta(days=80) if grade == grades.EXERCISED else None
        said[code] = Answer(grade=grade, reason=REASONS[grade], exercised_on=exercised)
    answer.answer(unit.id, said, seen=0, by=by, at=stage.now - dt.timedelta(days=30))
