"""Write the read log: at once, on a connection of its own whose role may only insert."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import connections, transaction

from hemvag.audit import keys, lines, writer
from hemvag.audit.lines import Line
from hemvag.audit.models import Act, Purpose

INSERT = (
    "INSERT INTO log.audit_entry"
    " (id, at, worker, act, purpose, dossiers, door, writer, number, generation, mac)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


class LogInsideTransaction(RuntimeError):
    """The log's own connection stands in a transaction, so that a line could be rolled back with it."""


def write(
    act: Act,
    *,
    worker: uuid.UUID | None,
    dossiers: Collection[uuid.UUID],
    purpose: Purpose,
    at: dt.datetime,
    door: str = "staff",
) -> uuid.UUID:
    """Store one line and return its id; it is committed when this returns, whatever fails after.

    `worker` is None when a machine compares, rotates or exports, and when nobody is signed in. Nothing is read and no
    lock is taken, so that no worker waits for another. Raises LogInsideTransaction, or the database's own error, in
    which case no key may be unwrapped.
    """
    connection = connections["log"]
    if connection.in_atomic_block or not transaction.get_autocommit(using="log"):
        raise LogInsideTransaction
    this = writer.this()
    number = this.take()
    try:
        line = signed(act, worker=worker, dossiers=dossiers, purpose=purpose, at=at, door=door, place=(this.id, number))
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [line.id, at, *line[2:5], list(line.dossiers), *line[6:]])
    except BaseException:
        this.give_back(number)
        raise
    return line.id


def signed(
    act: Act,
    *,
    worker: uuid.UUID | None,
    dossiers: Collection[uuid.UUID],
    purpose: Purpose,
    at: dt.datetime,
    door: str,
    place: tuple[uuid.UUID, int],
) -> Line:
    """Return a new line with its MAC; `place` is the writer and its number of the line."""
    generation, key = keys.newest()
    bare = Line(
        uuid.uuid4(), lines.moment(at), worker, act.value, purpose.value, tuple(dossiers), door, *place, generation
    )
    return bare._replace(mac=keys.mac(key, bare.content()))
