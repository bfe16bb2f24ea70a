"""What the page shows of a population: what is not known, our own estimate, and what lists say, never mixed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hemvag.picture.models import Kind, Population, Statement
from hemvag.staff.models import Worker


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One population as it stands. None is what nobody has said; the page says *unknown* for it."""

    kind: str
    title: str
    population: Population | None
    unknown: Statement | None = None
    own: Statement | None = None
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
    return [_shown(kind, versions[kind], list(said)) for kind in Kind]


def _shown(kind: Kind, versions: list[Population], said: list[Statement]) -> Shown:
    if not versions:
        return Shown(kind=kind.value, title=str(kind.label), population=None)
    mine = [one for one in said if one.population_id == versions[0].pk]
    unknown = next((one for one in mine if one.kind == Statement.Kind.UNKNOWN), None)
    own = next((one for one in mine if one.kind == Statement.Kind.OWN), None)
    return Shown(
        kind=kind.value,
        title=str(kind.label),
        population=versions[0],
        unknown=unknown,
        own=own,
        earlier=[one for one in mine if one.kind == Statement.Kind.OWN and one is not own],
        versions=versions[1:],
    )
