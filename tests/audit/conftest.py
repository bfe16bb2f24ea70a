"""A read log of the test's own, written by the program, and somebody who may do anything with the database."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from hemvag.audit import log, seal, verify, writer
from hemvag.audit.findings import Report
from hemvag.audit.models import Act, Batch, Purpose
from hemvag.lib import clock
from tests import database
from tests.database import as_role

AT = dt.datetime(2026, 11, 25, 9, 30, tzinfo=clock.STOCKHOLM)


class Log:
    """A read log in a database of its own."""

    def __init__(self, name: str, intruder: psycopg.Connection[Any]) -> None:
        self.name = name
        self.intruder = intruder
        self.now = AT

    def write(self, number: int = 1, at: dt.datetime | None = None) -> list[uuid.UUID]:
        """Let the program write `number` rows."""
        facts = {"worker": uuid.uuid4(), "purpose": Purpose.HANDLE, "at": at or self.now}
        return [log.write(Act.OPENED, dossiers=[uuid.uuid4(), uuid.uuid4()], **facts) for _ in range(number)]

    def seal(self, **how: Any) -> list[Batch]:
        """Let a minute and the job pass."""
        self.now += dt.timedelta(minutes=1)
        with as_role("job", self.name):
            return seal.seal(at=self.now, **how)

    def batches(self, *sizes: int) -> list[list[uuid.UUID]]:
        """Write and seal batches of these sizes; return the ids, batch by batch, in the order of their places."""
        for size in sizes:
            self.write(size)
            self.seal()
        rows = self.tamper("SELECT batch, entry FROM log.audit_seal ORDER BY batch, position").fetchall()
        return [[entry for number, entry in rows if number == batch] for batch in sorted({row[0] for row in rows})]

    def verify(self, **how: Any) -> Report:
        """Check the log an hour later."""
        return verify.verify(at=self.now + dt.timedelta(hours=1), **how)

    def said(self, **how: Any) -> list[str]:
        """Return what a check finds, in words."""
        return list(self.verify(**how).sentences())

    def tamper(self, statement: str, *values: Any) -> psycopg.Cursor[Any]:
        """Run a statement as superuser, past every trigger."""
        return self.intruder.execute(statement, values)  # type: ignore[call-overload]


@pytest.fixture
def read_log(own_database: str) -> Iterator[Log]:
    """An empty read log."""
    writer.renew()
    with database.admin(own_database) as intruder:
        intruder.execute("SET session_replication_role = replica")
        yield Log(own_database, intruder)
