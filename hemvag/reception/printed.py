"""Print a plan for a meeting: with names, for those who may know them, or so that no child can be recognised.

Drawn anew each time and kept nowhere; the read log says who printed. In Swedish, whatever language the reader uses.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, Final

from django.utils import translation

from hemvag.dossiers.opened import Opened
from hemvag.lib import clock, date_words
from hemvag.people import identities
from hemvag.reception import family, overview, plan, resting
from hemvag.reception.known import Fact, Known, Sure
from hemvag.reception.overview import Naming, Overview, Row
from hemvag.reception.plan import Child, Plan
from hemvag.staff.models import Worker
from hemvag.web import typeset

TEMPLATE: Final = resources.files("hemvag.reception") / "printed.typ"
LANGUAGE: Final = "sv"

Held = Mapping[uuid.UUID, Opened]
"""The children whose dossiers were opened."""


def pdf(opened: Opened, *, with_names: bool, by: Worker, at: dt.datetime) -> bytes:
    """Return the PDF of an opened plan. A child whose dossier `by` may not open is a sibling, or a number, on both."""
    found = plan.read(opened)
    known = family.opened(found, by=by, at=at)
    with translation.override(LANGUAGE):
        today = clock.local(at).date()
        naming = _with_name(known, today) if with_names else _without_name(known, today)
        shown = overview.of(found, opened, known, naming=naming, at=at)
        facts = _facts(opened, shown, by=by, at=at) | {
            "with_names": with_names,
            "template": f"{found.template.name.sv}, utgåva {found.template.version}",
            "children": [naming(child) for child in found.coming],
            "known": _known(found.known) if with_names and _may_say_where(found, known) else _known_to_all(found.known),
        }
    return typeset.pdf(TEMPLATE.read_bytes(), facts=facts)


def _with_name(known: Held, today: dt.date) -> Naming:
    def naming(child: Child | None) -> str:
        held = known.get(child.dossier) if child else None
        if child is None or held is None:
            return "Ett syskon" if child else ""
        identity = identities.current(held)
        return _aged(identities.full_name(identity), identities.age(identity, today))

    return naming


def _without_name(known: Held, today: dt.date) -> Naming:
    def naming(child: Child | None) -> str:
        if child is None:
            return ""
        held = known.get(child.dossier)
        age = identities.age(identities.current(held), today) if held else None
        return _aged(f"Barn {child.number}", age)

    return naming


def _aged(name: str, age: int | None) -> str:
    return name if age is None else f"{name}, {age} år"


def _may_say_where(found: Plan, known: Held) -> bool:
    """Say whether a place may stand on the paper: whoever prints may open every child's dossier, and nobody's identity
    is protected. Of a child that she may not open nobody can tell her."""
    all_seen = all(child.dossier in known for child in found.children)
    return all_seen and not any(family.is_protected(held) for held in known.values())


def _facts(opened: Opened, shown: Overview, *, by: Worker, at: dt.datetime) -> dict[str, Any]:
    """Return what stands on both versions. Nothing that somebody typed in the plan is among it."""
    standing = resting.now(opened)
    local = clock.local(at)
    return {
        "municipality": opened.dossier.authority.municipality.name,
        "authority": opened.dossier.authority.name,
        "unit": opened.dossier.unit.name,
        "reference": opened.dossier.reference,
        "printed": f"Utskriven av {by.name} {_day(local.date())} kl. {local:%H.%M}",
        "standing": f"{standing.step.label} {_day(clock.local(standing.at).date())}" if standing else "",
        "clocks": [
            [str(one.label), child, _day(one.due.strict) if one.due.strict else "–", one.due.provision, late]
            for one, child, late in shown.clocks
        ],
        "hidden": shown.hidden,
        "late": [[one.title, one.children, one.who, one.due] for one in shown.late],
        "chain": list(shown.chain),
        "phases": [{"name": phase.name, "rows": [_row(row) for row in phase.rows]} for phase in shown.phases],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "title": row.title,
        "note": row.note,
        "who": row.who,
        "lines": [_line(line) for line in row.lines],
        "waits_for": ", ".join(code for code, _title in row.waits_for),
    }


def _line(line: overview.Line) -> str:
    said = f"{line.children}: {line.word}" if line.children else line.word
    late = " – försenad" if line.late else ""
    return f"{said}{late}, {line.due}" if line.due else f"{said}{late}"


def _known_to_all(known: Known) -> list[tuple[str, str]]:
    """Return what is known and tells nothing of who or where: the day, and how sure it is."""
    day = _day(known.day) if known.moment and known.day else ""
    return [("Ankomst", _joined(day, known.sure))]


def _known(known: Known) -> list[tuple[str, str]]:
    time = f"kl. {known.time:%H.%M}" if known.moment and known.time else ""
    rows: Sequence[tuple[str, Fact]] = [
        ("Plats", known.place),
        ("Varifrån", known.origin),
        ("Möter", known.meets),
        ("Första natten", known.first_night),
    ]
    facts = [(label, _joined(fact.text, fact.sure)) for label, fact in rows if fact.text]
    adults = [("Vuxna", ", ".join(known.adults))] if known.adults else []
    [(label, day)] = _known_to_all(known)
    return [(label, " ".join(part for part in (day, time) if part)), *adults, *facts]


def _joined(text: str, sure: str) -> str:
    how = str(Sure(sure).label).lower()
    return f"{text} ({how})" if text else how


def _day(day: dt.date) -> str:
    """Return the day with its year: paper is read in other years than its own."""
    return f"{day.day} {date_words.MONTHS[LANGUAGE][day.month - 1]} {day.year}"
