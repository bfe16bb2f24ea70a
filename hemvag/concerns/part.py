"""Part two dossiers that were put together (un-merge): the second person confirms, and what moved goes back."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from hemvag.concerns import case, facts, merge
from hemvag.concerns.merge import Pair
from hemvag.concerns.models import ConcernReport, Merge, MergeKind, Step
from hemvag.people import identities
from hemvag.people.identities import Identity, Name, Number
from hemvag.staff.models import Worker


def confirm(merge_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> Merge:
    """Part the two, as the second person: the reports, their steps, the names and the number that were learned, and who
    had the other dossier, go back. A report on which work was done meanwhile stays where that was done.

    Raises Dossier.DoesNotExist, NotYours, SecondPerson, AlreadyAnswered.
    """
    row, pair = merge.answerable(merge_id, by=by, at=at)
    if row.kind != MergeKind.PART_SUGGESTED:
        raise facts.AlreadyAnswered
    confirmed = Merge.objects.filter(dossier=row.dossier_id, kind=MergeKind.CONFIRMED).latest("at")
    kept = pair.other.piece(confirmed.content_id).data
    with transaction.atomic():
        for moved in kept["reports"]:
            _put_back(moved, pair, by=by, at=at)
        _unlearn(pair, kept, by=by, at=at)
        identities.remember(pair.other)
        _take_pointer_away(pair)
        worker = uuid.UUID(kept["worker"]) if kept["worker"] else None
        merge.hand(pair.other, unit=uuid.UUID(kept["unit"]), worker=worker, by=by, at=at)
        for held in (pair.other, pair.main):
            case.enter(held, "parted", "", content=None, by=by, at=at)
        content = pair.other.seal(merge.KIND, {"into": kept["into"]}, by=by, at=at)
        return merge.step(pair, MergeKind.PARTED, after=row, content=content, by=by, at=at)


def _put_back(moved: Mapping[str, str], pair: Pair, *, by: Worker, at: dt.datetime) -> None:
    """Put a report back with its steps, and empty the copy: it is about another child."""
    report = ConcernReport.objects.get(id=moved["id"])
    steps = list(Step.objects.select_for_update(of=("self",)).filter(report=report))
    if report.dossier_id != pair.main.dossier.id or any(step.done_at is not None for step in steps):
        return
    ConcernReport.objects.filter(id=report.id).update(dossier=pair.other.dossier, content_id=moved["content"])
    Step.objects.filter(report=report).update(dossier=pair.other.dossier)
    copy = pair.main.piece(uuid.UUID(moved["copy"]))
    pair.main.reseal(copy.id, {"text": "", "siblings": []}, version=copy.version, by=by, at=at)
    merge.tell_siblings(copy.data["siblings"], pair.main.dossier, pair.other.dossier, by=by, at=at)


def _unlearn(pair: Pair, kept: Mapping[str, Any], *, by: Worker, at: dt.datetime) -> None:
    row = pair.main.one(identities.KIND)
    now = Identity.from_data(row.data)
    learned = [Name(**name) for name in kept["names"]]
    number = now.number
    if number == identities.current(pair.other).number:
        number = Number(**kept["number"])
    before = replace(now, names=[name for name in now.names if name not in learned], number=number)
    if before != now:
        identities.change(pair.main, before, version=row.version, by=by, at=at)


def _take_pointer_away(pair: Pair) -> None:
    """Empty the main dossier's pointer, as of no moment and by nobody, as it was made."""
    for row in pair.main.read(merge.KIND):
        if row.data.get("from") == str(pair.other.dossier.id):
            pair.main.reseal(row.id, {}, version=row.version, by=None, at=row.at)
