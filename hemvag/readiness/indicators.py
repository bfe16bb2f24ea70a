"""What speaks for and against another level. A person decides, and what stood then is kept with her decision.

Each indicator is a function in INDICATORS, from what is asked to what it says. It is about numbers, the town's own work
and what is published, and never about a person, belief, origin, an address or what somebody writes in social media. No
count under five is shown.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hemvag.agencies.models import Authority
from hemvag.counts import measures
from hemvag.counts.measures import InMonth
from hemvag.counts.words import say
from hemvag.disclosure import FEWEST, Unknown, Value, span
from hemvag.lib import clock
from hemvag.readiness import basis, exercises, grades, limits
from hemvag.readiness.horizon import speaks
from hemvag.readiness.indicator import Asked, Asks, Indicator, Says, unknown
from hemvag.readiness.methods import Carried, load_of, ratio
from hemvag.readiness.models import Format

HISTORY: Final = 12
"""Months before the last one whose mean gives the limit."""
ENOUGH: Final = 6
"""Fewer months than this give no limit: it is unknown."""
TWO_QUARTERS: Final = 2
RISE: Final = 0.05
"""How much larger a share must be than before, to count as rising."""
SHARES: Final = 3
"""Months with a known share before the last one, at least."""
READY: Final = 3
"""The grade from which a unit counts as ready: its people are trained."""
A_YEAR: Final = dt.timedelta(days=365)


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


def reports_above_limit(asked: Asked) -> Indicator:
    """More reports of concern last month than chance explains."""
    found = measures.reports_by_month(on=_day(asked), months=HISTORY + 1)
    return _above_limit("reports", _("Orosanmälningar förra månaden"), found)


def line_above_limit(asked: Asked) -> Indicator:
    """More contacts with the support line last month than chance explains."""
    found = measures.line_contacts_by_month(on=_day(asked), months=HISTORY + 1)
    return _above_limit("line", _("Samtal till stödtelefonen förra månaden"), found)


def quiet_half_year(asked: Asked) -> Indicator:
    """Nobody has called the support line in two quarters; only a true nought speaks."""
    title, limit, source = _("Kvartal i rad utan något samtal till stödtelefonen"), _("minst 2"), _("Antal")
    found = measures.line_contacts_by_month(on=_day(asked), months=HISTORY + 1)
    if isinstance(measures.latest(found), Unknown):
        return unknown("quiet", title, source, limit)
    quarters = measures.quarters_without(found)
    says = Says.AGAINST if quarters >= TWO_QUARTERS else Says.NEITHER
    number = _("%(quarters)d kvartal") % {"quarters": quarters} if quarters else _("inget")
    return Indicator(code="quiet", says=says, title=title, number=number, limit=limit, source=source)


def late_share_rising(asked: Asked) -> Indicator:
    """A clearly larger share of last month's reports was decided late than of those in the months before."""
    title, source = _("Andel anmälningar som bedömdes för sent, förra månaden"), _("Antal")
    limit = _("mer än %(points)d procentenheter över månaderna före") % {"points": round(RISE * 100)}
    found = [share for _month, share in measures.late_share_by_month(on=_day(asked), months=HISTORY + 1)]
    before = [share for share in found[:-1] if share]
    last = found[-1] if found else None
    if last is None or len(before) < SHARES:
        return unknown("late", title, source, limit)
    lowest = sum(share.low for share in before) / len(before)
    highest = sum(share.high for share in before) / len(before)
    says = Says.UNKNOWN
    if last.low > highest + RISE:
        says = Says.FOR
    elif last.high <= lowest + RISE:
        says = Says.NEITHER
    number = _per_cent(last.low, last.high)
    return Indicator(code="late", says=says, title=title, number=number, limit=limit, source=source)


