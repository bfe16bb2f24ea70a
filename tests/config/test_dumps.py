"""What a copied database can surrender: tried with whole dumps of an invented town, restored elsewhere."""

import base64
import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.plugin import DjangoDbBlocker

from hemvag.agencies import load as town_load
from hemvag.agencies import town as town_file
from hemvag.audit.models import Purpose
from hemvag.config import addresses
from hemvag.config.database.server import Server
from hemvag.config.demo import town
from hemvag.dossiers import attachments, erase, record, rotate, unwrapping
from hemvag.dossiers.models import Dossier, JournalEntry, Sealed, WrappedKey
from hemvag.exchange import ground
from hemvag.lib import clock
from hemvag.reception import family, items, opening, plan, sending
from hemvag.reception.known import Known
from hemvag.reception.sending import Part
from hemvag.reception.template import templates
from hemvag.staff.models import Worker
from hemvag.vault import box
from hemvag.vault.keyring import NotHeld
from tests import database, dumps
from tests.reception.making import telling
from tests.secret import Installation

NOW = dt.datetime(2026, 11, 23, 10, 30, tzinfo=clock.STOCKHOLM)
FILE = Path(__file__).parent.parent.parent / "municipalities" / "malmo.toml"


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A small part of the demo's town, made once."""
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock(), database.clone() as name:
        database.point_at(name)
        with transaction.atomic():
            with database.as_owner():
                town_load.load(town_file.read(FILE), at=NOW)
            town.load("malmo", at=NOW, scale=0.05)
        database.point_at(before)
        yield name


