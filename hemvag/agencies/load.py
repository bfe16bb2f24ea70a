"""Take a town's file into the database. A later file adds, corrects and closes; nothing is ever removed."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.db import transaction

from hemvag.agencies import town as told
from hemvag.agencies.models import (
    Authority,
    Catchment,
    Dated,
    District,
    Edition,
    Municipality,
    SupportLine,
    Unit,
)
from hemvag.agencies.town_form import MIDNIGHT, WEEKDAYS
from hemvag.lib.clock import local

M = TypeVar("M", bound=Dated)
End = Callable[[Any], dt.date]


@dataclass(frozen=True)
class Loaded:
    """What a load did, in rows. All nought when the file is the one loaded last."""

    added: int = 0
    changed: int = 0
    closed: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(self.added + other.added, self.changed + other.changed, self.closed + other.closed)


@transaction.atomic
def load(town: told.Town, *, at: dt.datetime) -> Loaded:
    """Make the database say what the town's file says from now on, and keep the file's text as an edition.

    Rows are known by their codes. A row the file no longer has is closed on the day of `at`, or on the day its
    successor takes over if that is earlier; cases that point at it still find it. Loading the same text again
    does nothing. To be run with the owner's role: nobody else may write about the town.
    """
    municipality, _made = Municipality.objects.select_for_update().get_or_create(
        code=town.code, defaults={"name": town.name, "number": town.number}
    )
    latest = municipality.editions.order_by("-loaded_at").first()
    if latest is not None and latest.digest == town.digest:
        return Loaded()
    municipality.name, municipality.number, municipality.facts = town.name, town.number, facts(town)
    municipality.save()
    done = _load_rows(municipality, town, local(at).date())
    Edition.objects.create(municipality=municipality, digest=town.digest, text=town.text, loaded_at=at)
    return done


def facts(town: told.Town) -> dict[str, Any]:
    """What the file says that has no table, as JSON: county, research exceptions, hours, gaps, former districts."""
    return {
        "county": town.county,
        "routing_from": town.routing_from.isoformat(),
        "research_exceptions": [_plain(row) for row in town.research_exceptions],
        "opening_hours": [_plain(row) for row in town.opening_hours],
        "formed_from": {row.code: list(row.formed_from) for row in town.districts if row.formed_from},
        "gaps": [_plain(row) for row in town.gaps],
    }


def hours_from(facts: Mapping[str, Any], unit: str) -> tuple[told.OpeningHours, ...]:
    """The opening hours of a unit, out of a municipality's facts."""
    return tuple(_hours(row) for row in facts.get("opening_hours", ()) if row["unit"] == unit)


def _hours(row: Mapping[str, Any]) -> told.OpeningHours:
    until = row["valid_to"]
    return told.OpeningHours(
        **{
            **row,
            "days": tuple(row["days"]),
            "opens": dt.time.fromisoformat(row["opens"]),
            "closes": dt.time.fromisoformat(row["closes"]),
            "valid_from": dt.date.fromisoformat(row["valid_from"]),
            "valid_to": None if until is None else dt.date.fromisoformat(until),
        }
    )


def _plain(row: told.Dated) -> dict[str, Any]:
    values = asdict(row)
    return {
        name: value.isoformat() if isinstance(value, dt.date | dt.time) else value for name, value in values.items()
    }


def _load_rows(municipality: Municipality, town: told.Town, day: dt.date) -> Loaded:
    def ends_today(_stale: Dated) -> dt.date:
        return day

    done = _keep(
        Authority.objects.filter(municipality=municipality),
        lambda row: row.code,
        {row.code: _told(row, municipality=municipality, kind=row.kind) for row in town.authorities},
        ends_today,
    )
    done += _keep(
        District.objects.filter(municipality=municipality),
        lambda row: row.code,
        {row.code: _told(row, municipality=municipality) for row in town.districts},
        ends_today,
    )
    authorities = {row.code: row for row in Authority.objects.filter(municipality=municipality)}
    done += _keep(
        Unit.objects.filter(authority__municipality=municipality),
        lambda row: row.code,
        {row.code: _told(row, authority=authorities[row.authority], kind=row.kind) for row in town.units},
        ends_today,
    )
    units = {row.code: row for row in Unit.objects.filter(authority__municipality=municipality)}
    return done + _load_catchments(municipality, town, units, day) + _load_lines(municipality, town, units, ends_today)


def _load_catchments(municipality: Municipality, town: told.Town, units: Mapping[str, Unit], day: dt.date) -> Loaded:
    districts = {row.code: row for row in District.objects.filter(municipality=municipality)}

    def ends(stale: Catchment) -> dt.date:
        """No later than the first day on which the file gives the district to another."""
        others = [row.valid_from for row in town.catchments if row.district == stale.district.code]
        return min([day, *(start for start in others if _meets(start, stale))])

    return _keep(
        Catchment.objects.filter(district__municipality=municipality).select_related("unit", "district"),
        lambda row: (row.unit.code, row.district.code, row.valid_from),
        {
            (row.unit, row.district, row.valid_from): _told(row, unit=units[row.unit], district=districts[row.district])
            for row in town.catchments
        },
        ends,
    )


def _meets(start: dt.date, stale: Catchment) -> bool:
    return stale.valid_to is None or start < stale.valid_to


def _load_lines(municipality: Municipality, town: told.Town, units: Mapping[str, Unit], ends: End) -> Loaded:
    return _keep(
        SupportLine.objects.filter(unit__authority__municipality=municipality).select_related("unit"),
        lambda row: (row.unit.code, row.valid_from),
        {
            (row.unit, row.valid_from): _told(
                row, unit=units[row.unit], number=row.number or "", hours=_week(town.hours_of(row.unit), row)
            )
            for row in town.support_lines
        },
        ends,
    )


def _week(hours: Iterable[told.OpeningHours], line: told.SupportLine) -> dict[str, list[str]]:
    """The first spell of each weekday in force when the line's row last holds; Monday is "0"."""
    week: dict[str, list[str]] = {}
    for row in sorted(hours, key=lambda row: row.opens):
        lasts = row.valid_to is None or (line.valid_to is not None and line.valid_to <= row.valid_to)
        for day in row.days if lasts else ():
            closes = "24:00" if row.closes == MIDNIGHT else f"{row.closes:%H:%M}"
            week.setdefault(str(WEEKDAYS.index(day)), [f"{row.opens:%H:%M}", closes])
    return week


def _told(row: told.Dated, **more: Any) -> dict[str, Any]:
    """The columns every dated row has, and the row's own name and code where it has them."""
    note = row.source if not row.note else f"{row.source}. {row.note}"
    names = {name: getattr(row, name) for name in ("code", "name") if hasattr(row, name)}
    return names | {
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "certainty": row.certainty,
        "note": note,
        **more,
    }


def _keep(stored: Any, key: Callable[[Any], Hashable], wanted: Mapping[Any, Mapping[str, Any]], ends: End) -> Loaded:
    """Add what is wanted and not stored, correct what differs, and close what is no longer wanted."""
    held = {key(row): row for row in stored.order_by("valid_from")}
    added = changed = closed = 0
    for identity, columns in wanted.items():
        row = held.get(identity)
        if row is None:
            stored.model.objects.create(**columns)
            added += 1
        elif any(getattr(row, name) != value for name, value in columns.items()):
            _save(row, columns)
            changed += 1
    for identity, row in held.items():
        if identity in wanted:
            continue
        until = max(row.valid_from, ends(row))
        if row.valid_to is None or row.valid_to > until:
            _save(row, {"valid_to": until})
            closed += 1
    return Loaded(added, changed, closed)


def _save(row: Dated, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
