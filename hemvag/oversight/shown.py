"""What a reviewer is shown of an opening: who, when, for what, how often, and what work the worker did. No content."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, QuerySet

from hemvag.audit.models import Act, Entry, Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Assignment, Dossier, JournalEntry, Recusal, Sealed
from hemvag.oversight import found
from hemvag.oversight.models import Review
from hemvag.people import identities
from hemvag.people.identities import Identity
from hemvag.staff.models import Worker

LOOKED_BACK: Final = dt.timedelta(days=90)
LINES: Final = 30


@dataclass(frozen=True, kw_only=True)
class Work:
    """What the worker did in the dossier. Days are None for what she did not."""

    is_hers: bool
    assigned_at: dt.datetime | None
    steps: int
    last_step_at: dt.datetime | None
    texts: int
    last_text_at: dt.datetime | None
    stepped_off_at: dt.datetime | None

    @property
    def is_none(self) -> bool:
        """Whether she did nothing at all."""
        return not (self.is_hers or self.assigned_at or self.steps or self.texts or self.stepped_off_at)


def work(review: Review) -> Work:
    """Return what the worker did in the dossier, ever. Four queries."""
    dossier, worker = review.dossier, review.worker_id
    steps = JournalEntry.objects.filter(dossier=dossier, by=worker)
    texts = Sealed.objects.filter(dossier=dossier, by=worker)
    return Work(
        is_hers=dossier.worker_id == worker,
        assigned_at=_newest(Assignment.objects.filter(dossier=dossier, worker=worker)),
        steps=steps.count(),
        last_step_at=_newest(steps),
        texts=texts.count(),
        last_text_at=_newest(texts),
        stepped_off_at=_newest(Recusal.objects.filter(dossier=dossier, worker=worker)),
    )


def _newest(rows: QuerySet[Any]) -> dt.datetime | None:
    newest: dt.datetime | None = rows.aggregate(newest=Max("at"))["newest"]
    return newest


def lines(review: Review) -> list[Entry]:
    """Return the worker's lines about the dossier in the 90 days before and after, the newest first, LINES at most."""
    rows = Entry.objects.filter(
        worker=review.worker_id,
        dossiers__contains=[review.dossier_id],
        at__gte=review.opened_at - LOOKED_BACK,
        at__lte=review.opened_at + LOOKED_BACK,
    )
    return list(rows.order_by("-at", "-id")[:LINES])


def in_a_row(review: Review) -> list[str]:
    """Return the references of what the worker opened in the hour that the opening began, in the order of opening."""
    rows = Entry.objects.filter(
        worker=review.worker_id,
        act=Act.OPENED,
        at__gte=review.opened_at,
        at__lte=review.opened_at + found.MANY_WITHIN,
    )
    opened = dict.fromkeys(dossier for row in rows.order_by("at", "id") for dossier in row.dossiers)
    known = references(list(opened), review)
    return [known[dossier] for dossier in opened if dossier in known]


def references(dossiers: Sequence[UUID], review: Review) -> Mapping[UUID, str]:
    """Return the reference numbers of the committee's dossiers among these."""
    rows = Dossier.objects.filter(id__in=dossiers, authority=review.unit.authority_id)
    return dict(rows.values_list("id", "reference"))


def identity(review: Review, *, to: Worker, at: dt.datetime) -> Identity | None:
    """Return whom the dossier is about, to who may see it; else nothing. The read log gets its line."""
    listed = Dossier.objects.filter(id=review.dossier_id)
    opened = record.open_many(listed, by=to, purpose=Purpose.LOG_REVIEW, at=at, kinds=[identities.KIND])
    held = opened.get(review.dossier_id)
    return identities.current(held) if held is not None and held.read(identities.KIND) else None