@pytest.fixture
def invented(filled: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The town in a database of the test's own."""
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock(), database.clone(filled) as name:
        database.point_at(name)
        try:
            yield name
        finally:
            database.point_at(before)


def open_words(name: str) -> str:
    """Return the words that stand in the open by right: of workers, units, districts, the town's own estimates and
    services, the law, and the published templates of which a plan keeps its own."""
    tables = ["staff_worker", "agencies_*", "counsel_*", "picture_*", "readiness_*"]
    provisions = JournalEntry.objects.values_list("provision", flat=True).distinct()
    published = [text for one in templates().values() for text in dumps.texts(one.as_data())]
    stated = dumps.dump(name, *(f"--table=hemvag.{table}" for table in tables)).decode()
    return stated + "\n".join([*provisions, *published])


def wanted(name: str) -> set[bytes]:
    found = dumps.spoken(dumps.said(), open_words(name))
    assert len(found) > 150
    return found


def opened(dossiers: Any = None) -> dict[Any, Any]:
    """Return the content of dossiers as the program reads it, with the keys that the database and the ring hold."""
    found = list(Dossier.objects.filter(erased_at=None) if dossiers is None else dossiers)
    return {key: [piece.data for piece in held.read()] for key, held in unwrapping.unwrapped(found).items()}


def test_what_is_looked_for_would_be_found(invented: str, tmp_path: Path) -> None:
    """A name in the open, a planted sentence in a table, in JSON and in a file: all are seen."""
    worker = Worker.objects.values_list("name", flat=True)[0]
    assert dumps.seen({worker.encode()}, [dumps.dump(invented)], tmp_path) == {worker}
    sentence = max(dumps.said(), key=len).splitlines()[0]
    Dossier.objects.filter(id=Dossier.objects.values("id")[:1]).update(reference=sentence[:20])
    assert dumps.seen({sentence[:20].encode()}, [dumps.dump(invented)], tmp_path)
    assert dumps.spoken({"Ämne Öst", "kodord", "2016-05-04", "201605042385"}, "") >= {
        "Ämne".encode(),
        b"\\u00c4mne \\u00d6st",
        b"201605042385",
    }


def test_a_whole_dump_tells_no_name_no_number_and_no_sentence(
    invented: str, tmp_path: Path, client_for: Callable[[Worker], Client]
) -> None:
    looked_for = wanted(invented)
    _use(client_for)
    assert dumps.seen(looked_for, [dumps.dump(invented)], tmp_path) == set()
    sessions = [str(session.get_decoded()).encode() for session in Session.objects.all()]
    assert sessions
    assert dumps.seen(looked_for, sessions, tmp_path) == set()
    jobs = [str(row).encode() for row in ProcrastinateJob.objects.values()]
    assert dumps.seen(looked_for, jobs, tmp_path) == set()
    with database.admin() as admin:
        running = str(admin.execute("SELECT query FROM pg_stat_activity").fetchall()).encode()
        admin.execute("CHECKPOINT")
        oid = admin.execute("SELECT oid FROM pg_database WHERE datname = %s", [invented]).fetchone()
    assert b"SELECT query FROM pg_stat_activity" in running
    assert dumps.seen(looked_for, [running], tmp_path) == set()
    assert oid
    if addresses.is_embedded():
        # What is written ahead is shared with other tests, whose towns have words in common with this one.
        looked_for = {text for text in looked_for if len(text) > 8 and (b" " in text or text.isdigit())}
        files = list(_files(oid[0]))
        assert len(files) > 100
        assert dumps.seen(looked_for, files, tmp_path) == set()


def _use(client_for: Callable[[Worker], Client]) -> None:
    """Open Today, search for a child by name, and open every case of a worker, so that there is something to leave
    behind."""
    worker = Dossier.objects.filter(compartment="child", worker__isnull=False)[0].worker
    assert worker
    client = client_for(worker)
    assert client.get(reverse("today"), secure=True).status_code == 200
    number = next(text for text in sorted(dumps.said()) if re.fullmatch(r"\d{12}", text))
    assert client.post(reverse("people:search"), {"text": number}, secure=True).status_code == 200
    for dossier in Dossier.objects.filter(worker=worker, compartment="child"):
        assert client.get(reverse("concerns:case", args=[dossier.id]), secure=True).status_code == 200


def _files(oid: int) -> Iterator[Path]:
    """Give the server's own files: this database's tables, temporary files, what is written ahead, and its log."""
    home = Server(addresses.home()).home
    for place in (f"cluster/base/{oid}", "cluster/base/pgsql_tmp", "cluster/pg_wal", "log"):
        yield from (file for file in (home / place).glob("*") if file.is_file())


def test_content_alone_opens_nothing_even_with_the_secret(invented: str, tmp_path: Path) -> None:
    with dumps.restored(tmp_path, dumps.dump(invented, *dumps.CONTENT)) as name:
        database.point_at(name)
        assert Sealed.objects.count() > 50
        with pytest.raises(ProgrammingError):
            opened()
    database.point_at(invented)


def test_a_dump_holds_no_byte_and_no_name_of_an_attachment(invented: str, tmp_path: Path) -> None:
    case = Dossier.objects.filter(compartment="child", worker__isnull=False)[0]
    assert case.worker
    data = b"%PDF-1.7\nIntyg om Planterad Hemligsson"
    [held] = unwrapping.unwrapped([case]).values()
    attachments.attach(held, name="Hemligsson.pdf", content_type="", data=data, by=case.worker, at=NOW)
    assert Sealed.objects.filter(dossier=case, kind="attachment_bytes").count() == 1
    plain = {data, b"Planterad", b"Hemligsson", base64.b64encode(data)}
    looked_for = plain | {one.hex().encode() for one in plain}
    dumped = dumps.dump(invented)
    assert b"attachment_bytes" in dumped
    assert dumps.seen(looked_for, [dumped], tmp_path) == set()


def test_keys_alone_hold_no_content(invented: str, tmp_path: Path) -> None:
    text = dumps.dump(invented, *dumps.KEYS)
    assert dumps.seen(wanted(invented), [text], tmp_path) == set()
    with dumps.restored(tmp_path, text) as name, database.connect("owner", name) as owner:
        tables = owner.execute("SELECT schemaname, tablename FROM pg_tables WHERE tableowner = current_user").fetchall()
        assert tables == [("keys", "dossiers_wrappedkey")]
        rows = owner.execute("SELECT count(*) FROM keys.dossiers_wrappedkey").fetchone()
        assert rows
        assert rows[0] > 20


def test_both_halves_open_with_the_secret_and_not_with_another(
    invented: str, tmp_path: Path, secret: Installation
) -> None:
    before = opened()
    halves = dumps.dump(invented, *dumps.CONTENT), dumps.dump(invented, *dumps.KEYS)
    with dumps.restored(tmp_path, *halves) as name:
        database.point_at(name)
        assert opened() == before
        secret.with_new()
        secret.only(2)
        for dossier in Dossier.objects.filter(erased_at=None):
            with pytest.raises(NotHeld):
                opened([dossier])
        WrappedKey.objects.update(generation=2)
        for dossier in Dossier.objects.filter(erased_at=None):
            with pytest.raises(box.DoesNotOpen):
                opened([dossier])
    database.point_at(invented)


def test_an_erased_dossier_opens_in_no_dump_of_content_ever_made(invented: str, tmp_path: Path) -> None:
    first, *others = Dossier.objects.filter(erased_at=None).order_by("id")
    content = dumps.dump(invented, *dumps.CONTENT)
    before = opened()
    erase.erase(first, by=None, purpose=Purpose.HANDLE, at=NOW)
    with dumps.restored(tmp_path, content, dumps.dump(invented, *dumps.KEYS)) as name:
        database.point_at(name)
        assert Dossier.objects.get(id=first.id).erased_at is None
        assert any(bytes(row.content) for row in Sealed.objects.filter(dossier=first.id))
        with pytest.raises(unwrapping.KeyDestroyed):
            opened([first])
        assert opened(others) == {key: value for key, value in before.items() if key != first.id}
    database.point_at(invented)


def test_after_the_secret_was_changed_the_old_one_opens_no_new_dump(
    invented: str, tmp_path: Path, secret: Installation
) -> None:
    before = opened()
    secret.with_new()
    rotate.rewrap(at=NOW)
    halves = dumps.dump(invented, *dumps.CONTENT), dumps.dump(invented, *dumps.KEYS)
    with dumps.restored(tmp_path, *halves) as name:
        database.point_at(name)
        assert opened() == before
        secret.only(1)
        with pytest.raises(NotHeld):
            opened()
    database.point_at(invented)


@pytest.mark.parametrize("role", ["staff", "job", "log", "numbers"])
def test_a_roles_address_alone_reads_no_name(invented: str, tmp_path: Path, role: str) -> None:
    """Everything that the role may read, table by table, is copied out and looked through."""
    looked_for = wanted(invented)
    taken: list[bytes] = []
    with database.connect(role, invented) as connected:
        tables = connected.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'p') AND relnamespace IN"
            " (SELECT oid FROM pg_namespace WHERE nspname IN ('hemvag', 'keys', 'log', 'counts'))"
        ).fetchall()
        for (table,) in tables:
            try:
                with connected.cursor().copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as copy:  # type: ignore[arg-type]
                    taken.append(b"".join(map(bytes, copy)))
            except psycopg.errors.InsufficientPrivilege:
                continue
    assert bool(taken) == (role != "log")
    assert dumps.seen(looked_for, taken, tmp_path) == set()


