"""What is known of a return: each fact with how sure it is. All of it is sealed; none of it is a column."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hemvag.lib import clock

MIDDAY: Final = dt.time(12)


class Sure(models.TextChoices):
    """How sure a fact is. What is not known is said so, and is never left blank."""

    KNOWN = "known", _("Känt")
    LIKELY = "likely", _("Troligt")
    UNKNOWN = "unknown", _("Okänt")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing about the return, in words, and how sure it is."""

    text: str = ""
    sure: str = Sure.UNKNOWN

    @property
    def is_said(self) -> bool:
        """Whether there is anything to tell of it."""
        return bool(self.text) and self.sure != Sure.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a plan is made on: when they come, where, from where, who meets, where they sleep the first night; the
    adults who come, a line for each; what a school or a home needs to hear; and a text. Never why they come.

    `day` and `time` are those of the arrival; `sure` says how sure that moment is.
    """

    day: dt.date | None = None
    time: dt.time | None = None
    sure: str = Sure.UNKNOWN
    place: Fact = field(default_factory=Fact)
    origin: Fact = field(default_factory=Fact)
    meets: Fact = field(default_factory=Fact)
    first_night: Fact = field(default_factory=Fact)
    adults: Sequence[str] = ()
    district: str = ""
    from_day: dt.date | None = None
    text: str = ""

    @property
    def moment(self) -> dt.datetime | None:
        """When they arrive; midday of a day without a time, and None when the day is unknown."""
        if self.day is None or self.sure == Sure.UNKNOWN:
            return None
        return dt.datetime.combine(self.day, self.time or MIDDAY, clock.STOCKHOLM)

    def as_data(self) -> dict[str, Any]:
        """Return what is sealed."""
        return vars(self) | {
            "day": self.day.isoformat() if self.day else "",
            "time": self.time.isoformat() if self.time else "",
            "from_day": self.from_day.isoformat() if self.from_day else "",
            "adults": list(self.adults),
            **{name: vars(getattr(self, name)).copy() for name in FACTS},
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return what `as_data` wrote."""
        read: dict[str, Any] = dict(data)
        read["day"] = dt.date.fromisoformat(data["day"]) if data["day"] else None
        read["time"] = dt.time.fromisoformat(data["time"]) if data["time"] else None
        read["from_day"] = dt.date.fromisoformat(data["from_day"]) if data["from_day"] else None
        return cls(**read | {name: Fact(**data[name]) for name in FACTS})


FACTS: Final = ("place", "origin", "meets", "first_night")
"""The names of the facts that are words, each with how sure it is."""
