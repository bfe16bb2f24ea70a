"""A family of five comes home tomorrow morning: one plan, and five who each are told their part of it and no more."""

import datetime as dt
import re
import time

import pytest
from django.conf import settings

from hemvag.concerns import hours
from tests import database
from tests.journeys.conftest import Enter
from tests.journeys.looks import accessible, small
from tests.journeys.person import Person
from tests.live import Live
from tests.reception import making

pytestmark = pytest.mark.journey

A_MINUTE = 60
SECRET = ("Idris", "Sami", "Erbil", "Mormor har ringt")
"""What nobody who is only told a part may find in it: who they are, from where they come, what else is known."""


def reported(live: Live) -> str:
    """Let three children have been reported together while abroad, and return the page of the eldest's case."""
    town, then = live.town, live.now() - dt.timedelta(days=1)
    before = settings.DATABASES["default"]["NAME"]
    database.point_at(live.database)
    try:
        while not hours.is_open(town.municipality, then):
            then -= dt.timedelta(hours=3)
        eldest, *_others = making.cases(town, at=then, part="colleague")
        return f"/children/{eldest.dossier.id}/"
    finally:
        database.point_at(before)


def open_plan(worker: Person, case: str) -> None:
    """From the case of the eldest to an open plan, in less than a minute."""
    worker.go(case)
    begun = time.monotonic()
    worker.follow("Öppna mottagningsplan")
    worker.sees_heading("Öppna mottagningsplan")
    worker.choose("Vem kommer hem?", "En familj tillsammans")
    worker.write("Dag för ankomst", "i morgon")
    worker.write("Klockslag för ankomst", "9.40")
    worker.write("Plats för ankomst, och flyg", "Kastrup, SK 1842")
    worker.write("Varifrån de kommer", "Erbil")
    worker.write("Vuxna som kommer", "Mamma, 31 år\nPappa, 34 år")
    worker.write("Plats i skola eller förskola från", "7/12 2026")
    worker.write("Annat som är känt", "Mormor har ringt.")
    worker.press("Öppna planen")
    worker.sees("Planen är öppnad.")
    assert time.monotonic() - begun < A_MINUTE
    worker.look()


def link_to(worker: Person, title: str, *, child: str) -> None:
    """Follow the plan's link to a task, one child's where it is done for each."""
    begins = rf"^{re.escape(child)}\s*: " if child else "^"
    worker.page.get_by_role("link", name=re.compile(begins + re.escape(title))).first.click()


def give(worker: Person, title: str, *, child: str = "", unit: str = "", more: dict[str, str] | None = None) -> None:
    """Give a task to whoever does it, with what it needs and nothing else, and come back to the plan."""
    main = worker.page.locator("main")
    plan = worker.page.url
    link_to(worker, title, child=child)
    worker.sees_heading(title)
    worker.follow("Lämna uppgiften", within=main)
    worker.look()
    if unit:
        choice = main.get_by_label("Enhet här som får ett kuvert")
        choice.select_option(label=next(text for text in choice.locator("option").all_inner_texts() if unit in text))
    else:
        worker.choose("Hur det lämnas", "Telefon")
    for label, text in (more or {}).items():
        worker.write(label, text)
    for field in main.locator("[name^=test_]").all():
        field.fill("Prövat: uppgiften går inte att göra utan det.")
    worker.write("Beslutas enligt", "Delegationsordningen punkt 4")
    main.get_by_label("Ja, innan").check()
    worker.press("Se det som det lämnas", within=main)
    worker.sees_heading("Så här lämnas det")
    worker.look()
    main.locator("button[value=send]").click()
    worker.sees("Det står i förteckningen, en rad för varje barn.")
    worker.go(plan.removeprefix(worker.live.address))


def agree(worker: Person, title: str, *, child: str) -> None:
    """Write down that the mother lets the task's receiver be told."""
    main = worker.page.locator("main")
    plan = worker.page.url
    link_to(worker, title, child=child)
    worker.follow("Lämna uppgiften", within=main)
    worker.follow("Skriv ner ett medgivande", within=main)
    worker.write("Vilka uppgifter får lämnas?", "Barnets namn, födelsedatum och adress.")
    worker.write("Vad ska det användas till?", "Folkbokföring.")
    main.get_by_label("vårdnadshavare", exact=True).check()
    worker.write("Den personens namn", "Rana Idris")
    worker.write("Uppläst och bekräftat för", "Rana Idris")
    worker.look()
    worker.press("Spara medgivandet", within=main)
    worker.sees("Medgivandet är sparat i barnens akter.")
    worker.go(plan.removeprefix(worker.live.address))


def receive(receiver: Person, *, sees: str, never: tuple[str, ...]) -> None:
    """Open every envelope that waits, find one's own part in each and nothing else, and say yes."""
    for _child in range(3):
        receiver.enter_room("Kuvert")
        main = receiver.page.locator("main")
        receiver.follow("Öppna", within=main)
        receiver.sees(sees, within=main)
        shown = main.inner_text()
        assert not [text for text in never if text in shown]
        receiver.look()
        receiver.page.get_by_label("Mottaget").check()
        receiver.press("Skicka svaret")
        receiver.sees("Svaret är skickat.")


def test_a_family_of_five_is_received_by_five_who_each_see_their_part(enter: Enter, live: Live) -> None:
    worker = enter("social_worker", look=accessible)
    open_plan(worker, reported(live))
    plan = worker.page.url.removeprefix(live.address)
    give(worker, "Möt dem: plats, bil, bilbarnstolar, tolk, mat, kläder", unit=live.town.on_call.name)
    give(worker, "Första natten, syskonen tillsammans", unit=live.town.other_children.name)
    give(worker, "Boka barnläkare, barnpsykiatri och tandläkare")
    give(worker, "Plats i skola eller förskola", more={"Vem som svarar på frågor": "Mottagningen, 040-34 10 00"})
    registered = "Folkbokföring, med identitetskontroll av var och en"
    agree(worker, registered, child="Sami Idris, 8 år")
    give(worker, registered, child="Sami Idris, 8 år")
    receive(enter("on_call", look=accessible), sees="Kastrup", never=SECRET)
    receive(enter("other_lead", look=accessible), sees="ska bo tillsammans", never=(*SECRET, "Kastrup"))
    worker.go(plan)
    shown = worker.page.locator("main").inner_text()
    assert shown.count("Mottagen") >= 2
    assert "Lämnad, inget svar än" in shown
    small(worker.page)
    stranger = enter("on_call")
    stranger.go(plan)
    assert "Mottagningsplan" not in stranger.page.locator("main").inner_text()
