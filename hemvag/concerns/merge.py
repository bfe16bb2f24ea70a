"""Two dossiers about one child: somebody says so, another confirms, and it is taken back the same way.

Nothing is re-encrypted and nothing lost. One dossier stays the child's (`into`); of the other, reports on which no work
has begun move over, and it stays as it is, with its journal and a sealed pointer, found by name no more. In the open
stands that a dossier was put together with another, by whom and when, never with which.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.db import IntegrityError, transaction

from hemvag.access.abilities import Ability, granted
from hemvag.audit.models import Purpose
from hemvag.concerns import case, facts
from hemvag.concerns.models import ConcernReport, Merge, MergeKind, Step, StepKind
from hemvag.dossiers import record
from hemvag.dossiers.models import Assignment, Dossier, Sight
from hemvag.dossiers.opened import Opened
from hemvag.law import deadlines
from hemvag.people import identities
from hemvag.people.identities import Identity
from hemvag.staff.models import Worker

KIND: Final = "merge"
REPORT: Final = "report"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Both dossiers, opened to see who they are about. `other` goes into `main`."""

    other: Opened
    main: Opened


def may(by: Worker, at: dt.datetime) -> bool:
    """Say whether `by` is one who tells children apart, or leads."""
    grants = granted(by, at)
    return grants.has(Ability.CHILD_IDENTIFY) or grants.has(Ability.CASE_LEAD)


def suggest(dossier_id: uuid.UUID, *, into: uuid.UUID, by: Worker, at: dt.datetime) -> Merge:
    """Say that a dossier is about the same child as `into`. Nothing moves until somebody else confirms.

    Raises Dossier.DoesNotExist unless `by` sees both, NotYours, AlreadySuggested, and what `ask` raises.
    """
    if not may(by, at):
        raise facts.NotYours
    pair = _pair(dossier_id, into, by, at)
    newest = Merge.objects.newest(pair.other.dossier)
    if newest is not None and newest.kind not in {MergeKind.REFUSED, MergeKind.PARTED}:
        raise facts.AlreadySuggested
    with transaction.atomic():
        ask(pair)
        content = pair.other.seal(KIND, {"into": str(into)}, by=by, at=at)
        return step(pair, MergeKind.SUGGESTED, after=newest, content=content, by=by, at=at)


def suggest_parting(merge_id: uuid.UUID, *, reason: str, by: Worker, at: dt.datetime) -> Merge:
    """Say that two that were put together are two children. Raises NotYours, AlreadyAnswered, NothingWritten."""
    row, pair = opened(merge_id, by=by, at=at)
    if row.kind not in {MergeKind.CONFIRMED, MergeKind.PART_REFUSED}:
        raise facts.AlreadyAnswered
    said = {"into": str(pair.main.dossier.id), "reason": case.written(reason)}
    with transaction.atomic():
        content = pair.other.seal(KIND, said, by=by, at=at)
        return step(pair, MergeKind.PART_SUGGESTED, after=row, content=content, by=by, at=at)


def refuse(merge_id: uuid.UUID, *, reason: str, by: Worker, at: dt.datetime) -> Merge:
    """Say no to what was suggested, and why. Raises NotYours, SecondPerson, AlreadyAnswered, NothingWritten."""
    row, pair = answerable(merge_id, by=by, at=at)
    kind = MergeKind.REFUSED if row.kind == MergeKind.SUGGESTED else MergeKind.PART_REFUSED
    said = {"into": str(pair.main.dossier.id), "reason": case.written(reason)}
    with transaction.atomic():
        content = pair.other.seal(KIND, said, by=by, at=at)
        return step(pair, kind, after=row, content=content, by=by, at=at)


