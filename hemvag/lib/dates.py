"""Days and times as people type them, and as Swedes write them back."""

import datetime as dt
import re
from typing import Literal

from hemvag.lib.clock import STOCKHOLM
from hemvag.lib.date_words import MONTHS, NEAR, WEEKDAYS

Toward = Literal["past", "future"]
DateFault = Literal["empty", "not_understood", "no_such_date", "not_leap_year", "wrong_weekday"]
TimeFault = Literal["empty", "not_understood", "no_such_time"]


class NotADate(ValueError):
    """What was typed is no day. `code` says why; the page says it in the reader's language."""

    def __init__(self, code: DateFault) -> None:
        super().__init__(code)
        self.code = code


class NotATime(ValueError):
    """What was typed is no time of day. `code` says why."""

    def __init__(self, code: TimeFault) -> None:
        super().__init__(code)
        self.code = code


_WORD_NUMBER = {word: n for words in MONTHS.values() for n, word in enumerate(words, 1)}
_WORD_NUMBER |= {word[:3]: n for word, n in _WORD_NUMBER.items()} | {"sept": 9}
_WEEKDAY_NUMBER = {word: n for words in WEEKDAYS.values() for n, word in enumerate(words)}
_NEAR = {word: days for words in NEAR.values() for word, days in words.items()}

_MONTH = "|".join(sorted(_WORD_NUMBER, key=len, reverse=True))
_YEAR = r"(?P<year>\d{4}|\d{2})"
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})[-/. ](?P<month>\d{1,2})[-/. ](?P<day>\d{1,2})",
        r"(?P<year>\d{4}|\d{2})(?P<month>\d{2})(?P<day>\d{2})",
        rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:[-/ ]{{1,2}}{_YEAR})?",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}",
        rf"(?P<day>\d{{1,2}})(?::?[ae]|st|nd|rd|th)? (?P<word>{_MONTH})\.?(?:,? {_YEAR})?",
        rf"(?P<word>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? {_YEAR})?",
    )
)
_WEEKDAY = re.compile(rf"(?P<weekday>{'|'.join(_WEEKDAY_NUMBER)})(?:en)?,? (?:den |the )?(?P<rest>.+)")
_AGO = re.compile(r"(?:för )?(?P<days>\d{1,3}) (?:dagar|dag|dar|days|day) (?:sedan|sen|ago)")
_AHEAD = re.compile(r"(?:om|in) (?P<days>\d{1,3}) (?:dagar|dag|dar|days|day)")
_TIME = re.compile(r"(?:klockan |kl\.? ?|at )?(?P<hour>\d{1,2})(?:[.:]?(?P<minute>\d{2}))? ?(?P<half>am|pm)?", re.ASCII)


def parse_date(typed: str, *, today: dt.date, toward: Toward = "past") -> dt.date:
    """The day that was typed: `14/5`, `14/5 2026`, `2026-05-14`, `20260514`, `14 maj`, `igår`, `yesterday` …

    Without a year it is the nearest such day that is not after `today`, or not before it when `toward` is "future".
    Two digits of a year are a year of this century, or of the last one when the day would lie ahead and `toward` is
    "past". 29 February in a year without one is an error (`not_leap_year`), never another day, and so is a year
    outside 1850-2100 (`no_such_date`). Raises `NotADate`.
    """
    said = " ".join(typed.casefold().split()).removeprefix("den ").removeprefix("the ")
    if not said:
        raise NotADate("empty")
    if (days := _days_away(said)) is not None:
        return today + dt.timedelta(days)
    if found := _WEEKDAY.fullmatch(said):
        day = parse_date(found["rest"], today=today, toward=toward)
        if day.weekday() != _WEEKDAY_NUMBER[found["weekday"]]:
            raise NotADate("wrong_weekday")
        return day
    for form in _FORMS:
        if found := form.fullmatch(said):
            return _day(found.groupdict(), today, toward)
    raise NotADate("not_understood")


def parse_time(typed: str) -> dt.time:
    """The time of day that was typed: `14.30`, `14:30`, `1430`, `kl 14`, `9`, `2 pm`. Raises `NotATime`."""
    said = " ".join(typed.casefold().split())
    if not said:
        raise NotATime("empty")
    found = _TIME.fullmatch(said)
    if found is None:
        raise NotATime("not_understood")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise NotATime("no_such_time")
        hour = hour % 12 + (12 if found["half"] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise NotATime("no_such_time")
    return dt.time(hour, minute)


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """The moment of this day and time in Sweden; the first of two when the clocks go back.

    Raises `NotATime` (`no_such_time`) for the hour that is skipped in spring.
    """
    made = dt.datetime.combine(day, time.replace(tzinfo=None), STOCKHOLM)
    if made.astimezone(dt.UTC).astimezone(STOCKHOLM).replace(tzinfo=None) != made.replace(tzinfo=None):
        raise NotATime("no_such_time")
    return made


def _days_away(said: str) -> int | None:
    if said in _NEAR:
        return _NEAR[said]
    if found := _AGO.fullmatch(said):
        return -int(found["days"])
    if found := _AHEAD.fullmatch(said):
        return int(found["days"])
    return None


def _day(parts: dict[str, str | None], today: dt.date, toward: Toward) -> dt.date:
    day = int(parts["day"] or 0)
    month = _WORD_NUMBER[word] if (word := parts.get("word")) else int(parts["month"] or 0)
    year = _year(parts.get("year"), (month, day), today, toward)
    if not 1850 <= year <= 2100:
        raise NotADate("no_such_date")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise NotADate("not_leap_year" if (month, day) == (2, 29) else "no_such_date") from None


def _year(typed: str | None, day: tuple[int, int], today: dt.date, toward: Toward) -> int:
    if typed and len(typed) == 4:
        return int(typed)
    now = (today.month, today.day)
    if typed:
        year = today.year - today.year % 100 + int(typed)
        return year - 100 if toward == "past" and (year, *day) > (today.year, *now) else year
    if toward == "past":
        return today.year - 1 if day > now else today.year
    return today.year + 1 if day < now else today.year
