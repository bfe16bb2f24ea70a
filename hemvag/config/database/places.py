"""Where the embedded database lies, and under which account it runs."""

import contextlib
import fcntl
import functools
import hashlib
import os
import pwd
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from hemvag.config import env

ACCOUNT: Final = "hemvag"
ROOTS_PLACE: Final = Path("/var/lib/hemvag")
CHECKOUT: Final = Path(__file__).resolve().parents[3]
LONGEST_SOCKET_PLACE: Final = 80


def home() -> Path:
    """Return the directory of this checkout's data. It is not made here and need not exist."""
    given = env.text("HEMVAG_DATA")
    if given:
        return Path(given).expanduser().absolute()
    if os.geteuid() == 0:
        return ROOTS_PLACE / _mark(CHECKOUT)
    if (
        (CHECKOUT / "pyproject.toml").exists()
        and CHECKOUT.stat().st_uid == os.geteuid()
        and os.access(CHECKOUT, os.W_OK)
    ):
        return CHECKOUT / ".hemvag"
    shared = os.environ.get("XDG_DATA_HOME", "")
    base = Path(shared) if shared.startswith("/") else Path.home() / ".local" / "share"
    return base / "hemvag" / _mark(CHECKOUT)


def reachable(home: Path) -> Path:
    """Return where the server of `home` really lies: `home` itself, or, as root, a place that its account can reach."""
    if os.geteuid() != 0 or others_may_pass(home.parent):
        return home
    return ROOTS_PLACE / _mark(home)


def others_may_pass(place: Path) -> bool:
    """Return whether any account may go into `place`, judged by the nearest directory that exists and all above it."""
    place = place.resolve()
    while not place.exists():
        place = place.parent
    return all(step.stat().st_mode & stat.S_IXOTH for step in (place, *place.parents))


def socket_place(home: Path) -> Path:
    """Return the directory of the server's socket: inside `home`, or a short one where that would be too long."""
    inside = home / "socket"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PLACE:
        return inside
    return Path(tempfile.gettempdir()) / f"hemvag-{os.geteuid()}-{_mark(home)}"


@functools.cache
def account() -> pwd.struct_passwd | None:
    """Return the account that runs the server when root starts it (made when missing), or None for an ordinary user."""
    if os.geteuid() != 0:
        return None
    return _known() or _made()


def _known() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd:
    """Make the account, one starter at a time: of two at once, each would give it a number and the last would win."""
    ROOTS_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
    place = os.open(ROOTS_PLACE, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        if _known() is None:
            subprocess.run(
                [
                    *("useradd", "--system", "--user-group", "--no-create-home"),
                    *("--home-dir", str(ROOTS_PLACE), "--shell", "/usr/sbin/nologin", ACCOUNT),
                ],
                check=True,
                capture_output=True,
            )
        return pwd.getpwnam(ACCOUNT)
    finally:
        os.close(place)


def make_own(place: Path) -> None:
    """Make a directory that only this account may use. Raises PermissionError when someone else made it."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    _demand_owner(place, os.geteuid())


def make_servers(place: Path) -> None:
    """Make a directory that only the server's account may use (for an ordinary user: their own)."""
    keeper = account()
    uid = keeper.pw_uid if keeper else os.geteuid()
    if not place.exists():
        place.mkdir(mode=0o700)
        if keeper:
            os.chown(place, keeper.pw_uid, keeper.pw_gid)
    _demand_owner(place, uid)


def make_home(home: Path) -> None:
    """Make the server's directory; as root, one that others may pass through but not list."""
    if account() is None:
        make_own(home)
        return
    home.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):  # two starters may come at once
        home.mkdir(mode=0o711)
        home.chmod(0o711)


def _demand_owner(place: Path, uid: int) -> None:
    found = place.lstat()
    if found.st_uid != uid or not stat.S_ISDIR(found.st_mode):
        raise PermissionError(f"{place} belongs to another account, or is no directory. Remove it or set HEMVAG_DATA.")


def _mark(place: Path) -> str:
    return hashlib.sha256(os.fsencode(place.resolve())).hexdigest()[:12]
