"""Grades of readiness, computed when they are read: nothing here is stored, and no mean is ever taken.

0 none, 1 named, 2 written, 3 trained, 4 exercised within twelve months with every gap closed. A 4 lapses to 3 by
itself. Unknown (None) is a value of its own: it is neither 0 nor left out.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import Municipality, Unit
from hemvag.readiness.content import Item, content
from hemvag.readiness.models import Gap, ItemGrade

EXERCISED: Final = 4
TRAINED: Final = 3
NAMES: Final[Mapping[int | None, Promise]] = {
    None: _("okänt"),
    0: _("finns inte"),
    1: _("utsedd"),
    2: _("skriven"),
    3: _("utbildad personal"),
    4: _("övad"),
}


@dataclass(frozen=True)
class Grade:
    """What a grade is worth on a day. `said` is what was said; `lapsed` why a 4 is a 3 now, or empty."""

    value: int | None
    said: int | None
    lapsed: Promise | str = ""

    def __str__(self) -> str:
        """The grade in words, with its figure."""
        words = str(NAMES[self.value])
        return words if self.value is None else f"{self.value} {words}"


def on_day(said: int | None, *, exercised_on: dt.date | None, open_gaps: int, on: dt.date) -> Grade:
    """Return what a said grade is worth: 4 only with an exercise in the last twelve months and no open gap."""
    if said != EXERCISED:
        return Grade(said, said)
    if exercised_on is None or on > _a_year_after(exercised_on):
        return Grade(TRAINED, said, _("Den senaste övningen är äldre än tolv månader."))
    if open_gaps:
        return Grade(TRAINED, said, _("En brist är öppen."))
    return Grade(said, said)


def _a_year_after(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


@dataclass(frozen=True)
class Standing:
    """How ready a unit is: the lowest of its must items.

    `value` is None while a must item is unknown and no known one is 0; `at_most` is then the lowest that is known.
    `holding` are the items that hold it down, `unknown` those that nobody has answered.
    """

    value: int | None
    at_most: int | None
    holding: tuple[Item, ...] = ()
    unknown: tuple[Item, ...] = ()
    must: int = 0


@dataclass(frozen=True)
class UnitGrade:
    """A unit with its grade, and the grade of each item that it answers."""

    unit: Unit
    standing: Standing
    items: Mapping[str, Grade]

    @property
    def grade(self) -> Grade:
        """The unit's grade, to be said in words."""
        return Grade(self.standing.value, self.standing.value)


@dataclass(frozen=True)
class TownGrade:
    """The whole town: the lowest of its units, with how many units stand on each grade (None is unknown)."""

    value: int | None
    at_most: int | None
    units: tuple[UnitGrade, ...]

    @property
    def spread(self) -> dict[int | None, int]:
        """Return how many units have each grade, from unknown to 4."""
        found = Counter(row.standing.value for row in self.units)
        return {value: found[value] for value in (None, 0, 1, 2, 3, 4)}


def lowest(graded: Iterable[tuple[Item, Grade]]) -> Standing:
    """Return the lowest of the must items. Where one is unknown, so is the whole, unless something is known to be 0."""
    must = [(item, grade.value) for item, grade in graded if item.must]
    known = [value for _item, value in must if value is not None]
    unknown = tuple(item for item, value in must if value is None)
    least = min(known, default=None)
    value = least if not unknown or least == 0 else None
    holding = tuple(item for item, one in must if one is not None and one == least)
    return Standing(value, least, holding, unknown, len(must))


def of_units(units: Iterable[Unit], *, on: dt.date) -> list[UnitGrade]:
    """Return the grade of each unit that has something to answer, in the order given. Two queries."""
    chosen = list(units)
    said = {(row.unit_id, row.item): row for row in ItemGrade.objects.filter(unit__in=chosen).standing()}
    gaps = Counter(Gap.objects.open().filter(unit__in=chosen).values_list("unit_id", "item"))
    return [made for unit in chosen if (made := _of_unit(unit, said, gaps, on)).items]


def town(municipality: Municipality, *, on: dt.date) -> TownGrade:
    """Return how ready the town is on a day: the lowest of its units, never a mean. Numbers, no names."""
    units = Unit.objects.on(on).filter(authority__municipality=municipality).select_related("authority")
    rows = [row for row in of_units(units.order_by("name"), on=on) if row.standing.must]
    values = [row.standing.value for row in rows]
    most = [row.standing.at_most for row in rows if row.standing.at_most is not None]
    least = min(most, default=None)
    value = least if least == 0 or None not in values else None
    return TownGrade(value, least, tuple(rows))


def _of_unit(
    unit: Unit, said: Mapping[tuple[uuid.UUID, str], ItemGrade], gaps: Mapping[tuple[uuid.UUID, str], int], on: dt.date
) -> UnitGrade:
    asked = [item for item in content().items.values() if item.is_for(unit.kind)]
    graded = []
    for item in asked:
        row = said.get((unit.id, item.code))
        grade = (
            Grade(None, None)
            if row is None
            else on_day(row.grade, exercised_on=row.exercised_on, open_gaps=gaps[unit.id, item.code], on=on)
        )
        graded.append((item, grade))
    return UnitGrade(unit, lowest(graded), {item.code: grade for item, grade in graded})
