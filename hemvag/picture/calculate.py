"""Keep a table of counts, merge lists that feed each other, and start a calculation."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from procrastinate.contrib.django import app

from hemvag.estimate import Lists
from hemvag.picture.define import NotTheCoordinator
from hemvag.picture.models import Description, Population, Run, Table
from hemvag.staff.models import Worker

TASK: Final = "work_out_estimate"
REPLICATES: Final = 1000


@dataclass(frozen=True)
class Described:
    """What one list is: whose, and what it counts. Empty where nobody has said."""

    whose: str
    what: str


def keep(population: Population, lists: Lists, *, by: Worker, at: dt.datetime) -> Table:
    """Store counts for a population. Raises `NotTheCoordinator`."""
    if not Population.objects.visible_to(by, at).filter(pk=population.pk).exists():
        raise NotTheCoordinator(by.pk)
    return Table.objects.create(
        population=population, names=list(lists.names), counts=lists.counts.tolist(), by=by, at=at
    )


@transaction.atomic
def merge(table: Table, one: int, other: int, described: Sequence[Described], *, by: Worker, at: dt.datetime) -> Table:
    """Make one list of two that feed each other, in a new table; who stands on either stands on it.

    What was said of both is kept together. Raises `NotTheCoordinator`, and `estimate.faults.OneList` when only one
    list would be left.
    """
    _must_see(table, by, at)
    first, second = sorted((one, other))
    lists = table.lists().merged(first, second, f"{table.names[first]} + {table.names[second]}")
    made = Table.objects.create(
        population=table.population,
        names=list(lists.names),
        counts=lists.counts.tolist(),
        merged_from=table,
        by=by,
        at=at,
    )
    both = Described(
        _joined(described[first].whose, described[second].whose), _joined(described[first].what, described[second].what)
    )
    rest = [both if i == first else said for i, said in enumerate(described) if i != second]
    _describe(made, rest, by=by, at=at)
    return made


@transaction.atomic
def start(table: Table, described: Sequence[Described], *, by: Worker, at: dt.datetime, seed: int | None = None) -> Run:
    """Start the calculation, in which no list is said to feed another; it runs as a job. Raises `NotTheCoordinator`.

    Without a `seed` one is drawn; it is kept either way.
    """
    _must_see(table, by, at)
    _describe(table, described, by=by, at=at)
    seed = secrets.randbelow(10**6) + 1 if seed is None else seed
    run = Run.objects.create(table=table, seed=seed, replicates=REPLICATES, by=by, at=at)
    app.configure_task(TASK).defer(run_id=str(run.pk))
    return run


def described(table: Table) -> list[Described]:
    """Return what stands of each list, in the table's order."""
    rows = {row.place: Described(row.whose, row.what) for row in table.descriptions.order_by("at")}
    return [rows.get(place, Described("", "")) for place in range(len(table.names))]


def _describe(table: Table, said: Sequence[Described], *, by: Worker, at: dt.datetime) -> None:
    known = described(table)
    Description.objects.bulk_create(
        Description(table=table, place=place, whose=one.whose, what=one.what, by=by, at=at)
        for place, one in enumerate(said)
        if one != known[place]
    )


def _must_see(table: Table, by: Worker, at: dt.datetime) -> None:
    if not Table.objects.visible_to(by, at).filter(pk=table.pk).exists():
        raise NotTheCoordinator(by.pk)


def _joined(one: str, other: str) -> str:
    return "; ".join(dict.fromkeys(part for part in (one.strip(), other.strip()) if part))
