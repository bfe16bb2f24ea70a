"""Break the glass (nödöppna): open a child's dossier outside one's own work, for a while, and only to read.

The unit's lead is told at once, since her Today is made of these rows, and says afterwards whether it was justified.
What does not exist, what lies at the protected desk, what one has stepped off and what is an adult's or a caller's are
answered alike: nothing was opened.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction

from hemvag.access.abilities import Ability, granted
from hemvag.audit import log
from hemvag.audit.models import Act, Entry, Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import BrokenGlass, Dossier, GlassOutcome, GlassReview, JournalEntry, Sight
from hemvag.dossiers.models.glass import BrokenGlassQuerySet
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker

KIND: Final = "glass"
PROVISION: Final = "10 § SoLPuL (2001:454)"
LEAST_REASON, MOST_REASON = 20, 2000
MOST_TRIES: Final = 10
DAY: Final = dt.timedelta(days=1)


class ReasonTooShort(Exception):
    """The reason says too little for a lead to judge it."""


class NothingOpened(Exception):
    """Nothing of what was named can be opened this way: no more is said, whether it exists or not."""


class TooManyTries(Exception):
    """The worker has tried as often as one may within a day."""


class NotYoursToReview(Exception):
    """It is reviewed by a lead of the dossier's unit, who is not the one who broke the glass."""


class AlreadyReviewed(Exception):
    """Another lead was first."""


def break_glass(
    candidates: Collection[uuid.UUID], *, reason: str, by: Worker, at: dt.datetime, door: str = "staff"
) -> list[BrokenGlass]:
    """Open to `by`, to read, those of `candidates` that may be; her reason is sealed in each. Return what is open.

    What is open to her already stays open until its own time and is returned as it is. Every try is logged, also one
    that opens nothing. Raises ReasonTooShort, TooManyTries, NothingOpened.
    """
    written = reason.strip()
    if not LEAST_REASON <= len(written) <= MOST_REASON:
        raise ReasonTooShort
    tries = Entry.objects.filter(worker=by.id, purpose=Purpose.GLASS, at__gt=at - DAY, at__lte=at)
    if tries.count() >= MOST_TRIES:
        raise TooManyTries
    found = list(Dossier.objects.breakable_by(by, at).filter(id__in=candidates))
    if not found:
        log.write(Act.REFUSED, worker=by.id, dossiers=list(candidates), purpose=Purpose.GLASS, at=at, door=door)
        raise NothingOpened
    return [_broken(dossier, written, by=by, at=at, door=door) for dossier in found]


def _broken(dossier: Dossier, reason: str, *, by: Worker, at: dt.datetime, door: str) -> BrokenGlass:
    standing = BrokenGlass.objects.of(by).open_at(at).filter(dossier=dossier).first()
    if standing is not None:
        return standing
    until = at + dt.timedelta(minutes=settings.HEMVAG_GLASS_MINUTES)
    with transaction.atomic():
        made = BrokenGlass.objects.create(dossier=dossier, unit_id=dossier.unit_id, worker=by, at=at, until=until)
        opened = record.open_dossier(dossier.id, by=by, purpose=Purpose.GLASS, at=at, sight=Sight.GLASS, door=door)
        opened.seal(KIND, {"glass": str(made.id), "reason": reason}, by=by, at=at)
        JournalEntry.objects.create(dossier=dossier, step="glass_broken", provision=PROVISION, at=at, by=by)
    return made


def review(
    opened: Opened, glass_id: uuid.UUID, *, outcome: str, words: str = "", by: Worker, at: dt.datetime
) -> GlassReview:
    """Say whether it was justified. Found unfounded, it closes at once.

    Raises NotYoursToReview, ReasonTooShort when it was not justified and nothing says why, and AlreadyReviewed.
    """
    row = waiting_for(by, at, reviewed=True).filter(id=glass_id, dossier=opened.dossier).first()
    if row is None:
        raise NotYoursToReview
    written = words.strip()
    if outcome != GlassOutcome.JUSTIFIED and not written:
        raise ReasonTooShort
    try:
        with transaction.atomic():
            made = GlassReview.objects.create(glass=row, outcome=GlassOutcome(outcome), at=at, by=by)
            note = {"text": written} if written else None
            opened.journal(f"glass_{outcome}", PROVISION, by=by, at=at, note=note)
    except IntegrityError:
        raise AlreadyReviewed from None
    return made


def waiting_for(worker: Worker, at: dt.datetime, *, reviewed: bool = False) -> BrokenGlassQuerySet:
    """Return the broken glass that `worker` reviews: of dossiers she sees in units where she has that ability, never
    her own. Those reviewed already only when asked for."""
    units = granted(worker, at).units(Ability.GLASS_REVIEW)
    if not units:
        return BrokenGlass.objects.none()
    seen = Dossier.objects.visible_to(worker, at).filter(unit__in=units)
    rows = BrokenGlass.objects.filter(dossier__in=seen).exclude(worker=worker)
    return rows if reviewed else rows.unreviewed()


def reasons(opened: Mapping[uuid.UUID, Opened]) -> Mapping[str, str]:
    """Return the reason of each broken glass of the opened dossiers, by its id."""
    rows = [content.data for held in opened.values() for content in held.read(KIND)]
    return {row["glass"]: row["reason"] for row in rows}


def openings(row: BrokenGlass) -> Sequence[dt.datetime]:
    """Return when the dossier was opened through this broken glass, oldest first, from the read log.

    The breaking itself, which seals the reason, is not one of them.
    """
    entries = Entry.objects.filter(
        worker=row.worker_id, dossiers__contains=[row.dossier_id], act=Act.GLASS, at__gte=row.at, at__lt=row.until
    ).exclude(purpose=Purpose.GLASS)
    return list(entries.order_by("at").values_list("at", flat=True))
