"""The counsellor's part of the story: a grandmother rings, and the call becomes a report."""

from playwright.sync_api import expect

from tests.journeys.family import Family, references
from tests.journeys.person import Person

TOLD = "Mormor ringer. Två barnbarn är i ett läger utomlands och kan vara på väg hem."


def begin_a_call(counsellor: Person) -> None:
    """From Today to an open call sheet."""
    counsellor.follow("Ny kontakt")
    counsellor.look()
    counsellor.press("Börja samtalet")
    counsellor.sees_heading("Samtal")
    counsellor.look()


def write_down(counsellor: Person, text: str = TOLD) -> None:
    """Write what is told, and wait until it is kept."""
    if counsellor.runs_scripts:
        counsellor.page.locator("form[data-draft-ready]").wait_for()
    counsellor.page.get_by_label(counsellor.said("Anteckningar")).fill(text)
    kept(counsellor)


def kept(person: Person) -> None:
    """Wait until the page says that what was typed is saved; without scripts, press for it."""
    if not person.runs_scripts:
        person.press("Spara")
        return
    expect(person.page.locator("[data-draft-words]")).to_contain_text(person.said("Sparat"))


def code_by_keyboard(counsellor: Person) -> None:
    """Code who rings and how far it has gone with letters and digits alone."""
    page = counsellor.page
    page.keyboard.press("Escape")
    for letter, field_name, choice in [("v", "caller", "grandparent"), ("s", "stage", "abroad"), ("a", "acute", "no")]:
        page.keyboard.press(letter)
        option = page.locator(f"[name={field_name}][value={choice}]")
        for digit in option.get_attribute("data-key") or "":
            page.keyboard.press(digit)
        expect(option).to_be_checked()
    kept(counsellor)


def give_a_code(counsellor: Person) -> str:
    """Give the caller a return code, hear it read back, and return its twelve digits."""
    page = counsellor.page
    counsellor.press("Kod")
    counsellor.press("Ge en kod")
    groups = page.locator(".code-digits")
    expect(groups).to_have_count(4)
    counsellor.look()
    digits = " ".join(groups.all_inner_texts())
    page.get_by_label(counsellor.said("Skriv det som läses tillbaka")).fill(digits)
    counsellor.press("Koden stämmer, låt den gälla")
    counsellor.sees(counsellor.said("Koden gäller nu"))
    return digits


def come_back_with(counsellor: Person, code: str) -> None:
    """Open the same contact again by the code, typed as it was scribbled on a slip."""
    counsellor.enter_room("Stödtelefonen")
    counsellor.sees_heading("Stödtelefonen")
    counsellor.look()
    counsellor.follow("Ange återkomstkod")
    counsellor.sees_heading("Ange återkomstkod")
    counsellor.look()
    counsellor.page.locator("main [name=typed]").fill(code.replace(" ", "-"))
    counsellor.press("Öppna samtalet")
    counsellor.sees_heading("Samtal")


def go_through_the_gate(counsellor: Person) -> None:
    """Read aloud what happens when a child is named, and go on; before that, no field identifies."""
    counsellor.page.locator("button[name=go][value=gate]").click()
    counsellor.sees_heading("Läs upp, innan barnet nämns")
    assert counsellor.page.locator("main input:not([type=hidden]), main textarea").count() == 0
    counsellor.look()
    counsellor.page.locator("button[name=chose][value=receive]").click()
    counsellor.sees_heading("Ta emot anmälan")
    counsellor.look()


def name_the_children(counsellor: Person, family: Family) -> None:
    """Enter both grandchildren and let the call become a report."""
    counsellor.press("Lägg till ett barn till")
    for number, child in enumerate(family.children, 1):
        place = counsellor.panel(counsellor.said("Barn %(number)s", number=number))
        expect(place).to_be_visible()
        counsellor.write("Förnamn", child.given, within=place)
        counsellor.write("Efternamn", family.name, within=place)
        counsellor.write("Andra stavningar eller namn", f"{child.other_spelling} {family.name}", within=place)
        counsellor.write("Datum eller år", child.born.isoformat(), within=place)
        counsellor.select("Varför inget nummer", "Vi vet inte numret", within=place)
        counsellor.choose("Var är barnet nu?", counsellor.said("Utomlands"), within=place)
        counsellor.write("Vårdnadshavare, så långt de är kända", f"Hodan {family.name}, mamma", within=place)
        counsellor.select("Område där barnet bor", "Innerstaden", within=place)
    counsellor.page.locator("[name=kind][value=relative]").check()
    counsellor.look()
    counsellor.press("Ta emot anmälan")
    counsellor.sees_heading("Anmälan är mottagen")
    said = counsellor.page.locator(".messages").inner_text()
    for child, reference in zip(family.children, references(said), strict=True):
        child.reference = reference
    assert "Barn och unga Innerstaden" in said
    counsellor.look()
