"""The report file that an exercise's space leaves behind, and its way into the real installation. It is read as
something that anyone may have written: what does not fit the form is refused, with a sentence that says where."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from hemvag.lib import text
from hemvag.readiness import exercise_measures, exercise_verbs
from hemvag.readiness.models import Exercise, Format
from hemvag.staff.models import Worker

FORM: Final = "hemvag exercise report 1"
MOST_BYTES: Final = 200_000
LONGEST: Final = 4000
MOST_ROWS: Final = 100
NUMBER: Final = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+ ]?\d{4}(?!\d)")


class NotAReport(ValueError):
    """The file is no report of an exercise; the message is a sentence for whoever chose it."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What stands in a report file."""

    space: uuid.UUID
    name: str
    held_on: dt.date
    format: str
    scenario: str
    scope: str
    goals: str
    participants: Mapping[str, int]
    measures: list[dict[str, Any]]
    strengths: str
    improvements: str
    gaps: list[str]


def names_a_number(words: str) -> bool:
    """Say whether a text holds what looks like a personal number; no report of an exercise has a use for one."""
    return NUMBER.search(words) is not None


def written(report: Report) -> str:
    """Return the file's text."""
    facts = {name: getattr(report, name) for name in Report.__dataclass_fields__}
    facts |= {
        "space": str(report.space),
        "held_on": report.held_on.isoformat(),
        "participants": dict(report.participants),
    }
    return json.dumps({"form": FORM, **facts}, ensure_ascii=False, indent=2) + "\n"


def read(sent: bytes) -> Report:
    """Return what stands in a file. Raises NotAReport."""
    if len(sent) > MOST_BYTES:
        raise NotAReport(_("Filen är större än en rapport kan vara."))
    try:
        found = json.loads(sent.decode("utf-8"))
    except (ValueError, RecursionError):
        raise NotAReport(_("Filen går inte att läsa. Välj filen som hemvag exercise close skrev.")) from None
    wanted = {"form", *Report.__dataclass_fields__}
    if not isinstance(found, dict) or set(found) != wanted or found["form"] != FORM:
        raise NotAReport(_("Filen är ingen övningsrapport. Välj filen som hemvag exercise close skrev."))
    return Report(**{name: _part(name, check, found[name]) for name, check in _CHECKS.items()})


def take_in(report: Report, *, authority: uuid.UUID, by: Worker, at: dt.datetime) -> Exercise:
    """Keep the report with its gaps. Raises what `hold` and `report` of `exercise_verbs` raise."""
    with transaction.atomic():
        kept = exercise_verbs.hold(
            authority=authority,
            name=report.name,
            held_on=report.held_on,
            format=report.format,
            scenario=report.scenario,
            scope=report.scope,
            goals=report.goals,
            space=report.space,
            by=by,
            at=at,
        )
        exercise_verbs.report(
            kept,
            participants=report.participants,
            measures=report.measures,
            strengths=report.strengths,
            improvements=report.improvements,
            by=by,
            at=at,
        )
        for missing in report.gaps:
            exercise_verbs.list_gap(kept, missing=missing, action="", by=by, at=at)
    return kept


def _part(name: str, check: Callable[[Any], Any], found: object) -> Any:
    try:
        return check(found)
    except (ValueError, TypeError, text.NotText):
        raise NotAReport(_("Rapporten är fel i delen %(part)s. Inget är inläst.") % {"part": name}) from None


def _words(found: Any, most: int = LONGEST) -> str:
    if not isinstance(found, str):
        raise TypeError
    cleaned = text.clean(found)
    if len(cleaned) > most or names_a_number(cleaned):
        raise ValueError
    return cleaned


def _short(found: Any) -> str:
    return _words(found, 200)


def _named(found: Any) -> str:
    if not (name := _short(found)):
        raise ValueError
    return name


def _id(found: Any) -> uuid.UUID:
    if not isinstance(found, str):
        raise TypeError
    return uuid.UUID(found)


def _day(found: Any) -> dt.date:
    return dt.date.fromisoformat(_short(found))


def _format(found: Any) -> str:
    return Format(found).value


def _people(found: Any) -> dict[str, int]:
    if not isinstance(found, dict) or len(found) > MOST_ROWS:
        raise TypeError
    if not all(type(count) is int and 0 <= count <= exercise_measures.MOST for count in found.values()):
        raise ValueError
    return {_named(unit): count for unit, count in found.items()}


def _measures(found: Any) -> list[dict[str, Any]]:
    if not isinstance(found, list) or not all(map(exercise_measures.is_row, found)):
        raise ValueError
    if len({row["code"] for row in found}) < len(found):
        raise ValueError
    return found


def _gaps(found: Any) -> list[str]:
    if not isinstance(found, list) or len(found) > MOST_ROWS:
        raise ValueError
    return [_words(one) for one in found if one]


_CHECKS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "space": _id,
    "name": _named,
    "held_on": _day,
    "format": _format,
    "scenario": _short,
    "scope": _words,
    "goals": _words,
    "participants": _people,
    "measures": _measures,
    "strengths": _words,
    "improvements": _words,
    "gaps": _gaps,
}
