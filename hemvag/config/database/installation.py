"""The one row that says what this database was made for: a demo's or an exercise's invented people, or a
municipality's real ones."""

from typing import Any, Final, Literal

from psycopg import Connection, sql

from hemvag.config import addresses
from hemvag.config.plain import Told

Kind = Literal["demo", "exercise", "real"]
TABLE: Final = "installation"

_TABLE: Final = """
    CREATE TABLE IF NOT EXISTS hemvag.installation (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        kind text NOT NULL CHECK (kind IN ('demo', 'exercise', 'real')),
        municipality text NOT NULL,
        made_at timestamptz NOT NULL DEFAULT now(),
        filled_at timestamptz
    )
"""


class OtherInstallation(Told):
    """The database was made for something else, and what it was made for never changes."""


def mark(connection: Connection[Any], *, kind: Kind, municipality: str) -> None:
    """Say, as the owner and once, what the database is for. Staff and jobs may read it; nobody else may write it.

    Saying the same again does nothing. Raises OtherInstallation for another kind or another municipality.
    """
    with connection.transaction():
        connection.execute(_TABLE)
        readers = sql.SQL(", ").join(sql.Identifier(addresses.user(role)) for role in ("staff", "job"))
        connection.execute(sql.SQL("GRANT SELECT ON hemvag.installation TO {}").format(readers))
        connection.execute(
            "INSERT INTO hemvag.installation (kind, municipality) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [kind, municipality],
        )
    demand(read(connection), kind=kind, municipality=municipality)


def demand(found: tuple[str, str] | None, *, kind: str, municipality: str) -> None:
    """Raise OtherInstallation unless what was `found` is what is wanted."""
    if found != (kind, municipality):
        raise OtherInstallation(
            f"This database was made as {' '.join(found or ('nothing',))}, and cannot become {kind} {municipality}. "
            "Use another database."
        )


def read(connection: Connection[Any]) -> tuple[str, str] | None:
    """Return (kind, municipality), or None when the database has not been set up."""
    if connection.execute("SELECT to_regclass('hemvag.installation')").fetchone() == (None,):
        return None
    row = connection.execute("SELECT kind, municipality FROM hemvag.installation").fetchone()
    return (row[0], row[1]) if row else None


def kind(connection: Connection[Any]) -> str:
    """Return 'demo', 'exercise' or 'real', or nothing when the database has not been set up."""
    found = read(connection)
    return found[0] if found else ""


def mark_filled(connection: Connection[Any]) -> None:
    """Say, as the owner, that the invented town is whole."""
    connection.execute("UPDATE hemvag.installation SET filled_at = now()")


def is_filled(connection: Connection[Any]) -> bool:
    """Return whether the invented town was loaded to its end."""
    if read(connection) is None:
        return False
    return connection.execute("SELECT filled_at IS NOT NULL FROM hemvag.installation").fetchone() == (True,)
