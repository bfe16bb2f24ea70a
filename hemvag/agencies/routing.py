"""Which unit takes a child's case: by the child's district on that date, never by the caller's."""

import datetime as dt
import enum
from dataclasses import dataclass

from hemvag.agencies.models import Authority, Catchment, District, Municipality, Unit
from hemvag.lib import clock


class Reason(enum.StrEnum):
    """Why a case went where it went; the page says it in words."""

    PROTECTED = "protected"
    OTHER_MUNICIPALITY = "other_municipality"
    OUT_OF_HOURS = "out_of_hours"
    DISTRICT = "district"
    DISTRICT_UNKNOWN = "district_unknown"


@dataclass(frozen=True, kw_only=True)
class Route:
    """The unit that takes the case now, and why. No unit for a child of another municipality: it is passed on.

    `authority` is the committee whose case it is: out of hours the on-call desk acts for the district's own committee.
    """

    unit: Unit | None
    reason: Reason
    authority: Authority | None = None


class NoSuchUnit(Exception):
    """The town's file names no unit of this kind on that day."""


def route(
    municipality: Municipality,
    *,
    district: District | None,
    at: dt.datetime,
    protected: bool = False,
    other_municipality: bool = False,
    out_of_hours: bool = False,
) -> Route:
    """Return the unit for a child.

    Protected identity goes to the central desk whatever the district or the municipality (neither may be derivable,
    OSL 21:3 a), out of hours to the on-call desk (socialjour), an unknown address to the reception on duty.
    Raises NoSuchUnit when the town's file names none.
    """
    day = clock.local(at).date()
    if protected:
        return _to(unit_of_kind(municipality, Unit.Kind.PROTECTED_DESK, day), Reason.PROTECTED)
    if other_municipality:
        return Route(unit=None, reason=Reason.OTHER_MUNICIPALITY)
    usual = _by_district(municipality, district, day)
    if out_of_hours:
        desk = unit_of_kind(municipality, Unit.Kind.ON_CALL, day)
        return Route(unit=desk, reason=Reason.OUT_OF_HOURS, authority=usual.authority)
    return usual


def _by_district(municipality: Municipality, district: District | None, day: dt.date) -> Route:
    if district is not None:
        catchment = (
            Catchment.objects.on(day)
            .filter(district__code=district.code, district__municipality=municipality)
            .select_related("unit__authority")
            .first()
        )
        if catchment is not None:
            return _to(catchment.unit, Reason.DISTRICT)
    return _to(unit_of_kind(municipality, Unit.Kind.RECEPTION, day), Reason.DISTRICT_UNKNOWN)


def _to(unit: Unit, reason: Reason) -> Route:
    return Route(unit=unit, reason=reason, authority=unit.authority)


def unit_of_kind(municipality: Municipality, kind: str, day: dt.date) -> Unit:
    """Return the municipality's unit of a kind on `day`. Raises NoSuchUnit."""
    unit = (
        Unit.objects.on(day)
        .filter(authority__municipality=municipality, kind=kind)
        .select_related("authority")
        .order_by("code")
        .first()
    )
    if unit is None:
        raise NoSuchUnit(kind)
    return unit
