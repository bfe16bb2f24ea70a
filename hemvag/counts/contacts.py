"""How many contacts the support line had, month by month, by who called and how. No name can be read here."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Final, LiteralString

from hemvag.counts import months as months_of
from hemvag.counts import tables
from hemvag.counts.reading import NUMBERS, rows

CALLERS: Final[Mapping[str, frozenset[str]]] = {
    "relatives": frozenset({"parent", "grandparent", "sibling", "partner", "other_relative"}),
    "themselves": frozenset({"the_person", "child"}),
    "around": frozenset({"friend", "association", "public", "journalist"}),
    "professionals": frozenset({"school", "health_care", "housing", "police", "other_professional"}),
}
CHANNELS: Final[Mapping[str, frozenset[str]]] = {one: frozenset({one}) for one in ("phone", "message", "visit")}
OTHERS: Final = "others"
WAYS: Final[tables.Ways] = {"caller": [*CALLERS, OTHERS], "channel": [*CHANNELS, OTHERS]}

_CONTACTS: Final[LiteralString] = (
    "SELECT month, caller, channel, sum(number) FROM counts.contacts_by_month GROUP BY month, caller, channel"
)
_SINCE: Final[LiteralString] = "SELECT min(since) FROM counts.in_use WHERE what = %(what)s"


def by_month(*, on: dt.date, months: int, connection: str = NUMBERS) -> list[tables.Row]:
    """Return the latest ended months' closed contacts, those that became reports among them, as they may be told."""
    found: dict[dt.date, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for month, caller, channel, number in rows(_CONTACTS, connection=connection):
        found[month]["caller"][group_of(caller, CALLERS)] += int(number)
        found[month]["channel"][group_of(channel, CHANNELS)] += int(number)
    since = in_use_since("line", connection=connection)
    return tables.told(found, ways=WAYS, months=months_of.ended(on, months=months), since=since)


def group_of(code: str, groups: Mapping[str, frozenset[str]]) -> str:
    """Return the group that a code is counted in."""
    return next((name for name, codes in groups.items() if code in codes), OTHERS)


def in_use_since(what: str, *, connection: str = NUMBERS) -> dt.date | None:
    """Return the first day of the month since when the line or the reports are here at all, None where they are not."""
    [[since]] = rows(_SINCE, {"what": what}, connection=connection)
    return since if isinstance(since, dt.date) else None
