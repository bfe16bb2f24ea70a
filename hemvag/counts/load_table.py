"""The load as one table to protect: by unit and by district at once, since both count the same cases and staff.

Protected apart, a number that one of them holds back could be reckoned from the other. So what is common is in the
table too: the cases of each unit in each district. It is never shown, and goes first where more must be held back.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Final, Literal

from hemvag.disclosure import Sum

KINDS: Final = ("preliminary_assessment", "investigation", "adult")
TIMES: Final = ("late", "this_week", "later")
GROUPS: Final = [*(("kind", kind) for kind in KINDS), *(("time", time) for time in TIMES)]
STAFF: Final = ("members", "present", "away")
"""Members as present and away: of two that make up a third, no one alone can be held back."""
By = Literal["unit", "district"]
SIDES: Final[Sequence[By]] = ("unit", "district")
Pairs = Mapping[tuple[Hashable, Hashable], Mapping[str, int]]
"""Cases by (unit, district) and then by kind and, of the same cases, by time."""
Staff = Mapping[Hashable, Mapping[str, int]]
"""Who works in each place, by STAFF. A place that is not in it is not known."""
Key = tuple[Hashable, ...]
ALL: Final = "all"
PAIR: Final = "pair"


def places_of(pairs: Pairs, side: By) -> list[Hashable]:
    """Return the units, or the districts, that have a case."""
    return list(dict.fromkeys(pair[SIDES.index(side)] for pair in pairs))


def staff_of_all(side: By) -> Hashable:
    """Return where the staff of all places stands: districts have less, since a unit may serve several of them."""
    return ALL if side == "unit" else (ALL, side)


class Table:
    """Cases and staff by unit and by district, with their totals, as `protect` takes them: totals first, pairs last.

    A place is (side, key). `serves` says which districts a unit serves; its staff is that of its only one.
    """

    def __init__(
        self,
        keys: Mapping[By, Sequence[Hashable]],
        pairs: Pairs,
        staff: Mapping[By, Staff],
        serves: Mapping[Hashable, Collection[Hashable]],
    ) -> None:
        self.places: dict[By, list[Key]] = {side: [(side, key) for key in keys[side]] for side in SIDES}
        self.pairs, self.staff, self.serves = pairs, staff, serves
        self.alone = Counter(
            (side, pair[i], group)
            for pair, cases in pairs.items()
            for group in GROUPS
            if cases.get(group[1])
            for i, side in enumerate(SIDES)
        )

    def numbers(self) -> dict[Hashable, int | None]:
        """Return every number of the table."""
        places = self._everywhere()
        cells: dict[Hashable, int | None] = {(place, *group): 0 for place in places for group in GROUPS}
        cases: dict[Hashable, int | None] = {(place, "cases"): 0 for place in places}
        within: dict[Hashable, int | None] = {}
        for pair, found in self.pairs.items():
            for group in GROUPS:
                number = found.get(group[1], 0)
                if number and self._has_both() and (cell := self._cell(pair, group))[0] == PAIR:
                    within[cell] = number
                both: list[Hashable] = [ALL, ("unit", pair[0]), ("district", pair[1])]
                for where in both:
                    if (where, *group) in cells:
                        cells[where, *group] = (cells[where, *group] or 0) + number
        for place in places:
            cases[place, "cases"] = sum(cells[place, "kind", kind] or 0 for kind in KINDS)
        return cases | cells | self._of_staff() | within

    def _of_staff(self) -> dict[Hashable, int | None]:
        found: dict[Hashable, int | None] = {}
        for side in SIDES:
            for what in STAFF:
                known = self.staff[side]
                mine = {
                    place: known[place[1]].get(what, 0) if place[1] in known else None for place in self.places[side]
                }
                counted = [number for number in mine.values() if number is not None]
                found[staff_of_all(side), what] = sum(counted) if len(counted) == len(mine) else None
                found |= {(place, what): number for place, number in mine.items()}
        return found

    def _everywhere(self) -> list[Hashable]:
        return [ALL, *self.places["unit"], *self.places["district"]]

    def sums(self) -> list[Sum[Hashable]]:
        """Return everything that adds up."""
        places = self._everywhere()
        found: list[Sum[Hashable]] = []
        for way in ("kind", "time"):
            mine = [group for group in GROUPS if group[0] == way]
            found += [Sum((place, "cases"), [(place, *group) for group in mine]) for place in places]
        for side in filter(self.places.get, SIDES):
            for what in [("cases",), *GROUPS]:
                found.append(Sum((ALL, *what), [(place, *what) for place in self.places[side]]))
            found += [Sum((staff_of_all(side), what), [(one, what) for one in self.places[side]]) for what in STAFF]
        staffed = [*map(staff_of_all, filter(self.places.get, SIDES)), *places[1:]]
        found += [Sum((place, "members"), [(place, "present"), (place, "away")]) for place in staffed]
        return [*found, *self._in_common()] if self._has_both() else found

    def _has_both(self) -> bool:
        return all(self.places.values())

    def _cell(self, pair: tuple[Hashable, Hashable], group: tuple[str, str]) -> Key:
        """Return where a pair's cases stand: where its unit or its district has no other, those are the same cases."""
        for i, side in enumerate(SIDES):
            if self.alone[side, pair[i], group] == 1:
                return ((side, pair[i]), *group)
        return (PAIR, *pair, *group)

    def _in_common(self) -> list[Sum[Hashable]]:
        """Return what units and districts have in common: each pair's cases, and staff with one district only."""
        found: list[Sum[Hashable]] = []
        for i, side in enumerate(SIDES):
            for place in self.places[side]:
                for group in GROUPS:
                    mine = [pair for pair, cases in self.pairs.items() if pair[i] == place[1] and cases.get(group[1])]
                    parts = [self._cell(pair, group) for pair in mine]
                    if parts and parts != [(place, *group)]:
                        found.append(Sum((place, *group), parts))
        for place in self.places["district"]:
            mine_only = [("unit", unit) for unit in self.staff["unit"] if {*self.serves.get(unit, ())} == {place[1]}]
            if place[1] in self.staff["district"] and set(mine_only) <= set(self.places["unit"]):
                found += [Sum((place, what), [(unit, what) for unit in mine_only]) for what in STAFF]
        return found
