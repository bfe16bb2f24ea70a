"""An adult asks for help by phone, agrees, has a plan, meets three parties, takes it back, and what rested closes."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import axe, no_sideways_scroll
from tests.journeys.calling import begin_a_call, write_down
from tests.journeys.conftest import Enter
from tests.journeys.person import Person

pytestmark = pytest.mark.journey
PARTIES = (
    ("Polisen", "Bo, kommunpolis", "Att jag söker bostad."),
    ("Hälso- och sjukvård", "Lena, kurator", "Att jag vill ha samtal."),
    ("Barn och unga Söder", "Ada, socialsekreterare", "När jag träffar min son."),
)


def seen_by_everyone(page: Page) -> None:
    axe(page)
    no_sideways_scroll(page)


def hand_over(counsellor: Person, family: str) -> None:
    """The caller asks for help for herself, and is handed over by her own wish."""
    begin_a_call(counsellor)
    write_down(counsellor, "Jag orkar inte mer och vill ha hjälp att komma bort.")
    counsellor.press("Vill ha hjälp")
    counsellor.sees_heading("Den som ringer vill ha hjälp")
    counsellor.look()
    counsellor.write("Förnamn", "Mirjam")
    counsellor.write("Efternamn", family)
    counsellor.write("Hur personen vill bli nådd", "Sms på kvällen")
    counsellor.press("Lämna över, på personens egen önskan")
    counsellor.sees("De hör av sig som personen vill.")


def agree(worker: Person) -> None:
    """Take down the agreement, read it back, and only then store it."""
    worker.page.locator(".case-head a.button").click()
    worker.sees_heading("Medgivande")
    worker.look()
    worker.write("Vilka uppgifter får lämnas?", "Att jag söker bostad och vill ha samtal")
    worker.choose("Till vem utanför enheten?", "Polisen")
    worker.choose("Till vem utanför enheten?", "Hälso- och sjukvård")
    worker.write("Vilka personer eller ställen är det?", "Bo, Lena och Ada")
    worker.select("En annan enhet här som får läsa en del", "Barn och unga Söder", within=worker.page.locator("main"))
    worker.choose("Vad får den enheten läsa?", "Planen")
    worker.write("Vad ska det användas till?", "Ett hem och någon att prata med")
    worker.write("Gäller till och med", "31/12")
    worker.choose("Hur lämnas det?", "Muntligt")
    worker.press("Läs upp för personen")
    worker.sees_heading("Läs upp medgivandet")
    worker.sees("Agreement to pass on information")
    worker.look()
    worker.press("Personen har hört det och säger ja")
    worker.sees("Medgivandet gäller.")


def make_plan(worker: Person) -> None:
    """Write the plan and see it with the person's own rating."""
    worker.page.locator(".case-head a.button").click()
    worker.sees_heading("Plan")
    worker.look()
    main = worker.page.locator("main")
    worker.write("Mål, med personens egna ord", "Ett eget hem.")
    worker.select("Personens egen skattning av hur livet är, 0 till 10", "3", within=main)
    worker.write("Nästa uppföljning", "31/12")
    first = worker.page.locator("fieldset.panel").first
    worker.select("Insats", "Bostad", within=first)
    worker.write("Ansvarig enhet", "Boendeenheten", within=first)
    worker.press("Spara planen")
    worker.sees("Personen skattar sitt liv till 3 av 10.")
    worker.look()


def meet(worker: Person) -> None:
    """Meet three parties, each of whom the agreement names."""
    worker.follow("Möte", within=worker.page.locator("main"))
    worker.sees_heading("Möte med flera parter")
    worker.look()
    worker.choose("Vilket slags möte?", "Social insatsgrupp (SIG)")
    for number, (party, who, told) in enumerate(PARTIES):
        row = worker.page.locator("fieldset.panel").nth(number)
        worker.select("Part", party, within=row)
        worker.write("Vem som var med", who, within=row)
        worker.write("Vad de fick veta", told, within=row)
    worker.press("Spara mötet")
    worker.sees("Polisen, Bo, kommunpolis: Att jag söker bostad.")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (320, False)])
def test_an_adult_asks_for_help_by_phone_and_takes_the_agreement_back(enter: Enter, width: int, scripts: bool) -> None:
    family = f"Holmlund{width}"
    window = {"viewport": {"width": width, "height": 800}, "java_script_enabled": scripts}
    look = seen_by_everyone if scripts else None
    hand_over(enter("counsellor", look=look, **window), family)

    lead = enter("support_lead", look=look, **window)
    lead.page.get_by_role("listitem").filter(has_text=family).get_by_role("link", name="Tilldela").first.click()
    lead.sees_heading("Vem tar ärendet?")
    lead.look()
    lead.choose("Vem får ärendet?", "Support Colleague")
    lead.press("Tilldela", within=lead.page.locator("main"))
    lead.sees_heading("Stöd till vuxna")
    lead.sees("Listan säger inget om vilka som finns i staden")
    lead.look()

    worker = enter("support_worker", look=look, **window)
    worker.page.get_by_role("listitem").filter(has_text=family).get_by_role("link").first.click()
    expect(worker.page.locator(".case-head h1")).to_contain_text(family)
    worker.look()
    case = worker.page.url
    agree(worker)
    make_plan(worker)
    meet(worker)
    reader = enter("other_worker", look=look, **window)
    reader.go(f"{case.removeprefix(reader.live.address)}shared/")
    reader.sees("Ett eget hem.")
    reader.look()

    worker.follow("Återkalla", within=worker.page.locator("main"))
    worker.sees_heading("Återkalla medgivandet")
    worker.look()
    worker.press("Återkalla", within=worker.page.locator("main"))
    worker.sees("Medgivandet är återkallat.")
    worker.sees("Vi tar inte kontakt.")
    expect(worker.page.get_by_role("link", name="Möte", exact=True)).to_have_count(0)
    worker.look()
    receipt = worker.page.get_by_role("link", name="Kvitto").get_attribute("href")
    answer = worker.page.request.get(f"{worker.live.address}{receipt}")
    printed = " ".join(PdfReader(io.BytesIO(answer.body())).pages[0].extract_text().split())
    assert "medgivandet är återkallat" in printed
    assert "has been taken back" in printed
    reader.page.reload()
    expect(reader.page.get_by_text("Ett eget hem.")).to_have_count(0)
    worker.go("/today/")
    expect(worker.page.get_by_role("listitem").filter(has_text=family)).to_have_count(0)
