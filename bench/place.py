"""Where the measure runs: an embedded server of its own with real settings, removed afterwards with all in it."""

import base64
import contextlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parent.parent
MUNICIPALITY = "malmo"


def set_environment() -> None:
    """Set what the real settings ask for, before Django is set up; nothing of the caller's own installation is used."""
    from hemvag.config.database import places

    for name in [name for name in os.environ if name.startswith("HEMVAG_")]:
        del os.environ[name]
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "hemvag.config.settings",
            "HEMVAG_DATA": f"{places.home()}-bench-{os.getpid()}",
            "HEMVAG_SECRET_KEY": secrets.token_urlsafe(50),
            "HEMVAG_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
            "HEMVAG_HOSTS": HOST,
            "HEMVAG_MUNICIPALITY": MUNICIPALITY,
            "HEMVAG_SSL_REDIRECT": "no",
        }
    )


@contextlib.contextmanager
def database() -> Iterator[dict[str, Any]]:
    """Start the server, make the schema with its grants, set Django up in the staff's role, and give the superuser's
    address."""
    from hemvag.config import addresses
    from hemvag.config.database import grants, installation, places, server

    home = places.reachable(addresses.home())
    try:
        with server.running(addresses.home()) as running:
            running.make_database()
            migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
            subprocess.run(migrate, cwd=ROOT, env=os.environ | {"HEMVAG_ROLE": "owner"}, check=True)
            import django

            django.setup()
            with psycopg.connect(**addresses.keywords(addresses.address("owner")), autocommit=True) as owner:
                grants.apply(owner)
                installation.mark(owner, kind="real", municipality=MUNICIPALITY)
            yield running.superuser_address("hemvag") | {"options": f"-c search_path={addresses.SEARCH_PATH}"}
            from django.db import connections

            connections.close_all()
    finally:
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(places.socket_place(home), ignore_errors=True)
