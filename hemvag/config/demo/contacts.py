"""Invented contacts with the support line: long calls, few a week, most of them advice and nothing more."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from hemvag.agencies.models import Unit
from hemvag.concerns.models import ConcernReport
from hemvag.config.demo import reports, times
from hemvag.config.demo.stage import Stage
from hemvag.lib import clock
from hemvag.line import call_back, contact, gate, return_code
from hemvag.line.call_back import Promise
from hemvag.line.models import CallBack, Contact
from hemvag.staff.models import Worker

CALLERS: Final = {
    "parent": 16, "sibling": 7, "grandparent": 4, "partner": 3, "other_relative": 4, "friend": 6, "the_person": 4,
    "child": 2, "school": 17, "health_care": 7, "housing": 4, "police": 5, "other_professional": 11, "association": 3,
    "public": 5, "journalist": 2,
}  # fmt: skip
"""Of a hundred callers, how many of each kind: about a third relatives."""

LANGUAGES: Final = {"swedish": 78, "arabic": 7, "somali": 4, "english": 4, "kurdish": 2, "dari": 2, "turkish": 3}
STAGES: Final = {"worry": 52, "contact": 18, "leaving": 3, "abroad": 5, "on_the_way_home": 2, "home": 5, "wants_out": 8}
ABOUT: Final = {"child": 33, "adult": 45, "several": 10, "nobody": 12}
THEMES: Final = [
    "recruitment", "travel", "threats_and_hate", "wellbeing", "family", "shame", "loneliness", "friends", "online",
    "school", "work", "wants_out", "rules", "news_event",
]  # fmt: skip
AGES: Final = {
    "child": ["age_6_11", "age_12_14", "age_15_17"],
    "adult": ["age_18_20", "age_21_up"],
    "several": ["age_15_17", "age_18_20"],
}
OUTCOMES: Final = {
    "done": 52,
    "code": 12,
    "call_back": 8,
    "referred": 20,
    "acute": 2,
    "broken_off": 4,
    "wrong_number": 2,
}
BECOMES_REPORT: Final = 0.06
CODES_LIVE: Final = dt.timedelta(days=60)
"""How far back the codes are made for real: each costs a third of a second by design."""


def live(stage: Stage, day: dt.date) -> list[ConcernReport]:
    """Let a contact come on a day; return the reports that it became, a row a child."""
    began = times.office(stage.chance, day)
    if began > stage.now:
        began = stage.now - dt.timedelta(minutes=stage.chance.randint(15, 60))
    worker = stage.cast.one(stage.cast.of_kind(Unit.Kind.LINE), "counsellor", stage.chance)
    return _talk(stage, began, worker, is_report=stage.chance.random() < BECOMES_REPORT)


def _talk(stage: Stage, began: dt.datetime, worker: Worker, *, is_report: bool) -> list[ConcernReport]:
    chance = stage.chance
    minutes = round(chance.triangular(8, 70, 38))
    ended = began + dt.timedelta(minutes=minutes)
    held = contact.start(by=worker, at=began)
    fields = _fields(stage, is_report=is_report)
    saved_at = min(began + dt.timedelta(minutes=minutes // 2), stage.now)
    held = contact.save_draft(held.id, version=held.version, fields=fields, by=worker, at=saved_at)
    if ended > stage.now:
        return []
    if is_report:
        return _report(stage, held, worker, fields["caller"], at=ended)
    promised = _promise(stage, held, worker, at=ended) if fields["outcome"] == "call_back" else None
    if fields["outcome"] == "code" and stage.now - ended < CODES_LIVE:
        code = return_code.offer(held.id, by=worker, at=ended)
        return_code.read_back(held.id, offered=code, typed=code, by=worker, at=ended)
    contact.close(held.id, by=worker, at=ended)
    if promised is not None:
        _keep(stage, promised, worker, fields)
    return []


def _fields(stage: Stage, *, is_report: bool) -> dict[str, Any]:
    """Return the coded fields and notes of one contact."""
    chance = stage.chance
    about = "child" if is_report else _drawn(stage, ABOUT)
    language = _drawn(stage, LANGUAGES)
    caller = chance.choice(["grandparent", "parent", "sibling", "school"]) if is_report else _drawn(stage, CALLERS)
    return {
        "channel": chance.choices(["phone", "message", "visit"], [88, 8, 4])[0],
        "caller": caller,
        "language": language,
        "interpreter": "not_needed" if language in {"swedish", "english"} else chance.choice(["by_phone", "lacking"]),
        "about": about,
        "age": [chance.choice(AGES[about])] if about in AGES else [],
        "stage": _drawn(stage, STAGES),
        "acute": "no" if chance.random() < 0.95 else chance.choice(["threats", "suicide", "violence_at_home"]),
        "advice": sorted(chance.sample(["support", "keep_contact", "protection", "report", "exit", "rules"], 2)),
        "outcome": "report" if is_report else _drawn(stage, OUTCOMES),
        "theme": sorted(chance.sample(THEMES, chance.randint(1, 3))),
        "notes": stage.inventor.line("contact", "notes"),
    }


def _drawn(stage: Stage, weights: Mapping[str, int]) -> str:
    return stage.chance.choices(list(weights), list(weights.values()))[0]


def _promise(stage: Stage, held: Contact, worker: Worker, *, at: dt.datetime) -> CallBack:
    """Promise to ring one of the next days."""
    due_from = times.later(stage.chance, at, 1, 4)
    what = Promise(
        number=f"070-174 06 {stage.chance.randint(10, 99)}",
        someone_else="Säg att det gäller ett möte i skolan.",
    )
    due_to = due_from + dt.timedelta(hours=2)
    return call_back.promise(held.id, what, due_from=due_from, due_to=due_to, by=worker, at=at)


def _keep(stage: Stage, promised: CallBack, worker: Worker, fields: Mapping[str, Any]) -> None:
    """Ring when it was promised, unless that is still to come: nine of ten answer, the others are rung twice."""
    at = promised.due_from + dt.timedelta(minutes=stage.chance.randint(5, 50))
    if at + dt.timedelta(hours=1) > stage.now:
        return
    if stage.chance.random() < 0.1:
        call_back.tried(promised.id, by=worker, at=at)
        call_back.give_up(promised.id, by=worker, at=at + dt.timedelta(hours=1))
        return
    held = call_back.reach(promised.id, by=worker, at=at)
    said = {**fields, "outcome": "done", "notes": stage.inventor.line("contact", "notes")}
    contact.save_draft(held.id, version=held.version, fields=said, by=worker, at=at + dt.timedelta(minutes=10))
    contact.close(held.id, by=worker, at=at + dt.timedelta(minutes=20))


def _report(stage: Stage, held: Contact, worker: Worker, caller: str, *, at: dt.datetime) -> list[ConcernReport]:
    """Pass the gate: the caller has heard what follows, and names the children."""
    audience = gate.audience_of(caller)
    words = gate.text_for(audience, at.date())
    heard = gate.Heard(audience=audience, version=words.version, language="sv", chose=gate.RECEIVE)
    gate.read_aloud(held.id, heard, by=worker, at=at - dt.timedelta(minutes=4))
    family = stage.inventor.family(on=at.date())
    source = "school" if audience == gate.MANDATED else "relative"
    said = stage.inventor.said(family.children[0].given, source=source, cause=stage.chance.choice(["return", ""]))
    return gate.receive(
        held.id,
        children=reports.children(stage, family, said, age=clock.local(stage.now).date() - at.date()),
        reporter=reports.reporter(said),
        text=said.text,
        feedback_asked_at=at if said.is_mandated else None,
        municipality=stage.municipality,
        by=worker,
        at=at,
    )
