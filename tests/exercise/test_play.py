"""The leader's page: a clock that may be pressed together, injects in their time, notes, counts, and nothing outside a
space."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from hemvag.concerns import facts
from hemvag.concerns.models import ConcernReport
from hemvag.config.exercise import measures, play, report
from hemvag.config.exercise.place import DATABASE, Space
from hemvag.config.exercise.scenario import Scenario
from hemvag.dossiers.opened import Opened
from hemvag.exchange import answer, incident, tell
from hemvag.exchange.models import AnswerKind, Offer
from hemvag.lib import clock
from hemvag.readiness import exercise_file
from hemvag.readiness.models import InjectGiven, Play, PlayNote
from hemvag.reception import sending
from hemvag.staff.models import Worker
from tests.concerns import making
from tests.conftest import Town
from tests.exchange.making import telling
from tests.reception import making as plans
from tests.rules.permissions import ROWS
from tests.rules.test_permissions import addresses

NOON = dt.datetime(2026, 5, 6, 12, 0, tzinfo=clock.STOCKHOLM)
"""A Wednesday, in office hours."""
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


def post(client: Client, path: str, **facts: Any) -> Any:
    return client.post(f"/exercise/{path}", {**facts, "once": str(uuid.uuid4())}, follow=True)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def begun(town: Town, family: Scenario, *, at: dt.datetime, minutes: int = 120) -> Play:
    return play.start(family, minutes=minutes, by=town.workers["coordinator"], at=at)


def test_the_leader_gives_notes_counts_and_ends(leader: Client, town: Town) -> None:
    assert "Börja övningen" in words(leader.get("/exercise/"))
    assert "−18 tim 0 min" in words(post(leader, "start/", minutes="120"))
    page = words(post(leader, "give/police_report/"))
    assert "Anmälan är införd" in page
    assert ConcernReport.objects.count() == 3
    assert "Det är redan givet." in words(post(leader, "give/police_report/"))
    assert ConcernReport.objects.count() == 3
    page = words(post(leader, "note/", inject="police_report", kind="unclear", words="Vem ringer jouren?"))
    assert "Vad som var oklart: Vem ringer jouren?" in page
    assert "Okänt: ingen har mätt det" in page
    page = words(post(leader, "count/", together="2", together_of="3", **{f"unit_{town.children.id}": "4"}))
    assert "2 av 3" in page
    assert "Övningen är slut" in words(post(leader, "end/"))
    assert "Övningen är inte igång." in words(post(leader, "give/grandmother/"))
    assert InjectGiven.objects.count() == 1


def test_what_is_wrong_is_said_beside_the_field_and_comes_back(leader: Client, town: Town) -> None:
    assert post(leader, "start/", minutes="7").status_code == 422
    post(leader, "start/", minutes="60")
    page = post(leader, "note/", kind="did", words="")
    assert page.status_code == 422
    assert "Fyll i det här." in words(page)
    page = post(leader, "count/", together="4", together_of="3", roster_minutes="9")
    assert "Talen går inte ihop" in words(page)
    assert measures.taken(Play.objects.get(), play.current(), NOON + HOUR) == []
    assert post(leader, "give/no_such/").status_code == 404


@pytest.mark.parametrize("path", ["", "count/"])
def test_only_who_keeps_readiness_leads(
    space: None, town: Town, client_for: Callable[[Worker], Client], path: str
) -> None:
    for part, worker in town.workers.items():
        status = client_for(worker).get(f"/exercise/{path}").status_code
        assert status == (200 if part == "coordinator" else 404), part
    assert Client().get(f"/exercise/{path}").status_code == 302
    acts = ("start/", "give/fever/", "note/", "end/")
    for act in acts:
        assert post(client_for(town.workers["unit_lead"]), act).status_code == 404


def test_whoever_plays_chooses_who_she_is_among_the_invented(space: None, town: Town) -> None:
    page = words(Client().get("/demo/"))
    assert "Välj vem du är i övningen" in page
    assert "ÖVNING – påhittade personer" in page


def test_outside_a_space_there_are_no_such_pages_and_no_such_acts(
    town: Town, client_for: Callable[[Worker], Client]
) -> None:
    assert client_for(town.workers["coordinator"]).get("/exercise/").status_code == 404
    found, by, at = play.current(), town.workers["coordinator"], NOON
    for act in (
        lambda: play.start(found, minutes=60, by=by, at=at),
        lambda: play.give(found.injects[0], found, by=by, at=at),
        lambda: play.note(inject="", kind="did", words="x", by=by, at=at),
        lambda: play.count(code="roster_minutes", value=1, of=None, by=by, at=at),
        lambda: play.took_part(town.children, value=1, by=by, at=at),
        lambda: play.end(at=at),
    ):
        with pytest.raises(play.NotASpace):
            act()
    assert settings.HEMVAG_KIND == "real"


def test_the_clock_is_pressed_together_and_an_inject_is_next_now_late_and_given(town: Town, family: Scenario) -> None:
    at = NOON
    row = begun(town, family, at=at, minutes=126)  # twenty times as fast: three minutes an hour
    assert play.clock_of(row, family, at) == -18 * HOUR
    assert play.clock_of(row, family, at + 54 * MINUTE) == 0 * HOUR
    states = [card.state for card in play.cards(row, family, at)]
    assert states == ["now", "soon", "soon", *["next"] * 10]
    states = [card.state for card in play.cards(row, family, at + 8 * MINUTE)]
    assert states[:4] == ["late", "now", "soon", "soon"]
    play.give(family.injects[0], family, by=town.workers["coordinator"], at=at + 8 * MINUTE)
    first = play.cards(row, family, at + 8 * MINUTE)[0]
    assert (first.state, first.due) == ("given", at)


def test_one_space_has_one_exercise(town: Town, family: Scenario) -> None:
    begun(town, family, at=NOON)
    with pytest.raises(play.BegunAlready):
        begun(town, family, at=NOON)


def test_a_report_that_cannot_be_entered_leaves_its_inject_ungiven(
    town: Town, family: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(town, family, at=NOON)
    monkeypatch.setattr("hemvag.config.exercise.enter._registrar", lambda _day: town.workers["coordinator"])
    with pytest.raises(facts.NotYours):
        play.give(family.injects[0], family, by=town.workers["coordinator"], at=NOON)
    assert not InjectGiven.objects.exists()


def measured(row: Play, family: Scenario) -> dict[str, tuple[int, int | None]]:
    return {one["code"]: (one["value"], one["of"]) for one in measures.taken(row, family, NOON + HOUR)}


def test_measures_come_from_the_space_and_what_nobody_measured_is_not_there(town: Town, family: Scenario) -> None:
    at = NOON
    row = begun(town, family, at=at)
    assert measured(row, family) == {}
    play.give(family.injects[0], family, by=town.workers["coordinator"], at=at)
    assert measured(row, family) == {"protection_same_day": (0, 3), "clocks_right": (3, 3)}
    first = ConcernReport.objects.order_by("dossier__reference")[0]
    making.give_to(first, town.workers["social_worker"])
    making.protect(town, first, at=at + 2 * MINUTE)
    assert measured(row, family)["protection_same_day"] == (1, 3)


def test_a_clock_that_begins_when_somebody_reads_is_not_right(town: Town, family: Scenario) -> None:
    at = NOON
    row = begun(town, family, at=at)
    play.give(family.injects[0], family, by=town.workers["coordinator"], at=at)
    making.case(town, at=at + 40 * MINUTE)
    assert measured(row, family)["clocks_right"] == (3, 4)


def test_what_was_told_is_counted_and_what_came_to_somebody_wrong_had_no_ground(town: Town, family: Scenario) -> None:
    at = NOON
    row = begun(town, family, at=at)
    opened = making.opened(town, making.case(town, at=at), at=at + MINUTE)
    by = town.workers["social_worker"]
    told = tell.record(opened, telling(opened), told_at=at + MINUTE, by=by, at=at + MINUTE)
    assert measured(row, family)["no_ground"] == (0, None)
    incident.recall(opened, told, discovered_at=at + 2 * MINUTE, text="Fel nummer.", by=by, at=at + 2 * MINUTE)
    assert measured(row, family)["no_ground"] == (told.items, None)


def test_a_plan_is_measured_from_the_first_inject_to_its_last_answer(town: Town, family: Scenario) -> None:
    row = begun(town, family, at=NOON)
    play.give(family.injects[0], family, by=town.workers["coordinator"], at=NOON)
    children = plans.cases(town, at=NOON + 4 * MINUTE)
    made = plans.made(town, children, at=NOON + 10 * MINUTE)
    assert measured(row, family)["plan_minutes"] == (10, None)
    assert "first_task_minutes" not in measured(row, family)
    sent = _sent(town, made, more=("guardians",))
    found = measured(row, family)
    assert (found["first_task_minutes"], found["beyond_need"], found["no_ground"]) == ((25, None), (1, None), (0, None))
    assert "accepted_minutes" not in found
    by, at = town.workers["social_worker"], NOON + 40 * MINUTE
    for offer in sent:
        assert offer.disclosure.dossier_id
        child = plans.opened(town, offer.disclosure.dossier_id, at=at)
        answer.written_in(child, offer, kind=AnswerKind.ACCEPTED, text="Ja.", by=by, at=at)
    assert measured(row, family)["accepted_minutes"] == (40, None)
    _sent(town, made, key="R17")
    assert "accepted_minutes" not in measured(row, family)


def _sent(town: Town, made: Opened, *, key: str = "R06", more: tuple[str, ...] = ()) -> list[Offer]:
    """A task told to an authority outside, and maybe with something that it does not need."""
    at, found = NOON + 25 * MINUTE, plans.read(town, made.dossier.id, at=NOON + 25 * MINUTE)
    parts = plans.parts(town, found, key, at=at, more=more)
    told = {"telling": plans.telling(), "seen": 0, "by": town.workers["social_worker"], "at": at}
    return sending.send(made, key, parts, **told)  # type: ignore[arg-type]


def test_the_report_has_no_name_no_number_and_lists_what_missed_its_goal(town: Town, family: Scenario) -> None:
    at, by = NOON, town.workers["coordinator"]
    begun(town, family, at=at)
    play.give(family.injects[0], family, by=by, at=at)
    said = "Leilas akt hittades, men Social Worker skrev 201203042384 och Teststrøm fel."
    for kind in PlayNote.Kind:
        play.note(inject="police_report", kind=kind, words=said, by=by, at=at)
    play.took_part(town.children, value=4, by=by, at=at)
    made = report.make(_space(), at=NOON)
    text = exercise_file.written(made.report)
    assert not [word for word in (*family.names(), "Social Worker", "201203042384") if word in text]
    assert made.taken_out == 15
    assert made.report.participants == {town.children.name: 4}
    assert "Polisen anmäler tre barn: [namn] akt hittades" in made.report.strengths
    assert made.report.gaps[1:] == ["Skyddsbedömningar samma dag: 0 av 3"]
    assert exercise_file.read(text.encode()) == made.report
    assert report.make(_space(), at=NOON).report == made.report


def _space() -> Space:
    facts = {"name": "Övning", "scenario": "family_of_five", "municipality": "malmo", "database": DATABASE}
    return Space(id=uuid.UUID(int=5), opened_at=NOON, **facts)


def test_a_space_adds_only_its_own_addresses_to_those_of_real_life() -> None:
    added = set(addresses(get_resolver("hemvag.config.exercise.urls"))) - {row.name for row in ROWS}
    acts = ("board", "start", "give", "note", "count", "end")
    assert added == {"demo_choose", "demo_enter", *(f"exercise:{act}" for act in acts)}
