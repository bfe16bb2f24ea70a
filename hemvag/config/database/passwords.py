"""The passwords of the embedded server's roles: random, one file each, readable by their owner only."""

import os
import secrets
from pathlib import Path
from typing import Final

SUPERUSER: Final = "superuser"
_PLACE: Final = "secrets"


def make(home: Path, role: str) -> str:
    """Return the role's password, made and stored with mode 0600 when there was none."""
    stored = read(home, role)
    if stored:
        return stored
    place = home / _PLACE
    place.mkdir(mode=0o700, exist_ok=True)
    password = secrets.token_urlsafe(32)
    half = place / f".{role}.{secrets.token_hex(4)}"
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{password}\n")
        file.flush()
        os.fsync(file.fileno())
    half.rename(place / role)
    return password


def read(home: Path, role: str) -> str:
    """Return the role's password, or nothing when the server has not been made yet or this account may not read it."""
    try:
        return (home / _PLACE / role).read_text(encoding="ascii").strip()
    except (FileNotFoundError, PermissionError, NotADirectoryError):
        return ""
