"""An exercise is played and measured in its own space; its report is kept, and the space erased with nothing left."""

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from hemvag.config.exercise import erasing, play, report
from hemvag.config.exercise.place import DATABASE, Place, Space
from hemvag.readiness import exercise_verbs
from hemvag.staff.models import Worker
from tests import database, dumps
from tests.exercise import making
from tests.journeys.conftest import Enter
from tests.journeys.handling import sees_case, take_step
from tests.journeys.looks import NARROW, accessible, small
from tests.journeys.person import Person
from tests.live import BEGINS, Live, serving

pytestmark = pytest.mark.journey

BAND = "ÖVNING – påhittade personer"
TITLE = "Polisen anmäler tre barn"


@pytest.fixture
def space(live: Live, django_db_blocker: DjangoDbBlocker) -> Iterator[Live]:
    """The exercise's own server on its own database, beside the one that plays the real installation."""
    with django_db_blocker.unblock(), serving(kind="exercise", name=f"{DATABASE}_test_{uuid.uuid4().hex[:8]}") as made:
        yield made


@pytest.mark.parametrize("scripts", [True, False])
def test_an_exercise_is_held_measured_reported_and_erased(
    live: Live, space: Live, enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, scripts: bool
) -> None:
    look = {"look": accessible if scripts else None, "java_script_enabled": scripts}
    leader = enter("coordinator", own=space, **look)
    _begins(leader)
    _gives_the_police_report(leader, scripts=scripts)
    _a_player_assesses(enter("unit_lead", own=space, **look), enter("social_worker", own=space, **look))
    _notes_counts_and_ends(leader)
    place, facts = _opened(space, tmp_path)
    file = tmp_path / "ovning.json"
    names = _closed(space, facts, file)
    coordinator = enter("coordinator", **look)
    _is_kept(coordinator, file)
    space.stop()
    _erased(live, place, facts, monkeypatch)
    coordinator.go("/readiness/exercises/")
    coordinator.sees(f"{facts.name}: öppnat")
    coordinator.look()
    dumped = dumps.dump(live.database).decode()
    assert [name for name in names if name in dumped] == []
    assert not place.path.exists()


def _begins(leader: Person) -> None:
    leader.sees(BAND)
    leader.follow("Övningsledarens sida")
    leader.sees_heading("Övningsledaren")
    assert leader.page.title().startswith("ÖVNING · ")
    leader.look()
    leader.choose("Hur länge övningen ska ta", "2 timmar")
    leader.press("Börja övningen")
    leader.sees("från ankomsten, i scenariot")
    leader.look()


def _gives_the_police_report(leader: Person, *, scripts: bool) -> None:
    card = leader.page.get_by_role("article").filter(has=leader.page.get_by_role("heading", name=TITLE))
    leader.sees("En akt för varje barn.", within=card)
    leader.press("Givet nu", within=card)
    leader.sees("Anmälan är införd som mottagningen för in den.")
    expect(leader.panel("Givet").get_by_role("heading", name=TITLE)).to_be_visible()
    if scripts:
        leader.page.set_viewport_size(NARROW)
        small(leader.page)
        leader.page.emulate_media(media="print")
        expect(leader.page.get_by_text(BAND)).to_be_visible()
        leader.page.emulate_media(media="screen")
        leader.page.set_viewport_size({"width": 1280, "height": 800})


def _a_player_assesses(lead: Person, worker: Person) -> None:
    """The lead gives one child's case to a worker, who assesses whether the child needs protection."""
    lead.enter_room("Enheten")
    lead.page.locator("a[href$='/assign/']").first.click()
    lead.choose("Vem får ärendet?", "Colleague")
    lead.press("Tilldela", within=lead.page.locator("main"))
    lead.sees("Ärendet är tilldelat.")
    worker.go("/today/")
    worker.sees(BAND)
    worker.page.locator(".waiting-row a").first.click()
    sees_case(worker)
    worker.page.locator(".case-head a.button").filter(has_text="Gör skyddsbedömningen").click()
    chosen = {"Bedömning": "Inget behov av omedelbart skydd"}
    take_step(worker, "Skyddsbedömning", "Spara skyddsbedömningen", chosen, {"Skäl": "De kommer i morgon."})


