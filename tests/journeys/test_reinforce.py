"""The coordinator reinforces two districts: sees what follows, changes her mind, decides, and follows it up."""

import pytest
from django.conf import settings

from tests import database
from tests.journeys.conftest import Enter
from tests.journeys.looks import NARROW, accessible, small
from tests.live import Live
from tests.readiness.reinforcing import cases

pytestmark = pytest.mark.journey


def carried(live: Live) -> None:
    """Much waits in one district, and a few in the other."""
    before = settings.DATABASES["default"]["NAME"]
    database.point_at(live.database)
    try:
        cases(live.town, 12)
        cases(live.town, 3, other=True)
    finally:
        database.point_at(before)


@pytest.mark.parametrize("scripts", [True, False])
def test_two_districts_are_reinforced_with_before_and_after_in_sight(
    enter: Enter, live: Live, *, scripts: bool
) -> None:
    carried(live)
    person = enter("coordinator", look=accessible if scripts else None, java_script_enabled=scripts)
    person.enter_room("Belastning")
    person.sees_heading("Belastning")
    person.look()
    person.enter_room("Förstärkning")
    person.sees_heading("Förstärkning")
    person.look()
    person.follow("Nytt förslag")
    person.sees_heading("Förslag till förstärkning")
    person.write("Nya tjänster att fördela", "3")
    person.write("Vem som har bestämt vikterna", "Socialnämnden")
    inner, south = person.panel("Innerstaden"), person.panel("Söder")
    for place, staff, low, high in ((inner, "6", "20", "40"), (south, "5", "5", "15")):
        person.write("Tjänster nu", staff, within=place)
        person.write("Har rest härifrån, minst", low, within=place)
        person.write("Har rest härifrån, högst", high, within=place)
    person.look()
    person.press("Visa vad som följer")
    person.sees_heading("Vad som följer")
    for words in ("Metod A: belastning", "Socialnämnden", "20–40 har rest därifrån"):
        person.sees(words)
    person.look()
    person.follow("Ändra förslaget")
    person.sees_heading("Förslag till förstärkning")
    person.write("Nya tjänster hit", "2", within=inner)
    person.write("Nya tjänster hit", "1", within=south)
    person.press("Visa vad som följer")
    person.sees_heading("Vad som följer")
    person.press("Skriv under beslutet")
    person.sees("Fyll i det här.")
    person.look()
    person.write("Skäl", "Innerstaden bär mest, men Söder ska inte bli utan.")
    person.write("Vem som har beslutat", "Socialdirektören")
    person.press("Skriv under beslutet")
    person.sees_heading("Beslut om förstärkning")
    person.sees("Beslutet är underskrivet.")
    person.sees("Söder ska inte bli utan")
    person.look()
    person.write("Hur det gick", "Alla tre är på plats sedan augusti.")
    person.press("Spara uppföljningen")
    person.sees("Uppföljningen är sparad.")
    person.sees("på plats sedan augusti")
    if scripts:
        decision = person.page.url.removeprefix(live.address)
        person.page.set_viewport_size(NARROW)
        for path in (
            decision,
            "/readiness/reinforcement/propose/",
            "/readiness/reinforcement/",
            "/counts/load/",
            "/counts/",
        ):
            person.go(path)
            small(person.page)
