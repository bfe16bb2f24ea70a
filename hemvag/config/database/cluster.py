"""The files of the embedded server: made once with passwords for everyone, and configured anew before each start."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from hemvag.config.database import binaries, passwords, places

PORT: Final = 5432
SUPERUSER: Final = "hemvag_superuser"

_ACCESS: Final = """\
# Written by Hemväg before each start. Nobody is trusted, from nowhere.
local all all scram-sha-256
host  all all 127.0.0.1/32 scram-sha-256
host  all all ::1/128 scram-sha-256
"""

_CONFIGURATION: Final = """\
# Written by Hemväg before each start.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 60
shared_buffers = '128MB'
maintenance_work_mem = '64MB'
work_mem = '8MB'
max_wal_size = '512MB'
min_wal_size = '64MB'
wal_level = 'minimal'
max_wal_senders = 0
fsync = on
synchronous_commit = on
full_page_writes = on
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
# What people write goes through statements, their parameters and the errors that quote them; none of it is logged.
log_min_messages = log
log_statement = 'none'
log_min_duration_statement = -1
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
log_connections = ''
log_lock_waits = off
debug_print_parse = off
cluster_name = 'hemvag'
"""


def make(home: Path) -> bool:
    """Make the server's files under `home` unless they are there; return whether they were made now.

    A making that is cut off leaves nothing that the next would take for a server.
    """
    target = home / "cluster"
    if (target / "PG_VERSION").exists():
        return False
    half = home / "cluster.new"
    shutil.rmtree(half, ignore_errors=True)
    places.make_servers(half)
    with _password_file(home) as file:
        binaries.run(
            "initdb",
            *("--pgdata", half),
            *("--username", SUPERUSER),
            "--auth=scram-sha-256",
            f"--pwfile={file.name}",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=libc",
            "--no-instructions",
        )
    half.rename(target)
    return True


def configure(home: Path) -> None:
    """Write the server's configuration and access rules; what stood there before does not count."""
    text = _CONFIGURATION.format(port=PORT, socket=str(places.socket_place(home)).replace("'", "''"))
    cluster = home / "cluster"
    _write(cluster / "postgresql.conf", text)
    _write(cluster / "pg_hba.conf", _ACCESS)
    (cluster / "postgresql.auto.conf").write_text("", encoding="ascii")


def _write(path: Path, text: str) -> None:
    """Write over a file of the server's, keeping its owner and mode."""
    path.write_text(text, encoding="utf-8")


def _password_file(home: Path) -> "tempfile._TemporaryFileWrapper[str]":
    """Return a file with the superuser's password that `initdb` may read and nobody else; it goes when closed."""
    keeper = places.account()
    file = tempfile.NamedTemporaryFile("w", dir=home, prefix=".password-", encoding="ascii")  # noqa: SIM115
    file.write(passwords.make(home, passwords.SUPERUSER) + "\n")
    file.flush()
    if keeper:
        os.fchown(file.fileno(), keeper.pw_uid, keeper.pw_gid)
    return file
