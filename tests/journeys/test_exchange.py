"""Something is told: refused by the law, sent to a unit that answers, moved to another municipality and back, and read
in the ledger by one who sees no name."""

import datetime as dt

import pytest
from django.conf import settings

from hemvag.concerns import hours, report
from tests import database
from tests.concerns import making
from tests.journeys.conftest import Enter
from tests.journeys.looks import accessible, small
from tests.journeys.person import Person
from tests.live import Live

pytestmark = pytest.mark.journey

NAME = "Lindströmer"


def a_case(live: Live) -> str:
    """Let the worker whose button comes first have a child's case, and return its page."""
    town, then = live.town, live.now() - dt.timedelta(days=3)
    before = settings.DATABASES["default"]["NAME"]
    database.point_at(live.database)
    try:
        while not hours.is_open(town.municipality, then):
            then -= dt.timedelta(hours=3)
        who = report.Child(identity=making.identity("Alva", NAME), district=town.district)
        made = making.case(town, at=then, part="colleague", children=[who])
        return f"/children/{made.dossier_id}/"
    finally:
        database.point_at(before)


def ask(person: Person, receiver: str, situation: str, unit: str = "") -> None:
    main = person.page.locator("main")
    person.follow("Lämna uppgifter", within=main)
    person.sees_heading("Vem ska få veta, och varför?")
    person.select("Vem ska få veta?", receiver, within=main)
    person.select("Vad gäller det?", situation, within=main)
    if unit:
        choice = main.get_by_label("Enhet här som ska få ett kuvert")
        choice.select_option(label=next(text for text in choice.locator("option").all_inner_texts() if unit in text))
    person.look()
    person.press("Se vad lagen säger", within=main)


def fill(person: Person, receiver: str, purpose: str) -> None:
    main = person.page.locator("main")
    main.get_by_label("Ålder:").check()
    main.get_by_label("Namn: Alva").check()
    person.write("Mottagarens namn och roll", receiver)
    person.write("Ändamål", purpose)
    for field in main.locator("[name^=test_]").all():
        field.fill("Prövat: det behövs för barnets vård, och inget talar emot.")
    person.write("Beslutas enligt", "Delegationsordningen punkt 4")
    main.get_by_label("Ja, innan").check()
    person.look()


def tell(person: Person, button: str) -> None:
    main = person.page.locator("main")
    person.press("Se det som det lämnas", within=main)
    person.sees_heading("Så här lämnas det")
    person.sees(NAME, within=main)
    person.look()
    main.get_by_role("button", name=button).click()
    person.sees_heading("Lämnat och mottaget")
    person.look()


def test_what_is_forbidden_is_refused_and_what_is_sent_is_answered(enter: Enter, live: Live) -> None:
    case = a_case(live)
    worker = enter("social_worker", look=accessible)
    worker.go(case)
    worker.follow("Lämna uppgifter", within=worker.page.locator("main"))
    ask(worker, "Samordnare på stadskontoret", "Personen behöver vård eller stöd")
    worker.sees_heading("Det får inte lämnas ut")
    worker.sees("26 kap. 1 §")
    worker.look()
    worker.follow("Tillbaka")
    unit = live.town.other_children.name
    ask(worker, "Annan socialnämnd eller annan kommuns socialtjänst", "Personen behöver vård eller stöd", unit)
    fill(worker, "Enhetens mottagning", "Ta över stödet när familjen flyttar.")
    worker.choose("Vad du ber om", "Ta över en uppgift")
    tell(worker, f"Skicka till {unit}")
    lead = enter("other_lead", look=accessible)
    lead.enter_room("Kuvert")
    lead.look()
    lead.follow("Öppna", within=lead.page.locator("main"))
    lead.sees(NAME)
    lead.look()
    lead.page.get_by_label("Mottaget").check()
    lead.press("Skicka svaret")
    lead.sees("Svaret är skickat.")
    worker.page.reload()
    worker.sees("Mottaget")
    small(worker.page)
    small(lead.page)


def test_a_case_moves_to_another_municipality_and_back(enter: Enter, live: Live) -> None:
    case = a_case(live)
    worker = enter("social_worker", look=accessible)
    worker.go(case)
    main = worker.page.locator("main")
    worker.follow("Lämna uppgifter", within=main)
    ask(worker, "Annan socialnämnd eller annan kommuns socialtjänst", "Ärendet flyttas till en annan kommun")
    fill(worker, "Lunds kommun, socialnämnden", "Ta över utredningen: familjen bor i Lund.")
    worker.choose("Vad du ber om", "Ta över ärendet (överflyttning)")
    worker.choose("Hur det lämnas", "Brev eller bud")
    tell(worker, "Lämna och skriv i förteckningen")
    worker.sees("IVO")
    worker.follow("Skriv in svaret", within=main)
    worker.choose("Svar", "Mottaget")
    worker.write("Ord till avsändaren", "Lund tar över från den 1 december.")
    worker.look()
    worker.press("Spara svaret")
    worker.press("Det kom fram", within=main)
    worker.follow("Skriv in något mottaget", within=main)
    worker.select("Från vem?", "Annan socialnämnd eller annan kommuns socialtjänst", within=main)
    worker.select("Vad gäller det?", "Ärendet flyttas till en annan kommun", within=main)
    worker.write("Vad vi ombeds göra", "Ta tillbaka ärendet: familjen har flyttat hem.")
    worker.look()
    worker.press("Spara", within=main)
    worker.sees("Ta tillbaka ärendet: familjen har flyttat hem.")
    worker.look()
    _the_officer_reads_no_name(enter("privacy_officer", look=accessible))


def _the_officer_reads_no_name(officer: Person) -> None:
    officer.enter_room("Utlämnat")
    officer.sees_heading("Förteckning över utlämnade uppgifter")
    officer.sees("Annan socialnämnd eller annan kommuns socialtjänst", within=officer.page.get_by_role("table"))
    officer.look()
    small(officer.page)
    assert NAME not in officer.page.content()
