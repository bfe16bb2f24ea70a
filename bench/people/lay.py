"""Lay the crowd: a sealed dossier each as the program seals it, and the same people in plain text beside it."""

import hashlib
import multiprocessing
import random
import sys
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from anyascii import anyascii
from tqdm import tqdm

from bench import rows, town
from bench.people import crowd
from bench.people.crowd import Person
from bench.rows import Row, row
from bench.town import Town
from hemvag.config.database import roles
from hemvag.dossiers.models import Compartment, Dossier, WrappedKey
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.people import identities, tokens
from hemvag.people.identities import Identity
from hemvag.people.models import TokenSet
from hemvag.vault import box
from hemvag.vault.installed import keyring

CHUNK = 2_500
PROCESSES = 2
UNITS = 16


@dataclass(frozen=True, slots=True)
class Plain:
    """One child in plain text, as a register without sealing would hold it: small letters a to z, and the date."""

    text: str
    born: str


def plain(identity: Identity) -> Plain:
    """Return what the two other ways compare: it is made as easy for them as can be."""
    name = identity.names[0]
    return Plain(" ".join(anyascii(f"{name.given} {name.family}").lower().split()), identity.birth.date)


def dossier_id(place: int) -> uuid.UUID:
    """Return the id of the child at a place, in no order."""
    return uuid.UUID(bytes=hashlib.sha256(str(place).encode()).digest()[:16])


def everything(address: dict[str, Any], planted: Sequence[Person], size: int) -> tuple[Town, list[Plain]]:
    """Lay the town, the planted children and a crowd up to `size`; return them in plain text, the planted first."""
    made = town.make(units=UNITS)
    with psycopg.connect(**address) as connection:
        rows.lay(connection, map(rows.of, made.rows))
    chunks = [
        (address, made, planted[start : start + CHUNK], start, min(start + CHUNK, size))
        for start in range(0, size, CHUNK)
    ]
    known: list[Plain] = []
    with (
        psycopg.connect(**address, autocommit=True) as taken,
        rows.without_indexes(taken, roles.SCHEMAS),
        multiprocessing.get_context("fork").Pool(PROCESSES) as pool,
        tqdm(total=size, desc="laying people", unit=" people", file=sys.stderr) as bar,
    ):
        taken.execute("SET maintenance_work_mem = '1GB'")
        for part in pool.imap(_chunk, chunks):
            known += part
            bar.update(len(part))
        pool.close()
        pool.join()
    with psycopg.connect(**address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
    return made, known


def _chunk(given: tuple[dict[str, Any], Town, Sequence[Person], int, int]) -> list[Plain]:
    address, made, planted, start, end = given
    chance = random.Random(f"crowd {start}")
    people = [*planted, *(crowd.person(chance) for _ in range(end - start - len(planted)))]
    known = [person.identity() for person in people]
    stack = rows_of(made, known, start)
    with psycopg.connect(**address) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        rows.lay(connection, stack)
    return [plain(identity) for identity in known]


def rows_of(made: Town, known: Sequence[Identity], start: int) -> Iterator[Row]:
    """Yield the four rows of each; one model stands for all in turn, since making it takes longer than sealing."""
    at, ring = clock.now(), keyring()
    authority, child = made.authority.id, Compartment.CHILD.value
    dossier = Dossier(compartment=child, authority_id=authority, opened_at=at)
    for place, identity in enumerate(known, start=start):
        key, dossier.id = box.new_key(), dossier_id(place)
        dossier.reference, dossier.unit_id = f"B26-{place:07d}", made.units[place % len(made.units)].id
        yield rows.of(dossier)
        wrapped = ring.wrap(authority, dossier.id, key).sealed
        yield row(WrappedKey, dossier_id=dossier.id, authority_id=authority, wrapped=wrapped, made_at=at)
        yield rows.of(Opened(dossier, key).prepared(identities.KIND, identity.as_data(), by=None, at=at))
        found = tokens.stored(dossier, identities.traits(identity))
        held = "{" + ",".join(map(str, found)) + "}"
        yield row(TokenSet, dossier_id=dossier.id, authority_id=authority, tokens=held, generation=ring.generation)
