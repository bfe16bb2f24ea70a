"""How the staff door and the job worker are started."""

import os
import socket
import sys
from collections.abc import Mapping

from hemvag.config.children import Child


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
