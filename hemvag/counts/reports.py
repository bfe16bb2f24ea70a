"""How many reports of concern there were, one a child, whatever the cause: by who reported, what became of them, and
whether the days that the law gives were kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Final, LiteralString

from hemvag.counts import months as months_of
from hemvag.counts import tables
from hemvag.counts.contacts import OTHERS, group_of, in_use_since
from hemvag.counts.reading import NUMBERS, rows

SOURCES: Final[Mapping[str, frozenset[str]]] = {
    "justice": frozenset({"police", "sapo", "prosecutor", "prison_service"}),
    "school": frozenset({"school", "preschool"}),
    "health": frozenset({"health_care", "dental_care", "psychiatry"}),
    "private": frozenset({"relative", "parent", "child_self", "neighbour", "public", "association", "anonymous"}),
}
PASSED_ON: Final = "passed_on"
OUTCOMES: Final[Mapping[str, frozenset[str]]] = {
    **{one: frozenset({one}) for one in ("open", "not_open", "join", "waiting", PASSED_ON)},
}
WAYS: Final[tables.Ways] = {
    "source": [*SOURCES, OTHERS],
    "outcome": [*OUTCOMES, OTHERS],
    "decided": ["in_time", "late", "waiting", PASSED_ON],
    "protected": ["same_day", "late", "waiting"],
}

_REPORTS: Final[LiteralString] = (
    "SELECT month, source, outcome, decided, protected, sum(number) FROM counts.report_outcomes_by_month"
    " GROUP BY month, source, outcome, decided, protected"
)


def by_month(*, on: dt.date, months: int, connection: str = NUMBERS) -> list[tables.Row]:
    """Return the latest ended months' reports as they may be told.

    Late is a preliminary assessment not decided by its fourteenth day, or the later day that a decision set, and a
    protection assessment not made the same day.
    """
    found: dict[dt.date, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for month, source, outcome, decided, protected, number in rows(_REPORTS, connection=connection):
        here = found[month]
        here["source"][group_of(source, SOURCES)] += int(number)
        here["outcome"][group_of(outcome, OUTCOMES)] += int(number)
        here["decided"][decided] += int(number)
        here["protected"][protected] += int(number)
    since = in_use_since("reports", connection=connection)
    ended = months_of.ended(on, months=months)
    return tables.told(
        found, ways=WAYS, months=ended, since=since, same=[(("outcome", PASSED_ON), ("decided", PASSED_ON))]
    )
