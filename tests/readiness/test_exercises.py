"""Exercises are kept with what they showed: no person in them, unmeasured is unknown, and gaps wait until closed."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemvag.lib import clock
from hemvag.readiness import exercise_file, exercise_measures, exercise_today, exercise_verbs, exercises
from hemvag.readiness.models import Exercise, ExerciseGap, SpaceErased
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.readiness import exercising

DAY = dt.timedelta(days=1)


@pytest.fixture
def client(town: Town, client_for: Callable[[Worker], Client]) -> Client:
    return client_for(town.workers["coordinator"])


def post(client: Client, path: str, **facts: Any) -> Any:
    return client.post(f"/readiness/{path}", {**facts, "once": str(uuid.uuid4())}, follow=True)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_no_exercise_written_in_is_unknown_and_not_a_nought(client: Client) -> None:
    page = words(client.get("/readiness/exercises/"))
    assert "Det betyder inte att ni inte har övat" in page
    assert exercises.last(clock.today()) is None


def test_a_seminar_is_written_in_reported_and_its_gap_closed(client: Client, town: Town) -> None:
    facts = {
        "name": "Seminarium",
        "held_on": clock.today().isoformat(),
        "format": "seminar",
        "scope": "A",
        "goals": "B",
    }
    page = post(client, "exercises/new/", **facts)
    assert "Rapporten är inte skriven." in words(page)
    row = Exercise.objects.get()
    report = {"participants": "Mottagningen: 4\nSocialjouren: 2", "strengths": "Lugnt.", "improvements": "Tolk."}
    page = words(post(client, f"exercises/{row.pk}/report/", **report, roster_minutes="12"))
    assert "Mottagningen: 4" in page
    assert "12 min" in page
    assert page.count("Okänt: ingen har mätt det") == len(exercise_measures.MEASURES) - 1
    page = words(post(client, f"exercises/{row.pk}/gap/", missing="Tolk på natten saknas."))
    assert "Ingen ansvarar än" in page
    [gap] = ExerciseGap.objects.all()
    assert not _last().is_closed
    page = words(
        post(client, f"gaps/{gap.pk}/owner/", function="Enhetschef", action="Avtal", due=clock.today().isoformat())
    )
    assert "Ansvarig: Enhetschef" in page
    page = words(post(client, f"gaps/{gap.pk}/close/", words="Avtalet är skrivet och prövat."))
    assert "Åtgärdad" in page
    assert _last().is_closed
    assert client.get(f"/readiness/gaps/{gap.pk}/owner/").status_code == 404


def _last() -> exercises.Last:
    found = exercises.last(clock.today())
    assert found is not None
    return found


def test_the_last_exercise_is_the_latest_on_that_day_and_a_night_call_does_not_stand_for_a_whole_one(
    town: Town,
) -> None:
    old = exercising.held(town, days_ago=40, name="Höst")
    exercising.held(town, days_ago=3, format="night_call", name="Natt")
    found = _last()
    assert (found.id, found.has_report, found.is_closed) == (old.pk, False, False)
    night = exercises.last(clock.today(), authority=uuid.UUID(int=1))
    assert night is None
    assert exercises.last(clock.today() - 41 * DAY) is None


def test_a_report_is_due_in_thirty_days_an_owner_in_sixty_and_both_are_late_on_today(town: Town) -> None:
    lead = town.workers["coordinator"]
    row = exercising.held(town, days_ago=31)
    exercising.gap(town, row)
    items = exercise_today.items(lead, clock.now())
    assert [(item.title, item.state) for item in items] == [("Skriv övningens rapport", "late")]
    assert len(exercise_today.items(lead, clock.now() + 30 * DAY)) == 2
    assert exercise_today.items(lead, clock.now() + 30 * DAY)[1].state == "late"
    assert exercise_today.items(town.workers["unit_lead"], clock.now() + 30 * DAY) == []


def test_the_report_of_a_space_is_taken_in_once_with_its_gaps(client: Client, town: Town) -> None:
    sent = exercise_file.written(exercising.sent()).encode()
    page = words(_upload(client, sent))
    assert "2 av 3" in page
    assert "Ingen visste vem som har jourlistan." in page
    assert "redan inläst" in words(_upload(client, sent))
    assert Exercise.objects.count() == 1


def _upload(client: Client, sent: bytes) -> Any:
    return post(client, "exercises/take-in/", file=SimpleUploadedFile("ovning.json", sent, "application/json"))


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"name": "Amina 20120101-2384"}, "name"),
        ({"name": ""}, "name"),
        ({"format": "war"}, "format"),
        ({"held_on": "i går"}, "held_on"),
        ({"space": "x"}, "space"),
        ({"participants": {"Mottagningen": -1}}, "participants"),
        ({"participants": {"Mottagningen": "Amina"}}, "participants"),
        ({"measures": [{"code": "obedience", "value": 1, "of": None}]}, "measures"),
        ({"measures": [{"code": "no_ground", "value": True, "of": None}]}, "measures"),
        ({"measures": [{"code": "together", "value": 4, "of": 3}]}, "measures"),
        ({"measures": [{"code": "no_ground", "value": 0, "of": None}] * 2}, "measures"),
        ({"gaps": ["\0"]}, "gaps"),
        ({"gaps": "allt"}, "gaps"),
        ({"strengths": "x" * 4001}, "strengths"),
    ],
)
def test_a_file_that_does_not_fit_the_form_is_refused_whole(
    client: Client, facts: dict[str, object], part: str
) -> None:
    found = json.loads(exercise_file.written(exercising.sent())) | facts
    page = words(_upload(client, json.dumps(found).encode()))
    assert f"Rapporten är fel i delen {part}." in page
    assert not Exercise.objects.exists()


@pytest.mark.parametrize("sent", [b"{", b"\xff", b"[]", b'{"form": "x"}', b"[" * 100_000, b"1" * 5000, b" " * 200_001])
def test_what_is_no_report_is_told_in_a_sentence(client: Client, sent: bytes) -> None:
    page = _upload(client, sent)
    assert page.status_code == 422
    assert "Fel:" in words(page)


def test_a_number_that_could_be_a_persons_is_not_taken(client: Client, town: Town) -> None:
    row = exercising.held(town)
    page = post(client, f"exercises/{row.pk}/gap/", missing="Ingen hittade 201203042384.")
    assert "ser ut som ett personnummer" in words(page)
    assert not exercise_file.names_a_number("Ring 040-34 10 00, rum 1234567890123.")


def test_a_measure_is_written_once_and_only_the_houses_own(town: Town) -> None:
    row = exercising.held(town)
    facts = {"participants": {}, "strengths": "", "improvements": "", "by": town.workers["coordinator"]}
    for wrong in ([{"code": "x", "value": 1, "of": None}], [exercise_measures.row("no_ground", 0)] * 2):
        with pytest.raises(exercise_verbs.NotMeasured):
            exercise_verbs.report(row, measures=wrong, at=clock.now(), **facts)  # type: ignore[arg-type]


def test_only_who_keeps_readiness_says_that_a_space_is_erased_and_it_is_said_once(town: Town) -> None:
    space, at = uuid.uuid4(), clock.now()
    with pytest.raises(exercise_verbs.NotYours):
        exercise_verbs.erased(space=space, name="Ö", opened_at=at, by=town.workers["unit_lead"], at=at)
    for _again in range(2):
        exercise_verbs.erased(space=space, name="Ö", opened_at=at, by=town.workers["coordinator"], at=at)
    assert SpaceErased.objects.get().space == space
