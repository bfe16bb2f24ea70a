"""What the pages show of the horizon: a week of items, and how each feed goes."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hemvag.lib import clock
from hemvag.readiness import private
from hemvag.readiness.horizon import words
from hemvag.readiness.models import Feed, HorizonItem
from hemvag.staff.models import Worker

A_WEEK: Final = dt.timedelta(days=7)
MOST: Final = 300
"""Items of a week that the page shows at most, the newest first."""
STUCK: Final = dt.timedelta(minutes=15)
"""A feed that was asked for this long ago and not tried: the jobs are not running."""
FAILURES: Final = 5


@dataclass(frozen=True, kw_only=True)
class Week:
    """The items that came in one week, the newest first, and where older ones wait to be judged."""

    monday: dt.date
    items: Sequence[HorizonItem]
    is_cut: bool
    waiting: int
    waiting_in: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Followed:
    """One feed as it goes: why it failed lately in words, newest first; `is_failing` when the last try failed."""

    feed: Feed
    failures: Sequence[tuple[dt.datetime, str]]
    is_failing: bool
    is_stuck: bool


def monday(day: dt.date) -> dt.date:
    """Return the first day of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def week(worker: Worker, authority: uuid.UUID, first: dt.date, at: dt.datetime) -> Week:
    """Return the week that begins on the Monday `first`."""
    mine = HorizonItem.objects.visible_to(worker, at).filter(authority=authority)
    begins = dt.datetime.combine(first, dt.time.min, clock.STOCKHOLM)
    ends = dt.datetime.combine(first + A_WEEK, dt.time.min, clock.STOCKHOLM)
    found = list(mine.filter(at__gte=begins, at__lt=ends).judged().order_by("-at", "source", "-day", "pk")[: MOST + 1])
    elsewhere = mine.waiting().exclude(at__gte=begins, at__lt=ends).order_by("at")
    oldest = elsewhere.values_list("at", flat=True).first()
    return Week(
        monday=first,
        items=found[:MOST],
        is_cut=len(found) > MOST,
        waiting=elsewhere.count(),
        waiting_in=monday(clock.local(oldest).date()) if oldest else None,
    )


def feeds(worker: Worker, authority: uuid.UUID, at: dt.datetime) -> list[Followed]:
    """Return the committee's feeds by name, those that are paused last."""
    rows = Feed.objects.visible_to(worker, at).filter(authority=authority).select_related("by", "paused_by")
    return [_followed(feed, at) for feed in sorted(rows, key=lambda feed: (feed.paused_at is not None, feed.name))]


def signs(item: HorizonItem, today: dt.date) -> str:
    """Return in words what in an item looks as if it were about a private person; empty when nothing does.

    What the one who entered it has answered for is not said again.
    """
    answered = item.acknowledged.split()
    found = private.signs(f"{item.title} \n{item.summary}", today=today)
    return words.signs(code for code in found if code not in answered)


def _followed(feed: Feed, at: dt.datetime) -> Followed:
    rows = list(feed.failures.order_by("-at", "-id")[:FAILURES])
    is_failing = bool(rows) and (feed.worked_at is None or rows[0].at > feed.worked_at)
    return Followed(
        feed=feed,
        failures=[(row.at, words.failure(row.code, row.number)) for row in rows],
        is_failing=is_failing,
        is_stuck=feed.is_waiting and feed.asked_at is not None and at - feed.asked_at > STUCK,
    )
