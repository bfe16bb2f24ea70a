"""A concern report (orosanmälan, SoL 19:1 and 19:4) arrives: one dossier a child, with its own key and clocks.

When two persons have said that the child is known here, the report moves to that child's dossier (`merge`); never by
itself.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from hemvag.access.abilities import Ability, granted
from hemvag.agencies import routing
from hemvag.agencies.models import District, Municipality, Unit
from hemvag.audit.models import Purpose
from hemvag.concerns import case, facts, hours
from hemvag.concerns.models import ConcernReport, Step, StepKind
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, JournalEntry, Sealed
from hemvag.dossiers.opened import Opened
from hemvag.law import deadlines
from hemvag.lib import clock
from hemvag.people import identities
from hemvag.people.identities import Identity
from hemvag.staff.models import Worker

KIND = "report"


@dataclass(frozen=True, kw_only=True)
class Child:
    """One child of a report. `other_municipality` is the name of the one responsible, empty when it is this one."""

    identity: Identity
    district: District | None = None
    other_municipality: str = ""


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """Who reported; `kind` is a code of `law.reporters`. A private person may leave everything else empty."""

    kind: str
    name: str = ""
    organisation: str = ""
    title: str = ""
    contact: str = ""


def receive(
    *,
    children: Sequence[Child],
    reporter: Reporter,
    text: str,
    channel: str,
    received_at: dt.datetime,
    feedback_asked_at: dt.datetime | None,
    municipality: Municipality,
    by: Worker,
    at: dt.datetime,
    contact: uuid.UUID | None = None,
    heard: Mapping[str, Any] | None = None,
) -> list[ConcernReport]:
    """Store the report in a new dossier for each child, route each, and start their clocks at `received_at`.

    What binds the children and the line's count, and what a caller was read first (`heard`), lies sealed. A child of
    another municipality waits at the reception. Raises NotYours, NobodyNamed, and the faults of text and time.
    """
    if not granted(by, at).has(Ability.REPORT_REGISTER):
        raise facts.NotYours
    if not children:
        raise facts.NobodyNamed
    case.moment(received_at, not_before=received_at, at=at)
    if feedback_asked_at is not None:
        feedback_asked_at = case.moment(feedback_asked_at, not_before=received_at, at=at)
    said: dict[str, Any] = {
        "shared": str(uuid.uuid4()),
        "text": case.written(text),
        "reporter": asdict(reporter),
        "contact": str(contact) if contact else None,
        "heard": dict(heard) if heard else None,
    }
    news = [_new(child, municipality, at) for child in children]
    with transaction.atomic():
        opened = record.create(news, by=by, purpose=Purpose.REGISTER, at=at)
        identities.add_many(
            [(held, child.identity) for held, child in zip(opened, children, strict=True)], by=by, at=at
        )
        sealed = [
            held.prepared(KIND, said | _between(held, opened, child), by=by, at=at)
            for held, child in zip(opened, children, strict=True)
        ]
        Sealed.objects.bulk_create(sealed)
        reports = ConcernReport.objects.bulk_create(
            ConcernReport(
                dossier=held.dossier,
                content=content,
                received_at=received_at,
                registered_at=at,
                source=reporter.kind,
                channel=channel,
                feedback_asked_at=feedback_asked_at,
                by=by,
            )
            for held, content in zip(opened, sealed, strict=True)
        )
        _begin(reports, children, by=by, at=at)
    return reports


def _new(child: Child, municipality: Municipality, at: dt.datetime) -> record.New:
    """Return the dossier to make: the unit by the child's district on that day, and why it goes there."""
    protected = bool(child.identity.protected)
    route = routing.route(
        municipality,
        district=child.district,
        at=at,
        protected=protected,
        other_municipality=bool(child.other_municipality),
        out_of_hours=not hours.is_open(municipality, at),
    )
    unit = route.unit or routing.unit_of_kind(municipality, Unit.Kind.RECEPTION, clock.local(at).date())
    return record.New(
        compartment=Compartment.CHILD,
        unit=unit,
        authority=route.authority,
        district=None if protected else child.district,
        reason=route.reason,
    )


def _between(held: Opened, opened: Sequence[Opened], child: Child) -> dict[str, Any]:
    """Return what is sealed for this child alone: the others in the report, and the municipality responsible."""
    return {
        "siblings": [str(other.dossier.id) for other in opened if other is not held],
        "other_municipality": child.other_municipality,
    }


def _begin(reports: Sequence[ConcernReport], children: Sequence[Child], *, by: Worker, at: dt.datetime) -> None:
    """Start the steps that each report calls for, and write the first line of each journal."""
    Step.objects.bulk_create(
        Step(dossier=report.dossier, report=report, kind=kind, started_at=report.received_at)
        for report, child in zip(reports, children, strict=True)
        for kind in (
            StepKind.PROTECTION,
            StepKind.PASS_ON if child.other_municipality else StepKind.PRELIMINARY,
        )
    )
    JournalEntry.objects.bulk_create(
        JournalEntry(
            dossier=report.dossier,
            step="report_received",
            provision=deadlines.due(StepKind.PRELIMINARY, report.received_at).provision[:100],
            at=at,
            by=by,
            note=report.content,
        )
        for report in reports
    )
