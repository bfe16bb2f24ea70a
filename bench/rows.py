"""Lay rows by COPY: any number of unsaved model instances, as Django would store them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from psycopg import Connection, sql
from psycopg.types.json import Jsonb


def lay(connection: Connection[Any], rows: Iterable[Model]) -> int:
    """Store the instances, all of one model, and return how many. Nothing is done for none."""
    given = iter(rows)
    first = next(given, None)
    if first is None:
        return 0
    fields = first._meta.concrete_fields
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(first._meta.db_table), sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
    )
    names = [field.attname for field in fields]
    number = 0
    with connection.cursor().copy(statement) as copy:
        while first is not None:
            copy.write_row([_plain(getattr(first, name)) for name in names])
            number += 1
            first = next(given, None)
    return number


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return Jsonb(value)
    return str(value) if isinstance(value, str) else value
