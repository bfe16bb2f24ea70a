"""A real server on a database of its own, for journeys: the demo's settings, a small town, invented workers.

Its clock is moved to an office day, so that a journey meets the same units and days whenever it is run.
"""

import contextlib
import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from django.conf import settings

from hemvag.lib.clock import STOCKHOLM
from tests import database
from tests.town import Town, build

PATIENCE = 30.0
ROOT = Path(__file__).resolve().parent.parent
Kind = Literal["demo", "real", "exercise"]
SETTINGS = {
    "demo": "hemvag.config.demo.settings",
    "real": "tests.real_settings",
    "exercise": "hemvag.config.exercise.settings",
}
BEGINS = dt.datetime(2026, 5, 6, 10, 0, tzinfo=STOCKHOLM)
"""When every journey begins: a Wednesday without a holiday near, in office hours."""


class DidNotStart(RuntimeError):
    """The server ended or did not answer in time; the message is what it wrote."""


class Live:
    """A running server: where it answers, which database it uses, the town in it, and what hour it is there.

    A real one has real sign-in instead of the demo's, and answers to a name, since security keys know no numbers. An
    exercise's has the demo's.
    """

    def __init__(self, name: str, town: Town, *, kind: Kind = "demo") -> None:
        self.kind: Kind = kind
        self.database = name
        self.town = town
        self.port = _free_port()
        self.address = f"http://{'localhost' if kind == 'real' else '127.0.0.1'}:{self.port}"
        self._moved = BEGINS - dt.datetime.now(dt.UTC)
        self._process: subprocess.Popen[bytes] | None = None
        self._log = tempfile.TemporaryFile()  # noqa: SIM115

    def wrote(self) -> str:
        """Return what the server has written so far: its faults, for whoever reads a failed journey."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def now(self) -> dt.datetime:
        """Return what time it is for the server."""
        return (dt.datetime.now(dt.UTC) + self._moved).astimezone(STOCKHOLM)

    def start(self) -> None:
        """Start the server and wait until it answers. Raises DidNotStart."""
        place = f"127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "gunicorn", "tests.live_wsgi:application", "--bind", place]
        command += ["--worker-class", "gthread", "--threads", "4", "--workers", "1", "--no-control-socket"]
        environment = os.environ | database.environment(self.database)
        environment["HEMVAG_TEST_CLOCK_MOVED"] = str(self._moved.total_seconds())
        environment["DJANGO_SETTINGS_MODULE"] = SETTINGS[self.kind]
        self._process = subprocess.Popen(
            command,
            env=environment,
            cwd=ROOT,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._wait(self._process)

    def stop(self) -> None:
        """Let the server end in order."""
        self._end(signal.SIGTERM)

    def close(self) -> None:
        """Stop, and let go of what the server wrote."""
        self.stop()
        self._log.close()

    def kill(self) -> None:
        """End the server and all its processes at once, as a loss of power does."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, how)
            process.wait(timeout=PATIENCE)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        end, first = time.monotonic() + PATIENCE, "account/sign-in/" if self.kind == "real" else "demo/"
        while time.monotonic() < end and process.poll() is None:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.address}/{first}", timeout=5).close()  # noqa: S310
                return
            time.sleep(0.1)
        self.kill()
        raise DidNotStart(self.wrote())


@contextlib.contextmanager
def serving(*, kind: Kind = "demo", name: str = "") -> Iterator[Live]:
    """Serve a freshly made small town until the end of the `with`, by the demo's sign-in or the real one."""
    before = settings.DATABASES["default"]["NAME"]
    with database.clone(name=name) as made:
        with database.connect("owner", made) as owner:
            owner.execute("UPDATE hemvag.installation SET kind = %s", [kind])
        database.point_at(made)
        with database.as_owner():
            town = build()
        database.point_at(before)
        live = Live(made, town, kind=kind)
        live.start()
        try:
            yield live
        finally:
            live.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
