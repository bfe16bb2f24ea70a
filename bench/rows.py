"""Lay rows by COPY, as Django would store them but without making a model of each."""

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import NOT_PROVIDED, Model
from psycopg import Connection, sql
from psycopg.types.json import Jsonb

Row = tuple[type[Model], list[Any]]


def row(model: type[Model], **facts: Any) -> Row:
    """Return a row of a model's table: `facts` as the model names its columns, the rest by its defaults."""
    values = [facts.pop(name) if name in facts else default() for name, default in _columns(model)]
    if facts:
        raise TypeError(f"{model.__name__} has no {', '.join(facts)}")
    return model, values


def of(instance: Model) -> Row:
    """Return the row of an instance that is not stored."""
    return type(instance), [getattr(instance, name) for name, _default in _columns(type(instance))]


def lay(connection: Connection[Any], given: Iterable[Row]) -> None:
    """Store the rows, each model's in one statement."""
    tables: dict[type[Model], list[list[Any]]] = {}
    for model, values in given:
        tables.setdefault(model, []).append(values)
    for model, stack in tables.items():
        columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in model._meta.concrete_fields)
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
        with connection.cursor().copy(statement) as copy:
            for values in stack:
                copy.write_row([Jsonb(value) if isinstance(value, dict) else value for value in values])


@contextlib.contextmanager
def without_indexes(connection: Connection[Any], schemas: Sequence[str]) -> Iterator[None]:
    """Take away the indexes that hold no rule, and make them again afterwards: faster than keeping them meanwhile."""
    found = connection.execute(
        """
        SELECT schemaname, indexname, pg_get_indexdef(pg_index.indexrelid) FROM pg_indexes
        JOIN pg_index ON indexrelid = format('%%I.%%I', schemaname, indexname)::regclass
        WHERE schemaname = ANY (%s) AND NOT indisunique
        """,
        [list(schemas)],
    ).fetchall()
    for schema, name, _definition in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(schema, name)))
    yield
    for _schema, _name, definition in found:
        connection.execute(definition)


@functools.cache
def _columns(model: type[Model]) -> list[tuple[str, Callable[[], Any]]]:
    return [(field.attname, _default(field)) for field in model._meta.concrete_fields]


def _default(field: Any) -> Callable[[], Any]:
    if field.default is NOT_PROVIDED:
        return lambda: None
    return field.default if callable(field.default) else lambda: field.default
