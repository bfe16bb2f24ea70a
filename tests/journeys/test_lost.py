"""Nothing typed is lost and nothing half is stored: the server dies, the database is away or full, two act at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from hemvag.concerns.models import ConcernReport
from tests import database
from tests.journeys import calling, handling, receiving
from tests.journeys.conftest import Enter
from tests.journeys.family import Family
from tests.journeys.looks import accessible
from tests.journeys.person import Person
from tests.live import Live, serving

pytestmark = pytest.mark.journey

LETTER = "Barnet säger: ”Jag vill hem till mormor.” نور 🙂 "
RIGHT_TO_LEFT = "نور الهدى"

COPIES = """async (wanted) => {
    const count = () => new Promise((resolve) => {
        const open = indexedDB.open("hemvag", 1);
        open.onsuccess = () => {
            const all = open.result.transaction("drafts").objectStore("drafts").count();
            all.onsuccess = () => { open.result.close(); resolve(all.result); };
        };
    });
    for (let tries = 0; tries < 100; tries++) {
        if (await count() === wanted) return;
        await new Promise((resolve) => setTimeout(resolve, 30));
    }
    throw new Error(`never ${wanted}`);
}"""
"""Wait until the browser holds so many copies of what was typed."""


@pytest.fixture(scope="module")
def fragile(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Live]:
    """A server of this file's own, to be killed and starved."""
    with django_db_blocker.unblock(), serving() as running:
        yield running


@contextmanager
def without_a_database(live: Live) -> Iterator[None]:
    """Let nobody in, and put everybody out, until the end of the `with`."""
    name = sql.Identifier(live.database)
    with database.admin() as admin:
        admin.execute(sql.SQL("ALTER DATABASE {} CONNECTION LIMIT 0").format(name))
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [live.database])
    try:
        yield
    finally:
        with database.admin() as admin:
            admin.execute(sql.SQL("ALTER DATABASE {} CONNECTION LIMIT -1").format(name))


@contextmanager
def with_a_full_disk(live: Live) -> Iterator[None]:
    """Answer every new report as PostgreSQL does when its disk is full."""
    table = sql.SQL("hemvag.{}").format(sql.Identifier(ConcernReport._meta.db_table))
    with database.connect("owner", live.database) as owner:
        owner.execute(
            """CREATE FUNCTION hemvag.is_full() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$"""
        )
        owner.execute(
            sql.SQL("CREATE TRIGGER is_full BEFORE INSERT ON {} EXECUTE FUNCTION hemvag.is_full()").format(table)
        )
        try:
            yield
        finally:
            owner.execute(sql.SQL("DROP TRIGGER is_full ON {}").format(table))
            owner.execute("DROP FUNCTION hemvag.is_full()")


def count(live: Live, table: str) -> int:
    """Return how many rows a table of the house holds."""
    with database.connect("owner", live.database) as owner:
        row = owner.execute(sql.SQL("SELECT count(*) FROM hemvag.{}").format(sql.Identifier(table))).fetchone()
    return int(row[0]) if row else 0


def reports(live: Live) -> int:
    return count(live, ConcernReport._meta.db_table)


def write_a_report(registrar: Person, family: str, **child: str) -> None:
    """Fill in a whole report about one child."""
    registrar.enter_room("Ny orosanmälan")
    registrar.choose("Hur kom den in?", "Brev eller blankett")
    registrar.choose("Vem anmäler?", "Skola")
    registrar.choose("Vill anmälaren ha återkoppling?", "Nej, eller har inte sagt")
    written = {"Förnamn": RIGHT_TO_LEFT, "Efternamn": family, "Datum eller år": "2020-02-29"} | child
    for label, text in written.items():
        registrar.write(label, text, within=registrar.panel("Barn 1"))
    registrar.write("Vad anmälan säger", LETTER * 3)


def test_the_server_dies_while_someone_writes(enter: Enter, fragile: Live) -> None:
    counsellor = enter("counsellor", own=fragile)
    calling.begin_a_call(counsellor)
    calling.write_down(counsellor, "Först")
    fragile.kill()
    notes = counsellor.page.get_by_label("Anteckningar")
    notes.fill("Först, och sedan utan server")
    counsellor.sees("Ingen kontakt med servern. Din text finns kvar här.")
    address = counsellor.page.url
    with counsellor.in_a_new_window() as again:
        counsellor.page.close()
        fragile.start()
        again.goto(address)
        expect(again.get_by_label("Anteckningar")).to_have_value("Först, och sedan utan server")
        expect(again.locator("[data-draft-words]")).to_contain_text("Sparat", timeout=15_000)


@pytest.mark.parametrize("trouble", [without_a_database, with_a_full_disk])
def test_what_cannot_be_stored_now_is_sent_again(
    enter: Enter, fragile: Live, trouble: Callable[[Live], "contextmanager[None]"]
) -> None:
    registrar = enter("registrar", own=fragile)
    write_a_report(registrar, "Elmi")
    before = reports(fragile)
    with trouble(fragile):
        registrar.press("Registrera anmälan")
        registrar.sees_heading("Hemväg når inte sin databas")
        expect(registrar.page.locator("textarea[name=text]")).to_have_value(LETTER * 3)
        accessible(registrar.page)
        registrar.press("Skicka igen")
        registrar.sees_heading("Hemväg når inte sin databas")
    assert reports(fragile) == before, "nothing half is stored"
    registrar.press("Skicka igen")
    registrar.sees("är registrerad och väntar hos")
    assert reports(fragile) == before + 1


