"""Spaces as tests make them: facts, a small database by an exercise's name, and the server that it lies on."""

import datetime as dt
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from psycopg import sql

from hemvag.config import addresses, env
from hemvag.config.database import installation, roles
from hemvag.config.database.server import Server
from hemvag.config.exercise.place import DATABASE, Space
from hemvag.lib import clock
from tests import database
from tests.settings import TEST_PREFIX

AT = dt.datetime(2026, 5, 6, 12, 0, tzinfo=clock.STOCKHOLM)


def space(name: str = DATABASE) -> Space:
    facts = {"name": "Övning", "scenario": "family_of_five", "municipality": "malmo", "database": name}
    return Space(id=uuid.UUID(int=5), opened_at=AT, **facts)


def marked(name: str, kind: str) -> None:
    with database.connect("owner", name) as owner:
        owner.execute("UPDATE hemvag.installation SET kind = %s", [kind])


@contextmanager
def named() -> Iterator[str]:
    """A small database whose name is an exercise's, with its mark and one table more."""
    name = f"{DATABASE}_test_{os.getpid()}"
    with database.admin() as admin:
        admin.execute(_drop(name))
        admin.execute(roles.create_database(name, TEST_PREFIX))  # type: ignore[arg-type]
        for statement in roles.database_statements(TEST_PREFIX, name):
            admin.execute(statement)  # type: ignore[arg-type]
    with database.admin(name) as inside:
        for statement in roles.schema_statements(TEST_PREFIX):
            inside.execute(statement)  # type: ignore[arg-type]
    with database.connect("owner", name) as owner:
        installation.mark(owner, kind="exercise", municipality="malmo")
        owner.execute("CREATE TABLE hemvag.dossiers (x int)")
    yield name
    with database.admin() as admin:
        admin.execute(_drop(name))


def _drop(name: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))


def on_its_own(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the exercise's five addresses, as a municipality with a server of its own does."""
    for role in roles.ROLES:
        entry = addresses.address(role)
        place = f"postgresql://{entry['USER']}:{quote(entry['PASSWORD'])}@/{name}"
        where = f"host={quote(entry['HOST'], safe='')}&port={entry['PORT']}"
        monkeypatch.setenv(f"HEMVAG_EXERCISE_DATABASE_{role.upper()}_URL", f"{place}?{where}")


def server(name: str, monkeypatch: pytest.MonkeyPatch, *, own: bool = False) -> Server | None:
    """Return the embedded server; or None, with the exercise's addresses on a server of one's own."""
    on_its_own(name, monkeypatch)
    return None if own or env.text("HEMVAG_TEST_DATABASE_URL") else Server(addresses.home())


def exists(name: str) -> bool:
    with database.admin() as admin:
        return admin.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def tables(name: str) -> int:
    with database.connect("owner", name) as owner:
        row = owner.execute("SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('hemvag')").fetchone()
    return int(row[0]) if row else 0


def is_gone(name: str, on: Server | None) -> bool:
    """Say whether nothing is left of a database: dropped, or emptied on a server of one's own."""
    return tables(name) == 0 if on is None else not exists(name)
