"""Every table is declared, and each role can do with it what was declared and nothing more: tried, not read."""

import importlib
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings

from hemvag.config.database import grants, roles
from hemvag.web.records import Record
from tests import database

ROLES = ("staff", "job", "log", "numbers")
ACTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
STATE = {"SELECT", "INSERT", "UPDATE"}
EXPECTED: dict[str, dict[str, set[str]]] = {
    "state": {"staff": STATE, "job": STATE},
    "key": {"staff": STATE, "job": STATE},
    "append_only": {"staff": {"SELECT", "INSERT"}, "job": {"SELECT", "INSERT"}},
    "log": {"log": {"INSERT"}, "staff": {"SELECT"}, "job": {"SELECT"}},
    "seal": {"staff": {"SELECT"}, "job": {"SELECT", "INSERT"}},
    "reference": {"staff": {"SELECT"}, "job": {"SELECT"}},
}
Connection = psycopg.Connection[Any]


def declared() -> dict[str, Record]:
    """Return the record by table."""
    return {apps.get_model(record.model)._meta.db_table: record for record in grants.records()}


def models() -> set[str]:
    return {model._meta.label for model in apps.get_models() if model.__module__.startswith("hemvag.")}


def test_every_model_has_one_record_in_its_own_room() -> None:
    found = grants.records()
    assert {record.model for record in found} == models()
    assert len(found) == len(models())
    for record in found:
        room = apps.get_model(record.model)._meta.app_config.name
        assert record in importlib.import_module(f"{room}.records").RECORDS
        assert record.keep
        assert record.why, record.model


@pytest.fixture
def connected(own_database: str) -> Iterator[dict[str, Connection]]:
    """One connection a role, to a database of this test's own."""
    opened = {role: database.connect(role, own_database) for role in (*ROLES, "owner")}
    yield opened
    for connection in opened.values():
        connection.close()


def rights(connection: Connection, user: str) -> dict[tuple[str, str], set[str]]:
    """Return what the role may do by (schema, table or view)."""
    rows = connection.execute(
        """
        SELECT nspname, relname, act FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        CROSS JOIN unnest(%s::text[]) AS act
        WHERE relkind IN ('r', 'p', 'v', 'm') AND nspname !~ '^(pg_|information_schema)'
          AND has_table_privilege(%s, pg_class.oid, act)
        """,
        [list(ACTS), user],
    )
    found: dict[tuple[str, str], set[str]] = {}
    for schema, table, act in rows.fetchall():
        found.setdefault((schema, table), set()).add(act)
    return found


def user(connection: Connection) -> str:
    row = connection.execute("SELECT current_user").fetchone()
    assert row
    return str(row[0])


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_the_declared_rights_and_no_others(connected: dict[str, Connection], role: str) -> None:
    found = rights(connected["owner"], user(connected[role]))
    for (schema, table), acts in found.items():
        if schema == "counts":
            assert role == "numbers"
            assert acts == {"SELECT"}
        elif table in grants.FRAMEWORK:
            assert acts == {act.strip() for act in grants.FRAMEWORK[table].get(role, "").split(",")}
        else:
            record = declared()[table]
            extra = {"DELETE"} if record.deletable and "UPDATE" in EXPECTED[record.kind].get(role, set()) else set()
            assert acts == EXPECTED[record.kind].get(role, set()) | extra, table
    missing = {
        table
        for table, record in declared().items()
        if role in EXPECTED[record.kind] and table not in {t for _, t in found}
    }
    assert not missing