def _notes_counts_and_ends(leader: Person) -> None:
    leader.go("/exercise/")
    leader.sees("1 av 3", within=leader.panel("Vad som mäts"))
    leader.choose("Vad det gäller", "Vad som saknades")
    leader.write("Anteckning", "Ingen visste vem som har jourlistan. Samir var ensam.")
    leader.press("Spara anteckningen")
    leader.sees("Antecknat.")
    leader.follow("Skriv in det som räknas för hand")
    leader.sees_heading("Räknat för hand")
    leader.look()
    leader.write("Barn som hölls ihop", "3")
    leader.write("Barn som hölls ihop: av hur många", "3")
    leader.write("Deltagare från Barn och unga Innerstaden", "5")
    leader.press("Spara", within=leader.page.locator("main"))
    leader.sees("3 av 3", within=leader.panel("Vad som mäts"))
    leader.press("Avsluta övningen")
    leader.sees("Övningen är slut. Rapporten skrivs med hemvag exercise close.")
    leader.look()


def _opened(space: Live, tmp_path: Path) -> tuple[Place, Space]:
    place = Place(tmp_path / "home")
    (tmp_path / "home").mkdir()
    facts = Space(
        id=uuid.uuid4(),
        name="Höstövning",
        scenario="family_of_five",
        municipality="malmo",
        database=space.database,
        opened_at=BEGINS,
    )
    place.write(facts)
    place.key.write_text("secret")
    return place, facts


def _closed(space: Live, facts: Space, file: Path) -> set[str]:
    """Write the report as the command does, and return the names of the space that must stand nowhere else."""
    before = settings.DATABASES["default"]["NAME"]
    database.point_at(space.database)
    settings.HEMVAG_KIND = "exercise"
    try:
        made = report.make(facts, at=space.now())
        report.put(made, file)
        names = play.current().names()
    finally:
        settings.HEMVAG_KIND = "real"
        database.point_at(before)
    assert made.taken_out == 1
    return {name for name in names if len(name) > 4}


def _is_kept(coordinator: Person, file: Path) -> None:
    coordinator.enter_room("Övningar")
    coordinator.look()
    coordinator.follow("Läs in en övningsrapport")
    coordinator.look()
    coordinator.page.get_by_label("Rapportfil").set_input_files(file)
    coordinator.press("Läs in rapporten")
    coordinator.sees_heading("Höstövning")
    for words in ("1 av 3", "3 av 3", "Barn och unga Innerstaden: 5", "Okänt: ingen har mätt det"):
        coordinator.sees(words)
    coordinator.sees("Ingen visste vem som har jourlistan. [namn] var ensam.", within=coordinator.panel("Brister"))
    coordinator.sees("Skyddsbedömningar samma dag: 1 av 3", within=coordinator.panel("Brister"))
    coordinator.look()
    coordinator.follow("Säg vem som ansvarar")
    coordinator.write("Funktion som ansvarar", "Enhetschef, socialjouren")
    coordinator.write("Vad som ska göras", "Häng upp listan.")
    coordinator.write("Klart senast", (coordinator.live.now().date() + dt.timedelta(days=14)).isoformat())
    coordinator.look()
    coordinator.press("Spara ansvaret")
    coordinator.sees("Ansvarig: Enhetschef, socialjouren.")


def _erased(live: Live, place: Place, facts: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    """Erase as the command does, with the line in the database that plays the real one."""
    before, server = settings.DATABASES["default"]["NAME"], making.server(facts.database, monkeypatch)
    database.point_at(live.database)

    def write(done: Space) -> None:
        by, at = Worker.objects.get(email="coordinator@example.test"), live.now()
        exercise_verbs.erased(space=done.id, name=done.name, opened_at=done.opened_at, by=by, at=at)

    try:
        with time_machine.travel(live.now()):
            erasing.erase(server, place, facts, by="coordinator@example.test", at=live.now(), record=write)
    finally:
        database.point_at(before)
    assert making.is_gone(facts.database, server)
