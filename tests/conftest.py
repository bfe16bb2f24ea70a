"""What every test may ask for: a database of its own making, a small town, and workers who are signed in."""

import time
import uuid
from collections.abc import Callable, Iterator

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from hemvag.staff.models import Worker
from tests import database
from tests.browser import browser
from tests.live import Live, serving
from tests.rendered import pytest_configure, pytest_sessionfinish, pytest_terminal_summary, pytest_testnodedown
from tests.secret import secret
from tests.town import Town, build

__all__ = [
    "Live",
    "Town",
    "browser",
    "pytest_configure",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "pytest_testnodedown",
    "secret",
]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Clone this run's database from a template that holds the schema, and drop it afterwards."""
    with django_db_blocker.unblock(), database.serving(), database.clone() as name:
        database.point_at(name)
        try:
            yield
        finally:
            connections.close_all()


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Roll back what the test writes. The read log commits on its own connection, as it does in life."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic(using="default")
        atomic.__enter__()
        try:
            yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Give the test a database of its own, in which commits are real: for threads, roles and views of counts."""
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock(), database.clone() as name:
        database.point_at(name)
        try:
            yield name
        finally:
            connections.close_all()
            database.point_at(before)


@pytest.fixture
def town(db: None) -> Town:
    """The small town, rolled back with the test."""
    with database.as_owner():
        return build()


@pytest.fixture
def own_town(own_database: str) -> Town:
    """The small town in a database of the test's own."""
    with database.as_owner():
        return build()


@pytest.fixture
def client_for() -> Callable[[Worker], Client]:
    """Return a browser-less client in which the worker is signed in, with a second factor shown."""

    def sign_in(worker: Worker) -> Client:
        client = Client()
        client.force_login(worker, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = client.session
        session["account_authentication_methods_user"] = user_id_to_str(worker)
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session.save()
        return client

    return sign_in


def log_lines(dossier: uuid.UUID) -> list[tuple[uuid.UUID | None, str, str]]:
    """Return (worker, act, purpose) of the read log's lines about a dossier, oldest first."""
    name = settings.DATABASES["default"]["NAME"]
    query = "SELECT worker, act, purpose FROM log.audit_entry WHERE %s = ANY (dossiers) ORDER BY ctid"
    with database.connect("owner", name) as connection:
        return connection.execute(query, [dossier]).fetchall()


@pytest.fixture(scope="session")
def live(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Live]:
    """A real server with a town of its own, shared by the journeys of one test process."""
    with django_db_blocker.unblock(), serving() as running:
        yield running
