"""Make a database ready: roles, schemas, tables, rights, and the row that says what it is for. It may run again."""

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

from hemvag.config import addresses, env
from hemvag.config.database import checks, installation
from hemvag.config.database.server import Server, running

Say = Callable[[str], None]


@contextlib.contextmanager
def database() -> Iterator[Server | None]:
    """Have the database for the length of a `with`: the embedded server runs; a municipality's own is left as it is."""
    if not addresses.is_embedded():
        yield None
        return
    with running(addresses.home()) as server:
        yield server


@contextlib.contextmanager
def ready(role: str) -> Iterator[None]:
    """Have the database and Django, as `role`, for the length of a `with`. Where Django is set up, do nothing."""
    from django.apps import apps

    if apps.ready:
        yield
        return
    os.environ["HEMVAG_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemvag.config.settings")
    with database():
        checks.demand()
        import django

        django.setup()
        yield


def set_up(server: Server | None, *, kind: installation.Kind, municipality: str, say: Say) -> None:
    """Make the database ready. Raises WrongDatabase or OtherInstallation, before anything is changed where it can."""
    if server is not None and server.make_database(env.text("HEMVAG_DATABASE_NAME")):
        say("Made the database, its roles and schemas.")
    checks.demand()
    with owner() as connection:
        found = installation.read(connection)
        if found is not None:
            installation.demand(found, kind=kind, municipality=municipality)
    migrate(say)
    with owner() as connection:
        installation.mark(connection, kind=kind, municipality=municipality)


def migrate(say: Say) -> None:
    """Bring the tables to today's form as the owner, and give each role its rights anew."""
    import django
    from django.core.management import call_command

    from hemvag.config.database import grants

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemvag.config.settings")
    django.setup()
    with connected_as("owner"):
        say("Bringing the tables to today's form.")
        call_command("migrate", verbosity=0, interactive=False)
    with owner() as connection:
        grants.apply(connection)


@contextlib.contextmanager
def connected_as(role: str) -> Iterator[None]:
    """Let Django's default connection be another role's for the length of a `with`. Django must be set up."""
    from django.db import connections

    wrapper = connections["default"]
    before = dict(wrapper.settings_dict)
    wrapper.close()
    wrapper.settings_dict.update(addresses.address(role))
    try:
        yield
    finally:
        wrapper.close()
        wrapper.settings_dict.update(before)


def owner() -> "psycopg.Connection[Any]":
    """Connect as the owner; every statement commits, and the connection ends with its `with`."""
    return psycopg.connect(**addresses.keywords(addresses.address("owner")), autocommit=True)
