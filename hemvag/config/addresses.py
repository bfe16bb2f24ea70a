"""The one place that knows where each role connects: the environment's addresses, else this checkout's own server."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote

from hemvag.config import env
from hemvag.config.database import places, roles

SEARCH_PATH: Final = ",".join(roles.SCHEMAS)
_SCHEMES: Final = ("postgresql", "postgres")


def home() -> Path:
    """Return the directory of this installation's data; the key file may not lie in it."""
    return places.home()


def is_embedded() -> bool:
    """Return whether the embedded server is used. Raises WrongSetting when only some roles have an address."""
    named = {role: env.url(setting(role), schemes=_SCHEMES) is not None for role in roles.ROLES}
    if any(named.values()) and not all(named.values()):
        missing = ", ".join(setting(role) for role, is_named in named.items() if not is_named)
        raise env.WrongSetting(f"One address a role is needed; these are not set: {missing}.")
    return not any(named.values())


def address(role: str) -> dict[str, Any]:
    """Return the role's entry for Django's DATABASES. No server need run, nor have been made, for it."""
    given = None if is_embedded() else env.url(setting(role), schemes=_SCHEMES)
    where = _embedded(role) if given is None else _from_address(given, setting(role))
    options = {"connect_timeout": 10, **where.pop("OPTIONS", {})}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **where,
        "OPTIONS": {**options, "options": f"-c search_path={SEARCH_PATH}"},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def of_setting(name: str) -> dict[str, Any] | None:
    """Return the entry of an address that stands in a setting of its own, or None when it is not set."""
    given = env.url(name, schemes=_SCHEMES)
    return None if given is None else _from_address(given, name)


def user(role: str) -> str:
    """Return the name under which the role connects; on a municipality's own server it may be any."""
    name: str = address(role)["USER"]
    return name


def keywords(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry of DATABASES as keywords of `psycopg.connect`."""
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {**{names[key]: entry[key] for key in names if entry.get(key)}, **entry.get("OPTIONS", {})}


def _embedded(role: str) -> dict[str, Any]:
    from hemvag.config.database.server import Server

    found = Server(home()).address(role, env.text("HEMVAG_DATABASE_NAME"))
    return {
        "NAME": found["dbname"],
        "USER": found["user"],
        "PASSWORD": found["password"],
        "HOST": found["host"],
        "PORT": found["port"],
    }


def _from_address(parts: SplitResult, named: str) -> dict[str, Any]:
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise env.WrongSetting(f"{named} names no database: it should end with /NAME.")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": parts.port or int(options.pop("port", "5432")),
        "OPTIONS": {key: value for key, value in options.items() if key != "options"},
    }


def setting(role: str) -> str:
    """Return the name of the setting that holds the role's address."""
    return f"HEMVAG_DATABASE_{role.upper()}_URL"
