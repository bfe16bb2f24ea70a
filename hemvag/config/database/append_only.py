"""Rows that may only be added refuse change also where a grant was given by mistake."""

from collections.abc import Iterable
from typing import Any, Final

from psycopg import Connection, sql

_FUNCTION: Final = """
    CREATE OR REPLACE FUNCTION hemvag.refuse_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
        IF current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION 'Rows of % are added, never changed or removed.', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END
    $$
"""
_TRIGGER: Final = sql.SQL(
    """
    CREATE OR REPLACE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {}
    FOR EACH STATEMENT EXECUTE FUNCTION hemvag.refuse_change()
    """
)


def apply(connection: Connection[Any], tables: Iterable[tuple[str, str]]) -> None:
    """Let each (schema, table) refuse UPDATE, DELETE and TRUNCATE by anyone but its owner."""
    connection.execute(_FUNCTION)
    for schema, table in tables:
        connection.execute(_TRIGGER.format(sql.Identifier(schema, table)))
