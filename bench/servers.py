"""Serve an application as it is served in life: gunicorn, two workers of four threads; and weigh its workers."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.place import HOST, ROOT

WORKERS, THREADS = 2, 4
PATIENCE = 60.0


class DidNotStart(RuntimeError):
    """The server ended or did not answer in time; what it wrote is printed."""


@dataclass(frozen=True)
class Serving:
    """A running server: its address, and the process that leads the workers."""

    address: str
    pid: int

    def megabytes(self) -> float:
        """Return the memory of the workers together: their proportional set size, so that shared pages count once."""
        return sum(map(_pss, _children(self.pid))) / 1024

    def lead_megabytes(self) -> float:
        """Return the memory of the process that leads the workers."""
        return _pss(self.pid) / 1024


@contextlib.contextmanager
def serving(application: str, probe: str, more: Mapping[str, str] | None = None) -> Iterator[Serving]:
    """Serve `application` until the end of the `with`; it is up when the address `probe` answers anything at all."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}", "--no-control-socket"]
    command += ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS), "--keep-alive", "60"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | (more or {}), stdout=said, stderr=said)
        try:
            _wait(process, f"http://{HOST}:{port}{probe}")
            yield Serving(f"http://{HOST}:{port}", process.pid)
        except Exception:
            said.seek(0)
            print(said.read().decode(errors="replace"), file=sys.stderr)
            raise
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _wait(process: "subprocess.Popen[bytes]", address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()  # noqa: S310
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise DidNotStart(address)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
