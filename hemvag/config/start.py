"""What must hold before the program serves anyone."""

import gc

from django.conf import settings
from django.db import connection
from django.urls import get_resolver

from hemvag.vault.installed import keyring


class WrongInstallation(RuntimeError):
    """Real settings met a demo database, or the demo met a real one."""


def check() -> None:
    """Refuse to start without a safe key, or with the wrong kind of database. Raises UnsafeKey or WrongInstallation."""
    keyring()
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM hemvag.installation")
        row = cursor.fetchone()
    kind = row[0] if row else None
    wanted = "demo" if settings.HEMVAG_IS_DEMO else "real"
    if kind != wanted:
        raise WrongInstallation(f"These are {wanted} settings, but the database was made as {kind or 'nothing'}.")


def settle() -> None:
    """Load every page before the first visitor, and leave what is loaded out of the search for garbage from now on."""
    get_resolver().url_patterns  # noqa: B018
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
