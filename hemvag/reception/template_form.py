"""The form of a reception template's files: tables, fields, and what must agree between rows."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from hemvag.agencies.town_form import UNIT_KINDS
from hemvag.law import codes, deadlines, listing, sharing
from hemvag.lib.rows import Complaint, Field, Row, flag, guess, many, one_of, pair, text, whole
from hemvag.reception import needs

Tables = Mapping[str, Mapping[str, Field]]
Read = Mapping[str, list[Row]]
Faults = Iterator[tuple[str, Complaint]]

TEMPLATES_FILE: Final = "templates.toml"
TASKS_FILE: Final = "tasks.toml"
SCENARIOS: Final = ("D", "F", "O")
PHASES: Final = ("B", "0", "72h", "W", "M", "Y")
STARTS: Final = ("arrival", "report", "clock")
OWN: Final = "own"
GRADES: Final = ("H", "M", "L")
SENDER: Final = "social_services"
ALWAYS: Final = ("protection_assessment", "preliminary_assessment", "investigation")
"""The clocks that run for every child of a plan."""
KEPT: Final = (*ALWAYS, "lvu_submission", "lvu_application")
"""The clocks that no template is without: those of custody run when somebody has decided on it, expected or not."""

_TASK = re.compile(r"[A-Z][0-9]{2}")
_FAR = 3660


def task_code(value: Any) -> str | None:
    """A task's code: a capital letter and two digits."""
    fits = isinstance(value, str) and _TASK.fullmatch(value)
    return None if fits else f"{value!r} is not a task's code: a capital letter and two digits, such as R17"


def _known_rules() -> frozenset[str]:
    every = [one.rule for one in listing.every()]
    return frozenset(name for rule in every for name in (rule.id, rule.table, rule.row) if name)


def rule_name(value: Any) -> str | None:
    """The id, the table or the row of a rule of the law."""
    known = _known_rules()
    return None if value in known else f"{value!r} is no rule of the law{guess(str(value), known)}"


def receivers() -> tuple[str, ...]:
    """Whoever can be given a task: the unit that leads, a kind of unit, or an authority the law knows."""
    return (OWN, *UNIT_KINDS, *codes.codes().authority)


_TEXT, _PAIR, _DAYS = Field(text), Field(pair), Field(whole(-_FAR, _FAR))


def files() -> Mapping[str, Tables]:
    """What each file may hold."""
    law = codes.codes()
    return {
        TEMPLATES_FILE: {
            "templates": {
                "code": Field(one_of(SCENARIOS)),
                "version": _TEXT,
                "name": _PAIR,
                "about": _PAIR,
                "confidence": Field(one_of(GRADES)),
            }
        },
        TASKS_FILE: {
            "tasks": {
                "code": Field(task_code),
                "templates": Field(many(one_of(SCENARIOS))),
                "title": _PAIR,
                "do": _PAIR,
                "who": _PAIR,
                "receiver": Field(one_of(receivers())),
                "phase": Field(one_of(PHASES)),
                "counted_from": Field(one_of(STARTS)),
                "earliest": _DAYS,
                "latest": _DAYS,
                "repeats": Field(whole(1, _FAR), required=False),
                "clocks": Field(many(one_of(deadlines.steps())), required=False),
                "needs": Field(many(one_of(tuple(needs.KNOWN)), empty=True)),
                "situation": Field(one_of(tuple(law.situation)), required=False),
                "subject": Field(one_of(tuple(law.subject)), required=False),
                "ground": _TEXT,
                "rules": Field(many(rule_name, empty=True)),
                "waits_for": Field(many(task_code, empty=True)),
                "each_child": Field(flag, required=False),
                "if_needed": Field(flag, required=False),
                "confidence": Field(one_of(GRADES)),
                "source": _TEXT,
            }
        },
    }


