"""One indicator: what it says, its number as it may be shown, its limit, and where it is from."""

import datetime as dt
import enum
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hemvag.disclosure import FEWEST


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


def count(number: int) -> str:
    """Return a number as it may be shown."""
    return _("färre än %(fewest)d") % {"fewest": FEWEST} if 0 < number < FEWEST else str(number)


def unknown(code: str, title: str, source: str, limit: str = "") -> Indicator:
    """Return an indicator whose number nobody knows: never a nought and never blank."""
    return Indicator(code=code, says=Says.UNKNOWN, title=title, number=_("okänt"), limit=limit, source=source)
