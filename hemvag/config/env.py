"""Settings come from the environment, through these few functions; each is declared here once and fails by its name."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from hemvag.config.plain import Told


class WrongSetting(Told):
    """A setting is missing or cannot be read as what it should be. The message names it, never a secret's value."""


@dataclass(frozen=True)
class Setting:
    """One setting: its name, what holds when it is not set, and one line of help for docs/operate/settings.md."""

    name: str
    default: str
    help: str


_DECLARED: Final = (
    Setting(
        "HEMVAG_DATA",
        "",
        "directory of the embedded database and the demo's key; by default a place of this checkout's own",
    ),
    Setting("HEMVAG_DATABASE_NAME", "hemvag", "name of the database on the embedded server"),
    Setting(
        "HEMVAG_DATABASE_OWNER_URL",
        "",
        "address of the role that owns the schema; used by set-up and migrations only",
    ),
    Setting("HEMVAG_DATABASE_STAFF_URL", "", "address of the role of the staff's pages"),
    Setting("HEMVAG_DATABASE_LOG_URL", "", "address of the role that may only add lines to the read log"),
    Setting("HEMVAG_DATABASE_NUMBERS_URL", "", "address of the role that may only read views of counts"),
    Setting("HEMVAG_DATABASE_JOB_URL", "", "address of the role of the job worker"),
    Setting("HEMVAG_ROLE", "staff", "which role this process connects as: staff, job or owner"),
    Setting("HEMVAG_MUNICIPALITY", "", "slug of the municipality that this installation serves"),
    Setting("HEMVAG_ROLES", "", "a roles.toml of your own instead of the one in the package"),
    Setting("HEMVAG_LINE_CONTENT", "", "a directory with call-sheet data of your own instead of the package's"),
    Setting("HEMVAG_RECEPTION", "", "a directory with reception templates of your own instead of the package's"),
    Setting(
        "HEMVAG_READINESS_CONTENT",
        "",
        "a directory with needs, languages, checklist and levels of your own instead of the package's",
    ),
    Setting(
        "HEMVAG_PRINTED_LIST", "", "a directory outside Hemväg where the printed list of services is laid each night"
    ),
    Setting("HEMVAG_GLASS_MINUTES", "60", "how long a dossier stays open to who has broken its glass, in minutes"),
    Setting("HEMVAG_KEY_FILE", "", "file with the key-encryption secret: mode 0600, kept apart from the data"),
    Setting("HEMVAG_KEY", "", "the key-encryption secret itself, base64, where no file can be used"),
    Setting("HEMVAG_SECRET_KEY", "", "secret that signs sessions and forms, 50 random characters or more"),
    Setting("HEMVAG_IDLE_MINUTES", "60", "after how many minutes without use a worker is signed out, 5 or more"),
    Setting("HEMVAG_OIDC_ISSUER", "", "address of the municipality's OpenID provider; none when not set"),
    Setting("HEMVAG_OIDC_CLIENT", "", "the client id that the provider knows Hemväg by"),
    Setting("HEMVAG_OIDC_SECRET", "", "the client's secret; better in a file"),
    Setting("HEMVAG_OIDC_CLAIM", "orgAffiliation", "which claim says who: orgAffiliation or personalIdentityNumber"),
    Setting("HEMVAG_OIDC_ORG", "", "the municipality's number, which the claim must then name"),
    Setting(
        "HEMVAG_OIDC_ACR",
        "http://id.elegnamnden.se/loa/1.0/loa3,http://id.elegnamnden.se/loa/1.0/loa4",
        "levels of assurance that are let in, separated by commas",
    ),
    Setting("HEMVAG_HOSTS", "", "names by which the site is reached, separated by commas"),
    Setting("HEMVAG_SSL_REDIRECT", "yes", "whether plain HTTP is sent on to HTTPS"),
    Setting(
        "HEMVAG_BEHIND_PROXY",
        "no",
        "whether a proxy in front sets X-Forwarded-Proto, and removes what a visitor sent in it",
    ),
    *(
        Setting(
            f"HEMVAG_EXERCISE_DATABASE_{role}_URL",
            "",
            f"address of the role {role.lower()} in an exercise's own database, where the server is the municipality's",
        )
        for role in ("OWNER", "STAFF", "LOG", "NUMBERS", "JOB")
    ),
    Setting("HEMVAG_EXERCISE_SCENARIO", "family_of_five", "which scenario an exercise plays; set by hemvag exercise"),
    Setting("HEMVAG_CHROMIUM", "", "the Chromium that bin/test drives; by default the one it finds or installs"),
    Setting(
        "HEMVAG_ENVIRONMENT", "", "where bin/ makes the Python environment; by default .venv or the account's cache"
    ),
    Setting(
        "HEMVAG_TEST_DATABASE_URL",
        "",
        "administrator's address of a server on which bin/test runs instead of the embedded one",
    ),
)
REGISTRY: Final = {setting.name: setting for setting in _DECLARED}

_YES: Final = frozenset({"1", "yes", "true", "on"})
_NO: Final = frozenset({"0", "no", "false", "off", ""})


def text(name: str) -> str:
    """Return the setting as it stands in the environment, without space around it, else its declared default."""
    return os.environ.get(name, "").strip() or REGISTRY[name].default


def words(name: str) -> list[str]:
    """Return a comma-separated setting as a list without empty parts."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def flag(name: str) -> bool:
    """Return a yes-or-no setting. Raises WrongSetting for any other word."""
    value = text(name).lower()
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise WrongSetting(f"{name} should be yes or no, not {value!r}.")


def whole_number(name: str, *, least: int = 0) -> int:
    """Return a setting that is a whole number, `least` or more. Raises WrongSetting."""
    value = text(name)
    try:
        number = int(value)
    except ValueError:
        raise WrongSetting(f"{name} should be a whole number, not {value!r}.") from None
    if number < least:
        raise WrongSetting(f"{name} should be {least} or more, not {number}.")
    return number


def choice(name: str, choices: Sequence[str]) -> str:
    """Return a setting that is one of `choices`. Raises WrongSetting."""
    value = text(name)
    if value not in choices:
        raise WrongSetting(f"{name} should be one of {', '.join(choices)}, not {value!r}.")
    return value


def secret(name: str) -> str:
    """Return a secret, from the setting or from the file that NAME_FILE points at; empty when neither is set.

    A NAME_FILE that is declared as a setting of its own is left to its reader. Raises WrongSetting when both are set or
    the file cannot be read; the message never holds the secret.
    """
    value = text(name)
    pointer = f"{name}_FILE"
    path = "" if pointer in REGISTRY else os.environ.get(pointer, "").strip()
    if not path:
        return value
    if value:
        raise WrongSetting(f"Set {name} or {pointer}, not both.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(f"{pointer} names a file that cannot be read: {path} ({type(error).__name__}).") from None


def url(name: str, *, schemes: Sequence[str]) -> SplitResult | None:
    """Return a setting that is an address with one of `schemes`, or None when it is not set. Raises WrongSetting.

    An address may hold a password: it may come from a file, as a secret may, and is never repeated in an error.
    """
    value = secret(name)
    if not value:
        return None
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise WrongSetting(f"{name} is not an address: its host or port cannot be read.") from None
    if parts.scheme not in schemes:
        raise WrongSetting(f"{name} should begin with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
    return parts
