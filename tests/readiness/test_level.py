"""The level is a person's decision, dated and signed, with what spoke for and against; raising starts a checklist."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client, override_settings

from hemvag.lib import clock
from hemvag.readiness import checklist, decide, levels
from hemvag.readiness.content import content
from hemvag.readiness.models import Check, CheckMark, LevelDecision
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.readiness import making

AT = dt.datetime(2026, 5, 6, 10, 0, tzinfo=clock.STOCKHOLM)
TODAY = AT.date()
DONE, OPEN = CheckMark.State.DONE, CheckMark.State.OPEN
FORM = {"reasons": making.REASONS, "decider": "Socialchefen", "decided_on": "2026-05-06"}


@pytest.fixture(autouse=True)
def wednesday() -> Any:
    with time_machine.travel(AT):
        yield


@pytest.fixture
def client(town: Town, client_for: Callable[[Worker], Client]) -> Client:
    return client_for(town.workers["coordinator"])


def post(client: Client, path: str, **facts: str) -> Any:
    return client.post(f"/readiness/{path}/", {**facts, "once": str(uuid.uuid4())}, follow=True)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def standing(town: Town) -> LevelDecision:
    found = LevelDecision.objects.filter(authority=town.authority).standing()
    assert found
    return found


def test_a_level_that_nobody_has_decided_is_unknown_and_never_the_lowest(client: Client) -> None:
    page = words(client.get("/readiness/"))
    assert "Okänd nivå" in page
    assert "Även Normal är ett beslut." in page
    assert "förslag, ändra efter er ordning" in page


def test_no_reason_to_raise_it_now_is_a_dated_and_signed_decision(town: Town, client: Client) -> None:
    first = making.decided(town)
    assert (first.kind, first.review_on) == ("first", TODAY + dt.timedelta(days=182))
    sent = {**FORM, "level": "1", "standing": str(first.pk), "review_on": "2026-06-01"}
    page = words(post(client, "decide", **sent))
    kept = standing(town)
    assert (kept.kind, kept.by, kept.review_on) == ("kept", town.workers["coordinator"], dt.date(2026, 6, 1))
    assert all(part in page for part in ("Behållen", "Socialchefen", making.REASONS, "Tidigare beslut"))
    assert LevelDecision.objects.count() == 2


@pytest.mark.parametrize(("level", "days"), [(1, 182), (2, 30), (3, 7), (4, 1)])
def test_the_next_review_comes_when_the_level_says_and_never_later(town: Town, level: int, days: int) -> None:
    made = making.decided(town, level=level)
    assert made.review_on == TODAY + dt.timedelta(days=days)
    with pytest.raises(decide.ReviewTooLate):
        making.decided(town, level=level, review_on=TODAY + dt.timedelta(days=days + 1))
    with pytest.raises(decide.ReviewTooLate):
        making.decided(town, level=level, review_on=TODAY)
    assert making.decided(town, level=level, review_on=TODAY + dt.timedelta(days=1)).kind == "kept"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"reasons": ""}, "Fyll i"),
        ({"decider": ""}, "Fyll i"),
        ({"level": ""}, "Välj ett av alternativen"),
        ({"level": "9"}, "Välj ett av alternativen"),
        ({"decided_on": "2026-05-07"}, "Dagen har inte varit än"),
        ({"decided_on": "2026-05-05"}, "före det beslut som gäller"),
        ({"review_on": "2026-06-06"}, "senast 2026-06-05"),
        ({"review_on": "2026-05-06"}, "efter beslutet"),
        ({"reasons": "Rör 20200514-2381."}, "personnummer"),
        ({"standing": ""}, "Någon har beslutat medan du skrev"),
    ],
)
def test_a_decision_that_lacks_something_comes_back_with_what_was_typed(
    town: Town, client: Client, facts: dict[str, str], said: str
) -> None:
    first = making.decided(town)
    page = post(client, "decide", **{**FORM, "level": "2", "standing": str(first.pk), **facts})
    assert page.status_code == 422
    assert said in words(page)
    assert LevelDecision.objects.count() == 1


def test_two_decisions_never_follow_the_same_one(town: Town) -> None:
    first = making.decided(town)
    making.decided(town, level=2)
    facts = {"reasons": "x", "decider": "y", "decided_on": TODAY, "review_on": None, "at": AT}
    with pytest.raises(decide.Changed):
        decide.decide(authority=town.authority.id, after=first.pk, level=3, by=town.workers["coordinator"], **facts)
    row = standing(town)
    row.pk, row.after = uuid.uuid4(), first
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_verbs_refuse_strangers_unknown_levels_and_other_days(town: Town) -> None:
    making.decided(town)
    facts: dict[str, Any] = {"after": standing(town).pk, "decided_on": TODAY, "review_on": None, "at": AT}
    with pytest.raises(decide.NotTheCoordinator):
        decide.decide(
            authority=town.authority.id, level=1, reasons="x", decider="y", by=town.workers["unit_lead"], **facts
        )
    with pytest.raises(decide.NoSuchLevel):
        making.decided(town, level=5)
    with pytest.raises(decide.WrongDay):
        making.decided(town, decided_on=TODAY + dt.timedelta(days=1))
    with pytest.raises(decide.WrongDay):
        making.decided(town, decided_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(decide.NoReasons):
        making.decided(town, reasons=" ")


def test_the_indicators_as_they_stood_are_kept_with_the_decision(town: Town, client: Client) -> None:
    made = making.decided(town)
    assert {row["code"] for row in made.indicators} >= {"reports", "line", "quiet"}
    page = words(client.get(f"/readiness/decisions/{made.pk}/"))
    assert "Orosanmälningar förra månaden : okänt" in page
    assert client.get(f"/readiness/decisions/{uuid.uuid4()}/").status_code == 404


def test_a_review_that_is_late_stands_on_today_and_on_the_page(
    town: Town, client_for: Callable[[Worker], Client]
) -> None:
    coordinator = town.workers["coordinator"]
    making.decided(town, level=3)
    assert "Se över beredskapsnivån" not in words(client_for(coordinator).get("/today/"))
    with time_machine.travel(AT + dt.timedelta(days=5)):
        assert "Snart" in words(client_for(coordinator).get("/today/"))
    with time_machine.travel(AT + dt.timedelta(days=8)):
        client = client_for(coordinator)
        page = words(client.get("/today/"))
        assert "Försenat" in page
        assert "Se över beredskapsnivån: 3 Höjd" in page
        assert "Nivån skulle ha setts över" in words(client.get("/readiness/"))
        assert "beredskapsnivån" not in words(client_for(town.workers["unit_lead"]).get("/today/"))


def test_raising_starts_the_checklist_and_raising_again_goes_on_with_what_is_open(town: Town) -> None:
    making.decided(town)
    assert not Check.objects.exists()
    making.decided(town, level=2)
    assert Check.objects.count() == len(content().items)
    by = town.workers["coordinator"]
    done, begun = (Check.objects.standing().get(code=code) for code in ("press_text", "school_path"))
    facts: dict[str, Any] = {"note": "", "by": by, "at": clock.now()}
    checklist.mark(done, state=DONE, owner="Kommunikation", due=None, **facts)
    checklist.mark(begun, state=OPEN, owner="Utbildning", due=TODAY, **facts)
    making.decided(town, level=3)
    assert Check.objects.count() == len(content().items)
    assert Check.objects.standing().get(code="press_text").state == DONE  # type: ignore[attr-defined]
    making.decided(town, level=1)
    making.decided(town, level=2)
    again = {row.code: row for row in Check.objects.standing()}
    assert again["school_path"].pk == begun.pk
    assert again["school_path"].owner == "Utbildning"  # type: ignore[attr-defined]
    assert again["press_text"].pk != done.pk
    assert again["press_text"].state is None  # type: ignore[attr-defined]
    with pytest.raises(checklist.BegunAnew):
        checklist.mark(done, state=DONE, owner="", due=None, **facts)
    with pytest.raises(checklist.NotYours):
        checklist.mark(begun, state=DONE, owner="", due=None, note="", by=town.workers["unit_lead"], at=AT)


def test_ticking_adds_a_row_with_who_and_when(town: Town, client: Client) -> None:
    row = making.check(town, "interpreters")
    sent = {"state": "open", "owner": "Tolkcentralen", "due": "2026-05-08", "note": "Tre språk."}
    page = words(post(client, f"checklist/{row.pk}", **sent))
    assert "Tolkcentralen" in page
    assert "måste" in page
    post(client, f"checklist/{row.pk}/done")
    marks = list(row.marks.order_by("at", "id"))
    assert {mark.owner for mark in marks} == {"Tolkcentralen"}
    assert sorted(mark.state for mark in marks) == ["done", "open"]
    assert all(mark.by == town.workers["coordinator"] and mark.at.date() == TODAY for mark in marks)
    assert "19" in words(client.get("/readiness/checklist/"))
    assert "Tre språk." in words(client.get(f"/readiness/checklist/{row.pk}/"))


def test_an_item_past_its_day_stands_on_today(
    town: Town, client: Client, client_for: Callable[[Worker], Client]
) -> None:
    row = making.check(town)
    sent = {"state": "open", "due": "2026-05-08"}
    post(client, f"checklist/{row.pk}", **sent)
    with time_machine.travel(AT + dt.timedelta(days=3)):
        client = client_for(town.workers["coordinator"])
        assert "Checklistan: 1 punkt är försenad" in words(client.get("/today/"))
        assert "försenat" in words(client.get("/readiness/checklist/"))
    assert (
        post(client, f"checklist/{row.pk}", state="open", note="Ring 0701740605-1234 20200514-2381").status_code == 422
    )


def test_the_four_levels_of_the_practice_are_there_as_a_proposal() -> None:
    found = levels.order()
    assert [str(one) for one in found.levels] == ["1 Normal", "2 Bevakning", "3 Höjd", "4 Stab"]
    assert found.is_proposal


OWN = """
proposal = false
[[level]]
number = 1
name = { sv = "Grön", en = "Green" }
means = { sv = "Lugnt.", en = "Calm." }
decided_by = { sv = "chefen", en = "the head" }
does = { sv = "Inget.", en = "Nothing." }
review_days = 90
[[level]]
number = 2
name = { sv = "Röd", en = "Red" }
means = { sv = "Inte lugnt.", en = "Not calm." }
decided_by = { sv = "chefen", en = "the head" }
does = { sv = "Allt.", en = "Everything." }
review_days = 3
"""


def test_a_municipality_replaces_the_levels_by_its_own(town: Town, client: Client, tmp_path: Path) -> None:
    (tmp_path / "levels.toml").write_text(OWN)
    with override_settings(HEMVAG_READINESS_CONTENT=str(tmp_path)):
        assert making.decided(town, level=2).review_on == TODAY + dt.timedelta(days=3)
        page = words(client.get("/readiness/"))
        assert "Röd" in page
        assert "förslag" not in page
        with pytest.raises(decide.NoSuchLevel):
            making.decided(town, level=3)


@pytest.mark.parametrize(
    ("before", "after"),
    [("number = 2", "number = 3"), ("review_days = 3", "review_days = 0"), ('sv = "Röd"', 'se = "Röd"'), ("[[", "[")],
)
def test_an_order_that_cannot_be_followed_is_refused_by_its_name(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "levels.toml").write_text(OWN.replace(before, after))
    with (
        override_settings(HEMVAG_READINESS_CONTENT=str(tmp_path)),
        pytest.raises(levels.WrongOrder, match=r"levels\.toml"),
    ):
        levels.order()
