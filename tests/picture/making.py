"""What the coordinator has written down, for tests that need it."""

import datetime as dt
from pathlib import Path

from hemvag import estimate
from hemvag.lib import clock
from hemvag.picture import calculate, define, pasted, work_out
from hemvag.picture.models import Kind, Population, Run, Table
from tests.conftest import Town

LIBRARY = Path(estimate.__file__).parent
SINCE, UNTIL = dt.date(2013, 1, 1), dt.date(2017, 12, 31)


def returned(town: Town, *, kind: str = Kind.RETURNED, definition: str = "Vuxna som åkte och kom hem.") -> Population:
    """A population that the coordinator has defined."""
    return define.define(
        authority=town.authority.id,
        kind=kind,
        since=SINCE,
        until=UNTIL,
        area="Folkbokförda i kommunen",
        definition=definition,
        by=town.workers["coordinator"],
        at=clock.now(),
    )


COUNTS = """polisen,skolan,vården,count
1,0,0,40
0,1,0,35
0,0,1,30
1,1,0,14
1,0,1,12
0,1,1,11
1,1,1,6
"""
"""Invented counts of three lists."""


def table(town: Town, text: str = COUNTS) -> Table:
    """Counts that the coordinator has pasted."""
    return calculate.keep(returned(town), pasted.read(text), by=town.workers["coordinator"], at=clock.now())


def run(town: Town, text: str = COUNTS) -> Run:
    """A calculation that is started and not done."""
    made = table(town, text)
    said = [calculate.Described(f"Den som för {name}", "Alla som kom i kontakt") for name in made.names]
    return calculate.start(made, said, by=town.workers["coordinator"], at=clock.now())


def done(town: Town, text: str = COUNTS, *, replicates: int = 50) -> Run:
    """A calculation that is done, with few replicates."""
    made = run(town, text)
    Run.objects.filter(pk=made.pk).update(replicates=replicates, seed=7)
    work_out.work_out(made.pk)
    return Run.objects.get(pk=made.pk)
