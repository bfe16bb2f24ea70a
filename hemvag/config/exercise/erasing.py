"""Erase an exercise's space: its database, its key, its files, and a line in the real installation that says so.

Each step may be cut off and taken again. The page of facts goes last, so that what is left undone is known.
"""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import psycopg

from hemvag.config import addresses, env
from hemvag.config.database import installation
from hemvag.config.exercise.opening import demand_exercise, empty
from hemvag.config.exercise.place import Place, Space

if TYPE_CHECKING:
    from hemvag.config.database.server import Server

Record = Callable[[Space], None]
REMAINS: Final = (
    "What remains: the report file, where you put it; backups taken while the space was open, for as long as you keep "
    "them; pages of the server's log of writes until it writes over them; drafts in the players' browsers, sealed "
    "under a key that is gone."
)
"""What is told to whoever erased a space."""


def erase(server: "Server | None", place: Place, space: Space, *, by: str, at: dt.datetime, record: Record) -> None:
    """Destroy the database and the key, let `record` say so where real life is kept, and clear the directory.

    `by` and `at` are those of the first try. Raises NotAnExercise with nothing destroyed.
    """
    demand(server, space)
    space = space.begun_to_erase(by=by, at=at)
    place.write(space)
    _take_database(server, space)
    place.destroy_secrets()
    record(space)
    place.clear()


def demand(server: "Server | None", space: Space) -> None:
    """Raise NotAnExercise unless the database, where there still is one, is an exercise's."""
    if server is None or server.has_database(space.database):
        with _owner(server, space) as connection:
            demand_exercise(connection)


def is_ended(server: "Server | None", space: Space) -> bool:
    """Say whether the exercise was begun and ended, which is when its report was written."""
    if server is not None and not server.has_database(space.database):
        return False
    with _owner(server, space) as connection:
        if connection.execute("SELECT to_regclass('hemvag.readiness_play')").fetchone() == (None,):
            return False
        return connection.execute("SELECT ended_at IS NOT NULL FROM hemvag.readiness_play").fetchone() == (True,)


def is_real(server: "Server | None") -> bool:
    """Say whether this installation is a real one, which is to keep a line of the erasing."""
    name = env.text("HEMVAG_DATABASE_NAME")
    if server is not None and not server.has_database(name):
        return False
    where = addresses.keywords(addresses.address("owner"))
    with psycopg.connect(**where, autocommit=True) as connection:
        return installation.kind(connection) == "real"


def _take_database(server: "Server | None", space: Space) -> None:
    """Drop the database; on a municipality's own server, where that takes an administrator, empty it."""
    if server is None:
        with _owner(server, space) as connection:
            empty(connection)
        return
    if server.has_database(space.database):
        server.drop_database(space.database)
        _let_go_of_the_log(server)


def _let_go_of_the_log(server: "Server") -> None:
    """Let the server recycle what its log of writes holds of the space."""
    with psycopg.connect(**server.superuser_address(), autocommit=True) as connection:
        connection.execute("CHECKPOINT")


def _owner(server: "Server | None", space: Space) -> "psycopg.Connection[Any]":
    """Connect to the space's database as its owner, and to no other: it is named here, never taken from a default."""
    if server is not None:
        return psycopg.connect(**server.address("owner", space.database), autocommit=True)
    entry = addresses.of_setting("HEMVAG_EXERCISE_DATABASE_OWNER_URL")
    if entry is None:
        raise env.WrongSetting("HEMVAG_EXERCISE_DATABASE_OWNER_URL is not set.")
    return psycopg.connect(**addresses.keywords(entry), autocommit=True)
