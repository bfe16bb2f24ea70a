"""Dump a database as an operator does, restore it elsewhere, and look in it for what dossiers hold."""

import contextlib
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from psycopg import sql

from hemvag.config import addresses
from hemvag.config.database import binaries, roles
from hemvag.dossiers import unwrapping
from hemvag.dossiers.models import Dossier
from tests import database
from tests.settings import TEST_PREFIX

CONTENT = ("--exclude-schema=keys",)
KEYS = ("--schema=keys",)


def _run(program: str, name: str, *arguments: str | Path) -> bytes:
    entry = addresses.keywords(addresses.address("owner") | {"NAME": name})
    place = {"PGHOST": entry["host"], "PGUSER": entry["user"], "PGPASSWORD": entry["password"], "PGDATABASE": name}
    environment = os.environ | place | {"PGPORT": str(entry.get("port", 5432))}
    done = subprocess.run(
        [binaries.directory() / program, *arguments], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def dump(name: str, *what: str) -> bytes:
    """Return what `pg_dump` writes of the database, as text."""
    return _run("pg_dump", name, "--no-owner", "--no-privileges", *what)


@contextlib.contextmanager
def restored(tmp_path: Path, *dumps: bytes) -> Iterator[str]:
    """Make a fresh database of dumps, and drop it afterwards; the owner owns it and serves in the others' place."""
    name = f"hemvag_restored_{os.getpid()}"
    with database.admin() as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        admin.execute(roles.create_database(name, TEST_PREFIX))  # type: ignore[arg-type]
        for statement in roles.database_statements(TEST_PREFIX, name):
            admin.execute(statement)  # type: ignore[arg-type]
    try:
        with database.connect("owner", name) as owner:
            owner.execute("DROP SCHEMA public")
        for number, text in enumerate(dumps):
            file = tmp_path / f"{number}.sql"
            file.write_bytes(text)
            _run("psql", name, "--quiet", "--set=ON_ERROR_STOP=1", f"--file={file}")
        with database.connect("owner", name) as owner:
            for schema in roles.SCHEMAS:
                owner.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
                for role in ("staff", "log"):
                    user = sql.Identifier(addresses.user(role))
                    owner.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(sql.Identifier(schema), user))
                    form = sql.SQL("GRANT ALL ON ALL TABLES IN SCHEMA {} TO {}")
                    owner.execute(form.format(sql.Identifier(schema), user))
        yield name
    finally:
        with database.admin() as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def said() -> set[str]:
    """Return every name, number and sentence that stands in any dossier: each text that is no code, id or moment."""
    found = unwrapping.unwrapped(list(Dossier.objects.filter(erased_at=None)))
    return {text for opened in found.values() for piece in opened.read() for text in texts(piece.data)}


def texts(data: Any) -> Iterator[str]:
    """Give each text in some content that is no code, id or moment."""
    if isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)
    elif isinstance(data, str) and not _CODE.fullmatch(data):
        yield data.strip()


_CODE = re.compile(r"|[a-z][a-z0-9_:-]{0,39}|[0-9a-f-]{36}|\d{4}(-\d\d(-\d\d(T.*)?)?)?")


def spoken(texts: set[str], beside: str) -> set[bytes]:
    """Return what of `texts` must stand nowhere in the open: as it is and as JSON writes it, whole texts and the lines
    and words of names in them; but nothing that also stands in `beside`, the open words of the town."""
    whole = {line for text in texts for line in text.splitlines() if len(line) >= 8}
    words = {word for text in texts if len(text) < 40 for word in re.findall(r"[^\W_]{4,}", text)}
    names = {word for word in words if word[0].isupper() or word.isdigit()}
    wanted = {text for text in whole | names if text not in beside}
    return {text.encode() for text in wanted} | {json.dumps(text)[1:-1].encode() for text in wanted}


def seen(wanted: set[bytes], places: list[bytes] | list[Path], tmp_path: Path) -> set[str]:
    """Return which of `wanted` stand in the places: bytes, or files."""
    patterns = tmp_path / "patterns"
    patterns.write_bytes(b"\n".join(sorted(wanted)))
    found: set[str] = set()
    for place in places:
        given = {"input": place} if isinstance(place, bytes) else {"stdin": subprocess.DEVNULL}
        words = ["grep", "-aohF", "-f", str(patterns), *([] if isinstance(place, bytes) else [str(place)])]
        done = subprocess.run(words, env={"LC_ALL": "C"}, stdout=subprocess.PIPE, check=False, **given)  # type: ignore[call-overload]
        found |= {line.decode(errors="replace") for line in done.stdout.splitlines()}
    return found
