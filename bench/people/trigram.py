"""The plaintext way: a PostgreSQL with pg_trgm from the system's packages, a cluster of its own that goes again."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

from bench.people.lay import Plain

ACCOUNT = "postgres"
OLDEST_FIRST = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
SETTINGS = "-c listen_addresses= -c shared_buffers=512MB -c fsync=off -c max_wal_size=4GB"
QUESTION = """
    SELECT place FROM plain WHERE text %% %(text)s
    ORDER BY 0.65 * similarity(text, %(text)s) + 0.35 * (born = %(born)s)::int DESC, place LIMIT 10
"""


class NoTrigram(RuntimeError):
    """There is no PostgreSQL with pg_trgm here: apt-get install postgresql postgresql-contrib."""


@contextlib.contextmanager
def plaintext(known: Sequence[Plain]) -> Iterator[psycopg.Connection]:
    """Start the cluster under an account without rights, lay the people in plain text with a trigram index, and remove
    it all afterwards. Raises NoTrigram."""
    if not OLDEST_FIRST:
        raise NoTrigram
    binaries, home = OLDEST_FIRST[-1], Path(tempfile.mkdtemp(prefix="bench-trgm-"))
    if os.getuid() == 0:
        shutil.chown(home, ACCOUNT, ACCOUNT)
    try:
        _run(
            binaries / "initdb",
            "-D",
            home / "data",
            "-A",
            "trust",
            "-U",
            "bench",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        _run(binaries / "pg_ctl", "-D", home / "data", "-w", "-l", home / "log", "-o", f"{SETTINGS} -k {home}", "start")
        try:
            with psycopg.connect(host=str(home), user="bench", dbname="postgres", autocommit=True) as connection:
                _lay(connection, known)
                yield connection
        finally:
            _run(binaries / "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def ask(connection: psycopg.Connection, asked: Plain) -> tuple[list[int], float]:
    """Return the places of the ten likest by trigrams of the name and the date beside, and the milliseconds it took."""
    began = time.perf_counter()
    found = connection.execute(QUESTION, {"text": asked.text, "born": asked.born}).fetchall()
    return [place for (place,) in found], 1000 * (time.perf_counter() - began)


def _lay(connection: psycopg.Connection, known: Sequence[Plain]) -> None:
    connection.execute("CREATE EXTENSION pg_trgm")
    connection.execute("CREATE TABLE plain (place integer PRIMARY KEY, text text NOT NULL, born text NOT NULL)")
    with connection.cursor().copy("COPY plain FROM STDIN") as copy:
        for place, one in enumerate(known):
            copy.write_row((place, one.text, one.born))
    connection.execute("SET maintenance_work_mem = '512MB'")
    connection.execute("CREATE INDEX ON plain USING gin (text gin_trgm_ops)")
    connection.execute("VACUUM ANALYZE plain")


def _run(*command: str | Path) -> None:
    account = ["runuser", "-u", ACCOUNT, "--"] if os.getuid() == 0 else []
    subprocess.run([*account, *map(str, command)], check=True, cwd="/", stdout=subprocess.DEVNULL)
