"""What each unit and district carries: cases that wait, by kind and by how long they have, and who is there to work.

Outside social services the load is that of the latest Monday morning, protected as one table with its totals: a load
told anew each day would tell each day's change. A lead sees her own unit as it is now, every number of it.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, LiteralString

from hemvag.access.abilities import Ability, roles
from hemvag.agencies.models import District, Unit
from hemvag.counts.reading import NUMBERS, rows
from hemvag.disclosure import UNKNOWN, Sum, Value, exact, protect
from hemvag.law import deadlines
from hemvag.lib.names import sort_key

KINDS: Final = ("preliminary_assessment", "investigation", "adult")
TIMES: Final = ("late", "this_week", "later")
By = Literal["unit", "district"]
Counted = Mapping[Hashable, Mapping[str, int]]
"""Cases by place and then by kind and, of the same cases, by time."""

_CASES: Final[LiteralString] = (
    "SELECT unit, district, kind, rule, started_on, until, number FROM counts.cases"
    " WHERE started_on <= %(on)s AND (done_on IS NULL OR done_on > %(on)s)"
)
_STAFF: Final[LiteralString] = "SELECT unit, role, members, present FROM counts.staff_by_day WHERE day = %(on)s"


@dataclass(frozen=True, kw_only=True)
class Load:
    """What one unit, one district, or the whole town carries. `placed` is not counted by Hemväg yet: not known.

    `key` is the unit's or the district's id; None is what has no district (a protected identity, an unknown address).
    """

    key: uuid.UUID | None
    name: str
    cases: Value
    kinds: Mapping[str, Value]
    times: Mapping[str, Value]
    placed: Value
    members: Value
    present: Value


@dataclass(frozen=True, kw_only=True)
class TownLoad:
    """The load of the whole town as it was at the end of the day `on`, by unit or by district."""

    on: dt.date
    places: Sequence[Load]
    all: Load


def sunday_before(on: dt.date) -> dt.date:
    """Return the day whose load is told outside social services: the last Sunday before `on`."""
    return on - dt.timedelta(days=on.weekday() + 1)


def of_town(on: dt.date, *, by: By = "district", connection: str = NUMBERS) -> TownLoad:
    """Return the load by the last Monday morning, as it may be told outside social services."""
    day = sunday_before(on)
    names = _names(by, day)
    found = _cases(day, by, connection)
    staff = _staff(day, by, connection)
    keys: list[Hashable] = [key for key in names if key in found or key in staff or by == "district"]
    keys += [key for key in found if key not in names]
    table = _Table(keys, found, staff)
    told = protect(table.numbers(), table.sums())
    places = [_load(key, names.get(key, ""), told) for key in keys]
    return TownLoad(on=day, places=places, all=_load(ALL, "", told))


def of_units(units: Collection[uuid.UUID], on: dt.date, *, connection: str = NUMBERS) -> list[Load]:
    """Return the load of some units as it is at the end of `on`, every number told: for who leads them."""
    names = _names("unit", on)
    found, staff = _cases(on, "unit", connection), _staff(on, "unit", connection)
    mine = [key for key in names if key in units]
    table = _Table(mine, found, {key: staff.get(key, {}) for key in mine})
    told = {key: exact(number) for key, number in table.numbers().items()}
    return [_load(key, names[key], told) for key in mine]


ALL: Final = "all"


class _Table:
    """Cases by place, kind and time, with their totals, as `protect` takes them: totals first."""

    def __init__(self, keys: Sequence[Hashable], cases: Counted, staff: Counted) -> None:
        self.keys, self.cases, self.staff = list(keys), cases, staff

    def numbers(self) -> dict[Hashable, int | None]:
        """Return every number of the table."""
        groups = [("kind", kind) for kind in KINDS] + [("time", time) for time in TIMES]
        cells = {(key, *group): self.cases.get(key, {}).get(group[1], 0) for key in self.keys for group in groups}
        found: dict[Hashable, int | None] = {(ALL, "cases"): 0}
        found |= {(ALL, *group): sum(cells[(key, *group)] for key in self.keys) for group in groups}
        found |= {(key, "cases"): sum(cells[key, "kind", kind] for kind in KINDS) for key in self.keys}
        found[ALL, "cases"] = sum(found[key, "cases"] or 0 for key in self.keys)
        return found | cells | self._of_staff()

    def _of_staff(self) -> dict[Hashable, int | None]:
        """Return members as present and away: of two that make up a third, no one alone can be held back."""
        found: dict[Hashable, int | None] = {}
        for what in ("members", "present", "away"):
            mine = {key: self.staff[key].get(what, 0) if key in self.staff else None for key in self.keys}
            known = [number for number in mine.values() if number is not None]
            found[ALL, what] = sum(known) if len(known) == len(mine) else None
            found |= {(key, what): number for key, number in mine.items()}
        return found

    def sums(self) -> list[Sum[Hashable]]:
        """Return everything that adds up."""
        places: list[Hashable] = [*self.keys, ALL]
        groups = [("kind", kind) for kind in KINDS] + [("time", time) for time in TIMES]
        found: list[Sum[Hashable]] = []
        for way in ("kind", "time"):
            mine = [group for group in groups if group[0] == way]
            found += [Sum((place, "cases"), [(place, *group) for group in mine]) for place in places]
        found += [Sum((place, "members"), [(place, "present"), (place, "away")]) for place in places]
        rests = [("cases",), *groups, ("members",), ("present",), ("away",)]
        return found + [Sum((ALL, *rest), [(key, *rest) for key in self.keys]) for rest in rests]


def _load(key: Hashable, name: str, told: Mapping[Hashable, Value]) -> Load:
    return Load(
        key=key if isinstance(key, uuid.UUID) else None,
        name=name,
        cases=told[key, "cases"],
        kinds={kind: told[key, "kind", kind] for kind in KINDS},
        times={time: told[key, "time", time] for time in TIMES},
        placed=UNKNOWN,
        members=told.get((key, "members"), UNKNOWN),
        present=told.get((key, "present"), UNKNOWN),
    )


def _names(by: By, on: dt.date) -> dict[Hashable, str]:
    """Return the places of that day by name."""
    model = Unit if by == "unit" else District
    found = model.objects.on(on).values_list("id", "name")
    return dict(sorted(found, key=lambda row: sort_key(row[1])))


def _cases(on: dt.date, by: By, connection: str) -> dict[Hashable, dict[str, int]]:
    found: dict[Hashable, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for unit, district, kind, rule, started_on, until, number in rows(_CASES, {"on": on}, connection=connection):
        here = found[unit if by == "unit" else district]
        here[kind] += int(number)
        here[_time(kind, rule, started_on, until, on)] += int(number)
    return found


def _time(kind: str, rule: str, started_on: dt.date, until: dt.date | None, on: dt.date) -> str:
    """Say how long a case has: the day follows from the law of the day when it began, unless a decision set it."""
    last = until if kind == "adult" or until else deadlines.due(rule or kind, started_on).strict
    if last is None:
        return "later"
    if on > last:
        return "late"
    return "this_week" if last - on <= dt.timedelta(days=7) else "later"


def _staff(on: dt.date, by: By, connection: str) -> dict[Hashable, dict[str, int]]:
    """Return who works in each unit and is there, and who is away. A district has the units that take its cases."""
    found: dict[Hashable, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    units: dict[uuid.UUID, list[uuid.UUID | None]] = defaultdict(list)
    if by == "district":
        for district in District.objects.on(on).prefetch_related("catchments"):
            for catchment in district.catchments.on(on):
                units[catchment.unit_id].append(district.id)
    working = {code for code, role in roles().items() if _works(role.unit)}
    for unit, role, members, present in rows(_STAFF, {"on": on}, connection=connection):
        places = [unit] if by == "unit" else units[unit]
        if role not in working or len(places) != 1:
            continue
        here = found[places[0]]
        here["members"] += int(members)
        here["present"] += int(present)
        here["away"] += int(members) - int(present)
    return found


def _works(abilities: frozenset[Ability]) -> bool:
    """Say whether a role has cases of its own. A lead, who reads the load, carries others' and not her own."""
    own = {Ability.CASE_WORK, Ability.SUPPORT_WORK, Ability.CONTACT_TAKE}
    return bool(own & abilities) and Ability.LOAD_READ not in abilities
