"""The registrar's and the lead's parts of the story: the officer's letter, who is known here, and who gets the case."""

import datetime as dt
import re

from tests.journeys.family import Child, Family, references
from tests.journeys.person import Person


def enter_the_police_report(registrar: Person, family: Family) -> None:
    """Enter the officer's letter about the same children, which came an hour ago, and say that they are the same."""
    came = registrar.live.now() - dt.timedelta(hours=1)
    registrar.enter_room("Ny orosanmälan")
    registrar.sees_heading("Ny orosanmälan")
    registrar.look()
    registrar.press("Lägg till ett barn till")
    registrar.write("Dag då anmälan kom in", came.date().isoformat())
    registrar.write("Klockslag då anmälan kom in", f"{came:%H.%M}")
    registrar.choose("Hur kom den in?", registrar.said("Brev eller blankett"))
    registrar.choose("Vem anmäler?", {"sv": "Polisen", "en": "Police"}[registrar.language])
    registrar.write("Anmälarens namn", "Kim Ek")
    registrar.write("Titel", "polisinspektör")
    registrar.choose("Vill anmälaren ha återkoppling?", registrar.said("Ja"))
    for number, child in enumerate(family.children, 1):
        place = registrar.panel(registrar.said("Barn %(number)s", number=number))
        registrar.write("Förnamn", child.police_spelling, within=place)
        registrar.write("Efternamn", family.name, within=place)
        registrar.write("Datum eller år", child.born.isoformat(), within=place)
        registrar.choose("Slags nummer", registrar.said("Personnummer"), within=place)
        registrar.write("Nummer", child.number, within=place)
        registrar.select("Område där barnet bor", "Innerstaden", within=place)
    registrar.write("Vad anmälan säger", "Barnen uppges vara på väg till Sverige med en släkting.")
    registrar.look()
    registrar.press("Registrera anmälan")
    registrar.sees_heading("De här barnen kan vara kända här")


def enter_an_old_report(registrar: Person, family: str) -> Child:
    """Enter a letter that came three weeks ago about one child, and return the child."""
    child = Child("Ayan", dt.date(2019, 8, 20), "", "")
    came = registrar.live.now().date() - dt.timedelta(days=21)
    registrar.enter_room("Ny orosanmälan")
    registrar.write("Dag då anmälan kom in", came.isoformat())
    registrar.choose("Hur kom den in?", registrar.said("Brev eller blankett"))
    registrar.choose("Vem anmäler?", "Skola")
    registrar.choose("Vill anmälaren ha återkoppling?", registrar.said("Nej, eller har inte sagt"))
    place = registrar.panel(registrar.said("Barn %(number)s", number=1))
    registrar.write("Förnamn", child.given, within=place)
    registrar.write("Efternamn", family, within=place)
    registrar.write("Datum eller år", child.born.isoformat(), within=place)
    registrar.select("Område där barnet bor", "Innerstaden", within=place)
    registrar.write("Vad anmälan säger", "Barnet har inte varit i skolan på två veckor.")
    registrar.press("Registrera anmälan")
    registrar.sees_heading("Inget barn i anmälan ser ut att vara känt här")
    child.reference = references(registrar.page.locator(".messages").inner_text())[0]
    return child


def confirm_each_child(registrar: Person, family: Family) -> None:
    """Compare side by side and say that they are the same, one child at a time."""
    for child in family.children:
        registrar.sees_heading("De här barnen kan vara kända här")
        registrar.look()
        registrar.page.get_by_role("link", name=re.compile(re.escape(child.reference))).click()
        registrar.sees_heading("Är det samma barn?")
        registrar.sees(f"{child.given} {family.name}")
        registrar.sees(f"{child.police_spelling} {family.name}")
        registrar.look()
        registrar.press("Ja, samma barn: föreslå att akterna förs samman")
        registrar.sees(registrar.said("Föreslaget. Akterna förs samman när någon annan har bekräftat."))


def confirm_as_the_second(on_call: Person, family: Family) -> None:
    """Find on Today what the registrar suggested, and confirm it, one child at a time."""
    for child in family.children:
        on_call.enter_room("I dag")
        on_call.page.get_by_role("link", name=re.compile(f"^{on_call.said('Jämför')}")).first.click()
        on_call.sees_heading("Är det samma barn?")
        on_call.look()
        on_call.press("Ja, samma barn: för samman akterna")
        on_call.sees(on_call.said("Akterna är sammanförda. Barnet kan vara känt under fler namn: se här."))
        child.is_numbered = True


def assign(lead: Person, child: Child, worker: str) -> None:
    """Give the child's case to a social worker, from Today's list."""
    lead.enter_room("Enheten")
    lead.sees_heading("Enheten")
    lead.look()
    lead.page.get_by_role("row").filter(has_text=child.reference).first.get_by_role("link").last.click()
    lead.sees_heading("Vem tar ärendet?")
    lead.look()
    lead.choose("Vem får ärendet?", worker)
    lead.press("Tilldela")
    lead.sees(lead.said("Ärendet är tilldelat."))
