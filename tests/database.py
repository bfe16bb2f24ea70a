"""Databases for tests: a template with schema and grants, made once, and a clone for whoever asks."""

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from hemvag.config import addresses, env
from hemvag.config.database import grants, installation, roles
from hemvag.config.database.server import Server
from tests.settings import TEST_PREFIX

ROOT = Path(__file__).resolve().parent.parent
ROLES = {"default": "staff", "log": "log", "numbers": "numbers"}
LOCK = 7_264_915
"""Advisory lock under which the template is made, so that parallel test processes make it once."""


def connect(role: str, name: str) -> psycopg.Connection[Any]:
    """Connect as a role to a database by name; every statement commits."""
    return psycopg.connect(autocommit=True, **addresses.keywords(addresses.address(role) | {"NAME": name}))


def admin(name: str = "postgres") -> psycopg.Connection[Any]:
    """Connect as the one who may make databases and roles."""
    given = env.text("HEMVAG_TEST_DATABASE_URL")
    if given:
        return psycopg.connect(given, autocommit=True, **({} if name == "postgres" else {"dbname": name}))
    return psycopg.connect(autocommit=True, **Server(addresses.home()).superuser_address(name))


@contextlib.contextmanager
def serving() -> Iterator[None]:
    """Have a server to test on: the one that HEMVAG_TEST_DATABASE_URL names, else the embedded one, started here."""
    if env.text("HEMVAG_TEST_DATABASE_URL"):
        with admin() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            for statement in roles.role_statements(TEST_PREFIX):
                connection.execute(statement)  # type: ignore[arg-type]
            for role in roles.ROLES:
                entry = addresses.address(role)
                form = sql.SQL("ALTER ROLE {} PASSWORD {}")
                connection.execute(form.format(sql.Identifier(entry["USER"]), sql.Literal(entry["PASSWORD"])))
            _let_tests_build(connection)
        yield
        return
    server = Server(addresses.home())
    server.start()
    try:
        with admin() as connection:
            _let_tests_build(connection)
        yield
    finally:
        server.stop()


def _let_tests_build(connection: psycopg.Connection[Any]) -> None:
    """Let the staff's role of the tests, and of no other server, put on the owner's where a test builds its town."""
    connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    connection.execute(_statement("GRANT {} TO {}", addresses.user("owner"), addresses.user("staff")))


@contextlib.contextmanager
def as_owner() -> Iterator[None]:
    """Write what only the owner may, such as a town's units, in the test's own transaction."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_statement("SET ROLE {}", addresses.user("owner")).as_string())
    yield
    with connections["default"].cursor() as cursor:
        cursor.execute("RESET ROLE")


def point_at(name: str) -> None:
    """Let every Django alias speak to the database `name`, each in its own role."""
    connections.close_all()
    for alias, role in ROLES.items():
        entry = connections[alias].settings_dict
        entry.update(addresses.address(role), NAME=name)
        settings.DATABASES[alias]["NAME"] = name


@contextlib.contextmanager
def clone(of: str = "", *, name: str = "") -> Iterator[str]:
    """Make a database from the template, or from another to which nobody is connected, and drop it afterwards."""
    template = of or _template()
    name = name or f"hemvag_test_{os.getpid()}_{secrets.token_hex(4)}"
    with admin() as connection:
        connection.execute(_statement("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template))
        for statement in roles.database_statements(TEST_PREFIX, name):
            connection.execute(statement)  # type: ignore[arg-type]
    try:
        yield name
    finally:
        with admin() as connection:
            connection.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _template() -> str:
    """Return the name of a database with today's schema and grants, making it when there is none."""
    name = f"hemvag_template_{_digest()}"
    with admin() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        making = f"{name}_making"
        connection.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", making))
        connection.execute(roles.create_database(making, TEST_PREFIX))  # type: ignore[arg-type]
        with admin(making) as inside:
            for statement in roles.schema_statements(TEST_PREFIX):
                inside.execute(statement)  # type: ignore[arg-type]
        _migrate(making)
        connection.execute(_statement("ALTER DATABASE {} RENAME TO {}", making, name))
    return name


def _migrate(name: str) -> None:
    connections.close_all()
    entry = connections["default"].settings_dict
    entry.update(addresses.address("owner"), NAME=name)
    call_command("migrate", verbosity=0)
    connections.close_all()
    with connect("owner", name) as owner:
        grants.apply(owner)
        installation.mark(owner, kind="real", municipality="malmo")


def _digest() -> str:
    """Return what changes when schema or grants do."""
    texts = [*ROOT.glob("hemvag/*/migrations/*.py"), *ROOT.glob("hemvag/*/records.py")]
    texts += ROOT.glob("hemvag/config/database/*.py")
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(texts))).hexdigest()[:16]


def _statement(form: str, *names: str) -> sql.Composed:
    return sql.SQL(form).format(*map(sql.Identifier, names))  # type: ignore[arg-type]


def environment(name: str) -> dict[str, str]:
    """Return the environment in which another process uses the database `name`."""
    variables = {"HEMVAG_DATABASE_NAME": name}
    for role in roles.ROLES:
        setting = f"HEMVAG_DATABASE_{role.upper()}_URL"
        if given := env.text(setting):
            variables[setting] = urlsplit(given)._replace(path=f"/{name}").geturl()
    return variables


@contextlib.contextmanager
def as_role(role: str, name: str) -> Iterator[None]:
    """Let Django's default connection be another role's, in the database `name`."""
    wrapper = connections["default"]
    before = dict(wrapper.settings_dict)
    wrapper.close()
    wrapper.settings_dict.update(addresses.address(role), NAME=name)
    try:
        yield
    finally:
        wrapper.close()
        wrapper.settings_dict.update(before)
