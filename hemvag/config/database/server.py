"""The embedded PostgreSQL server of one home: started by the first who needs it, stopped by the last who leaves."""

import contextlib
import os
import signal
import subprocess
import threading
import time
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from hemvag.config.database import binaries, cluster, leases, passwords, places, roles
from hemvag.config.plain import Told

_START_TRIES: Final = 4
_NOT_RUNNING: Final = 3


class CannotStart(Told):
    """The embedded server could not be started. The message is for whoever started it."""


class Server:
    """The embedded server whose data lie under `home`. Any number of processes may use it at once."""

    def __init__(self, home: Path) -> None:
        self.home = places.reachable(home)
        self._lease = leases.Lease(self.home)

    def start(self) -> None:
        """Make the server when there is none, start it when it does not run, and claim it. Raises CannotStart.

        A server that was left running by a killed process is taken over.
        """
        try:
            places.make_home(self.home)
            with leases.only_one(self.home):
                made = cluster.make(self.home)
                if not self.is_running():
                    self._launch()
                self._lease.take()
                if made or not (self.home / "roles.made").exists():
                    self._make_roles()
        except subprocess.CalledProcessError as error:
            said = str(error.output or error.stderr or "").strip()
            raise CannotStart(f"The embedded PostgreSQL under {self.home} did not start:\n{said}") from error

    def stop(self) -> None:
        """Let go of the server; whoever is last stops it. Signals wait until that is done."""
        held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            with leases.only_one(self.home):
                self._lease.give_back()
                if not leases.in_use(self.home) and self.is_running():
                    binaries.run("pg_ctl", "stop", "--pgdata", self.home / "cluster", "--mode=fast", "--wait")
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)

    def is_running(self) -> bool:
        """Return whether a server runs on the files of this home."""
        status = binaries.run("pg_ctl", "status", "--pgdata", self.home / "cluster", accepted=(0, _NOT_RUNNING))
        return status == 0 and self._is_ours(self.pid())

    def pid(self) -> int:
        """Return the process id that the server wrote when it started, or 0."""
        try:
            return int((self.home / "cluster" / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return 0

    def address(self, role: str, database: str = roles.DATABASE) -> dict[str, Any]:
        """Return where and as whom `role` connects, as keywords of `psycopg.connect`."""
        return self._address(f"{roles.PREFIX}{role}", passwords.read(self.home, role), database)

    def superuser_address(self, database: str = "postgres") -> dict[str, Any]:
        """Return the superuser's address; only set-up and tests have use for it."""
        return self._address(cluster.SUPERUSER, passwords.read(self.home, passwords.SUPERUSER), database)

    def make_database(self, name: str = roles.DATABASE) -> bool:
        """Make the database with its schemas when it is missing; return whether it was made now."""
        is_new = not self.has_database(name)
        with psycopg.connect(**self.superuser_address(), autocommit=True) as connection:
            if is_new:
                connection.execute(sql.SQL(roles.create_database(name)))
        with psycopg.connect(**self.superuser_address(name), autocommit=True) as connection:
            for statement in [*roles.database_statements(database=name), *roles.schema_statements()]:
                connection.execute(sql.SQL(statement))
        return is_new

    def has_database(self, name: str) -> bool:
        """Return whether there is such a database."""
        with psycopg.connect(**self.superuser_address(), autocommit=True) as connection:
            return connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None

    def drop_database(self, name: str = roles.DATABASE) -> None:
        """Drop the database with everything in it, and whoever is connected to it."""
        with psycopg.connect(**self.superuser_address(), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _address(self, user: str, password: str, database: str) -> dict[str, Any]:
        socket = str(places.socket_place(self.home))
        return {"host": socket, "port": cluster.PORT, "user": user, "password": password, "dbname": database}

    def _launch(self) -> None:
        cluster.configure(self.home)
        places.make_servers(places.socket_place(self.home))
        places.make_servers(self.home / "log")
        log = self.home / "log" / "server.log"
        for attempt in range(1, _START_TRIES + 1):
            self._clear_stale()
            try:
                binaries.run("pg_ctl", "start", "--pgdata", self.home / "cluster", "--log", log, "--wait", log=log)
            except subprocess.CalledProcessError:
                # What a killed server left in memory is let go of within seconds.
                if attempt == _START_TRIES:
                    raise
                time.sleep(attempt)
            else:
                return

    def _clear_stale(self) -> None:
        """Remove what a killed server left behind, when its process id is dead or belongs to another program now."""
        if self._is_ours(self.pid()):
            return
        (self.home / "cluster" / "postmaster.pid").unlink(missing_ok=True)
        for left in places.socket_place(self.home).glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        """Return whether `pid` is a server on these files. Its command line tells, which everyone may read."""
        if pid <= 0:
            return False
        if Path("/proc/self").exists():
            try:
                words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            except OSError:
                return False
            return os.fsencode(self.home / "cluster") in words
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    def _make_roles(self) -> None:
        with psycopg.connect(**self.superuser_address(), autocommit=True) as connection:
            connection.execute("REVOKE ALL ON DATABASE postgres FROM PUBLIC")
            for statement in roles.role_statements():
                connection.execute(sql.SQL(statement))
            for role in roles.ROLES:
                name = f"{roles.PREFIX}{role}"
                # Encrypted here, so that no password ever stands in a statement.
                hidden = connection.pgconn.encrypt_password(
                    passwords.make(self.home, role).encode(), name.encode(), b"scram-sha-256"
                )
                change = sql.SQL("ALTER ROLE {} PASSWORD {}")
                connection.execute(change.format(sql.Identifier(name), sql.Literal(hidden.decode())))
        (self.home / "roles.made").touch(mode=0o600)


@contextlib.contextmanager
def running(home: Path) -> Iterator[Server]:
    """Run the embedded server for the length of a `with`, and let go of it also when told to stop (SIGTERM, SIGHUP)."""
    server = Server(home)
    with _told_to_stop():
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def _told_to_stop() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into SystemExit, unless somebody else already listens."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    taken = [number for number in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, frame: types.FrameType | None) -> None:  # noqa: ARG001
    raise SystemExit(128 + number)
