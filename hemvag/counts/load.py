"""What each unit and district carries: cases that wait, by kind and by how long they have, and who is there to work.

Outside social services the load is that of the latest Monday morning, by unit and by district protected as one table
(`load_table`): a load told anew each day would tell each day's change. A lead sees her own unit as it is now, every
number of it.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, LiteralString

from hemvag.access.abilities import Ability, roles
from hemvag.agencies.models import District, Unit
from hemvag.counts.load_table import ALL, KINDS, SIDES, TIMES, By, Pairs, Staff, Table, places_of, staff_of_all
from hemvag.counts.reading import NUMBERS, rows
from hemvag.disclosure import UNKNOWN, Sum, TooEntangled, Value, exact, protect, withheld
from hemvag.law import deadlines
from hemvag.lib.names import sort_key

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
    cases, serves = _cases(day, connection), _serves(day)
    by_unit = _staff(day, connection)
    staff: dict[By, Staff] = {"unit": by_unit, "district": _by_district(by_unit, serves)}
    names = {side: _names(side, day) for side in SIDES}
    keys: dict[By, list[Hashable]] = {}
    for side in SIDES:
        found = places_of(cases, side)
        keys[side] = [key for key in names[side] if side == "district" or key in found or key in staff[side]]
        keys[side] += [key for key in found if key not in names[side]]
    told = _told(Table(keys, cases, staff, serves)) or _by_district_only(keys, cases, staff)
    places = [_load((by, key), names[by].get(key, ""), told) for key in keys[by]]
    return TownLoad(on=day, places=places, all=_load(ALL, "", told, staff=staff_of_all(by)))


def _by_district_only(
    keys: Mapping[By, Sequence[Hashable]], cases: Pairs, staff: Mapping[By, Staff]
) -> Mapping[Hashable, Value]:
    """Return what may be told of a town where units and districts hang together too much to be told both: the
    districts, by which posts are divided, and of units that it is not known. A lead sees her own all the same."""
    table = Table(
        {"unit": [], "district": keys["district"]}, cases, {"unit": {}, "district": staff["district"]}, serves={}
    )
    everywhere: dict[Hashable, Value] = dict.fromkeys(Table(keys, cases, staff, {}).numbers(), UNKNOWN)
    return {**everywhere, **(_told(table) or withheld(table.numbers()))}


def _told(table: Table) -> Mapping[Hashable, Value] | None:
    return _protected(tuple(table.numbers().items()), tuple((one.total, tuple(one.parts)) for one in table.sums()))


@lru_cache(maxsize=8)
def _protected(
    numbers: tuple[tuple[Hashable, int | None], ...], sums: tuple[tuple[Hashable, tuple[Hashable, ...]], ...]
) -> Mapping[Hashable, Value] | None:
    """Return what may be told of the table, None where its numbers hang together too much. Several pages ask for the
    same one, all week: it is kept."""
    try:
        return protect(dict(numbers), [Sum(total, parts) for total, parts in sums])
    except TooEntangled:
        return None


def of_units(units: Collection[uuid.UUID], on: dt.date, *, connection: str = NUMBERS) -> list[Load]:
    """Return the load of some units as it is at the end of `on`, every number told: for who leads them."""
    names = _names("unit", on)
    mine: list[Hashable] = [key for key in names if key in units]
    cases = {pair: groups for pair, groups in _cases(on, connection).items() if pair[0] in units}
    staff = _staff(on, connection)
    of_mine = {key: staff.get(key, {}) for key in mine}
    table = Table({"unit": mine, "district": []}, cases, {"unit": of_mine, "district": {}}, {})
    told = {key: exact(number) for key, number in table.numbers().items()}
    return [_load(("unit", key), names[key], told) for key in mine]


def _load(place: Hashable, name: str, told: Mapping[Hashable, Value], *, staff: Hashable = None) -> Load:
    """Return what is told of a place, (side, key) or ALL, whose staff may stand elsewhere in the table."""
    key = place[1] if isinstance(place, tuple) else None
    return Load(
        key=key if isinstance(key, uuid.UUID) else None,
        name=name,
        cases=told[place, "cases"],
        kinds={kind: told[place, "kind", kind] for kind in KINDS},
        times={time: told[place, "time", time] for time in TIMES},
        placed=UNKNOWN,
        members=told.get((staff or place, "members"), UNKNOWN),
        present=told.get((staff or place, "present"), UNKNOWN),
    )


def _names(by: By, on: dt.date) -> dict[Hashable, str]:
    """Return the places of that day by name."""
    model = Unit if by == "unit" else District
    found = model.objects.on(on).values_list("id", "name")
    return dict(sorted(found, key=lambda row: sort_key(row[1])))


def _cases(on: dt.date, connection: str) -> Pairs:
    """Return the cases that wait by unit and district."""
    found: dict[tuple[Hashable, Hashable], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for unit, district, kind, rule, started_on, until, number in rows(_CASES, {"on": on}, connection=connection):
        here = found[unit, district]
        here[kind] += int(number)
        here[_time(kind, rule, started_on, until, on)] += int(number)
    return dict(sorted(found.items(), key=str))


def _time(kind: str, rule: str, started_on: dt.date, until: dt.date | None, on: dt.date) -> str:
    """Say how long a case has: the day follows from the law of the day when it began, unless a decision set it."""
    last = until if kind == "adult" or until else deadlines.due(rule or kind, started_on).strict
    if last is None:
        return "later"
    if on > last:
        return "late"
    return "this_week" if last - on <= dt.timedelta(days=7) else "later"


def _staff(on: dt.date, connection: str) -> dict[Hashable, dict[str, int]]:
    """Return who works in each unit and is there, and who is away."""
    found: dict[Hashable, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    working = {code for code, role in roles().items() if _works(role.unit)}
    for unit, role, members, present in rows(_STAFF, {"on": on}, connection=connection):
        if role in working:
            here = found[unit]
            here["members"] += int(members)
            here["present"] += int(present)
            here["away"] += int(members) - int(present)
    return found


def _serves(on: dt.date) -> dict[Hashable, set[Hashable]]:
    """Return the districts whose cases each unit takes."""
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for district in District.objects.on(on).prefetch_related("catchments"):
        for catchment in district.catchments.on(on):
            found[catchment.unit_id].add(district.id)
    return found


def _by_district(staff: Staff, serves: Mapping[Hashable, Collection[Hashable]]) -> Staff:
    """Return the staff of districts whose units serve no other: that of a shared unit cannot be divided."""
    shared = {one for unit in staff if len(serves.get(unit, ())) > 1 for one in serves[unit]}
    found: dict[Hashable, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for unit, counted in staff.items():
        for district in set(serves.get(unit, ())) - shared:
            for what, number in counted.items():
                found[district][what] += number
    return found


def _works(abilities: frozenset[Ability]) -> bool:
    """Say whether a role has cases of its own. A lead, who reads the load, carries others' and not her own."""
    own = {Ability.CASE_WORK, Ability.SUPPORT_WORK, Ability.CONTACT_TAKE}
    return bool(own & abilities) and Ability.LOAD_READ not in abilities
