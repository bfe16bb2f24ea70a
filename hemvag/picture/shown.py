"""What the page shows of a population: what is not known, our own estimate, and what lists say, never mixed."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from hemvag.picture import words
from hemvag.picture.models import Kind, Outcome, Population, Run, Statement
from hemvag.staff.models import Worker


@dataclass(frozen=True, kw_only=True)
class FromLists:
    """What the latest calculation that is done answered; `range` is None when no estimate should be given."""

    run: uuid.UUID
    range: Sequence[int] | None
    verdict: str
    kind: str
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One population as it stands. None is what nobody has said; the page says *unknown* for it."""

    kind: str
    title: str
    population: Population | None
    unknown: Statement | None = None
    own: Statement | None = None
    from_lists: FromLists | None = None
    running: Run | None = None
    earlier: Sequence[Statement] = ()
    versions: Sequence[Population] = ()


def populations(worker: Worker, at: dt.datetime) -> list[Shown]:
    """Return the three populations in their order, with what is said of the version that stands."""
    rows = Population.objects.visible_to(worker, at).select_related("by").order_by("-at", "-id")
    versions: dict[str, list[Population]] = {kind: [] for kind in Kind.values}
    for row in rows:
        versions[row.kind].append(row)
    standing = [found[0] for found in versions.values() if found]
    said = Statement.objects.filter(population__in=standing).select_related("by").order_by("-at", "-id")
    runs = Run.objects.filter(table__population__in=standing).select_related("table", "outcome").order_by("-at", "-id")
    return [_shown(kind, versions[kind], list(said), list(runs)) for kind in Kind]


def _shown(kind: Kind, versions: list[Population], said: list[Statement], runs: list[Run]) -> Shown:
    if not versions:
        return Shown(kind=kind.value, title=str(kind.label), population=None)
    mine = [one for one in said if one.population_id == versions[0].pk]
    tried = [run for run in runs if run.table.population_id == versions[0].pk]
    unknown = next((one for one in mine if one.kind == Statement.Kind.UNKNOWN), None)
    own = next((one for one in mine if one.kind == Statement.Kind.OWN), None)
    return Shown(
        kind=kind.value,
        title=str(kind.label),
        population=versions[0],
        unknown=unknown,
        own=own,
        from_lists=next((_from_lists(run) for run in tried if hasattr(run, "outcome")), None),
        running=tried[0] if tried and not hasattr(tried[0], "outcome") else None,
        earlier=[one for one in mine if one.kind == Statement.Kind.OWN and one is not own],
        versions=versions[1:],
    )


def _from_lists(run: Run) -> FromLists:
    outcome: Outcome = run.outcome
    verdict, kind, _meaning = words.VERDICTS[outcome.report["verdict"]]
    return FromLists(run=run.pk, range=outcome.report["range"], verdict=str(verdict), kind=kind, at=outcome.at)
