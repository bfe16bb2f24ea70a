"""A home of the test's own for the embedded server, where also the account that runs it as root may reach."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hemvag.config.database.server import Server, running


@pytest.fixture
def home() -> Iterator[Path]:
    """A home in which no server has been made."""
    with _Place() as place:
        yield place / "home"


@pytest.fixture(scope="module")
def one() -> Iterator[Server]:
    """A running server for tests that do not stop it."""
    with _Place() as place, running(place / "home") as server:
        yield server


class _Place:
    """A directory that any account may pass through, gone afterwards with what is in it."""

    def __enter__(self) -> Path:
        self.path = Path(tempfile.mkdtemp(prefix="hemvag-"))
        self.path.chmod(0o755)
        return self.path

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path)
