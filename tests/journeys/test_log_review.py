"""An opening is drawn the week after: its lead asks about it and signs, and the reader of the log sees that."""

import datetime as dt

import pytest
from django.conf import settings

from hemvag.audit import log
from hemvag.audit.models import Act, Purpose
from hemvag.concerns import report
from tests import database
from tests.concerns import making
from tests.journeys.conftest import Enter
from tests.journeys.looks import NARROW, accessible, small
from tests.journeys.person import Person
from tests.live import Live

pytestmark = pytest.mark.journey

NAME = "Rydbergsson"


def opened_last_week(live: Live) -> str:
    """Let a colleague have opened a child's dossier in the week before, and return its reference."""
    town, then = live.town, live.now() - dt.timedelta(days=6)
    before = settings.DATABASES["default"]["NAME"]
    database.point_at(live.database)
    try:
        who = report.Child(identity=making.identity("Nora", NAME), district=town.district)
        [made] = making.receive(town, at=then, children=[who])
        colleague = town.workers["colleague"].id
        log.write(Act.OPENED, worker=colleague, dossiers=[made.dossier_id], purpose=Purpose.HANDLE, at=then)
        return made.dossier.reference
    finally:
        database.point_at(before)


def test_a_sample_is_drawn_asked_about_and_signed(enter: Enter, live: Live) -> None:
    reference = opened_last_week(live)
    lead = enter("unit_lead", look=accessible)
    _draw(lead)
    _from_today(lead, reference, "Granska")
    lead.sees(NAME)
    lead.sees("inte tagit något steg")
    lead.look()
    lead.press("Fråga", within=lead.panel("Fråga medarbetaren"))
    lead.sees("Inget svar än.")
    colleague = enter("colleague", look=accessible)
    _from_today(colleague, reference, "Svara")
    colleague.look()
    colleague.choose("Varför öppnade du akten?", "Jag öppnade fel akt")
    colleague.press("Svara", within=colleague.page.locator("main"))
    colleague.sees("Tack. Ditt svar är sparat.")
    _from_today(lead, reference, "Granska")
    lead.sees("Jag öppnade fel akt")
    lead.choose("Hur slutade granskningen?", "Tillfrågad: jag har talat med medarbetaren, och det är klart")
    lead.press("Skriv under")
    lead.sees("Granskningen är underskriven.")
    lead.look()
    _the_reader_sees_it_and_no_name(enter("privacy_officer", look=accessible), reference)
    _the_reader_sees_it_and_no_name(enter("privacy_officer", look=small, viewport=NARROW), reference)
    for person in (lead, colleague):
        person.page.set_viewport_size(NARROW)
        person.go("/log/reviews/" if person is lead else "/today/")
        small(person.page)


def _draw(lead: Person) -> None:
    """Draw the week, unless somebody has: each week is drawn once."""
    lead.enter_room("Logguppföljning")
    lead.sees_heading("Logguppföljning")
    lead.look()
    lead.press("Dra stickprovet")
    lead.sees("Stickprovet är draget ur")
    lead.look()


def _from_today(person: Person, reference: str, button: str) -> None:
    person.go("/today/")
    row = person.page.get_by_role("listitem").filter(has_text=reference).filter(has_text=button)
    row.get_by_role("link", name=button).last.click()
    person.page.wait_for_url("**/log/**")


def _the_reader_sees_it_and_no_name(reader: Person, reference: str) -> None:
    reader.enter_room("Granskningarna")
    row = reader.page.get_by_role("row").filter(has_text=reference)
    reader.sees("Tillfrågad", within=row)
    reader.look()
    row.get_by_role("link").click()
    reader.sees("namnet visas inte")
    reader.look()
    pages = [reader.page.content()]
    reader.enter_room("Läsloggen")
    reader.write("Aktens nummer", reference)
    reader.press("Visa", within=reader.page.locator("main"))
    reader.sees("granska läsloggen", within=reader.page.get_by_role("table"))
    reader.look()
    pages.append(reader.page.content())
    with reader.page.expect_download() as taken:
        reader.press("Ta ut som fil")
    pages.append(taken.value.path().read_text())
    reader.go("/log/seal/")
    reader.sees_heading("Loggens försegling")
    reader.look()
    assert all(reference in page for page in pages)
    assert not any(NAME in page for page in pages)
