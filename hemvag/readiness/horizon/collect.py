"""Fetch a feed and keep what is new in it, as the job does. Run twice, it adds nothing twice; a failure is a row."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Final

import structlog
from django.db import transaction

from hemvag.lib import clock
from hemvag.readiness import private
from hemvag.readiness.horizon import fetch, read
from hemvag.readiness.horizon.refused import Refused
from hemvag.readiness.models import Feed, FeedFailure, HorizonItem, Removal
from hemvag.vault import tokens
from hemvag.vault.installed import keyring

DOMAIN: Final = "horizon item"
log = structlog.get_logger()


def collect(feed_id: uuid.UUID, *, at: dt.datetime) -> int:
    """Fetch one feed unless it is paused; return how many items were added. What goes wrong is kept as a failure."""
    feed = Feed.objects.followed().filter(pk=feed_id).first()
    if feed is None:
        return 0
    try:
        answer = fetch.fetch(feed.url, etag=feed.etag, modified=feed.modified)
        found = [] if answer.body is None else read.entries(answer.body, url=answer.url, media=answer.media, at=at)
    except Refused as why:
        return _failed(feed, why, at)
    with transaction.atomic():
        added = _added(feed, found, at)
        facts = {} if answer.body is None else {"etag": answer.etag, "modified": answer.modified}
        Feed.objects.filter(pk=feed.pk).update(tried_at=clock.now(), worked_at=at, **facts)
    log.info("feed fetched", added=added)
    return added


def token(feed: Feed, key: str, generation: int | None = None) -> int:
    """Return the keyed hash by which a removed piece of a feed is known again."""
    return tokens.blind(keyring(), feed.authority_id, DOMAIN, f"{feed.pk} {key}", generation)


def _failed(feed: Feed, why: Refused, at: dt.datetime) -> int:
    with transaction.atomic():
        FeedFailure.objects.create(feed=feed, code=why.code, number=why.number, at=at)
        Feed.objects.filter(pk=feed.pk).update(tried_at=clock.now())
    log.info("feed not fetched", why=why.code)
    return 0


def _added(feed: Feed, found: Sequence[read.Entry], at: dt.datetime) -> int:
    known = set(feed.items.filter(key__in={key for one in found for key in one.keys}).values_list("key", flat=True))
    removed = _removed(feed, {key for one in found for key in one.keys})
    today = clock.local(at).date()
    fresh: dict[str, read.Entry] = {}
    for one in found:
        is_known = one.keys & (known | removed | set(fresh))
        if not is_known and not private.holds_number(f"{one.title} {one.summary}", today=today):
            fresh[one.key] = one
    before = feed.items.count()
    HorizonItem.objects.bulk_create((_item(feed, one, at) for one in fresh.values()), ignore_conflicts=True)
    return feed.items.count() - before


def _removed(feed: Feed, keys: Iterable[str]) -> set[str]:
    """Return those of the keys whose piece somebody has removed."""
    by_token = {token(feed, key, generation): key for key in keys for generation in keyring().generations}
    found = Removal.objects.filter(authority=feed.authority_id, token__in=by_token)
    return {by_token[number] for number in found.values_list("token", flat=True) if number is not None}


def _item(feed: Feed, one: read.Entry, at: dt.datetime) -> HorizonItem:
    return HorizonItem(
        authority_id=feed.authority_id,
        kind=HorizonItem.Kind.FETCHED,
        feed=feed,
        key=one.key,
        source=feed.name,
        title=one.title,
        summary=one.summary,
        link=one.link,
        day=one.day,
        at=at,
    )
