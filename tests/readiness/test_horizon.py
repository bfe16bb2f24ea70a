"""The horizon: feeds are fetched by a job, nothing is kept twice, and no feed stops another."""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.test import Client, override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from hemvag.config import addresses as databases
from hemvag.config import schedule
from hemvag.lib import clock
from hemvag.readiness.horizon import collect, feeds, judge, suggested
from hemvag.readiness.horizon.refused import Refused
from hemvag.readiness.models import Feed, FeedFailure, HorizonItem, Outcome
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.readiness import feeding, making

AT = dt.datetime(2026, 5, 6, 10, 0, tzinfo=clock.STOCKHOLM)
WEEK = "/readiness/horizon/?week=2026-05-04"
ClientFor = Callable[[Worker], Client]


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[None]:
    with time_machine.travel(AT):
        yield


@pytest.fixture
def client(town: Town, client_for: ClientFor) -> Client:
    return client_for(town.workers["coordinator"])


@pytest.fixture
def address() -> Iterator[str]:
    with feeding.serving() as found, override_settings(HORIZON_LOOPBACK=True):
        yield found


def post(client: Client, path: str, **facts: Any) -> Any:
    return client.post(path, {**facts, "once": str(uuid.uuid4())}, follow=True)


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def collected(feed: Feed) -> int:
    return collect.collect(feed.pk, at=clock.now())


def test_every_dialect_is_kept_once_however_often_it_is_fetched(town: Town, address: str) -> None:
    followed = [making.feed(town, f"{address}/{name}", name) for name in feeding.DIALECTS]
    assert [collected(feed) for feed in followed] == list(feeding.DIALECTS.values())
    assert [collected(feed) for feed in followed] == [0] * len(followed)
    assert HorizonItem.objects.count() == sum(feeding.DIALECTS.values())
    assert not FeedFailure.objects.exists()


def test_only_what_is_new_is_added(town: Town, address: str) -> None:
    feed = making.feed(town, f"{address}/fine")
    assert collected(feed) == 2
    Feed.objects.filter(pk=feed.pk).update(url=f"{address}/two")
    assert collected(feed) == 1
    for path, number in (("same-ids", 3), ("one-of-same", 0), ("twice", 0), ("many", 197)):
        Feed.objects.filter(pk=feed.pk).update(url=f"{address}/{path}")
        assert collected(feed) == number, path


def test_a_feed_that_fails_leaves_a_row_and_stops_no_other(town: Town, address: str, client: Client) -> None:
    bad, good = making.feed(town, f"{address}/html", "Trasig"), making.feed(town, f"{address}/fine", "Hel")
    assert [collected(bad), collected(good)] == [0, 2]
    Feed.objects.filter(pk=good.pk).update(url=f"{address}/status/503")
    assert collected(good) == 0
    rows = FeedFailure.objects.order_by("at").values_list("feed__name", "code", "number")
    assert list(rows) == [("Trasig", "html", None), ("Hel", "status", 503)]
    page = text(client.get("/readiness/horizon/feeds/"))
    assert "inte ett flöde" in page
    assert "svarade med fel 503" in page
    assert "aldrig" in page
    assert "har aldrig gått att hämta" in text(client.get("/readiness/horizon/"))


def test_what_a_failing_feed_said_before_stays_and_it_is_asked_anew(town: Town, address: str) -> None:
    feed = making.feed(town, f"{address}/same")
    assert (collected(feed), collected(feed)) == (1, 0)
    feed.refresh_from_db()
    assert (feed.etag, FeedFailure.objects.count()) == ('"one"', 0)
    assert [path for path, _headers in feeding.Feeds.asked] == ["/same", "/same"]
    assert feeding.Feeds.asked[1][1]["if-none-match"] == '"one"'


def test_what_holds_a_personal_number_is_never_kept(town: Town, address: str) -> None:
    assert collected(making.feed(town, f"{address}/person")) == 1
    assert [item.title for item in HorizonItem.objects.all()] == ["Nyhet 2"]