def confirm(merge_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> Merge:
    """Put the two together, as the second person. Reports with no work begun move with their steps; new spellings, and
    a number where none was known, are added to the child; the other dossier goes to who has the main one.

    Raises Dossier.DoesNotExist, NotYours, SecondPerson, AlreadyAnswered, and what `ask` raises.
    """
    row, pair = answerable(merge_id, by=by, at=at)
    if row.kind != MergeKind.SUGGESTED:
        raise facts.AlreadyAnswered
    other, main = pair.other, pair.main
    with transaction.atomic():
        moving = ask(pair)
        before = identities.current(main)
        reports = [_move(one, pair, by=by, at=at) for one in moving]
        _learn(main, identities.current(other), by=by, at=at)
        identities.forget(other)
        kept = {
            "into": str(main.dossier.id),
            "reports": reports,
            "names": [asdict(name) for name in identities.current(main).names if name not in before.names],
            "number": asdict(before.number),
            "unit": str(other.dossier.unit_id),
            "worker": str(other.dossier.worker_id or ""),
        }
        content = other.seal(KIND, kept, by=by, at=at)
        main.seal(KIND, {"from": str(other.dossier.id)}, by=None, at=main.dossier.opened_at)
        hand(other, unit=main.dossier.unit_id, worker=main.dossier.worker_id, by=by, at=at)
        case.enter(other, "merged", "", content=None, by=by, at=at)
        if not moving:
            case.enter(main, "merged_here", "", content=None, by=by, at=at)
        return step(pair, MergeKind.CONFIRMED, after=row, content=content, by=by, at=at)


def opened(merge_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> tuple[Merge, Pair]:
    """Return what was said, with both dossiers. Raises Dossier.DoesNotExist unless `by` sees both, and NotYours."""
    if not may(by, at):
        raise facts.NotYours
    row = Merge.objects.visible_to(by, at).select_related("by", "dossier").filter(id=merge_id).first()
    if row is None:
        raise Dossier.DoesNotExist
    other = _open(row.dossier_id, by, at)
    into = uuid.UUID(other.piece(row.content_id).data["into"])
    return row, Pair(other=other, main=_open(into, by, at))


def answerable(merge_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> tuple[Merge, Pair]:
    """Return what waits for a second person. Raises what `opened` raises, AlreadyAnswered and SecondPerson."""
    row, pair = opened(merge_id, by=by, at=at)
    if not row.waits:
        raise facts.AlreadyAnswered
    if row.by_id == by.id:
        raise facts.SecondPerson
    return row, pair


def step(pair: Pair, kind: MergeKind, *, after: Merge | None, content: uuid.UUID, by: Worker, at: dt.datetime) -> Merge:
    """Store the next row; only one follows another, so that who answers second meets AlreadyAnswered."""
    try:
        with transaction.atomic():
            return Merge.objects.create(
                dossier=pair.other.dossier, kind=kind, follows=after, content_id=content, by=by, at=at
            )
    except IntegrityError:
        raise facts.AlreadyAnswered from None


def ask(pair: Pair) -> list[ConcernReport]:
    """Return the reports that would move: those with no step done. The steps are locked against work done meanwhile.

    Raises NotTheSameCommittee, StaysAtProtectedDesk, and WorkHasBegun when something begun in the other dossier still
    waits: it is finished first, or the other is made the main one.
    """
    other, main = pair.other.dossier, pair.main.dossier
    steps = list(Step.objects.select_for_update(of=("self",)).filter(dossier=other))
    here = Dossier.objects.select_for_update(of=("self",)).get(id=other.id)
    if (here.authority_id, here.compartment) != (main.authority_id, main.compartment) or here.id == main.id:
        raise facts.NotTheSameCommittee
    if identities.current(pair.other).protected and not identities.current(pair.main).protected:
        raise facts.StaysAtProtectedDesk
    begun = {one.report_id for one in steps if one.done_at is not None}
    if any(one.done_at is None and (one.report_id is None or one.report_id in begun) for one in steps):
        raise facts.WorkHasBegun
    return [one for one in here.reports.order_by("received_at") if one.id not in begun]


def hand(opened: Opened, *, unit: uuid.UUID, worker: uuid.UUID | None, by: Worker, at: dt.datetime) -> None:
    """Let a dossier follow the other to who has it, so that both journals are read by the same."""
    dossier = opened.dossier
    if (dossier.unit_id, dossier.worker_id) == (unit, worker):
        return
    dossier.unit_id, dossier.worker_id = unit, worker
    dossier.save(update_fields=["unit", "worker"])
    Assignment.objects.create(dossier=dossier, unit_id=unit, worker_id=worker, reason="merged", at=at, by=by)


def tell_siblings(ids: Iterable[str], old: Dossier, new: Dossier, *, by: Worker, at: dt.datetime) -> None:
    """Write the child's new dossier where the other children's reports name the old one, as far as `by` sees them."""
    siblings = Dossier.objects.filter(id__in=list(ids))
    held = record.open_many(siblings, by=by, purpose=Purpose.MATCH, at=at, kinds=[REPORT], sight=Sight.IDENTITY)
    for one in held.values():
        for row in one.read(REPORT):
            if str(old.id) in row.data["siblings"]:
                told = [str(new.id) if other == str(old.id) else other for other in row.data["siblings"]]
                one.reseal(row.id, row.data | {"siblings": told}, version=row.version, by=by, at=at)


def _pair(other: uuid.UUID, main: uuid.UUID, by: Worker, at: dt.datetime) -> Pair:
    return Pair(other=_open(other, by, at), main=_open(main, by, at))


def _open(dossier_id: uuid.UUID, by: Worker, at: dt.datetime) -> Opened:
    return record.open_dossier(dossier_id, by=by, purpose=Purpose.MATCH, at=at, sight=Sight.IDENTITY)


def _move(report: ConcernReport, pair: Pair, *, by: Worker, at: dt.datetime) -> dict[str, str]:
    """Move a report with its steps, sealed anew in the main dossier; return what it takes to put it back."""
    other, main = pair.other, pair.main
    said: dict[str, Any] = other.piece(report.content_id).data
    content = main.seal(REPORT, said | {"reported_as": identities.current(other).as_data()}, by=by, at=at)
    provision = deadlines.due(StepKind.PRELIMINARY, report.received_at).provision
    case.enter(main, "report_added", provision, content=content, by=by, at=at)
    ConcernReport.objects.filter(id=report.id).update(dossier=main.dossier, content=content)
    Step.objects.filter(report=report).update(dossier=main.dossier)
    tell_siblings(said["siblings"], other.dossier, main.dossier, by=by, at=at)
    return {"id": str(report.id), "content": str(report.content_id), "copy": str(content)}


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
