"""The social worker's part of the story: from the first assessment to the closing decision."""

import datetime as dt
import io

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.family import Child
from tests.journeys.person import Person


def open_case(person: Person, child: Child) -> None:
    """From Today to the child's case."""
    person.go("/today/")
    person.page.get_by_role("listitem").filter(has_text=child.reference).get_by_role("link").first.click()
    sees_case(person)
    if child.is_numbered:
        person.sees(child.number, within=person.panel(person.said("Barnet")))
    person.look()


def sees_case(person: Person) -> None:
    """Wait for a case's page."""
    expect(person.page.locator(".case-head h1")).to_be_visible()


def take_step(worker: Person, heading: str, button: str, chosen: dict[str, str], written: dict[str, str]) -> None:
    """On a step's page: choose and write, press its button, and come back to the case."""
    worker.sees_heading(heading)
    worker.look()
    for label, option in chosen.items():
        worker.choose(label, worker.said(option))
    for label, text in written.items():
        worker.write(label, text)
    worker.press(button, within=worker.page.locator("main"))
    worker.sees(worker.said("Sparat."))
    sees_case(worker)


def _next(worker: Person, label: str) -> None:
    """Press the one primary button of the case."""
    worker.page.locator(".case-head a.button").filter(has_text=worker.said(label)).click()


def assess(worker: Person) -> None:
    """Protection assessment and preliminary assessment of both reports: the call's opens, the officer's joins."""
    for _report in range(2):
        _next(worker, "Gör skyddsbedömningen")
        take_step(
            worker,
            "Skyddsbedömning",
            "Spara skyddsbedömningen",
            {"Bedömning": "Inget behov av omedelbart skydd"},
            {"Skäl": "Barnet är utomlands. Kontakt är tagen med Utrikesdepartementet."},
        )
    for outcome in ("Inleda utredning", "Föra anmälan till en pågående utredning"):
        _next(worker, "Förhandsbedöm")
        take_step(
            worker,
            "Förhandsbedömning",
            "Signera beslutet",
            {"Beslut": outcome},
            {"Skäl för beslutet": "Det som anmälarna berättar kan leda till en insats för barnet."},
        )
    worker.look()


def give_feedback(worker: Person) -> None:
    """Tell the police officer what was decided; the grandmother is told nothing, and the page says why."""
    _next(worker, "Lämna återkoppling")
    take_step(
        worker,
        "Återkoppling till anmälaren",
        "Spara återkopplingen",
        {"Återkoppling": "Återkoppling är lämnad"},
        {"Vad som sades, och hur; eller varför det är olämpligt": "Ringde till anmälaren."},
    )


def hear_the_child(worker: Person) -> None:
    """A note, and the child's own voice."""
    worker.follow("Anteckning")
    take_step(
        worker,
        "Ny anteckning",
        "Spara anteckningen",
        {"Vad gäller det?": "Telefonsamtal"},
        {"Anteckning": "Talade med mormor om var barnet är."},
    )
    worker.follow("Barnets röst")
    take_step(
        worker,
        "Barnets egen röst",
        "Spara",
        {"Hur": "Telefon eller video"},
        {"Barnets egna ord, eller varför barnet inte har hörts": "”Jag vill hem till mormor.”"},
    )


def extend_and_close(worker: Person) -> None:
    """The investigation takes longer for special reasons, and is then closed by a signed decision."""
    until = worker.live.now().date() + dt.timedelta(days=150)
    worker.follow("Förläng utredningen")
    take_step(
        worker,
        "Förläng utredningstiden",
        "Signera beslutet om förlängning",
        {},
        {"Till och med": until.isoformat(), "Skäl": "Barnet har inte kommit hem än."},
    )
    _next(worker, "Avsluta utredningen")
    take_step(
        worker,
        "Avsluta utredningen",
        "Signera beslutet",
        {"Beslut": "Avsluta utredningen med insats"},
        {"Skäl för beslutet": "Familjen får stöd när barnet är hemma."},
    )
    worker.look()


def follow_to_the_end(worker: Person) -> None:
    """All that the social worker does in the child's case."""
    assess(worker)
    give_feedback(worker)
    hear_the_child(worker)
    extend_and_close(worker)


def read_decision(worker: Person, kind: str) -> PdfReader:
    """Fetch a decision as this worker's browser does, and return it opened."""
    link = worker.panel(worker.said("Beslut")).get_by_role("link", name=worker.said(kind)).first
    answer = worker.page.request.get(f"{worker.live.address}{link.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.body()))
