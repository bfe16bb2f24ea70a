"""The embedded server trusts nobody, is nobody's leftover, and ends with its last user."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from hemvag.config.database import passwords, places, roles
from hemvag.config.database.server import Server, running

HEEDS_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""Where the tests run in the background of a shell, Ctrl-C is ignored, and every process they start inherits that."""

OWNER = """
import sys, time
from pathlib import Path
from hemvag.config.database.server import running
with running(Path(sys.argv[1])) as server:
    print(server.pid(), flush=True)
    time.sleep(120)
"""
PATIENCE = 20


@contextmanager
def another_process(home: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """A process that uses the server of `home`, and the server's process id."""
    process = subprocess.Popen(
        [sys.executable, "-c", HEEDS_CTRL_C + OWNER, str(home)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process, int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def ended(pid: int) -> bool:
    """Wait for a process to end; return whether it did in time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{pid}/cmdline").read_bytes() == b"":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("role", [*roles.ROLES, passwords.SUPERUSER])
@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_wrong_password_is_refused(one: Server, role: str, password: str) -> None:
    right = one.superuser_address() if role == passwords.SUPERUSER else one.address(role)
    one.make_database()
    psycopg.connect(**right).close()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(**right | {"password": password, "passfile": os.devnull})


def test_it_listens_on_no_network(one: Server) -> None:
    with psycopg.connect(**one.superuser_address()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        methods = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
    assert methods == [("scram-sha-256",)]


def test_secrets_are_for_their_owner_only(one: Server) -> None:
    place = one.home / "secrets"
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    files = sorted(place.iterdir())
    assert [file.name for file in files] == sorted([*roles.ROLES, passwords.SUPERUSER])
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert len({file.read_text() for file in files}) == len(files)
    assert not list(one.home.glob(".password-*"))


def test_the_server_never_runs_as_root(one: Server) -> None:
    account = places.account()
    uid = Path(f"/proc/{one.pid()}").stat().st_uid
    assert uid == (account.pw_uid if account else os.geteuid())
    assert uid != 0


def test_what_people_write_is_not_in_the_servers_log(one: Server) -> None:
    with psycopg.connect(**one.superuser_address(), autocommit=True) as connection:
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT 'Selma Invented' FROM nowhere_at_all")
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT %s::int", ["Selma Invented"])
    log = (one.home / "log" / "server.log").read_text()
    assert "Selma" not in log
    assert "STATEMENT" not in log


def test_no_directory_outside_its_own_changes_mode(home: Path) -> None:
    outside = (home.parent, *home.parent.parents)
    before = [(place.stat().st_mode, place.stat().st_uid) for place in outside]
    with running(home):
        pass
    assert [(place.stat().st_mode, place.stat().st_uid) for place in outside] == before


def test_it_stops_with_its_only_user(home: Path) -> None:
    with running(home) as server:
        pid = server.pid()
    assert ended(pid)
    assert not server.is_running()


def test_sigterm_to_the_owner_stops_it(home: Path) -> None:
    with another_process(home) as (process, pid):
        process.terminate()
        assert process.wait(PATIENCE) == 128 + signal.SIGTERM
        assert ended(pid)


def test_ctrl_c_stops_it(home: Path) -> None:
    with another_process(home) as (process, pid):
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        assert ended(pid)


def test_a_server_whose_owner_was_killed_is_taken_over_and_stopped(home: Path) -> None:
    with another_process(home) as (process, pid):
        process.kill()
        process.wait()
    with running(home) as server:
        assert server.pid() == pid
        psycopg.connect(**server.superuser_address()).close()
    assert ended(pid)


def test_it_starts_again_after_it_was_killed_itself(home: Path) -> None:
    with another_process(home) as (process, pid):
        process.kill()
        process.wait()
        os.kill(pid, signal.SIGKILL)
        assert ended(pid)
    with running(home) as server:
        assert server.pid() != pid
        psycopg.connect(**server.superuser_address()).close()


def test_a_stale_pid_that_is_another_programs_now_is_no_obstacle(home: Path) -> None:
    with another_process(home) as (process, pid):
        lines = (Server(home).home / "cluster" / "postmaster.pid").read_text().split("\n")
        process.terminate()
        assert ended(pid)
        process.wait()
    account = places.account()
    other = subprocess.Popen(["sleep", "120"], user=account.pw_uid if account else None)
    try:
        (Server(home).home / "cluster" / "postmaster.pid").write_text("\n".join([str(other.pid), *lines[1:]]))
        with running(home) as server:
            assert server.pid() != other.pid
            psycopg.connect(**server.superuser_address()).close()
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_making_that_was_cut_off_is_no_obstacle(home: Path) -> None:
    server = Server(home)
    places.make_home(server.home)
    (server.home / "cluster.new").mkdir()
    (server.home / "cluster.new" / "PG_VERSION").write_text("18\n")
    with running(home):
        psycopg.connect(**server.superuser_address()).close()


def test_the_last_of_two_users_stops_it(home: Path) -> None:
    with running(home) as first:
        with another_process(home) as (process, pid):
            assert pid == first.pid()
            process.terminate()
            process.wait(PATIENCE)
        assert first.is_running()
        with running(home):
            pass
        psycopg.connect(**first.superuser_address()).close()
    assert not first.is_running()


def test_two_who_start_at_once_get_one_server(home: Path) -> None:
    command = [sys.executable, "-c", OWNER, str(home)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    pids = {process.stdout.readline() for process in both if process.stdout}
    for process in both:
        process.terminate()
        process.communicate(timeout=PATIENCE)
    assert len(pids) == 1
    assert ended(int(pids.pop()))


def test_two_homes_stand_side_by_side(home: Path, one: Server) -> None:
    with running(home) as server:
        assert server.pid() != one.pid()
        assert server.superuser_address()["password"] != one.superuser_address()["password"]
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(**server.superuser_address() | {"password": one.superuser_address()["password"]})
    assert one.is_running()


def test_a_long_path_gets_a_short_socket(home: Path) -> None:
    deep = home / ("a" * 60) / ("b" * 60)
    deep.parent.mkdir(parents=True)
    with running(deep) as server:
        psycopg.connect(**server.superuser_address()).close()


def test_where_the_account_cannot_reach_the_server_lies_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert places.reachable(tmp_path / "home").parent == places.ROOTS_PLACE
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    assert places.reachable(tmp_path / "home") == tmp_path / "home"
