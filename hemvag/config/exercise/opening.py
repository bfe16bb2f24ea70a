"""Open an exercise's space: a database of its own with an invented staff. It may be cut off anywhere and run again."""

import datetime as dt
import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from psycopg import Connection, sql

from hemvag.config import addresses, env, setting_up
from hemvag.config.database import checks, installation, roles
from hemvag.config.exercise.place import DATABASE, Place, Space
from hemvag.config.plain import Told

if TYPE_CHECKING:
    from hemvag.config.database.server import Server

SETTINGS: Final = "hemvag.config.exercise.settings"
KEPT: Final = (
    *("HEMVAG_DATA", "HEMVAG_ROLES", "HEMVAG_GLASS_MINUTES", "HEMVAG_IDLE_MINUTES"),
    *("HEMVAG_LINE_CONTENT", "HEMVAG_RECEPTION", "HEMVAG_READINESS_CONTENT"),
)
"""What of the real installation's settings an exercise goes by too: nothing that is secret, nothing that leads out."""


class NotAnExercise(Told):
    """The database is not an exercise's, or cannot be told to be one. Nothing was changed in it."""


def environment(space: Space, place: Place) -> dict[str, str]:
    """Return the environment of the space's processes: this one without what is the real installation's."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("HEMVAG_") or name in KEPT}
    found |= own_server()
    return found | {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "HEMVAG_ROLE": "staff",
        "HEMVAG_MUNICIPALITY": space.municipality,
        "HEMVAG_DATABASE_NAME": space.database,
        "HEMVAG_KEY_FILE": str(place.key),
        "HEMVAG_SECRET_KEY": place.secret(),
        "HEMVAG_HOSTS": "127.0.0.1,localhost,[::1]",
        "HEMVAG_EXERCISE_SCENARIO": space.scenario,
    }


def own_server() -> dict[str, str]:
    """Return the addresses of the space's database on a municipality's own server, under the names that are read.

    Nothing where the embedded server is used. Raises Told when the real installation has a server of its own and the
    space has no addresses on it.
    """
    given = {role: env.secret(f"HEMVAG_EXERCISE_DATABASE_{role.upper()}_URL") for role in roles.ROLES}
    if all(given.values()):
        return {addresses.setting(role): address for role, address in given.items()}
    if any(given.values()) or not addresses.is_embedded():
        missing = ", ".join(f"HEMVAG_EXERCISE_DATABASE_{role.upper()}_URL" for role in roles.ROLES if not given[role])
        raise Told(f"On a server of your own an exercise needs a database of its own. These are not set: {missing}.")
    return {}


def new(*, name: str, scenario: Path, municipality: str, at: dt.datetime) -> Space:
    """Return a space that nothing is made of yet."""
    return Space(
        id=uuid.uuid4(),
        name=name,
        scenario=str(scenario.resolve()),
        municipality=municipality,
        database=DATABASE,
        opened_at=at,
    )


def make_ready(server: "Server | None", space: Space, town: Path | None, *, say: setting_up.Say) -> None:
    """Make the database and let the invented staff in, unless both are there whole. The environment is the space's.

    Raises NotAnExercise before anything is changed in a database that is something else's.
    """
    if server is not None and server.has_database(space.database):
        with setting_up.owner() as connection:
            demand_exercise(connection)
            is_whole = installation.is_filled(connection)
        if is_whole:
            say("The space is there already.")
        else:
            say("The last opening was cut off; making the space anew.")
            server.drop_database(space.database)
    if server is not None:
        server.make_database(space.database)
    checks.demand()
    with setting_up.owner() as connection:
        demand_exercise(connection)
        installation.mark(connection, kind="exercise", municipality=space.municipality)
    setting_up.set_up(server, kind="exercise", municipality=space.municipality, say=say)
    with setting_up.owner() as connection:
        if installation.is_filled(connection):
            return
    say("Letting the invented staff in.")
    _fill(space.municipality, town)
    with setting_up.owner() as connection:
        installation.mark_filled(connection)


def demand_exercise(connection: Connection[Any]) -> None:
    """Raise NotAnExercise unless this very database says by its name and by its mark that it is an exercise's.

    One without a mark may be what a cut-off opening left: it passes when not a single table lies in it.
    """
    row = connection.execute("SELECT current_database()").fetchone()
    name = str(row[0]) if row else ""
    if not name.startswith(DATABASE):
        raise NotAnExercise(f"The database {name} is not an exercise's: its name would begin with {DATABASE}.")
    kind = installation.kind(connection)
    if kind == "exercise" or (not kind and _is_empty(connection)):
        return
    raise NotAnExercise(f"The database {name} was made as {kind or 'something unknown'}, not as an exercise.")


def empty(connection: Connection[Any]) -> None:
    """Take everything out of the space's database, as its owner. Raises NotAnExercise."""
    demand_exercise(connection)
    with connection.transaction():
        for schema in roles.SCHEMAS:
            connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))


def _is_empty(connection: Connection[Any]) -> bool:
    return connection.execute(
        "SELECT NOT EXISTS (SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE relkind IN ('r', 'p') AND nspname !~ '^(pg_|information_schema)')"
    ).fetchone() == (True,)


def _fill(municipality: str, town: Path | None) -> None:
    """Load the town's units as the owner, and the invented staff as the staff's role. The same again adds nothing."""
    from hemvag.agencies import load
    from hemvag.agencies import town as town_file
    from hemvag.agencies.models import Municipality
    from hemvag.config.demo import staff
    from hemvag.config.demo.invented import Inventor
    from hemvag.lib import clock
    from hemvag.staff.models import Worker

    at = clock.now()
    with setting_up.connected_as("owner"):
        load.load(town_file.read(town or town_file.published(municipality)), at=at)
    if not Worker.objects.exists():
        inventor = Inventor(f"exercise {at:%Y-%m-%d}", at.date())
        staff.hire(Municipality.objects.get(), inventor, since=at.date() - dt.timedelta(days=30), at=at)