def test_each_feed_is_a_job_of_its_own_and_waits_once(town: Town) -> None:
    first, second = making.feed(town), making.feed(town, "https://example.se/other/")
    feeds.pause(second, by=town.workers["coordinator"], at=clock.now())
    assert feeds.ask_all(at=clock.now()) == 1
    assert schedule.ask_for_feeds(0) == 1
    jobs = ProcrastinateJob.objects.filter(task_name=feeds.TASK)
    assert sorted(job.args["feed_id"] for job in jobs) == sorted([str(first.pk), str(second.pk)])
    assert len({job.lock for job in jobs}) == 2
    assert collected(second) == 0


def test_the_job_role_fetches_and_keeps_and_nothing_is_fetched_in_a_request(
    own_town: Town, own_database: str, address: str, client_for: ClientFor
) -> None:
    sent = {"name": "Egen", "url": f"{address}/fine"}
    page = post(client_for(own_town.workers["coordinator"]), "/readiness/horizon/feeds/", **sent)
    assert "hämtas" in text(page)
    assert feeding.Feeds.asked == []
    feed = Feed.objects.get()
    connections["default"].close()
    connections["default"].settings_dict.update(databases.address("job"), NAME=own_database)
    try:
        assert schedule.fetch_feed(str(feed.pk)) == 2
        assert schedule.ask_for_feeds(0) == 1
    finally:
        connections["default"].close()
        connections["default"].settings_dict.update(databases.address("staff"), NAME=own_database)
    assert HorizonItem.objects.count() == 2


def test_feeds_are_followed_paused_and_taken_up_again(town: Town, client: Client) -> None:
    page = post(client, "/readiness/horizon/feeds/", name="Regeringen", url="https://example.se/rss")
    assert "Flödet är tillagt" in text(page)
    assert "hämtas" in text(page)
    assert "hx-get" in page.content.decode()
    feed = Feed.objects.get()
    for url, said in (
        ("https://example.se/rss", "följs redan"),
        ("http://example.se/rss", "https://"),
        ("https://10.0.0.1/rss", "eget nät"),
    ):
        page = post(client, "/readiness/horizon/feeds/", name="x", url=url)
        assert page.status_code == 422
        assert said in text(page)
    assert "pausat" in text(post(client, f"/readiness/horizon/feeds/{feed.pk}/pause/"))
    page = text(post(client, f"/readiness/horizon/feeds/{feed.pk}/pause/", follow="on"))
    assert "pausat" not in page.replace("är pausat", "")
    assert "1 flöde hämtas." in text(post(client, "/readiness/horizon/feeds/fetch/"))
    part = client.get("/readiness/horizon/feeds/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    with time_machine.travel(AT + dt.timedelta(minutes=30)):
        assert "jobben körs inte" in text(client.get("/readiness/horizon/feeds/"))


def test_suggestions_say_that_nobody_has_tried_them_and_are_not_fetched(town: Town, client: Client) -> None:
    page = text(client.get("/readiness/horizon/feeds/"))
    assert "oprövade adresser" in page
    assert "Säkerhetspolisen" in page
    assert not Feed.objects.exists()
    assert all(one.url.startswith("https://") for one in suggested.suggested().feeds)


def test_verbs_refuse_strangers(town: Town) -> None:
    feed, item = making.feed(town), making.entered(town)
    facts: dict[str, Any] = {"by": town.workers["unit_lead"], "at": clock.now()}
    with pytest.raises(feeds.NotTheCoordinator):
        feeds.follow(authority=town.authority.id, name="x", url="https://example.se/x", **facts)
    with pytest.raises(feeds.NotTheCoordinator):
        feeds.pause(feed, **facts)
    with pytest.raises(feeds.NotTheCoordinator):
        feeds.resume(feed, **facts)
    with pytest.raises(feeds.NotTheCoordinator):
        feeds.ask(authority=town.authority.id, **facts)
    with pytest.raises(judge.NotHere):
        judge.judge(item.pk, outcome=Outcome.WATCH, reason="", **facts)
    with pytest.raises(judge.NotHere):
        judge.remove(item.pk, **facts)
    with pytest.raises(Refused):
        making.entered(town, link="http://example.se/")
