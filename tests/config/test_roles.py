"""What `hemvag roles --sql` prints makes the roles on a plain server, and they may do nothing that nobody declared."""

import os
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from hemvag.config.database import binaries, grants, roles
from hemvag.config.database.server import Server
from tests import database


def psql(server: Server, script: str, answers: str) -> str:
    """Run a script as an administrator would, typing `answers`; return what psql wrote."""
    address = server.superuser_address()
    environment = os.environ | {"PGPASSWORD": address["password"], "PSQLRC": os.devnull}
    command = [binaries.directory() / "psql", "--no-psqlrc", "--host", address["host"], "--port", str(address["port"])]
    done = subprocess.run(
        [*command, "--username", address["user"], "--dbname", "postgres", "--file", script],
        input=answers,
        env=environment,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_the_script_makes_the_roles_on_a_plain_server_and_may_run_again(one: Server, tmp_path: Path) -> None:
    script = tmp_path / "roles.sql"
    script.write_text(roles.script("town_", "town"))
    answers = "".join(f"secret of {role}\n" * 2 for role in roles.ROLES)
    psql(one, str(script), answers)
    psql(one, str(script), answers)
    place = one.superuser_address("town")
    for role in roles.ROLES:
        right = place | {"user": f"town_{role}", "password": f"secret of {role}"}
        with psycopg.connect(**right) as connection:
            for schema in roles.SCHEMAS:
                row = connection.execute(
                    "SELECT has_schema_privilege(%(s)s, 'USAGE'), has_schema_privilege(%(s)s, 'CREATE')", {"s": schema}
                ).fetchone()
                assert row == (schema in roles.enters(role), role == "owner"), (role, schema)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(**right | {"password": "another"})
    log = (one.home / "log" / "server.log").read_text()
    assert "secret of" not in log


def test_the_script_holds_no_password() -> None:
    assert "PASSWORD '" not in roles.script()


REFUSED = [
    ("staff", "DELETE FROM staff_worker"),
    ("staff", "UPDATE agencies_unit SET name = 'x'"),
    ("staff", "INSERT INTO agencies_municipality (id) VALUES (gen_random_uuid())"),
    ("staff", "UPDATE dossiers_journalentry SET step = 'x'"),
    ("staff", "DELETE FROM dossiers_journalentry"),
    ("staff", "TRUNCATE dossiers_journalentry"),
    ("staff", "UPDATE log.audit_entry SET act = 'x'"),
    ("staff", "DELETE FROM log.audit_entry"),
    ("staff", "INSERT INTO log.audit_entry (id) VALUES (gen_random_uuid())"),
    ("staff", "CREATE TABLE hemvag.mine (a int)"),
    ("staff", "CREATE TABLE public.mine (a int)"),
    ("staff", "CREATE TEMPORARY TABLE mine (a int)"),
    ("staff", "UPDATE installation SET kind = 'demo'"),
    ("staff", "SELECT * FROM django_migrations"),
    ("staff", "COPY staff_worker TO PROGRAM 'true'"),
    ("staff", "CREATE ROLE mine"),
    ("job", "SELECT * FROM django_session"),
    ("job", "UPDATE log.audit_entry SET act = 'x'"),
    ("job", "DELETE FROM log.audit_entry"),
    ("job", "INSERT INTO log.audit_entry (id) VALUES (gen_random_uuid())"),
    ("job", "DELETE FROM log.audit_seal"),
    ("job", "UPDATE log.audit_batch SET rows = 0"),
    ("staff", "INSERT INTO log.audit_batch (number) VALUES (1)"),
    ("log", "SELECT * FROM log.audit_batch"),
    ("job", "DELETE FROM dossiers_dossier"),
    ("job", "UPDATE agencies_unit SET name = 'x'"),
    ("log", "SELECT * FROM log.audit_entry"),
    ("log", "UPDATE log.audit_entry SET act = 'x'"),
    ("log", "DELETE FROM log.audit_entry"),
    ("log", "SELECT * FROM hemvag.staff_worker"),
    ("log", "SELECT * FROM keys.dossiers_wrappedkey"),
    ("numbers", "SELECT * FROM hemvag.staff_worker"),
    ("numbers", "SELECT * FROM hemvag.dossiers_dossier"),
    ("numbers", "SELECT * FROM keys.dossiers_wrappedkey"),
    ("numbers", "SELECT * FROM log.audit_entry"),
]


@pytest.mark.parametrize(("role", "statement"), REFUSED)
def test_a_role_is_refused_what_is_not_its_own(django_db_setup: None, role: str, statement: str) -> None:
    with database.connect(role, _name()) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement)  # type: ignore[call-overload]


