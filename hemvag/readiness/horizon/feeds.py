"""Follow a feed, pause it, take it up again, and ask for it now. Fetching itself is a job: `horizon.collect`."""

import datetime as dt
import uuid
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hemvag.access.abilities import Ability, granted
from hemvag.readiness.horizon import addresses
from hemvag.readiness.models import Feed
from hemvag.staff.models import Worker

TASK: Final = "fetch_feed"


class NotTheCoordinator(PermissionError):
    """The worker does not work with this committee's readiness."""


class AlreadyFollowed(Exception):
    """The committee follows this address already."""


def follow(*, authority: uuid.UUID, name: str, url: str, by: Worker, at: dt.datetime) -> Feed:
    """Add a feed and ask for it. Raises NotTheCoordinator, AlreadyFollowed, and Refused for an address that may not be
    fetched."""
    if authority not in granted(by, at).authorities(Ability.READINESS_WORK):
        raise NotTheCoordinator(by.pk)
    addresses.place(url)
    try:
        with transaction.atomic():
            feed = Feed.objects.create(authority_id=authority, name=name, url=url.strip(), by=by, at=at, asked_at=at)
    except IntegrityError:
        raise AlreadyFollowed from None
    _defer([feed])
    return feed


def pause(feed: Feed, *, by: Worker, at: dt.datetime) -> None:
    """Fetch the feed no more until it is taken up again; what it brought stays. Raises NotTheCoordinator."""
    _must_see(feed, by, at)
    Feed.objects.followed().filter(pk=feed.pk).update(paused_at=at, paused_by=by)


def resume(feed: Feed, *, by: Worker, at: dt.datetime) -> None:
    """Fetch the feed again, and now. Raises NotTheCoordinator."""
    _must_see(feed, by, at)
    Feed.objects.filter(pk=feed.pk).update(paused_at=None, paused_by=None, asked_at=at)
    _defer([feed])


def ask(*, authority: uuid.UUID, by: Worker, at: dt.datetime) -> int:
    """Ask for every feed of the committee that is not paused; return how many. Raises NotTheCoordinator."""
    if authority not in granted(by, at).authorities(Ability.READINESS_WORK):
        raise NotTheCoordinator(by.pk)
    return _asked(Feed.objects.followed().filter(authority=authority), at)


def ask_all(*, at: dt.datetime) -> int:
    """Ask for every feed that is not paused, each as a job of its own, so that none can stop another."""
    return _asked(Feed.objects.followed(), at)


def _asked(feeds: Iterable[Feed], at: dt.datetime) -> int:
    found = list(feeds)
    Feed.objects.filter(pk__in=[feed.pk for feed in found]).update(asked_at=at)
    _defer(found)
    return len(found)


def _defer(feeds: Iterable[Feed]) -> None:
    """Put each in the queue once: one that waits there already is not put twice, and never two of a feed at once."""
    for feed in feeds:
        task = app.configure_task(TASK, lock=f"feed {feed.pk}", queueing_lock=f"feed {feed.pk}")
        with suppress(AlreadyEnqueued), transaction.atomic():
            task.defer(feed_id=str(feed.pk))


def _must_see(feed: Feed, by: Worker, at: dt.datetime) -> None:
    if not Feed.objects.visible_to(by, at).filter(pk=feed.pk).exists():
        raise NotTheCoordinator(by.pk)
