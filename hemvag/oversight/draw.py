"""Draw a unit's sample from a week of the read log: once, by a lead or by itself, and give it to who reviews it."""

import datetime as dt
import random
import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import structlog
from django.db import IntegrityError, transaction

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Unit
from hemvag.lib import clock
from hemvag.oversight import found, reasons
from hemvag.oversight.found import A_WEEK, Opening
from hemvag.oversight.leads import Leads
from hemvag.oversight.models import Draw, Review
from hemvag.staff.models import Membership, Worker

SAMPLE: Final = 4
"""Openings a unit and week that are drawn by chance or for what stands in the dossier; one of them always by chance."""
OF_EACH: Final = 2
"""Openings a unit and week of each kind that the log alone shows."""
WORK_TAKES: Final = 2 * A_WEEK
"""How long ago an opening was, before "never worked on" is asked of it."""
MOST_COMPARED: Final = 100
"""Dossiers of one worker and week that are compared, drawn by chance when there are more."""

log = structlog.get_logger()


class AlreadyDrawn(Exception):
    """The unit's week has been drawn."""


class WeekNotOver(Exception):
    """The week is still running, or it has not begun."""


class NotYourUnit(PermissionError):
    """The worker does not review this unit."""


def last_whole_week(at: dt.datetime) -> dt.date:
    """Return the Monday of the last week that is over."""
    day = clock.local(at).date()
    return day - dt.timedelta(days=day.weekday() + 7)


def draw(unit: Unit, *, week: dt.date, by: Worker | None, at: dt.datetime, chance: random.Random | None = None) -> Draw:
    """Draw the sample of a unit's week (a Monday) and give each opening to a lead; `by` is None when it runs by itself.

    Which openings are drawn cannot be foreseen. Raises AlreadyDrawn, WeekNotOver and NotYourUnit.
    """
    if by is not None and unit.id not in granted(by, at).units(Ability.LOG_REVIEW):
        raise NotYourUnit
    if week.weekday() or found.starts(week + A_WEEK) > at:
        raise WeekNotOver
    workers = found.members(unit, week)
    rows = found.openings(workers, unit, week)
    with transaction.atomic():
        try:
            with transaction.atomic():
                drawn = Draw.objects.create(unit=unit, week=week, openings=len(rows), at=at, by=by)
        except IntegrityError:
            raise AlreadyDrawn from None
        picked = _picked(unit, week, workers, rows, by=by, at=at, chance=chance or secrets.SystemRandom())
        _give(picked, unit, at=at)
    return drawn


def draw_all(*, at: dt.datetime) -> int:
    """Draw the last whole week of every unit whose week is not drawn; return how many units. May run twice, or late."""
    week = last_whole_week(at)
    day = clock.local(at).date()
    peopled = Membership.objects.on(day).values("unit")
    done = Draw.objects.filter(week=week).values("unit")
    drawn = 0
    for unit in Unit.objects.on(day).filter(id__in=peopled).exclude(id__in=done):
        try:
            draw(unit, week=week, by=None, at=at)
        except AlreadyDrawn:
            continue
        drawn += 1
    log.info("log samples drawn", units=drawn)
    return drawn


def hand_over(*, at: dt.datetime) -> int:
    """Give each waiting review whose lead may no longer review, or that has none, to who may; return how many."""
    moved = 0
    waiting = Review.objects.waiting().select_related("unit", "lead").order_by("at", "id")
    leads: dict[uuid.UUID, Leads] = {}
    for review in waiting:
        if review.lead and granted(review.lead, at).has(Ability.LOG_REVIEW):
            continue
        chosen = leads.setdefault(review.unit_id, Leads(review.unit, at)).choose(review.worker_id)
        if chosen is not None:
            moved += Review.objects.filter(id=review.id).update(lead=chosen)
    return moved


def _picked(
    unit: Unit,
    week: dt.date,
    workers: Mapping[uuid.UUID, Worker],
    rows: Sequence[Opening],
    *,
    by: Worker | None,
    at: dt.datetime,
    chance: random.Random,
) -> dict[uuid.UUID, tuple[Opening, str]]:
    """Return what is drawn, with its kind, by line of the log; a line is drawn once only, whatever it is drawn for."""
    earlier = found.openings(workers, unit, week - WORK_TAKES)
    lines = {one.entry for one in (*rows, *earlier)}
    taken = set(Review.objects.filter(entry__in=lines).values_list("entry", flat=True))
    picked: dict[uuid.UUID, tuple[Opening, str]] = {}

    def take(some: Iterable[Opening], kind: str, most: int) -> None:
        left = list({one.entry: one for one in some if one.entry not in picked and one.entry not in taken}.values())
        for one in chance.sample(left, min(most, len(left))):
            picked[one.entry] = one, kind

    take(found.many_in_a_row(rows), Review.Kind.MANY, OF_EACH)
    take(found.at_night(rows, unit), Review.Kind.NIGHT, OF_EACH)
    take(found.unworked(earlier), Review.Kind.UNWORKED, OF_EACH)
    take(_hits(unit, workers, rows, by=by, at=at, chance=chance), Review.Kind.DRAWN, SAMPLE - 1)
    drawn = sum(kind == Review.Kind.DRAWN for _one, kind in picked.values())
    take(rows, Review.Kind.DRAWN, SAMPLE - drawn)
    return picked


def _hits(
    unit: Unit,
    workers: Mapping[uuid.UUID, Worker],
    rows: Sequence[Opening],
    *,
    by: Worker | None,
    at: dt.datetime,
    chance: random.Random,
) -> list[Opening]:
    """Return the openings of dossiers in which something speaks for a look."""
    colleagues = [
        row.worker for row in Membership.objects.filter(unit__authority=unit.authority_id).select_related("worker")
    ]
    hits: list[Opening] = []
    for number, worker in workers.items():
        own = [one for one in rows if one.worker == number]
        dossiers = sorted({one.dossier for one in own})
        some = chance.sample(dossiers, min(MOST_COMPARED, len(dossiers)))
        if some:
            spoken = reasons.compared(some, reasons.names_of(worker, colleagues), at=at, by=by)
            hits += [one for one in own if one.dossier in spoken]
    return hits


def _give(picked: Mapping[uuid.UUID, tuple[Opening, str]], unit: Unit, *, at: dt.datetime) -> None:
    leads = Leads(unit, at)
    Review.objects.bulk_create(
        Review(
            unit=unit,
            worker_id=one.worker,
            lead=leads.choose(one.worker),
            dossier_id=one.dossier,
            entry=entry,
            kind=kind,
            opened_at=one.at,
            at=at,
        )
        for entry, (one, kind) in picked.items()
    )