def test_no_role_is_more_than_an_ordinary_user(one: Server) -> None:
    with psycopg.connect(**one.superuser_address()) as connection:
        rows = connection.execute(
            """
            SELECT rolname FROM pg_roles WHERE rolname LIKE 'hemvag\\_%' AND rolname <> 'hemvag_superuser'
            AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolinherit)
            """
        ).fetchall()
        ties = connection.execute("SELECT count(*) FROM pg_auth_members WHERE member::regrole::text LIKE 'hemvag%'")
        assert rows == []
        assert ties.fetchone() == (0,)


def test_what_nobody_declared_is_nobodys(own_database: str) -> None:
    with database.connect("owner", own_database) as owner:
        owner.execute("CREATE TABLE hemvag.undeclared (a int)")
        owner.execute("CREATE FUNCTION hemvag.undeclared() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        grants.apply(owner)
    for role in ("staff", "job", "log", "numbers"):
        for statement in ("SELECT * FROM hemvag.undeclared", "SELECT hemvag.undeclared()"):
            with database.connect(role, own_database) as connection, pytest.raises(errors.InsufficientPrivilege):
                connection.execute(statement)  # type: ignore[call-overload]


def test_a_grant_by_mistake_goes_when_rights_are_given_anew(own_database: str) -> None:
    user = _user("staff")
    with database.connect("owner", own_database) as owner, database.connect("staff", own_database) as staff:
        owner.execute(f'GRANT DELETE ON hemvag.staff_worker TO "{user}"')  # type: ignore[call-overload]
        staff.execute("DELETE FROM staff_worker")
        grants.apply(owner)
        with pytest.raises(errors.InsufficientPrivilege):
            staff.execute("DELETE FROM staff_worker")


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["hemvag.dossiers_journalentry", "log.audit_entry"])
def test_added_rows_refuse_change_also_under_a_grant_by_mistake(own_database: str, table: str, statement: str) -> None:
    with database.connect("owner", own_database) as owner:
        owner.execute(f'GRANT ALL ON {table} TO "{_user("staff")}"')  # type: ignore[call-overload]
        owner.execute("DELETE FROM log.audit_entry")
    with (
        database.connect("staff", own_database) as staff,
        pytest.raises(errors.InsufficientPrivilege, match="never changed"),
    ):
        staff.execute(statement.format(table))  # type: ignore[call-overload]


def test_the_staff_hand_over_a_job_and_the_worker_does_it(own_database: str) -> None:
    job_row = "ROW('q', 'sweep', 0, NULL, NULL, '{}', NULL)::procrastinate_job_to_defer_v1"
    deferred = f"SELECT procrastinate_defer_jobs_v1(ARRAY[{job_row}])"
    with database.connect("staff", own_database) as staff:
        staff.execute(deferred)
        with pytest.raises(errors.InsufficientPrivilege):
            staff.execute("DELETE FROM procrastinate_jobs")
    with database.connect("job", own_database) as job:
        worker = _one(job, "SELECT procrastinate_register_worker_v1()")
        fetched = _one(job, "SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", worker)
        job.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", [fetched])
        assert _one(job, "SELECT count(*) FROM procrastinate_jobs") == 0


def _one(connection: "psycopg.Connection[Any]", statement: str, *values: Any) -> Any:
    row = connection.execute(statement, values).fetchone()  # type: ignore[call-overload]
    assert row is not None
    return row[0]


def _name() -> str:
    from django.conf import settings

    name: str = settings.DATABASES["default"]["NAME"]
    return name


def _user(role: str) -> str:
    from hemvag.config import addresses

    return addresses.user(role)
