"""What must hold before the program serves anyone."""

import gc

from django.conf import settings
from django.db import connection
from django.urls import get_resolver

from hemvag.config.plain import Told
from hemvag.vault.installed import keyring
from hemvag.vault.keyfile import UnsafeKey


class WrongInstallation(Told):
    """Settings of one kind met a database of another: real, demo or exercise."""


class NoSafeKey(Told):
    """The key-encryption secret is missing, or others could read or replace it."""


def demand_key() -> None:
    """Raise NoSafeKey, with what to do, unless the key-encryption secret is there and nobody else's to read."""
    try:
        keyring()
    except UnsafeKey as unsafe:
        raise NoSafeKey(str(unsafe)) from None


def check() -> None:
    """Refuse to start without a safe key, or with the wrong kind of database. Raises NoSafeKey or WrongInstallation."""
    demand_key()
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM hemvag.installation")
        row = cursor.fetchone()
    kind = row[0] if row else None
    wanted = settings.HEMVAG_KIND
    if kind != wanted:
        raise WrongInstallation(f"These are {wanted} settings, but the database was made as {kind or 'nothing'}.")


def settle() -> None:
    """Load every page before the first visitor, and leave what is loaded out of the search for garbage from now on."""
    get_resolver().url_patterns  # noqa: B018
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
