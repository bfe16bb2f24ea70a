"""The days of a step, asked of the law: nothing here is stored, and nothing here counts days itself."""

import datetime as dt
from dataclasses import replace
from typing import Final

from hemvag.law import calendar, deadlines, rules
from hemvag.law.deadlines import Due
from hemvag.law.rules import Words
from hemvag.lib import clock

_NEW_ACT: Final = dt.date(2025, 7, 1)
_SOON: Final = dt.timedelta(days=3)


def due(kind: str, started_at: dt.datetime, *, until: dt.date | None = None, rule: str = "") -> Due:
    """Return the days that the law in force at `started_at` gives a step, or the day `until` that a decision set."""
    if kind == "pass_on":
        return _passing_on(calendar.local_day(started_at))
    found = deadlines.due(rule or kind, started_at)
    if until is None:
        return found
    return replace(
        found,
        strict=until,
        target=max(found.start, calendar.previous_weekday(until)),
        latest=calendar.next_weekday(until),
        strict_at=None,
    )


def wanted_by(days: Due) -> dt.date:
    """Return the day that lists sort and colour by; where the law sets no time, the day the duty arose."""
    return days.target or days.start


def state(days: Due, at: dt.datetime) -> str:
    """Return "late", "now", "soon" or "waiting" for a step that is not done."""
    today = clock.local(at).date()
    if days.is_late(at):
        return "late"
    if wanted_by(days) <= today:
        return "now"
    return "soon" if wanted_by(days) <= today + _SOON else "waiting"


def _passing_on(day: dt.date) -> Due:
    """Return the duty to hand a report to the municipality responsible for the child: the statute counts no days."""
    provision = "29 kap. 1–4 §§ SoL (2025:400)" if day >= _NEW_ACT else "2 a kap. SoL (2001:453)"
    source = "SOL25" if day >= _NEW_ACT else "SOL01"
    return Due(
        step="pass_on",
        start=day,
        strict=None,
        target=None,
        latest=None,
        strict_at=None,
        provision=provision,
        source=source,
        address=rules.sources()[source].address,
        rule="pass_on",
        valid_from=_NEW_ACT if day >= _NEW_ACT else dt.date(2013, 1, 1),
        valid_to=None if day >= _NEW_ACT else _NEW_ACT,
        confidence="M",
        text=Words(
            sv="Anmälan lämnas till den kommun som ansvarar för barnet. Vi svarar för det akuta tills den är mottagen.",
            en="The report goes to the municipality responsible for the child. Until then we answer for what is acute.",
        ),
        note=Words(sv="Lagen anger ingen dag.", en="The statute sets no day."),
    )
