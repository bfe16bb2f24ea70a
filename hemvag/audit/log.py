"""Write the read log: at once, on a connection of its own whose role may only insert."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import connections, transaction

from hemvag.audit.models import Act, Purpose

INSERT = (
    "INSERT INTO log.audit_entry (id, at, worker, act, purpose, dossiers, door) VALUES (%s, %s, %s, %s, %s, %s, %s)"
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

    `worker` is None when a machine compares, rotates or exports. Raises LogInsideTransaction, or the database's own
    error,
    in which case no key may be unwrapped.
    """
    connection = connections["log"]
    if connection.in_atomic_block or not transaction.get_autocommit(using="log"):
        raise LogInsideTransaction
    entry = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [entry, at, worker, act, purpose, list(dossiers), door])
    return entry
