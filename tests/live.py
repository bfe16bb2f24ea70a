"""A real server on a database of its own, for journeys: the demo's settings, a small town, invented workers."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from tests import database
from tests.town import Town, build

PATIENCE = 30.0


@dataclass(frozen=True)
class Live:
    """Where the server answers, which database it uses, and the town in it."""

    address: str
    database: str
    town: Town


class DidNotStart(RuntimeError):
    """The server ended or did not answer in time; the message is what it wrote."""


@contextlib.contextmanager
def serving() -> Iterator[Live]:
    """Serve a freshly made small town until the end of the `with`."""
    before = settings.DATABASES["default"]["NAME"]
    with database.clone() as name:
        with database.connect("owner", name) as owner:
            owner.execute("UPDATE hemvag.installation SET kind = 'demo'")
        database.point_at(name)
        with database.as_owner():
            town = build()
        database.point_at(before)
        port = _free_port()
        with _server(name, port) as address:
            yield Live(address=address, database=name, town=town)


@contextlib.contextmanager
def _server(name: str, port: int) -> Iterator[str]:
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "hemvag.config.demo.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--threads", "4", "--workers", "1", "--no-control-socket"]
    environment = os.environ | database.environment(name) | {"DJANGO_SETTINGS_MODULE": "hemvag.config.demo.settings"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        _wait(process, address)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def _wait(process: subprocess.Popen[str], address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/demo/", timeout=5).close()  # noqa: S310
            return
        time.sleep(0.1)
    process.kill()
    raise DidNotStart(process.communicate()[0])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
