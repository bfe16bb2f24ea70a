"""How the staff door and the job worker are started."""

import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Final

from hemvag.config.children import Child
from hemvag.config.plain import Told

PORTS: Final = 100
PATIENCE: Final = 60


def children(application: str, *, host: str, port: int, workers: int, extra: Mapping[str, str]) -> list[Child]:
    """Return the staff door on `host` and `port`, and the job worker; neither is started yet."""
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    door = [
        *(sys.executable, "-m", "gunicorn", application),
        *("--bind", place, "--workers", str(workers), "--worker-class", "gthread", "--threads", "8"),
        *("--log-level", "warning", "--no-control-socket", "--graceful-timeout", "10"),
    ]
    jobs = [sys.executable, "-m", "hemvag.config.cli", "jobs"]
    # The pages' own files are served from where they lie; that none were gathered is no trouble.
    environment = os.environ | {"PYTHONWARNINGS": "ignore:No directory at"} | dict(extra)
    return [
        Child(door, environment | {"HEMVAG_ROLE": "staff"}),
        Child(jobs, environment | {"HEMVAG_ROLE": "job"}, needed=False),
    ]


def is_free(host: str, port: int) -> bool:
    """Return whether a door could open on `host` and `port`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str, wanted: int | None, *, first: int) -> int:
    """Return the port that is wanted, else the first free one from `first`. Raises Told when there is none."""
    if wanted is not None:
        if not is_free(host, wanted):
            raise Told(f"Something else listens on port {wanted}. Choose another with --port, or leave it out.")
        return wanted
    for port in range(first, first + PORTS):
        if is_free(host, port):
            if port != first:
                print(f"Something else listens on port {first}, so this is port {port}.", flush=True)
            return port
    raise Told(f"No port from {first} to {first + PORTS - 1} is free. Choose one with --port.")


def wait(address: str, door: Child) -> None:
    """Wait until the pages answer. Raises Told when the door ends or stays silent."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and door.status() is None:
        try:
            opener.open(address, timeout=10).close()
        except urllib.error.HTTPError as error:
            raise Told(f"The pages answer with an error ({error.code}); what went wrong stands above.") from error
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        else:
            return
        time.sleep(0.2)
    raise Told("The pages do not answer; what went wrong stands above.")
