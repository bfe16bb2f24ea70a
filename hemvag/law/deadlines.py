"""Statutory clocks: the day by which a step is to be done, computed from when it began and never stored."""

import calendar as months_of
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hemvag.law import calendar, rules
from hemvag.law.rules import Words

_UNITS = ("days", "weeks", "months")


class UnknownStep(LookupError):
    """The law module knows no clock of this name."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a step is due, and why.

    `strict` is the last day by the letter of the rule: after it the step is late. `target` is the last weekday on or
    before it, never before the start: what lists colour by. `latest` is the next weekday that the 1930 act (lag
    1930:173, 2 §) may allow: information, since it is open whether the act helps an authority's own clock. For what
    is to be done at once (genast) `target` is the first day itself, `strict` the day after, weekends too, and
    `latest` None; `strict_at` is then the moment when `strict` has ended. All four are None where the law sets no
    time: `note` says so. `valid_from` is the rule's first day, `valid_to` the first day it no longer held.
    """

    step: str
    start: dt.date
    strict: dt.date | None
    target: dt.date | None
    latest: dt.date | None
    strict_at: dt.datetime | None
    provision: str
    source: str
    address: str
    rule: str
    valid_from: dt.date
    valid_to: dt.date | None
    confidence: str
    text: Words
    note: Words | None

    def is_late(self, at: dt.date | dt.datetime) -> bool:
        """Whether the strict day has passed. Never where the law sets no time."""
        return self.strict is not None and calendar.local_day(at) > self.strict


def due(step: str, start: dt.date | dt.datetime, on: dt.date | None = None, pack: str = rules.DEFAULT) -> Due:
    """When `step` is due when its clock began at `start`, by the rule in force on that day, or on the day `on`.

    Steps and what starts them: `protection_assessment`, `preliminary_assessment` (the report arrived),
    `investigation` (it was opened), `feedback` (the decision to open or not), `feedback_at_once` (the reporter
    asked), `follow_up` (the investigation was closed), `lvu_submission` (the decision), `lvu_application` (it was
    carried out), `case_transfer_answer` (the request arrived). The first day is day 0; weeks and months end on the
    same weekday and the same number, else on the month's last day (lag 1930:173, 1 §).

    A moment counts as its day in Sweden. Protection assessment wants a moment: a bare date raises TypeError there.
    `feedback` before 2026-01-15 gives a `Due` whose days are None. Raises `UnknownStep`, `rules.NoRule` for a day
    before the tables begin, `packs.UnknownPack`, `calendar.Naive` and `calendar.OutsideCalendar`.
    """
    if step == "protection_assessment" and not isinstance(start, dt.datetime):
        raise TypeError("a protection assessment starts at a moment, not on a day")
    return _due(step, calendar.local_day(start), on, pack)


def steps(pack: str = rules.DEFAULT) -> tuple[str, ...]:
    """Every step that has a clock."""
    return tuple(tables(pack))


@lru_cache(maxsize=16)
def tables(pack: str = rules.DEFAULT) -> rules.Tables:
    """Every clock's rules, by step. Raises `packs.UnknownPack` and `rules.BrokenRules`."""
    return rules.read("deadlines.toml", pack, own={"period": _period, "at_once": rules.flag})


@lru_cache(maxsize=65_536)
def _due(step: str, start: dt.date, on: dt.date | None, pack: str) -> Due:
    rule = rule_of(step, on or start, pack)
    at_once = bool(rule.own.get("at_once"))
    strict = _end(start, rule.own["period"]) if "period" in rule.own else None
    return Due(
        step=step,
        start=start,
        strict=strict,
        target=_target(start, strict, at_once=at_once),
        latest=None if at_once or strict is None else calendar.next_weekday(strict),
        strict_at=calendar.end_of(strict) if at_once and strict else None,
        provision=rule.provision,
        source=rule.source,
        address=rule.address,
        rule=rule.id,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        confidence=rule.confidence,
        text=rule.text,
        note=rule.note,
    )


def rule_of(step: str, day: dt.date, pack: str = rules.DEFAULT) -> rules.Rule:
    """The rule for a step on a day. Raises `UnknownStep` and `rules.NoRule`."""
    if step not in tables(pack):
        raise UnknownStep(step)
    return rules.in_force(tables(pack)[step], day)


def _target(start: dt.date, strict: dt.date | None, *, at_once: bool) -> dt.date | None:
    if strict is None:
        return None
    return start if at_once else max(start, calendar.previous_weekday(strict))


def _end(start: dt.date, period: Mapping[str, int]) -> dt.date:
    month = start.month - 1 + period.get("months", 0)
    year, month = start.year + month // 12, month % 12 + 1
    day = min(start.day, months_of.monthrange(year, month)[1])
    return dt.date(year, month, day) + dt.timedelta(days=period.get("days", 0), weeks=period.get("weeks", 0))


def _period(value: object) -> str | None:
    if value is None:
        return None
    wrong = "write { days = 14 }, { weeks = 1 } or { months = 4 }"
    if not isinstance(value, Mapping) or len(value) != 1:
        return wrong
    ((unit, number),) = value.items()
    fits = unit in _UNITS and isinstance(number, int) and not isinstance(number, bool) and number > 0
    return None if fits else wrong
