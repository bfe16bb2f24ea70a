"""The coordinator goes through a week of feeds, sees what speaks for and against, keeps the level, and raises it."""

import contextlib
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from hemvag.readiness.horizon import collect
from hemvag.readiness.models import Feed, HorizonItem
from tests import database
from tests.journeys.conftest import Enter
from tests.journeys.looks import NARROW, accessible, small
from tests.journeys.person import Person
from tests.live import Live
from tests.readiness import feeding

pytestmark = pytest.mark.journey

FOLLOWED = {"Regeringen": "regeringen.xml", "Sveriges Radio Ekot": "sverigesradio.xml", "ReliefWeb": "html"}
NEWS = "Samtal om barn i läger fortsätter"
RADIO = "UD: familjer kan komma hem i är"
NOTICE = "Utrikesdepartementet: en familj väntas, frågor till 08-405 10 00"


@contextlib.contextmanager
def database_of(live: Live) -> Iterator[None]:
    """Do something in the live town's database, as the job worker does."""
    before = settings.DATABASES["default"]["NAME"]
    database.point_at(live.database)
    try:
        yield
    finally:
        database.point_at(before)


def work(live: Live) -> None:
    """Fetch what is followed, from files on this machine instead of the addresses that were added."""
    with feeding.serving() as address, database_of(live), override_settings(HORIZON_LOOPBACK=True):
        for feed in Feed.objects.all():
            Feed.objects.filter(pk=feed.pk).update(url=f"{address}/{FOLLOWED[feed.name]}")
            collect.collect(feed.pk, at=live.now())


TABLES = (
    "feed",
    "feedfailure",
    "horizonitem",
    "triage",
    "triagereason",
    "removal",
    "leveldecision",
    "check",
    "checkmark",
)


def begin(live: Live) -> None:
    """Let the town have decided and followed nothing, whatever was done there before."""
    with database.connect("owner", live.database) as owner:
        owner.execute(f"TRUNCATE {', '.join(f'hemvag.readiness_{table}' for table in TABLES)}")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_coordinator_keeps_the_level_after_a_week_of_feeds(enter: Enter, live: Live, *, scripts: bool) -> None:
    begin(live)
    person = enter("coordinator", look=accessible if scripts else None, java_script_enabled=scripts)
    _follows(person)
    work(live)
    _judges_the_week(person)
    _enters_and_removes(person)
    with database_of(live):
        assert not HorizonItem.objects.filter(title__contains="Stöd till kommuner").exists()
    _decides(person)
    _ticks(person)
    if scripts:
        person.page.set_viewport_size(NARROW)
        for path in ("", "decide/", "checklist/", "horizon/", "horizon/feeds/", "horizon/enter/"):
            person.go(f"/readiness/{path}")
            small(person.page)


def _follows(person: Person) -> None:
    person.enter_room("Omvärlden")
    person.sees("Inget den veckan")
    person.look()
    person.follow("Flödena")
    person.sees("Förslag: oprövade adresser")
    person.look()
    for name in FOLLOWED:
        place = person.page.get_by_role("listitem").filter(has_text=name)
        place.get_by_role("button", name="Lägg till").click()
        person.sees("Flödet är tillagt och hämtas nu.")
    person.sees("hämtas")
    person.look()


def _judges_the_week(person: Person) -> None:
    person.go("/readiness/horizon/feeds/")
    person.sees("Adressen visar en vanlig sida, inte ett flöde.")
    person.look()
    person.go("/readiness/horizon/")
    person.sees("har aldrig gått att hämta.")
    person.sees(NEWS)
    person.look()
    news, radio = (person.page.get_by_role("group", name=title) for title in (NEWS, RADIO))
    news.get_by_label("Bevaka").focus()
    person.page.keyboard.press("Space")
    person.page.keyboard.press("ArrowRight")  # on to Agera, by the keyboard alone
    radio.get_by_label("Bevaka").check()
    person.press("Spara bedömningarna")
    person.sees("Skriv varför det kräver något.")
    person.look()
    person.page.get_by_label("Varför det kräver något").locator("visible=true").first.fill("Pröva jourlistan.")
    person.press("Spara bedömningarna")
    person.sees("2 bedömningar är sparade.")
    person.look()


def _enters_and_removes(person: Person) -> None:
    person.follow("Skriv in något")
    person.choose("Vad det är", "Officiellt besked")
    person.write("Varifrån", "Utrikesdepartementet")
    person.write("Vilken dag", "2026-05-05")
    person.write("I en mening", NOTICE)
    person.press("Skriv in")
    person.sees("Det ser ut att stå ett telefonnummer.")
    person.look()
    person.page.get_by_label("ett telefonnummer").check()
    person.press("Skriv in")
    person.sees("Inskrivet. Bedöm det nedan.")
    about = person.page.get_by_role("listitem").filter(has_text="Stöd till kommuner")
    person.follow("Ta bort", within=about)
    person.sees_heading("Ta bort för gott")
    person.look()
    person.press("Ta bort för gott")
    person.sees("Borttaget för gott.")


def _decides(person: Person) -> None:
    person.enter_room("Beredskap")
    person.sees("Officiella besked")
    person.sees("talar för en höjning")
    person.look()
    person.sees("Okänd nivå")
    _signs(person, "Besluta en nivå", 0, "Inget är bestämt.", "Första beslutet")
    _signs(person, "Behåll, höj eller sänk", 0, "Ingen anledning att höja nu: dagen är inte bestämd.", "Behållen")
    person.sees("Ingen anledning att höja nu: dagen är inte bestämd.")
    person.sees("Checklistan")
    person.follow("Vad som talade för och emot då")
    person.sees("Officiella besked")
    person.look()
    person.go("/readiness/")
    _signs(person, "Behåll, höj eller sänk", 1, "Ett besked har kommit.", "Höjd")


def _signs(person: Person, link: str, place: int, reasons: str, kind: str) -> None:
    person.follow(link)
    person.sees_heading("Besluta beredskapsnivån")
    person.sees("Vad som talar för och emot")
    person.page.get_by_role("group", name="Nivå från och med nu").get_by_role("radio").nth(place).check()
    person.press("Skriv under beslutet")
    person.sees("Fyll i det här.")
    person.look()
    person.write("Skäl", reasons)
    person.write("Vem som har beslutat", "Socialchefen, Kim Påhittad")
    person.press("Skriv under beslutet")
    person.sees(f"Beslutet är underskrivet: {kind}.")
    person.look()


def _ticks(person: Person) -> None:
    person.follow("Visa checklistan")
    person.sees("måste")
    person.look()
    person.follow("Rutin för ankomstdagen")
    person.write("Vems det är", "Mottagningen")
    person.write("Klart senast", "2026-05-08")
    person.look()
    person.press("Spara punkten")
    person.sees("Mottagningen")
    person.press("Klart", within=person.page.get_by_role("row").filter(has_text="Rutin för ankomstdagen"))
    person.sees("1 av 19 klara")
    person.look()