def load_over_one(asked: Asked) -> Indicator:
    """Some district carries more than its staff is reckoned to manage, with the weights that are proposed."""
    title, source, limit = (
        _("Högsta belastningen i en stadsdel (ρ)"),
        _("Belastning"),
        _("över 1, med föreslagna vikter"),
    )
    chosen = basis.Set()
    ratios = [
        ratio(Carried(load=load_of(cases, chosen.weights), staff=place.staff), chosen.points)
        for place in basis.measure(_day(asked))
        if place.staff and (cases := place.weighed(with_placed=False)) is not None
    ]
    if not ratios:
        return unknown("load", title, source, limit)
    low, high = (max(end) for end in zip(*ratios, strict=True))
    says = Says.FOR if low > 1 else Says.NEITHER if high <= 1 else Says.UNKNOWN
    number = _between(low, high, 2)
    return Indicator(code="load", says=says, title=title, number=number, limit=limit, source=source)


def units_ready(asked: Asked) -> Indicator:
    """The lowest grade that any unit has for what it must have is three or more."""
    title, source, limit = _("Enheternas lägsta beredskapsgrad"), _("Checklistan"), _("minst 3 av 4")
    municipality = Authority.objects.select_related("municipality").get(pk=asked.authority).municipality
    grade = grades.town(municipality, on=_day(asked))
    if grade.value is None:
        return unknown("grade", title, source, limit)
    says = Says.AGAINST if grade.value >= READY else Says.NEITHER
    number = _("%(grade)d av 4") % {"grade": grade.value}
    return Indicator(code="grade", says=says, title=title, number=number, limit=limit, source=source)


def exercised_lately(asked: Asked) -> Indicator:
    """An exercise, larger than a call test, has been held within twelve months. One that nobody wrote in is unknown."""
    title, source, limit = _("Senaste övningen"), _("Övningar"), _("inom 12 månader")
    today = _day(asked)
    last = exercises.last(today, authority=asked.authority)
    if last is None or last.format == Format.NIGHT_CALL:
        return unknown("exercise", title, source, limit)
    says = Says.AGAINST if today - last.held_on <= A_YEAR else Says.NEITHER
    number = last.held_on.isoformat()
    return Indicator(code="exercise", says=says, title=title, number=number, limit=limit, source=source)


def _above_limit(code: str, title: str, found: Sequence[InMonth]) -> Indicator:
    """Hold the last month against the limit that the months before give, as far as they may be told."""
    source = _("Antal")
    spans = [reach for one in found[:-1] if (reach := span(one.value))]
    is_held = any(high is None for _low, high in spans)
    if len(spans) < ENOUGH or is_held:
        few = _("minst %(months)d hela månader behövs för en gräns") % {"months": ENOUGH}
        few = _("går inte att säga: månader före är så små att de inte visas") if is_held else few
        number = say(measures.latest(found))
        return Indicator(code=code, says=Says.UNKNOWN, title=title, number=number, limit=few, source=source)
    low = sum(reach[0] for reach in spans) / len(spans)
    high = sum(reach[1] or 0 for reach in spans) / len(spans)
    limit = max(limits.limit(high), FEWEST)
    words = _("minst %(limit)d; medel %(mean)s i månaden över %(months)d månader")
    last = measures.latest(found)
    return Indicator(
        code=code,
        says=_against_limit(last, limit),
        title=title,
        number=say(last),
        limit=words % {"limit": limit, "mean": _between(low, high), "months": len(spans)},
        source=source,
    )


def _against_limit(last: Value, limit: int) -> Says:
    reach = span(last)
    if reach is None:
        return Says.UNKNOWN
    low, high = reach
    if low >= limit:
        return Says.FOR
    return Says.NEITHER if high is not None and high < limit else Says.UNKNOWN


def _between(low: float, high: float, decimals: int = 1) -> str:
    """Return a number, as a range where something of it is held back."""
    ends = [number_format(round(end, decimals), decimals) for end in (low, high)]
    return "–".join(dict.fromkeys(ends))


def _per_cent(low: float, high: float) -> str:
    ends = sorted({round(low * 100), round(high * 100)})
    return "–".join(map(str, ends)) + " %"


def _day(asked: Asked) -> dt.date:
    return clock.local(asked.at).date()


INDICATORS: Final[list[Asks]] = [
    speaks.official_notice,
    speaks.something_to_act_on,
    reports_above_limit,
    line_above_limit,
    load_over_one,
    late_share_rising,
    quiet_half_year,
    units_ready,
    exercised_lately,
]
"""Each room part adds its own function here."""
