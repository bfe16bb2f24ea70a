"""Nothing is started without a safe key: one plain sentence, at once, and no process is left behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hemvag.vault import keyfile

WORDS = [sys.executable, "-m", "hemvag.config.cli"]


def started(command: list[str], **environment: str) -> tuple[int, str]:
    """Run a command as an operator does; return its status and what it said."""
    variables = {name: value for name, value in os.environ.items() if name not in {"HEMVAG_KEY", "HEMVAG_KEY_FILE"}}
    variables["DJANGO_SETTINGS_MODULE"] = "hemvag.config.settings"
    done = subprocess.run(
        [*WORDS, *command], env=variables | environment, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stderr.strip()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "hemvag.key"
    keyfile.make(path)
    return path


@pytest.mark.parametrize("command", [["serve", "--port", "8911"], ["jobs"]])
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("missing", "There is no key file at"),
        ("unset", "Neither HEMVAG_KEY_FILE nor HEMVAG_KEY is set."),
        ("readable", "Others may read the key file"),
        ("replaceable", "Others may replace the key file: run chmod go-w on"),
        ("beside", "lies under the data directory"),
    ],
)
def test_it_is_refused_at_start_in_one_sentence(
    key: Path, tmp_path: Path, command: list[str], wrong: str, said: str
) -> None:
    environment = {"HEMVAG_KEY_FILE": str(key), "HEMVAG_DATA": str(tmp_path / "data")}
    if wrong == "missing":
        key.unlink()
    elif wrong == "unset":
        environment.pop("HEMVAG_KEY_FILE")
    elif wrong == "readable":
        key.chmod(0o604)
    elif wrong == "replaceable":
        key.parent.chmod(0o777)
    else:
        environment["HEMVAG_DATA"] = str(key.parent)
    status, told = started(command, **environment)
    assert status == 2
    assert told.startswith(f"hemvag {command[0]}: ")
    assert said in told
    assert len(told.splitlines()) == 1
