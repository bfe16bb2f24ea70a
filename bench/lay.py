"""Lay what is measured: the town, its cases, and the floor's own tables beside them; and ask what was written."""

import sys
import time
from typing import Any

import psycopg
from tqdm import tqdm

from bench import cases, rows, town, visits
from bench.cases import Laid
from bench.floor_schema import SCHEMA
from bench.town import Town
from hemvag.config import addresses
from hemvag.config.database import roles
from hemvag.lib import clock

MANY = 50_000
UNITS, FEW_UNITS = 16, 2


def everything(address: dict[str, Any], number: int) -> tuple[Town, Laid]:
    """Lay it all and let the database take stock, as it would have done by itself in a town of this age."""
    started = time.monotonic()
    made = town.make(units=UNITS if number >= MANY else FEW_UNITS)
    with psycopg.connect(**address) as connection:
        rows.lay(connection, map(rows.of, made.rows))
    taken = psycopg.connect(**address, autocommit=True)
    with (
        taken,
        rows.without_indexes(taken, roles.SCHEMAS),
        tqdm(total=number, desc="laying cases", unit=" cases", file=sys.stderr) as bar,
    ):
        laid = cases.lay(address, made, number, clock.now(), lambda done: bar.update(done - bar.n))
    with psycopg.connect(**address, autocommit=True) as connection:
        connection.execute(SCHEMA)
        columns = "name, phone, email, district, text, received, state"
        with connection.cursor().copy(f"COPY public.floor_row ({columns}) FROM STDIN") as copy:
            for values in visits.floor_rows(number):
                copy.write_row(values)
        staff = addresses.user("staff")
        connection.execute(f'GRANT USAGE ON SCHEMA public TO "{staff}"')
        connection.execute(f'GRANT ALL ON public.floor_row, public.floor_history TO "{staff}"')
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
    print(f"  laid in {time.monotonic() - started:.0f} seconds", file=sys.stderr)
    return made, laid


def floor_database() -> dict[str, Any]:
    """Return the floor's entry for DATABASES: the same server and role, connections kept, and nothing asked of them."""
    entry = addresses.address("staff")
    return entry | {"CONN_HEALTH_CHECKS": False, "OPTIONS": {"options": "-c search_path=public"}}


def written(address: dict[str, Any]) -> int:
    """Return how many lines the read log holds."""
    return int(_one(address, "SELECT count(*) FROM log.audit_entry"))


def version(address: dict[str, Any]) -> str:
    """Return the server's version."""
    return str(_one(address, "SHOW server_version"))


def _one(address: dict[str, Any], query: str) -> Any:
    with psycopg.connect(**address) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None