def faults_between(read: Read) -> Faults:
    """Everything that does not agree between rows that each hold by themselves."""
    tasks = read["tasks"]
    known = {row.values["code"] for row in tasks}
    for row in tasks:
        yield from ((TASKS_FILE, one) for one in _alone(row, known))
    yield from _twice(read)
    for row in read["templates"]:
        scenario = row.values["code"]
        held = [task for task in tasks if scenario in task.values["templates"]]
        yield from _rings(scenario, held)
        yield from _clocks(row, held)
    for missing in set(SCENARIOS) - {row.values["code"] for row in read["templates"]}:
        yield TEMPLATES_FILE, Complaint(1, "templates", "code", f"the template {missing} is missing")


def _alone(row: Row, known: Iterable[str]) -> Iterator[Complaint]:
    values = row.values
    for name in values["waits_for"]:
        if name not in known:
            yield _at(row, "waits_for", f"there is no task {name}{guess(name, known)}")
    if values["earliest"] > values["latest"]:
        yield _at(row, "latest", "it must not come before earliest")
    if values["counted_from"] == "clock" and not values.get("clocks"):
        yield _at(row, "clocks", "name the clock of the law that it is counted from")
    told = values["receiver"] != OWN and values["needs"]
    if told and "situation" not in values:
        yield _at(row, "situation", "missing: the law is asked in a situation when somebody else is told")


def _twice(read: Read) -> Faults:
    seen: set[tuple[str, str]] = set()
    for row in read["tasks"]:
        for scenario in row.values["templates"]:
            if (scenario, row.values["code"]) in seen:
                again = f"{row.values['code']} stands twice in template {scenario}"
                yield TASKS_FILE, _at(row, "code", again)
            seen.add((scenario, row.values["code"]))
    once: set[str] = set()
    for row in read["templates"]:
        if row.values["code"] in once:
            yield TEMPLATES_FILE, _at(row, "code", f"{row.values['code']} stands twice")
        once.add(row.values["code"])


def _rings(scenario: str, held: list[Row]) -> Faults:
    """A ring is found by taking away, again and again, whatever waits for nothing that is left."""
    waits = {row.values["code"]: set(row.values["waits_for"]) for row in held}
    left = dict(waits)
    while free := [name for name, others in left.items() if not others & left.keys()]:
        for name in free:
            del left[name]
    for row in held:
        if row.values["code"] in left:
            ring = ", ".join(sorted(left))
            yield TASKS_FILE, _at(row, "waits_for", f"in template {scenario} these wait for one another: {ring}")


def _clocks(template: Row, held: list[Row]) -> Faults:
    """The law's clocks cannot be taken out of a template, nor their tasks be made to depend on somebody's wish."""
    shown = {step for row in held for step in row.values.get("clocks", ())}
    for step in KEPT:
        if step not in shown:
            said = f"no task of template {template.values['code']} shows the clock {step}; the law's clocks must stay"
            yield TEMPLATES_FILE, _at(template, "code", said)
    for row in held:
        if row.values.get("if_needed") and set(ALWAYS) & set(row.values.get("clocks", ())):
            yield TASKS_FILE, _at(row, "if_needed", "a clock that always runs cannot be only if needed")


def warnings(read: Read, on: dt.date) -> Faults:
    """What may be meant but would never leave: needs that the law of the day lets nobody tell that receiver."""
    for row in read["tasks"]:
        values = row.values
        if values["receiver"] == OWN or not values["needs"]:
            continue
        receiver = SENDER if values["receiver"] in UNIT_KINDS else values["receiver"]
        answer = sharing.share(SENDER, receiver, values.get("subject", "child"), values["situation"], on)
        if not answer.may_tell and answer.verdict != "ask":
            said = f"the law lets nothing out to {receiver} in {values['situation']}: {', '.join(values['needs'])}"
            yield TASKS_FILE, _at(row, "needs", said)
        elif answer.verdict == "deidentified":
            pointing = [name for name in values["needs"] if needs.KNOWN[name].identifies]
            if pointing:
                said = f"only what points at nobody may be told {receiver}; this does: {', '.join(pointing)}"
                yield TASKS_FILE, _at(row, "needs", said)


def _at(row: Row, field: str, message: str) -> Complaint:
    name = row.values["code"]
    return Complaint(row.line, row.table, field, f"{name}: {message}")
