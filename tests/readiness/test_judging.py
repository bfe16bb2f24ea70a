"""The horizon: a person says what each item is worth, and what is about somebody after all goes for good."""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client, override_settings

from hemvag.lib import clock
from hemvag.readiness import indicators, private
from hemvag.readiness.horizon import collect, judge, shown, words
from hemvag.readiness.indicator import Says
from hemvag.readiness.models import Feed, HorizonItem, Outcome, Removal, Triage, TriageReason
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


def judged(town: Town, item: HorizonItem, outcome: str = Outcome.ACT, reason: str = "Ring jouren.") -> Triage | None:
    return judge.judge(item.pk, outcome=outcome, reason=reason, by=town.workers["coordinator"], at=clock.now())


def test_a_week_is_judged_in_one_page_and_the_latest_stands(town: Town, address: str, client: Client) -> None:
    collected(making.feed(town, f"{address}/two"))
    first, second, third = HorizonItem.objects.order_by("title")
    sent = {f"outcome-{first.pk}": "ignore", f"outcome-{second.pk}": "act", f"outcome-{third.pk}": ""}
    page = post(client, WEEK, **sent)
    assert page.status_code == 422
    assert "Skriv varför det kräver något." in text(page)
    assert not Triage.objects.exists()
    page = post(client, WEEK, **sent, **{f"reason-{second.pk}": "Pröva jourlistan."})
    assert "2 bedömningar är sparade." in text(page)
    assert "Pröva jourlistan." in page.content.decode()
    assert "0 bedömningar" in text(post(client, WEEK, **sent, **{f"reason-{second.pk}": "Pröva jourlistan."}))
    post(client, WEEK, **{f"outcome-{second.pk}": "watch"})
    assert sorted(row.outcome for row in Triage.objects.all()) == ["act", "ignore", "watch"]
    assert [row.outcome for row in HorizonItem.objects.judged().order_by("title")] == ["ignore", "watch", None]
    assert all(row.by == town.workers["coordinator"] for row in Triage.objects.all())
    assert HorizonItem.objects.waiting().count() == 1


def test_what_waits_in_other_weeks_is_told_with_the_way_there(town: Town, client: Client) -> None:
    making.entered(town, at=AT - dt.timedelta(days=14))
    page = client.get("/readiness/horizon/")
    assert "1 till väntar i andra veckor." in text(page)
    assert "week=2026-04-20" in page.content.decode()
    assert "Samtal om barn" in text(client.get("/readiness/horizon/?week=2026-04-22"))
    assert client.get("/readiness/horizon/?week=rubbish").status_code == 200


def test_a_week_with_more_than_a_page_says_so(town: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "MOST", 1)
    making.entered(town)
    making.entered(town)
    assert "Veckan har fler" in text(client.get("/readiness/horizon/"))


def test_a_reason_is_demanded_for_an_act_and_no_personal_number_in_it(town: Town) -> None:
    item = making.entered(town)
    with pytest.raises(judge.NoReason):
        judged(town, item, reason=" ")
    with pytest.raises(judge.AboutAPerson):
        judged(town, item, reason="Gäller 20200514-2381")
    assert judged(town, item)
    assert judged(town, item) is None
    watched = judged(town, item, Outcome.WATCH, "glöms")
    assert watched
    assert not TriageReason.objects.filter(triage=watched).exists()


def test_official_notices_and_acts_speak_for_another_level(town: Town, client: Client) -> None:
    def says() -> dict[str, Says]:
        return {one.code: one.says for one in indicators.ask(town.authority.id, clock.now())}

    assert (says()["notice"], says()["act"]) == (Says.NEITHER, Says.NEITHER)
    item = making.entered(town, is_official=True)
    assert (says()["notice"], says()["act"]) == (Says.FOR, Says.NEITHER)
    judged(town, item)
    assert (says()["notice"], says()["act"]) == (Says.FOR, Says.FOR)
    assert "färre än 5" in text(client.get("/readiness/"))
    judged(town, item, Outcome.IGNORE)
    assert (says()["notice"], says()["act"]) == (Says.NEITHER, Says.NEITHER)


