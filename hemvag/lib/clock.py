"""The one place that asks what time it is. Everything else takes the time as an argument or asks here."""

import datetime as dt
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class Naive(ValueError):
    """A moment without a time zone: nobody can say which day it belongs to."""


def now() -> dt.datetime:
    """This moment, aware, in Swedish time."""
    return dt.datetime.now(STOCKHOLM)


def today() -> dt.date:
    """The day it is in Sweden."""
    return now().date()


def local(moment: dt.datetime) -> dt.datetime:
    """The same moment in Swedish time. Raises `Naive` when the moment has no time zone."""
    if moment.utcoffset() is None:
        raise Naive(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(STOCKHOLM)
