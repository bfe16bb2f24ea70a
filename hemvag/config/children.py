"""The processes that serve: started, watched and stopped together. None outlives the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

_PDEATHSIG: Final = 1
_PATIENCE: Final = 15
_REST_BEFORE_RESTART: Final = 5


@dataclass
class Child:
    """One process. One that is `needed` takes the others down with it; another is started again."""

    command: Sequence[str]
    environment: Mapping[str, str]
    needed: bool = True
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    ended_at: float = 0.0

    def start(self) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches it only through us."""
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  # started before any thread
        )
        self.ended_at = 0.0

    def status(self) -> int | None:
        """Return the exit status, or None while it runs."""
        return self.process.poll() if self.process else None


def watch(children: Sequence[Child]) -> int:
    """Wait until a needed child ends, and return its status. Start others again, after a rest."""
    while True:
        for child in children:
            status = child.status()
            if status is None:
                continue
            if child.needed:
                return status or 1
            child.ended_at = child.ended_at or time.monotonic()
            if time.monotonic() - child.ended_at > _REST_BEFORE_RESTART:
                child.start()
        time.sleep(0.5)


def stop(children: Sequence[Child]) -> None:
    """Tell all to stop, and kill what has not after a while."""
    alive = [child.process for child in children if child.process and child.process.poll() is None]
    for process in alive:
        process.terminate()
    end = time.monotonic() + _PATIENCE
    for process in alive:
        try:
            process.wait(timeout=max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _end_with_parent() -> None:
    """Ask the kernel to stop this process when the one that started it dies, also by kill -9."""
    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)
