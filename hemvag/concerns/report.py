"""A concern report (orosanmälan, SoL 19:1 and 19:4) arrives: one dossier a child, with its own key and clocks.

When a person confirms that the child is known here, the report moves to that child's dossier; never by itself.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction

from hemvag.access.abilities import Ability, granted
from hemvag.agencies import routing
from hemvag.agencies.models import District, Municipality, Unit
from hemvag.audit.models import Purpose
from hemvag.concerns import case, facts, hours
from hemvag.concerns.models import ConcernReport, Step, StepKind
from hemvag.dossiers import erase, record
from hemvag.dossiers.models import Compartment, Dossier, JournalEntry, Sealed, Sight
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


def add_to(dossier_id: uuid.UUID, report: ConcernReport, *, by: Worker, at: dt.datetime) -> ConcernReport:
    """Move `report`, with its waiting steps, into the dossier of a known child, and erase the emptied one.

    `by` must be able to tell both children apart. New spellings of the name, and a number where none was known, are
    added to the known child's. The reports of the other children in the same report are told where this one
    went, as far as `by` may see them. Raises Dossier.DoesNotExist, NotTheSameCommittee, WorkHasBegun,
    StaysAtProtectedDesk.
    """
    new = record.open_dossier(report.dossier_id, by=by, purpose=Purpose.MATCH, at=at, sight=Sight.IDENTITY)
    known = record.open_dossier(dossier_id, by=by, purpose=Purpose.MATCH, at=at, sight=Sight.IDENTITY)
    with transaction.atomic():
        _ask(new, known)
        said = new.piece(report.content_id).data
        reported = identities.current(new)
        content = known.seal(KIND, said | {"reported_as": reported.as_data()}, by=by, at=at)
        _learn(known, reported, by=by, at=at)
        provision = deadlines.due(StepKind.PRELIMINARY, report.received_at).provision
        case.enter(known, "report_added", provision, content=content, by=by, at=at)
        case.enter(new, "moved_to_known", "", content=None, by=by, at=at)
        ConcernReport.objects.filter(id=report.id).update(dossier=known.dossier, content=content)
        Step.objects.filter(report=report).update(dossier=known.dossier)
        _tell_siblings(said["siblings"], new.dossier, known.dossier, by=by, at=at)
        identities.forget(new)
        erase.erase(new.dossier, by=by, purpose=Purpose.MATCH, at=at)
    report.refresh_from_db()
    return report


def _ask(new: Opened, known: Opened) -> None:
    """Ask whether the two may be put together, with the new dossier and its steps locked against work done meanwhile.

    The steps come first: who is taking one holds its lock, and needs the dossier's row to commit.
    """
    list(Step.objects.select_for_update().filter(dossier=new.dossier))
    here = Dossier.objects.select_for_update().get(id=new.dossier.id)
    if (here.authority_id, here.compartment) != (known.dossier.authority_id, known.dossier.compartment):
        raise facts.NotTheSameCommittee
    if here.id == known.dossier.id or here.reports.count() != 1 or here.decisions.exists():
        raise facts.WorkHasBegun
    if Step.objects.filter(dossier=here).exclude(done_at=None).exists():
        raise facts.WorkHasBegun
    if bool(identities.current(new).protected) and not identities.current(known).protected:
        raise facts.StaysAtProtectedDesk


def _learn(known: Opened, reported: Identity, *, by: Worker, at: dt.datetime) -> None:
    """Add names that the known child was not known by, and the number if none was, so that the next report finds it."""
    row = known.one(identities.KIND)
    now = Identity.from_data(row.data)
    heard = {(name.given.casefold(), name.family.casefold()) for name in now.names}
    fresh = [
        replace(name, kind="spelling")
        for name in reported.names
        if (name.given.casefold(), name.family.casefold()) not in heard
    ]
    number = reported.number if now.number.kind == "none" and reported.number.kind != "none" else now.number
    learned = replace(now, names=[*now.names, *fresh], number=number)
    if learned != now:
        identities.change(known, learned, version=row.version, by=by, at=at)


def _tell_siblings(ids: Iterable[str], old: Dossier, new: Dossier, *, by: Worker, at: dt.datetime) -> None:
    """Write the child's new dossier where the other children's reports name the old one."""
    siblings = Dossier.objects.filter(id__in=list(ids))
    opened = record.open_many(siblings, by=by, purpose=Purpose.MATCH, at=at, kinds=[KIND], sight=Sight.IDENTITY)
    for held in opened.values():
        for row in held.read(KIND):
            if str(old.id) in row.data["siblings"]:
                told = [str(new.id) if other == str(old.id) else other for other in row.data["siblings"]]
                held.reseal(row.id, row.data | {"siblings": told}, version=row.version, by=by, at=at)