def test_two_who_press_at_once_store_one(enter: Enter, fragile: Live) -> None:
    registrar = enter("registrar", own=fragile)
    write_a_report(registrar, "Aden")
    before = reports(fragile)
    registrar.page.get_by_role("button", name="Registrera anmälan").dblclick()
    registrar.sees("är registrerad och väntar hos")
    assert reports(fragile) == before + 1


def test_what_was_registered_does_not_stand_in_the_next_report(enter: Enter, fragile: Live) -> None:
    registrar = enter("registrar", own=fragile)
    write_a_report(registrar, "Roble")
    registrar.page.evaluate(COPIES, 1)
    registrar.press("Registrera anmälan")
    registrar.sees("är registrerad och väntar hos")
    registrar.page.evaluate(COPIES, 0)
    registrar.enter_room("Ny orosanmälan")
    registrar.page.locator("form[data-draft-ready]").wait_for()
    expect(registrar.page.locator("textarea[name=text]")).to_have_value("")
    expect(registrar.panel("Barn 1").locator("[name$=family]")).to_have_value("")


def test_two_workers_decide_at_once(enter: Enter, fragile: Live) -> None:
    child = receiving.enter_an_old_report(enter("registrar", own=fragile), "Hirsi")
    lead, worker = enter("unit_lead", own=fragile), enter("colleague", own=fragile)
    receiving.assign(lead, child, "Colleague")
    handling.open_case(worker, child)
    worker.go(_protection(worker))
    lead.go(_protection(worker))
    for who, reasons in [(worker, "Barnet är tryggt."), (lead, "Jag hann inte före.")]:
        who.choose("Bedömning", "Inget behov av omedelbart skydd")
        who.write("Skäl", reasons)
    worker.press("Spara skyddsbedömningen")
    worker.sees("Sparat.")
    lead.press("Spara skyddsbedömningen")
    expect(lead.page.get_by_role("alert")).to_be_visible()
    expect(lead.page.locator("textarea[name=reasons]")).to_have_value("Jag hann inte före.")
    accessible(lead.page)


def _protection(worker: Person) -> str:
    path = worker.page.url.removeprefix(worker.live.address)
    return path if path.endswith("protection/") else f"{path.split('?')[0]}protection/"


@pytest.mark.parametrize(
    ("label", "text", "says"),
    [
        ("Datum eller år", "2023-02-29", "Den 29 februari finns inte det året. Kontrollera datumet."),
        ("Datum eller år", "2007-01-01", "Personen har fyllt 18 år."),
        ("Datum eller år", "2031-01-01", "Datumet har inte varit än."),
        ("Nummer", "20200504-2384", "Numret stämmer inte. Kontrollera det eller välj Inget nummer."),
        ("Förnamn", "No\0or", "Texten innehåller ett tecken som inte går att spara."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(enter: Enter, live: Live, label: str, text: str, says: str) -> None:
    registrar = enter("registrar")
    write_a_report(registrar, "Nur")
    if label == "Nummer":
        registrar.choose("Slags nummer", "Personnummer", within=registrar.panel("Barn 1"))
    registrar.write(label, text, within=registrar.panel("Barn 1"))
    registrar.press("Registrera anmälan")
    field = registrar.panel("Barn 1").locator(".field-invalid")
    expect(field).to_have_count(1)
    expect(field).to_contain_text(says)
    expect(registrar.page.locator("[data-summary]")).to_be_focused()
    expect(registrar.page.locator("textarea[name=text]")).to_have_value(LETTER * 3)
    expect(registrar.panel("Barn 1").locator("[name$=family]")).to_have_value("Nur")


def test_a_note_as_long_as_a_book(enter: Enter, live: Live) -> None:
    counsellor = enter("counsellor")
    calling.begin_a_call(counsellor)
    book = (LETTER * 5000)[:200_000]
    _paste(counsellor.page, book)
    calling.kept(counsellor)
    counsellor.page.reload()
    expect(counsellor.page.get_by_label("Anteckningar")).to_have_value(book)


def _paste(page: Page, text: str) -> None:
    page.get_by_label("Anteckningar").fill(text)


def test_a_family_with_every_script_in_its_names(enter: Enter, live: Live) -> None:
    family = Family("Öztürk-Ågren 🙂")
    family.eldest.given = RIGHT_TO_LEFT
    counsellor = enter("counsellor", look=accessible)
    calling.begin_a_call(counsellor)
    calling.write_down(counsellor)
    calling.go_through_the_gate(counsellor)
    calling.name_the_children(counsellor, family)
    lead = enter("unit_lead")
    lead.enter_room("Enheten")
    lead.sees(f"{family.name}, {RIGHT_TO_LEFT}")