@pytest.mark.parametrize(
    ("said", "signs"),
    [
        ("Gäller 20200514-2381.", ["number"]),
        ("Gäller 200514 2381.", ["number"]),
        ("Gäller 200514-2380, fel siffra.", ["number"]),
        ("Samordningsnummer 701063-2391", ["number"]),
        ("Ring 070-174 06 05.", ["phone"]),
        ("Ring +46 70 174 06 05.", ["phone"]),
        ("Skriv till amina@example.test", ["email"]),
        ("Se https://www.facebook.com/amina.n", ["social"]),
        ("Se t.me/kanalen", ["social"]),
        ("Hon heter @amina_n där", ["social"]),
        ("Bor på Storgatan 12", ["address"]),
        ("211 34 Malmö", ["address"]),
        ("Familjen Nilssonson väntas", ["name"]),
        ("Amina Nilssonson, 34, är på väg", ["name"]),
        ("34-åriga Amina Nilssonson är på väg", ["name"]),
        ("Utrikesminister Maria Malmer sade på onsdagen", []),
        ("41 kommuner, 2026-05-04, kl. 14.30, 1 200 personer, prop. 2024/25:89", []),
        ("https://example.se/artiklar/2026/05/12345678/", []),
        ("Röda Korset och Rädda Barnen", []),
    ],
)
def test_what_looks_like_a_person_is_seen(said: str, signs: list[str]) -> None:
    assert list(private.signs(said, today=AT.date())) == signs


def test_a_warning_must_be_answered_for_and_a_personal_number_is_refused(town: Town, client: Client) -> None:
    sent = {
        "kind": "entered",
        "source": "Stadskontoret",
        "day": "2026-05-05",
        "title": "Pressjouren nås på 040-34 10 00",
    }
    page = post(client, "/readiness/horizon/enter/", **sent)
    assert page.status_code == 422
    assert "Det ser ut att stå ett telefonnummer." in text(page)
    assert not HorizonItem.objects.exists()
    with pytest.raises(judge.NotAnsweredFor):
        making.entered(town, title=sent["title"])
    assert "Inskrivet" in text(post(client, "/readiness/horizon/enter/", **sent, answered="phone"))
    assert HorizonItem.objects.get().acknowledged == "phone"
    page = post(client, "/readiness/horizon/enter/", **{**sent, "title": "Gäller 20200514-2381"}, answered="phone")
    assert page.status_code == 422
    assert "personnummer" in text(page)
    page = post(client, "/readiness/horizon/enter/", **sent, answered="phone", link="http://example.se/")
    assert "börjar med https://" in text(page)
    with pytest.raises(judge.AboutAPerson):
        making.entered(town, summary="20200514-2381", answered=words.SIGNS)
    assert HorizonItem.objects.count() == 1


def test_a_removed_item_is_gone_with_every_word_and_its_feed_brings_it_not_back(
    town: Town, address: str, client: Client
) -> None:
    feed = making.feed(town, f"{address}/fine")
    collected(feed)
    item = HorizonItem.objects.get(title="Nyhet 1")
    judged(town, item, reason="Amina är på väg.")
    assert "förstörs" in text(client.get(f"/readiness/horizon/{item.pk}/remove/"))
    assert "Borttaget för gott" in text(post(client, f"/readiness/horizon/{item.pk}/remove/"))
    assert not HorizonItem.objects.filter(pk=item.pk).exists()
    assert not TriageReason.objects.exists()
    removed = Removal.objects.get()
    assert removed.by == town.workers["coordinator"]
    assert {field.name for field in Removal._meta.get_fields()} == {"id", "authority", "token", "at", "by"}
    assert collected(feed) == 0
    assert client.get(f"/readiness/horizon/{item.pk}/remove/").status_code == 404
    assert "Borttaget" in text(client.get("/readiness/horizon/"))
    judge.remove(making.entered(town).pk, by=town.workers["coordinator"], at=clock.now())
    assert Removal.objects.filter(token=None).count() == 1
    assert Triage.objects.count() == 1


def test_a_fetched_item_that_looks_like_a_person_is_marked_on_the_page(town: Town, client: Client) -> None:
    item = making.entered(town)
    HorizonItem.objects.filter(pk=item.pk).update(title="34-åriga Amina Nilssonson är på väg")
    page = text(client.get("/readiness/horizon/"))
    assert "Kan röra en enskild" in page
    assert "ett namn med ålder eller familj" in page


def test_the_database_takes_no_item_twice_and_no_link_but_https(town: Town, address: str) -> None:
    collected(making.feed(town, f"{address}/fine"))
    row = HorizonItem.objects.all()[0]
    for changed in ({}, {"key": "x", "link": "javascript:alert(1)"}, {"key": "y", "feed": None}):
        for name, value in changed.items():
            setattr(row, name, value)
        row.pk = uuid.uuid4()
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_a_code_that_nobody_knows_is_told_all_the_same() -> None:
    assert "Något gick fel: odd." in words.failure("odd", None)