def test_a_whole_dump_ties_no_plan_to_a_child_and_tells_nothing_of_who_comes(invented: str, tmp_path: Path) -> None:
    """Neither by a row that names both, the read log's too, nor by a row of the plan at a moment of the child's."""
    at, later = NOW + dt.timedelta(microseconds=217_311), NOW + dt.timedelta(minutes=7, microseconds=903_217)
    worker = Worker.objects.get(id=Dossier.objects.filter(compartment="child", worker__isnull=False)[0].worker_id)
    own = Dossier.objects.filter(compartment="child", worker=worker).order_by("id")
    mine = [record.open_dossier(one.id, by=worker, purpose=Purpose.HANDLE, at=NOW) for one in own]
    children = [one for one in mine if ground.subject_of(one, NOW.date()) == "child"][:2]
    assert children
    known = Known(day=NOW.date(), sure="known", adults=["Mormor Zebratova"], text="Hämtas vid gate Kvicksundsund.")
    template = templates()["F"]
    made = opening.open_plan(children, template=template, known=known, by=worker, at=at)
    found = plan.read(made)
    held = family.opened(found, by=worker, at=later, to_tell=True)
    parts = [
        Part(child=one, items=items.available(one, known, list(held.values()), NOW.date())[:1]) for one in held.values()
    ]
    sending.send(made, "R06", parts, telling=telling(), seen=0, by=worker, at=later)
    lines = dumps.dump(invented).decode().splitlines()
    mine = [line for line in lines if str(made.dossier.id) in line]
    theirs = [line for line in lines if any(str(one.dossier.id) in line for one in children)]
    assert len(mine) > 3
    assert any("903217" in line for line in theirs)
    assert not set(mine) & set(theirs)
    assert not [line for line in mine if "903217" in line]
    assert any("217311" in line for line in mine)
    assert not [line for line in theirs if "217311" in line]
    assert dumps.seen({b"Zebratova", b"Kvicksundsund"}, ["\n".join(lines).encode()], tmp_path) == set()
