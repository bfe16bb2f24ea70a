"""What is wrong with a database, in plain sentences for whoever installs."""

from typing import Any, Final

import psycopg

from hemvag.config import addresses
from hemvag.config.database import roles
from hemvag.config.plain import Told

OLDEST: Final = 15
_ROLES_HELP: Final = "Run what `hemvag roles --sql` prints, as the server's administrator."


class WrongDatabase(Told):
    """The database cannot be used as it is. The message says what is wrong and what to do, one sentence a line."""


def demand() -> None:
    """Raise WrongDatabase unless every role can connect to a server that will do, with what it needs and no more."""
    found = problems()
    if found:
        raise WrongDatabase("\n".join(found))


def problems() -> list[str]:
    """Return what is wrong, one sentence or two for each trouble; empty when nothing is."""
    entries = {role: addresses.address(role) for role in roles.ROLES}
    found = [sentence for role, entry in entries.items() for sentence in _of_role(role, entry)]
    users = [entry["USER"] for entry in entries.values()]
    if len(set(users)) < len(users):
        found.append("Two roles share one user of the database. Each role needs a user of its own.")
    places = {(entry["HOST"], str(entry["PORT"]), entry["NAME"]) for entry in entries.values()}
    if len(places) > 1:
        found.append("The roles' addresses name different databases. All five must name the same one.")
    return list(dict.fromkeys(found))


def _of_role(role: str, entry: dict[str, Any]) -> list[str]:
    try:
        connection = psycopg.connect(**addresses.keywords(entry), autocommit=True)
    except psycopg.OperationalError as error:
        return [f"{_named(role)}: {_refusal(entry, str(error))}"]
    with connection:
        return [f"{_named(role)}: {sentence}" for sentence in _of_connection(role, connection)]


def _refusal(entry: dict[str, Any], said: str) -> str:
    """Return why no connection was made. The server's own words, kept where they add something, hold no secret."""
    if "password authentication failed" in said or "no password supplied" in said:
        return f"the server refuses the user {entry['USER']}: it has no such user, or the password is another."
    if "does not exist" in said and "database" in said:
        return f"there is no database {entry['NAME']} on the server. {_ROLES_HELP}"
    if "no pg_hba.conf entry" in said:
        return f"the server's pg_hba.conf lets {entry['USER']} in from nowhere that this computer is."
    if "permission denied for database" in said:
        return f"{entry['USER']} may not enter the database {entry['NAME']}. {_ROLES_HELP}"
    place = f"{entry['HOST'] or 'localhost'} port {entry['PORT']}"
    return f"no database answers at {place}. Check the address, and that the server runs. It said: {_last_line(said)}"


def _of_connection(role: str, connection: psycopg.Connection[Any]) -> list[str]:
    version = connection.info.server_version // 10_000
    if version < OLDEST:
        return [f"the server is PostgreSQL {version}; Hemväg needs {OLDEST} or newer."]
    found = []
    for schema in roles.enters(role):
        if connection.execute("SELECT to_regnamespace(%s) IS NULL", [schema]).fetchone() == (True,):
            found.append(f"the database has no schema {schema}. {_ROLES_HELP}")
        elif not _may(connection, schema, "USAGE"):
            found.append(f"{connection.info.user} may not use the schema {schema}. {_ROLES_HELP}")
        elif role == "owner" and not _may(connection, schema, "CREATE"):
            found.append(f"{connection.info.user} may not make tables in the schema {schema}. {_ROLES_HELP}")
        elif role != "owner" and _may(connection, schema, "CREATE"):
            found.append(f"{connection.info.user} may make tables in the schema {schema}, and should not.")
    attributes = (
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    )
    if connection.execute(attributes).fetchone() == (True,):
        found.append(f"{connection.info.user} may do more than Hemväg lets it: it should be an ordinary user.")
    return found


def _may(connection: psycopg.Connection[Any], schema: str, right: str) -> bool:
    return connection.execute("SELECT has_schema_privilege(%s, %s)", [schema, right]).fetchone() == (True,)


def _named(role: str) -> str:
    return f"The embedded server's role {role}" if addresses.is_embedded() else addresses.setting(role)


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[0].removeprefix("connection failed: ") if lines else "nothing"
