"""Measure what the read log costs: writing a line, sealing and verifying, each beside its floor: bin/bench --log.

Writing: `log.write` beside a bare INSERT of the same facts into a table without MAC, on the same kind of connection, by
turns, with 1, 4 and 8 threads that never rest. Sealing and verifying: rows a second beside plain SHA-256 of as many
bytes.
"""

import datetime as dt
import hashlib
import sys
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connections
from tqdm import tqdm

from bench import lay, table
from bench.load import Measured
from hemvag.audit import log, seal, verify
from hemvag.audit.models import Act, Purpose
from hemvag.audit.writer import Writer
from hemvag.config import addresses, setting_up
from hemvag.lib import clock

THREADS = (1, 4, 8)
ROUNDS = 3
WARM = 0.5
FLOOR = """
CREATE TABLE log.floor_entry (id uuid PRIMARY KEY, at timestamptz NOT NULL, worker uuid, act varchar(20) NOT NULL,
    purpose varchar(20) NOT NULL, dossiers uuid[] NOT NULL, door varchar(20) NOT NULL);
CREATE INDEX floor_worker_at ON log.floor_entry (worker, at);
CREATE INDEX floor_dossiers ON log.floor_entry USING gin (dossiers);
"""
INSERT = "INSERT INTO log.floor_entry VALUES (%s, %s, %s, %s, %s, %s, %s)"
COPY = "COPY log.audit_entry (id, at, worker, act, purpose, dossiers, door, writer, number, generation, mac) FROM STDIN"
Write = Callable[[], object]


def run(address: dict[str, Any], *, seconds: float, rows: int) -> int:
    """Print both tables; return 0 when the log verified as whole, else 1."""
    with psycopg.connect(**address, autocommit=True) as connection:
        connection.execute(FLOOR)
        connection.execute(f'GRANT INSERT ON log.floor_entry TO "{addresses.user("log")}"')
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, {ROUNDS} rounds of {seconds:g} seconds a measure;")
    print(f"{table.machine(lay.version(address))}; load average before {table.busy()}\n")
    _told_writing(seconds)
    is_whole = _told_sealing(address, rows)
    print(f"\nload average after {table.busy()}")
    return 0 if is_whole else 1


def ours() -> None:
    """Write a line as the program does."""
    log.write(Act.OPENED, worker=uuid.uuid4(), dossiers=[uuid.uuid4()], purpose=Purpose.HANDLE, at=clock.now())


def bare() -> None:
    """Insert the same facts and nothing else."""
    with connections["log"].cursor() as cursor:
        facts = [uuid.uuid4(), clock.now(), uuid.uuid4(), "opened", "handle", [uuid.uuid4()], "staff"]
        cursor.execute(INSERT, facts)


def _told_writing(seconds: float) -> None:
    print("| threads | rows a second | p50 ms | p95 ms | floor a second | floor p50 | floor p95 | ratio |")
    print("| ------: | ------------: | -----: | -----: | -------------: | --------: | --------: | ----: |")
    for threads in THREADS:
        got = {ours: Measured(), bare: Measured()}
        for number in range(ROUNDS + 1):
            for write in (ours, bare) if number % 2 else (bare, ours):
                measured = _written(write, threads, seconds if number else WARM)
                if number:
                    got[write].add(measured)
        cells = [
            f"{part:.{1 if part < 100 else 0}f}"
            for side in got.values()
            for part in (side.per_second, side.percentile(50), side.percentile(95))
        ]
        print("|", " | ".join([str(threads), *cells, f"{got[ours].per_second / got[bare].per_second:.2f}"]), "|")


def _written(write: Write, threads: int, seconds: float) -> Measured:
    """Let so many threads write until the time is out."""
    measured = Measured()
    began = time.perf_counter()
    workers = [threading.Thread(target=_writing, args=(write, began + seconds, measured.times)) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    measured.seconds = time.perf_counter() - began
    return measured


def _writing(write: Write, end: float, times: list[float]) -> None:
    write()
    while (began := time.perf_counter()) < end:
        write()
        times.append(time.perf_counter() - began)
    connections.close_all()


def _told_sealing(address: dict[str, Any], rows: int) -> bool:
    size = _lay(address, rows)
    floor = _hashed(size, rows)
    with setting_up.connected_as("job"):
        began = time.perf_counter()
        made = seal.seal(at=clock.now())
        sealed = sum(batch.rows for batch in made) / (time.perf_counter() - began)
        began = time.perf_counter()
        seal.seal(at=clock.now(), since=clock.now() - dt.timedelta(minutes=1))
        idle = time.perf_counter() - began
        began = time.perf_counter()
        seal.seal(at=clock.now())
        idle_whole = time.perf_counter() - began
    with psycopg.connect(**address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    began = time.perf_counter()
    with tqdm(desc="verifying", file=sys.stderr) as bar:
        found = verify.verify(at=clock.now(), progress=lambda done, _total: bar.update(done - bar.n))
    verified = found.rows / (time.perf_counter() - began)
    print(f"\n| of {found.rows:,} rows | rows a second | floor: SHA-256 of {size} bytes a second | ratio |")
    print("| ------ | ------------: | ------: | ----: |")
    for name, rate in (("sealing", sealed), ("verifying", verified)):
        print(f"| {name} | {rate:,.0f} | {floor:,.0f} | {rate / floor:.2f} |")
    print(f"\nWith nothing to seal: {idle * 1000:.0f} ms (last days), {idle_whole * 1000:.0f} ms (whole log).")
    print(f"The log is {'whole' if found.is_whole else 'NOT whole'}: {found.batches} batches.")
    return found.is_whole


def _lay(address: dict[str, Any], rows: int) -> int:
    """Lay so many genuine lines, an hour's worth of seconds ago; return the bytes that one is hashed as."""
    writer, at, worker = Writer(), clock.now() - dt.timedelta(hours=1), uuid.uuid4()
    size = 0
    with psycopg.connect(**address) as connection, connection.cursor().copy(COPY) as copy:
        for number in tqdm(range(1, rows + 1), desc="laying rows", file=sys.stderr):
            facts = {"worker": worker, "dossiers": [uuid.uuid4()], "purpose": Purpose.HANDLE, "at": at}
            line = log.signed(Act.OPENED, **facts, door="staff", place=(writer.id, number))
            copy.write_row([line.id, at, *line[2:5], list(line.dossiers), *line[6:]])
            size = len(line.content() + line.mac) + 1
    return size


def _hashed(size: int, rows: int) -> float:
    """Return how many messages of the size are hashed a second, one after the other."""
    messages = [number.to_bytes(size, "big") for number in range(10_000)]
    began = time.perf_counter()
    for _ in range(max(1, rows // len(messages))):
        for message in messages:
            hashlib.sha256(message).digest()
    return max(1, rows // len(messages)) * len(messages) / (time.perf_counter() - began)
