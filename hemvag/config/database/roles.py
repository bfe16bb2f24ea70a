"""The five roles and four schemas: who exists and who may enter. What each may do with a table is in `grants`."""

from collections.abc import Mapping
from typing import Final

ROLES: Final = ("owner", "staff", "log", "numbers", "job")
SCHEMAS: Final = ("hemvag", "keys", "log", "counts")
PREFIX: Final = "hemvag_"
DATABASE: Final = "hemvag"

_ENTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "owner": SCHEMAS,
    "staff": SCHEMAS,
    "job": SCHEMAS,
    "log": ("log",),
    "numbers": ("counts",),
}
_ATTRIBUTES: Final = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT"


def enters(role: str) -> tuple[str, ...]:
    """Return the schemas that the role has anything to do in."""
    return _ENTERS[role]


def identifier(name: str) -> str:
    """Return `name` quoted as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def role_statements(prefix: str = PREFIX) -> list[str]:
    """Return the statements that make the roles where missing. They get no password here."""
    statements = []
    for role in ROLES:
        name = f"{prefix}{role}"
        quoted = name.replace("'", "''")
        statements.append(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{quoted}') "
            f"THEN CREATE ROLE {identifier(name)}; END IF; END $$"
        )
        statements.append(f"ALTER ROLE {identifier(name)} {_ATTRIBUTES}")
    return statements


def create_database(database: str = DATABASE, prefix: str = PREFIX) -> str:
    """Return the statement that makes the database, owned by the owner: UTF-8, and no collation of the server's own."""
    return (
        f"CREATE DATABASE {identifier(database)} OWNER {identifier(prefix + 'owner')} "
        "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
    )


def database_statements(prefix: str = PREFIX, database: str = DATABASE) -> list[str]:
    """Return the statements that let the roles, and nobody else, into the database. A clone needs them too."""
    everyone = ", ".join(identifier(prefix + role) for role in ROLES)
    return [
        f"REVOKE ALL ON DATABASE {identifier(database)} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {identifier(database)} TO {everyone}",
    ]


def schema_statements(prefix: str = PREFIX) -> list[str]:
    """Return the statements, run inside the database, that make the schemas and deny everything by default."""
    owner = identifier(prefix + "owner")
    statements = ["REVOKE ALL ON SCHEMA public FROM PUBLIC"]
    for schema in SCHEMAS:
        statements.append(f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {owner}")
        statements.append(f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC")
    for role, schemas in _ENTERS.items():
        if role == "owner":
            continue
        statements.append(f"GRANT USAGE ON SCHEMA {', '.join(schemas)} TO {identifier(prefix + role)}")
    statements.extend(
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} REVOKE ALL ON {kind} FROM PUBLIC"
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS", "TYPES")
    )
    return statements


def statements(prefix: str = PREFIX, database: str = DATABASE) -> list[str]:
    """Return what is run inside the database, once it is made: roles, entry, schemas. Each may be run again."""
    return [*role_statements(prefix), *database_statements(prefix, database), *schema_statements(prefix)]


def script(prefix: str = PREFIX, database: str = DATABASE) -> str:
    """Return a psql script for the administrator of a municipality's own server; it asks for one password a role."""
    quoted = database.replace("'", "''")
    lines = [
        "-- Run with psql as an administrator: psql --file=roles.sql 'postgresql://ADMINISTRATOR@HOST/postgres'",
        "-- It asks twice for one password a role; none is written here, and none reaches the server's log.",
        "\\set ON_ERROR_STOP on",
        *(f"{statement};" for statement in role_statements(prefix)),
        f"SELECT {_literal(create_database(database, prefix))}",
        f"WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{quoted}') \\gexec",
        f"\\connect {identifier(database)}",
        *(f"{statement};" for statement in [*database_statements(prefix, database), *schema_statements(prefix)]),
        *(f"\\password {prefix}{role}" for role in ROLES),
    ]
    return "\n".join(lines) + "\n"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
