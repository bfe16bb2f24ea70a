"""Take in many reports from an older system's file: all rows or none, with every bad one named.

Each report goes through the same verb as one that is typed. Children who may be known here are counted, never merged.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Municipality
from hemvag.concerns import facts, intake_rows, report
from hemvag.concerns.intake_file import Sheet
from hemvag.concerns.intake_rows import Incoming, Progress
from hemvag.concerns.models import ConcernReport
from hemvag.lib.sheets import Fault
from hemvag.people import matching
from hemvag.staff.models import Worker

SAME_REPORT: Final = 85
"""Per cent of likeness from which a child whose report arrived at the very same moment is that report again."""


@dataclass
class Taken:
    """What became of a file: the reports stored, or the faults for which none was; and who may be known here."""

    reports: int = 0
    children: int = 0
    faults: list[Fault] = field(default_factory=list)
    known: list[tuple[int, str]] = field(default_factory=list)
    """Line and the reference of a dossier that may be about the same child."""


def take_in(
    sheet: Sheet, *, municipality: Municipality, by: Worker, at: dt.datetime, progress: Progress = lambda *_: None
) -> Taken:
    """Store every report of the sheet, or none when anything in it is wrong. Raises NotYours."""
    if not granted(by, at).has(Ability.REPORT_REGISTER):
        raise facts.NotYours
    taken = Taken(faults=list(sheet.faults))
    incoming = intake_rows.read(sheet.rows, municipality=municipality, at=at, faults=taken.faults, progress=progress)
    _look_up(incoming, by=by, at=at, taken=taken, progress=progress)
    taken.faults.sort()
    if not taken.faults:
        _store(incoming, municipality, by=by, at=at, taken=taken, progress=progress)
    return taken


def told(taken: Taken) -> list[str]:
    """Return what became of a file in sentences: first the outcome, then every fault, or who may be known here."""
    if taken.faults:
        rows = len({fault.line for fault in taken.faults})
        return [_("Ingenting är sparat. Rader att rätta: %(rows)d.") % {"rows": rows}, *map(str, taken.faults)]
    said = [
        _("Sparat: %(reports)d anmälningar om %(children)d barn.")
        % {"reports": taken.reports, "children": taken.children}
    ]
    if taken.known:
        lines = ", ".join(str(line) for line, _dossier in taken.known)
        said.append(_("Kan vara kända här sedan förut; jämför dem i ärendena. Rader: %(lines)s.") % {"lines": lines})
    return said


def _store(
    incoming: Sequence[Incoming],
    municipality: Municipality,
    *,
    by: Worker,
    at: dt.datetime,
    taken: Taken,
    progress: Progress,
) -> None:
    with transaction.atomic():
        for count, one in enumerate(incoming, start=1):
            stored = report.receive(
                children=one.children,
                reporter=one.reporter,
                text=one.text,
                channel=one.channel,
                received_at=one.received_at,
                feedback_asked_at=one.feedback_asked_at,
                municipality=municipality,
                by=by,
                at=at,
            )
            taken.reports += 1
            taken.children += len(stored)
            progress(_("Sparar"), count, len(incoming))


def _look_up(
    incoming: Iterable[Incoming],
    *,
    by: Worker,
    at: dt.datetime,
    taken: Taken,
    progress: Progress,
) -> None:
    """Find children who may be known here, and reports that are here already: the same child, the same moment."""
    committees = granted(by, at).authorities(Ability.CHILD_IDENTIFY)
    rows = [(line, one, child) for one in incoming for line, child in zip(one.lines, one.children, strict=True)]
    for count, (line, one, child) in enumerate(rows, start=1):
        progress(_("Jämför"), count, len(rows))
        for authority in committees:
            found = matching.find(child.identity, authority=authority, by=by, at=at)
            same = [like.dossier_id for like in found if like.score >= SAME_REPORT]
            again = ConcernReport.objects.filter(
                dossier__in=same, received_at=one.received_at, source=one.reporter.kind
            ).select_related("dossier")
            if earlier := again.first():
                said = _("Anmälan finns redan här: %(reference)s.") % {"reference": earlier.dossier.reference}
                taken.faults.append(Fault(line, "", said))
            elif found:
                taken.known.append((line, str(found[0].dossier_id)))
