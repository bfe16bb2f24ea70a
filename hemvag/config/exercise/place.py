"""Where an exercise's space lies on disk: its key, its own secret, and a page of facts that says how far it has come.

Whoever holds the place works alone in it; the kernel lets go of it however the holder ends.
"""

import contextlib
import datetime as dt
import fcntl
import json
import os
import secrets
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Self

from hemvag.config import addresses
from hemvag.config.database import places
from hemvag.config.plain import Told

DATABASE: Final = "hemvag_exercise"
"""The name of the space's database, and what the name begins with where a municipality chooses it."""
FACTS: Final = "space.json"
KEY: Final = "key"
COOKIES: Final = "cookies"


class Busy(Told):
    """Somebody serves the space, or opens or erases it, at this moment."""


@dataclass(frozen=True, kw_only=True)
class Space:
    """What is known of the space from outside. `erasing_by` and `erasing_at` are set from when erasing began."""

    id: uuid.UUID
    name: str
    scenario: str
    municipality: str
    database: str
    opened_at: dt.datetime
    erasing_by: str = ""
    erasing_at: dt.datetime | None = None

    def as_data(self) -> dict[str, str]:
        """Return it as it stands on disk."""
        moments = {"opened_at": self.opened_at.isoformat(), "erasing_at": ""}
        if self.erasing_at:
            moments["erasing_at"] = self.erasing_at.isoformat()
        return {name: str(value) for name, value in asdict(self).items()} | moments

    @classmethod
    def from_data(cls, data: Mapping[str, str]) -> Self:
        """Return what `as_data` made."""
        return cls(
            id=uuid.UUID(data["id"]),
            name=data["name"],
            scenario=data["scenario"],
            municipality=data["municipality"],
            database=data["database"],
            opened_at=dt.datetime.fromisoformat(data["opened_at"]),
            erasing_by=data["erasing_by"],
            erasing_at=dt.datetime.fromisoformat(data["erasing_at"]) if data["erasing_at"] else None,
        )

    def begun_to_erase(self, *, by: str, at: dt.datetime) -> "Space":
        """Return the same space from when erasing began; by whom and when it first began stay."""
        return self if self.erasing_at else replace(self, erasing_by=by, erasing_at=at)


class Place:
    """The directory of the space: `exercise` in the installation's home, for its owner only."""

    def __init__(self, home: Path | None = None) -> None:
        self.path = (home or addresses.home()) / "exercise"

    @property
    def key(self) -> Path:
        """The space's key-encryption secret."""
        return self.path / KEY

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Be alone in the place for the length of a `with`. Raises Busy."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.path.with_name("exercise.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("The exercise is served or worked on by another process. Stop that one first.") from None
        else:
            yield
        finally:
            os.close(handle)

    def is_served(self) -> bool:
        """Say whether somebody holds the place."""
        try:
            with self.held():
                return False
        except Busy:
            return True

    def read(self) -> Space | None:
        """Return the space, or None when there is none."""
        try:
            return Space.from_data(json.loads((self.path / FACTS).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError) as wrong:
            raise Told(f"{self.path / FACTS} cannot be read ({type(wrong).__name__}).") from None

    def write(self, space: Space) -> None:
        """Put the facts on disk, whole or not at all."""
        places.make_own(self.path)
        _put(self.path / FACTS, json.dumps(space.as_data(), ensure_ascii=False, indent=2))

    def secret(self) -> str:
        """Return the space's own secret for sessions and forms, made when there was none."""
        file = self.path / COOKIES
        if not file.exists():
            _put(file, secrets.token_urlsafe(48))
        return file.read_text(encoding="utf-8")

    def destroy_secrets(self) -> None:
        """Write over the key and the secret, and take them away."""
        for file in (self.key, self.path / COOKIES):
            if file.exists():
                with file.open("r+b") as handle:
                    handle.write(secrets.token_bytes(max(64, file.stat().st_size)))
                    handle.flush()
                    os.fsync(handle.fileno())
                file.unlink()

    def clear(self) -> None:
        """Take the directory away, the page of facts last: until then it says that there is more to do."""
        for one in [one for one in self.path.iterdir() if one.name != FACTS] if self.path.exists() else []:
            shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()
        (self.path / FACTS).unlink(missing_ok=True)
        if self.path.exists():
            self.path.rmdir()


def _put(file: Path, text: str) -> None:
    half = file.with_name(f".{file.name}.new")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    half.replace(file)
