"""Days and times written as Swedes write them (`torsdag 14 maj`, `kl. 14.30`), and the same in English."""

import datetime as dt
from collections.abc import Mapping

WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
}
MONTHS: Mapping[str, tuple[str, ...]] = {
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("january", "february", "march", "april", "may", "june"),
        *("july", "august", "september", "october", "november", "december"),
    ),
}
NEAR: Mapping[str, Mapping[str, int]] = {
    "sv": dict.fromkeys(("i dag", "idag"), 0)
    | dict.fromkeys(("i går", "igår", "i gar", "igar"), -1)
    | dict.fromkeys(("i förrgår", "iförrgår", "förrgår", "i forrgar"), -2)
    | dict.fromkeys(("i morgon", "imorgon", "i morron", "imorron"), 1)
    | dict.fromkeys(("i övermorgon", "övermorgon"), 2),
    "en": {
        "today": 0,
        "yesterday": -1,
        "day before yesterday": -2,
        "tomorrow": 1,
        "day after tomorrow": 2,
    },
}
_SAID: Mapping[str, Mapping[int, str]] = {
    "sv": {0: "i dag", -1: "i går", 1: "i morgon"},
    "en": {0: "today", -1: "yesterday", 1: "tomorrow"},
}
_NEAREST_DAYS = 6


def day(when: dt.date, *, today: dt.date, language: str) -> str:
    """`torsdag 14 maj` or `Thursday 14 May`; the year stands after it when it is not the year of `today`."""
    tongue = _tongue(language)
    weekday, month = WEEKDAYS[tongue][when.weekday()], MONTHS[tongue][when.month - 1]
    if tongue == "en":
        weekday, month = weekday.capitalize(), month.capitalize()
    year = "" if when.year == today.year else f" {when.year}"
    return f"{weekday} {when.day} {month}{year}"


def time(when: dt.time | dt.datetime, *, language: str) -> str:
    """`kl. 14.30`, in English `14:30`."""
    return f"{when:%H:%M}" if _tongue(language) == "en" else f"kl. {when:%H.%M}"


def moment(when: dt.datetime, *, today: dt.date, language: str) -> str:
    """`torsdag 14 maj kl. 14.30` or `Thursday 14 May at 14:30`. The moment is shown in the zone it has."""
    between = " at " if _tongue(language) == "en" else " "
    return day(when.date(), today=today, language=language) + between + time(when, language=language)


def relative(when: dt.date, *, today: dt.date, language: str) -> str:
    """`i dag`, `i morgon`, `om 3 dagar`, `3 dagar sen`, and further off the day itself (`torsdag 14 maj`)."""
    tongue, days = _tongue(language), (when - today).days
    if days in _SAID[tongue]:
        return _SAID[tongue][days]
    if abs(days) > _NEAREST_DAYS:
        return day(when, today=today, language=tongue)
    if tongue == "en":
        return f"{-days} days ago" if days < 0 else f"in {days} days"
    return f"{-days} dagar sen" if days < 0 else f"om {days} dagar"


def _tongue(language: str) -> str:
    return "en" if language.startswith("en") else "sv"
