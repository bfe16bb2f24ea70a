"""What each role may do with each table, computed from the rooms' `records.py`. What nobody declared is nobody's."""

import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, LiteralString

from django.apps import apps
from psycopg import Connection, sql

from hemvag.config import addresses
from hemvag.config.database import append_only, installation, roles
from hemvag.config.plain import Told
from hemvag.web.records import Record

Rights = Mapping[str, LiteralString]

_KINDS: Final[Mapping[str, Rights]] = {
    "state": {"staff": "SELECT, INSERT, UPDATE", "job": "SELECT, INSERT, UPDATE"},
    "key": {"staff": "SELECT, INSERT, UPDATE", "job": "SELECT, INSERT, UPDATE"},
    "append_only": {"staff": "SELECT, INSERT", "job": "SELECT, INSERT"},
    "log": {"log": "INSERT", "staff": "SELECT", "job": "SELECT"},
    "seal": {"staff": "SELECT", "job": "SELECT, INSERT"},
    "reference": {"staff": "SELECT", "job": "SELECT"},
}
_ADD_ONLY: Final = frozenset({"append_only", "log", "seal"})
_EVERYTHING: Final = "SELECT, INSERT, UPDATE, DELETE"

FRAMEWORK: Final[Mapping[str, Rights]] = {
    installation.TABLE: {"staff": "SELECT", "job": "SELECT"},
    "django_session": {"staff": _EVERYTHING},
    "django_content_type": {"staff": "SELECT", "job": "SELECT"},
    "auth_permission": {"staff": "SELECT"},
    "auth_group": {"staff": "SELECT"},
    "auth_group_permissions": {"staff": "SELECT"},
    "account_emailaddress": {"staff": _EVERYTHING},
    "account_emailconfirmation": {"staff": _EVERYTHING},
    # The municipality's sign-in is set by the environment and tied in staff_tie: the package's own tables stay empty.
    "socialaccount_socialapp": {"staff": "SELECT"},
    "socialaccount_socialaccount": {"staff": "SELECT"},
    "mfa_authenticator": {"staff": _EVERYTHING},
    # Deferring a job writes the job and, by a trigger, its first event.
    "procrastinate_jobs": {"staff": "SELECT, INSERT", "job": _EVERYTHING},
    "procrastinate_events": {"staff": "SELECT, INSERT", "job": _EVERYTHING},
    "procrastinate_periodic_defers": {"job": _EVERYTHING},
    "procrastinate_workers": {"job": _EVERYTHING},
}
"""The tables of Django and the packages, which declare nothing themselves."""

FUNCTIONS: Final[Mapping[str, tuple[LiteralString, ...]]] = {
    "staff": ("procrastinate_defer_jobs_v1",),
    "job": ("procrastinate_%",),
}


class MissingTable(Told):
    """A room declares a record whose table is not there: the migrations have not been run."""


def records() -> list[Record]:
    """Return every room's declarations. Django must be set up."""
    found: list[Record] = []
    for room in apps.get_app_configs():
        name = f"{room.name}.records"
        if room.name.startswith("hemvag.") and importlib.util.find_spec(name):
            found.extend(getattr(importlib.import_module(name), "RECORDS", []))
    return found


def apply(connection: Connection[Any]) -> None:
    """Take every right from every role and give those that are declared, as the owner, in one transaction.

    Raises MissingTable.
    """
    with connection.transaction():
        _take_everything(connection)
        schemas = _schemas(connection)
        declared = {apps.get_model(record.model)._meta.db_table: record for record in records()}
        for table, record in declared.items():
            if table not in schemas:
                raise MissingTable(f"{record.model} has no table {table}: run the migrations first.")
            _give(connection, sql.Identifier(schemas[table], table), _rights(record))
        for table, rights in FRAMEWORK.items():
            if table in schemas:
                _give(connection, sql.Identifier(schemas[table], table), rights)
        numbers = sql.Identifier(addresses.user("numbers"))
        connection.execute(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA counts TO {}").format(numbers))
        _give_functions(connection)
        _give_sequences(connection)
        append_only.apply(
            connection, [(schemas[table], table) for table, record in declared.items() if record.kind in _ADD_ONLY]
        )


def _rights(record: Record) -> Rights:
    rights = _KINDS[record.kind]
    if not record.deletable:
        return rights
    return {role: f"{given}, DELETE" if "UPDATE" in given else given for role, given in rights.items()}


def _take_everything(connection: Connection[Any]) -> None:
    everyone = sql.SQL(", ").join(sql.Identifier(addresses.user(role)) for role in roles.ROLES if role != "owner")
    for schema in roles.SCHEMAS:
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            statement = sql.SQL("REVOKE ALL ON ALL {} IN SCHEMA {} FROM PUBLIC, {}")
            connection.execute(statement.format(sql.SQL(kind), sql.Identifier(schema), everyone))


def _schemas(connection: Connection[Any]) -> dict[str, str]:
    """Return the schema of each table; a table's name is used once in the whole house."""
    rows = connection.execute(
        """
        SELECT relname, nspname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind IN ('r', 'p') AND nspname = ANY (%s)
        """,
        [list(roles.SCHEMAS)],
    )
    return dict(rows.fetchall())


def _give(connection: Connection[Any], table: sql.Identifier, rights: Rights) -> None:
    for role, given in rights.items():
        statement = sql.SQL("GRANT {} ON {} TO {}")
        connection.execute(statement.format(sql.SQL(given), table, sql.Identifier(addresses.user(role))))


def _give_functions(connection: Connection[Any]) -> None:
    for role, patterns in FUNCTIONS.items():
        for (signature,) in _named(connection, patterns):
            statement = sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}")
            connection.execute(statement.format(sql.SQL(signature), sql.Identifier(addresses.user(role))))


def _named(connection: Connection[Any], patterns: Iterable[str]) -> Iterator[tuple[LiteralString]]:
    yield from connection.execute(
        """
        SELECT pg_proc.oid::regprocedure::text FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
        WHERE nspname = 'hemvag' AND proname LIKE ANY (%s)
        """,
        [list(patterns)],
    )


def _give_sequences(connection: Connection[Any]) -> None:
    """Let whoever may insert into a table with a sequence of its own take the next number from it."""
    rows = connection.execute(
        """
        SELECT namespace.nspname, sequence.relname, role.rolname
        FROM pg_class AS sequence
        JOIN pg_namespace AS namespace ON namespace.oid = sequence.relnamespace
        JOIN pg_depend AS tie ON tie.objid = sequence.oid AND tie.deptype = 'a' AND tie.refobjsubid > 0
        JOIN pg_roles AS role ON has_table_privilege(role.oid, tie.refobjid, 'INSERT')
        WHERE sequence.relkind = 'S' AND namespace.nspname = ANY (%s) AND role.rolname = ANY (%s)
        """,
        [list(roles.SCHEMAS), [addresses.user(role) for role in roles.ROLES]],
    )
    for schema, sequence, role in rows.fetchall():
        statement = sql.SQL("GRANT USAGE ON SEQUENCE {} TO {}")
        connection.execute(statement.format(sql.Identifier(schema, sequence), sql.Identifier(role)))
