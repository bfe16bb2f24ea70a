"""An installer is told in one sentence what is wrong with the database."""

from urllib.parse import quote

import psycopg
import pytest

from hemvag.config import env
from hemvag.config.database import checks, roles
from hemvag.config.database.server import Server


def point(monkeypatch: pytest.MonkeyPatch, server: Server, **changed: str) -> None:
    """Let every role have an address on the server, with something changed in the staff's."""
    server.make_database()
    for role in roles.ROLES:
        found = server.address(role) | (changed if role == "staff" else {})
        address = f"postgresql://{found['user']}:{quote(found['password'])}@/{found['dbname']}?host={found['host']}"
        monkeypatch.setenv(f"HEMVAG_DATABASE_{role.upper()}_URL", address)


def test_a_right_database_has_no_problem(one: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    point(monkeypatch, one)
    assert checks.problems() == []
    checks.demand()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"host": "/nowhere"}, "HEMVAG_DATABASE_STAFF_URL: no database answers at /nowhere port 5432"),
        ({"password": "another"}, "HEMVAG_DATABASE_STAFF_URL: the server refuses the user hemvag_staff"),
        ({"user": "nobody"}, "HEMVAG_DATABASE_STAFF_URL: the server refuses the user nobody"),
        ({"dbname": "nothing"}, "HEMVAG_DATABASE_STAFF_URL: there is no database nothing"),
        ({"dbname": "postgres"}, "HEMVAG_DATABASE_STAFF_URL: hemvag_staff may not enter the database postgres"),
        ({"dbname": "template1"}, "HEMVAG_DATABASE_STAFF_URL: the database has no schema hemvag"),
    ],
)
def test_a_wrong_address_is_told_by_its_setting(
    one: Server, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], told: str
) -> None:
    point(monkeypatch, one, **changed)
    with pytest.raises(checks.WrongDatabase) as error:
        checks.demand()
    assert told in str(error.value)
    assert one.address("staff")["password"] not in str(error.value)


def test_a_server_too_old_is_told(one: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    point(monkeypatch, one)
    monkeypatch.setattr(checks, "OLDEST", 19)
    assert any("is PostgreSQL 18; Hemväg needs 19 or newer" in sentence for sentence in checks.problems())


@pytest.mark.parametrize(
    ("statement", "undo", "told"),
    [
        (
            "REVOKE USAGE ON SCHEMA keys FROM hemvag_staff",
            "GRANT USAGE ON SCHEMA keys TO hemvag_staff",
            "hemvag_staff may not use the schema keys",
        ),
        (
            "GRANT CREATE ON SCHEMA keys TO hemvag_staff",
            "REVOKE CREATE ON SCHEMA keys FROM hemvag_staff",
            "hemvag_staff may make tables in the schema keys, and should not",
        ),
        (
            "REVOKE CREATE ON SCHEMA keys FROM hemvag_owner",
            "GRANT CREATE ON SCHEMA keys TO hemvag_owner",
            "hemvag_owner may not make tables in the schema keys",
        ),
        ("ALTER ROLE hemvag_job CREATEDB", "ALTER ROLE hemvag_job NOCREATEDB", "hemvag_job may do more"),
    ],
)
def test_wrong_rights_are_told(
    one: Server, monkeypatch: pytest.MonkeyPatch, statement: str, undo: str, told: str
) -> None:
    point(monkeypatch, one)
    with psycopg.connect(**one.superuser_address("hemvag"), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
        try:
            assert [told in sentence for sentence in checks.problems()] == [True]
        finally:
            connection.execute(undo)  # type: ignore[call-overload]


def test_two_roles_may_not_be_one_user(one: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    point(monkeypatch, one, **{key: str(one.address("job")[key]) for key in ("user", "password")})
    assert any("share one user" in sentence for sentence in checks.problems())


def test_all_roles_need_an_address_or_none(one: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    point(monkeypatch, one)
    monkeypatch.delenv("HEMVAG_DATABASE_JOB_URL")
    with pytest.raises(env.WrongSetting, match="HEMVAG_DATABASE_JOB_URL"):
        checks.problems()
