"""How many contacts and reports there were, month by month. This role can read no name: it has no right to.

Small counts are held back so that nobody is recognised in them. The rule here is the plain one, a number under
FEWEST is not said; what the room `disclosure` will know (differences between published tables, rounding) replaces it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from django.db import connections

FEWEST: Final = 5
CALLERS: Final[Mapping[str, frozenset[str]]] = {
    "relatives": frozenset({"parent", "grandparent", "sibling", "partner", "other_relative"}),
    "themselves": frozenset({"the_person", "child"}),
    "around": frozenset({"friend", "association", "public", "journalist"}),
    "professionals": frozenset({"school", "health_care", "housing", "police", "other_professional"}),
}
SOURCES: Final[Mapping[str, frozenset[str]]] = {
    "justice": frozenset({"police", "sapo", "prosecutor", "prison_service"}),
    "school": frozenset({"school", "preschool"}),
    "health": frozenset({"health_care", "dental_care", "psychiatry"}),
    "private": frozenset({"relative", "parent", "child_self", "neighbour", "public", "association", "anonymous"}),
}
OTHERS: Final = "others"

_CONTACTS: Final[LiteralString] = (
    "SELECT month, caller, sum(number) FROM counts.contacts_by_month GROUP BY month, caller"
)
_REPORTS: Final[LiteralString] = "SELECT month, source, sum(number) FROM counts.reports_by_month GROUP BY month, source"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One number of a table. `shown` is None where it is held back."""

    group: str
    shown: int | None


@dataclass(frozen=True, kw_only=True)
class Month:
    """One row of a table: a month, its parts, and all of them together."""

    month: dt.date
    cells: Sequence[Cell]
    total: int | None


def contacts(*, months: int) -> list[Month]:
    """Return the latest months' closed contacts by who called; those that became reports are among them."""
    return _table(_CONTACTS, CALLERS, months)


def reports(*, months: int) -> list[Month]:
    """Return the latest months' reports of concern, one a child, by who reported; whatever the cause."""
    return _table(_REPORTS, SOURCES, months)


def protected(numbers: Mapping[str, int]) -> tuple[list[Cell], int | None]:
    """Return the parts and the whole with small numbers held back.

    Where one part alone is held back the whole is too, since their difference would tell it.
    """
    cells = [Cell(group=group, shown=None if 0 < number < FEWEST else number) for group, number in numbers.items()]
    total = sum(numbers.values())
    alone = sum(cell.shown is None for cell in cells) == 1
    return cells, None if alone or 0 < total < FEWEST else total


def _table(query: LiteralString, groups: Mapping[str, frozenset[str]], months: int) -> list[Month]:
    with connections["numbers"].cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchall()
    by_month: dict[dt.date, dict[str, int]] = defaultdict(lambda: dict.fromkeys([*groups, OTHERS], 0))
    for month, code, number in found:
        group = next((name for name, codes in groups.items() if code in codes), OTHERS)
        by_month[month][group] += int(number)
    rows = []
    for month in sorted(by_month, reverse=True)[:months]:
        cells, total = protected(by_month[month])
        rows.append(Month(month=month, cells=cells, total=total))
    return rows
