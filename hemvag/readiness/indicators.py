"""What speaks for and against another level. A person decides, and what stood then is kept with her decision.

Each indicator is a function in INDICATORS, from what is asked to what it says. It is about numbers, the town's own work
and what is published, and never about a person, belief, origin, an address or what somebody writes in social media. No
count under five is shown.
"""

import datetime as dt
import enum
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hemvag.agencies.models import Authority
from hemvag.disclosure import FEWEST
from hemvag.lib import clock
from hemvag.readiness import exercises, grades, limits, measured
from hemvag.readiness.models import Format

HISTORY: Final = 12
"""Months before the last one whose mean gives the limit."""
ENOUGH: Final = 6
"""Fewer months than this give no limit: it is unknown."""
TWO_QUARTERS: Final = 6
READY: Final = 3
"""The grade from which a unit counts as ready: its people are trained."""
A_YEAR: Final = dt.timedelta(days=365)


class Says(enum.StrEnum):
    """Which way an indicator speaks."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """What one indicator says, in words that may be shown: its number, the limit it is held against, and its source."""

    code: str
    says: Says
    title: str
    number: str
    limit: str
    source: str

    @property
    def words(self) -> str:
        """Return in words which way it speaks."""
        return {
            Says.FOR: _("talar för en höjning"),
            Says.AGAINST: _("talar emot en höjning"),
            Says.NEITHER: _("talar varken för eller emot"),
            Says.UNKNOWN: _("okänt"),
        }[self.says]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose indicators are asked for, and when."""

    authority: uuid.UUID
    at: dt.datetime


Asks = Callable[[Asked], Indicator]


def ask(authority: uuid.UUID, at: dt.datetime) -> list[Indicator]:
    """Return every indicator as it stands, in the order of INDICATORS."""
    return [one(Asked(authority=authority, at=at)) for one in INDICATORS]


def kept(authority: uuid.UUID, at: dt.datetime) -> list[dict[str, str]]:
    """Return the indicators as they are kept with a decision: in Swedish, as they were shown."""
    with translation.override("sv"):
        return [asdict(one) for one in ask(authority, at)]


def read(rows: Sequence[Mapping[str, Any]]) -> list[Indicator]:
    """Return the indicators that were kept with a decision."""
    return [Indicator(**{**row, "says": Says(row["says"])}) for row in rows]


def count(number: int) -> str:
    """Return a number as it may be shown."""
    return _("färre än %(fewest)d") % {"fewest": FEWEST} if 0 < number < FEWEST else str(number)


def unknown(code: str, title: str, source: str, limit: str = "") -> Indicator:
    """Return an indicator whose number nobody knows: never a nought and never blank."""
    return Indicator(code=code, says=Says.UNKNOWN, title=title, number=_("okänt"), limit=limit, source=source)


def reports_above_limit(asked: Asked) -> Indicator:
    """More reports of concern last month than chance explains."""
    return _above_limit("reports", _("Orosanmälningar förra månaden"), measured.reports(asked.at), _("Antal"))


def line_above_limit(asked: Asked) -> Indicator:
    """More contacts with the support line last month than chance explains."""
    return _above_limit("line", _("Samtal till stödtelefonen förra månaden"), measured.calls(asked.at), _("Antal"))


def quiet_half_year(asked: Asked) -> Indicator:
    """Neither a call to the line nor a report from the security service in two quarters; only a true nought speaks."""
    title, source = _("Samtal till stödtelefonen och anmälningar från Säkerhetspolisen, två kvartal"), _("Antal")
    calls, told = measured.calls(asked.at), measured.reports_from_sapo(asked.at)
    last = sorted({*calls, *told})[-TWO_QUARTERS:]
    if min(len(calls), len(told)) < TWO_QUARTERS:
        return unknown("quiet", title, source, _("noll i två kvartal"))
    number = sum(calls.get(month, 0) + told.get(month, 0) for month in last)
    return Indicator(
        code="quiet",
        says=Says.NEITHER if number else Says.AGAINST,
        title=title,
        number=count(number) if number else _("noll: ingen har ringt eller anmält"),
        limit=_("noll i två kvartal"),
        source=source,
    )


def load_over_one(asked: Asked) -> Indicator:  # noqa: ARG001
    """Some unit carries more than it has staff for."""
    return unknown("load", _("Belastning: arbete delat med bemanning (ρ)"), _("Belastning"), _("över 1"))


def late_share_rising(asked: Asked) -> Indicator:  # noqa: ARG001
    """A larger share of steps is late than the months before."""
    return unknown("late", _("Andel försenade steg"), _("Antal"), _("större än månaderna före"))


def units_ready(asked: Asked) -> Indicator:
    """The lowest grade that any unit has for what it must have is three or more."""
    title, source, limit = _("Enheternas lägsta beredskapsgrad"), _("Checklistan"), _("minst 3 av 4")
    municipality = Authority.objects.select_related("municipality").get(pk=asked.authority).municipality
    grade = grades.town(municipality, on=clock.local(asked.at).date())
    if grade.value is None:
        return unknown("grade", title, source, limit)
    says = Says.AGAINST if grade.value >= READY else Says.NEITHER
    number = _("%(grade)d av 4") % {"grade": grade.value}
    return Indicator(code="grade", says=says, title=title, number=number, limit=limit, source=source)


def exercised_lately(asked: Asked) -> Indicator:
    """An exercise, larger than a call test, has been held within twelve months. One that nobody wrote in is unknown."""
    title, source, limit = _("Senaste övningen"), _("Övningar"), _("inom 12 månader")
    today = clock.local(asked.at).date()
    last = exercises.last(today, authority=asked.authority)
    if last is None or last.format == Format.NIGHT_CALL:
        return unknown("exercise", title, source, limit)
    says = Says.AGAINST if today - last.held_on <= A_YEAR else Says.NEITHER
    number = last.held_on.isoformat()
    return Indicator(code="exercise", says=says, title=title, number=number, limit=limit, source=source)


def _above_limit(code: str, title: str, months: measured.Months, source: str) -> Indicator:
    numbers = [months[month] for month in sorted(months)]
    before = numbers[:-1][-HISTORY:]
    if len(before) < ENOUGH:
        few = _("minst %(months)d hela månader behövs för en gräns") % {"months": ENOUGH}
        return unknown(code, title, source, few)
    mean, last = sum(before) / len(before), numbers[-1]
    limit = max(limits.limit(mean), FEWEST)
    return Indicator(
        code=code,
        says=Says.FOR if last >= limit else Says.NEITHER,
        title=title,
        number=count(last),
        limit=_("minst %(limit)d; medel %(mean)s i månaden över %(months)d månader")
        % {"limit": limit, "mean": _mean(mean, sum(before)), "months": len(before)},
        source=source,
    )


def _mean(mean: float, total: int) -> str:
    return _("för litet för att visas") if 0 < total < FEWEST else number_format(mean, 1)


INDICATORS: Final[list[Asks]] = [
    reports_above_limit,
    line_above_limit,
    load_over_one,
    late_share_rising,
    quiet_half_year,
    units_ready,
    exercised_lately,
]
"""Each room part adds its own function here."""