REFUSED = {
    "staff": [
        "UPDATE log.audit_entry SET door = 'x'",
        "DELETE FROM log.audit_entry",
        "INSERT INTO log.audit_entry DEFAULT VALUES",
        "DELETE FROM dossiers_dossier",
        "UPDATE dossiers_journalentry SET step = 'x'",
        "DELETE FROM dossiers_journalentry",
        "UPDATE installation SET kind = 'demo'",
        "DELETE FROM staff_worker",
        "UPDATE agencies_unit SET name = 'x'",
    ],
    "job": [
        "INSERT INTO log.audit_entry DEFAULT VALUES",
        "UPDATE log.audit_entry SET door = 'x'",
        "UPDATE log.audit_seal SET position = 0",
        "DELETE FROM log.audit_batch",
        "UPDATE dossiers_journalentry SET step = 'x'",
        "SELECT * FROM django_session",
        "SELECT * FROM mfa_authenticator",
        "DELETE FROM dossiers_dossier",
    ],
    "log": [
        "SELECT * FROM log.audit_entry",
        "UPDATE log.audit_entry SET door = 'x'",
        "DELETE FROM log.audit_entry",
        "TRUNCATE log.audit_entry",
        "SELECT * FROM hemvag.staff_worker",
        "SELECT * FROM keys.dossiers_wrappedkey",
    ],
    "numbers": [
        "SELECT * FROM hemvag.dossiers_dossier",
        "SELECT * FROM hemvag.staff_worker",
        "SELECT * FROM keys.dossiers_wrappedkey",
        "SELECT * FROM log.audit_entry",
        "INSERT INTO log.audit_entry DEFAULT VALUES",
    ],
}
FOR_NOBODY = [
    "CREATE TABLE hemvag.mine (x int)",
    "CREATE TABLE public.mine (x int)",
    "CREATE SCHEMA mine",
    "DROP TABLE hemvag.dossiers_dossier",
    "ALTER TABLE hemvag.dossiers_dossier ADD COLUMN x int",
    "TRUNCATE hemvag.dossiers_sealed",
    "ALTER TABLE hemvag.dossiers_journalentry DISABLE TRIGGER ALL",
    "CREATE ROLE mine",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY hemvag.dossiers_dossier TO PROGRAM 'cat'",
]


def is_refused(connection: Connection, statement: str) -> bool:
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_must_not_do_is_refused_by_the_database(connected: dict[str, Connection], role: str) -> None:
    for statement in [*REFUSED[role], *FOR_NOBODY]:
        assert is_refused(connected[role], statement), statement


@pytest.mark.parametrize("role", ["job", "log", "numbers"])
def test_no_role_can_become_the_owner(connected: dict[str, Connection], role: str) -> None:
    """The tests themselves lend the owner to the staff role, to roll back what only the owner may write."""
    assert is_refused(connected[role], f"SET ROLE {user(connected['owner'])}")


def test_an_installation_lends_no_role_to_another() -> None:
    given = [statement for statement in roles.statements() if statement.startswith("GRANT") and " ON " not in statement]
    assert len(roles.statements()) > 10
    assert given == []


def test_what_is_refused_to_a_role_exists_and_works_for_its_owner(connected: dict[str, Connection]) -> None:
    """Otherwise a misspelt table would look like a refusal."""
    for statements in REFUSED.values():
        for statement in statements:
            if statement.startswith("SELECT"):
                connected["owner"].execute(statement)


def test_added_rows_refuse_change_also_where_a_right_was_given_by_mistake(connected: dict[str, Connection]) -> None:
    tables = {table for table, record in declared().items() if record.kind in {"append_only", "log", "seal"}}
    assert {"audit_entry", "audit_batch", "audit_seal", "dossiers_journalentry"} <= tables
    owner, staff = connected["owner"], connected["staff"]
    owner.execute(f"GRANT ALL ON log.audit_entry, dossiers_journalentry TO {user(staff)}")
    for statement in (
        "UPDATE log.audit_entry SET door = 'x'",
        "DELETE FROM log.audit_entry",
        "TRUNCATE log.audit_entry",
        "UPDATE dossiers_journalentry SET step = 'x'",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed or removed"):
            staff.execute(statement)


def test_a_role_cannot_enter_another_way(connected: dict[str, Connection]) -> None:
    """Neither with a wrong password nor into another database."""
    entry = settings.DATABASES["default"]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(
            host=entry["HOST"], port=entry["PORT"], user=entry["USER"], dbname=entry["NAME"], password="guess"
        )
