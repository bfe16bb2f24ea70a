"""Who uses the embedded server: each user holds a file locked, which the kernel lets go of however the user ends."""

import contextlib
import fcntl
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_LEASES: Final = "leases"


@contextlib.contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Let one starter or stopper at a time work in `home`; the next waits."""
    handle = os.open(home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Lease:
    """One user's claim on the server, from `take` to `give_back` or to the end of the process."""

    def __init__(self, home: Path) -> None:
        self._place = home / _LEASES
        self._path = self._place / uuid.uuid4().hex
        self._handle: int | None = None

    def take(self) -> None:
        """Claim the server. Call it inside `only_one`."""
        self._place.mkdir(mode=0o700, exist_ok=True)
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        os.write(self._handle, f"{os.getpid()}\n".encode())

    def give_back(self) -> None:
        """Let go of the server. Call it inside `only_one`."""
        self._path.unlink(missing_ok=True)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def in_use(home: Path) -> bool:
    """Return whether any living user holds a lease, and clear away what the dead left. Call it inside `only_one`."""
    return any([_is_held(path) for path in (home / _LEASES).glob("*")])  # noqa: C419  # every one is looked at


def _is_held(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        path.unlink(missing_ok=True)
        return False
    finally:
        os.close(handle)
