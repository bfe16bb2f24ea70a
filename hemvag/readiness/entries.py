"""How a service is read: its standing version in words, with what is computed on the day it is read.

What is unknown is said as unknown, in every place where a number or a day could have stood.
"""

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hemvag.agencies.models import District, Municipality
from hemvag.lib import clock, date_words
from hemvag.readiness import grades
from hemvag.readiness.content import content
from hemvag.readiness.grades import Grade
from hemvag.readiness.models import Gap, Paper, Secrecy, Version
from hemvag.staff.models import Worker

RUNS_OUT_WITHIN: Final = dt.timedelta(days=60)
CAPACITY_OLD_AFTER: Final = dt.timedelta(days=30)
PRIVATE: Final = re.compile(r"(?:\+46|0046|\b0)[\s-]*7[02369](?:[\s-]*\d){7}|\b[a-zåäö]+\.[a-zåäö]+@", re.IGNORECASE)
"""What a private person's own number or address looks like: a Swedish mobile number, or name.name@."""


@dataclass(frozen=True)
class Said:
    """A state of the kind that `{% status %}` shows, and the words that say it."""

    state: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One service on a day."""

    version: Version
    on: dt.date
    open_gaps: int
    districts: Mapping[str, str]

    @property
    def id(self) -> uuid.UUID:
        """The service's id."""
        return self.version.resource_id

    @property
    def owner(self) -> str:
        """Whose it is: a unit with its authority, or an outside organisation."""
        unit = self.version.unit
        return f"{unit.name}, {unit.authority.name}" if unit else self.version.organisation

    @property
    def needs(self) -> str:
        """The needs that it meets, in words."""
        return ", ".join(content().need(code) for code in self.version.needs)

    @property
    def languages(self) -> str:
        """The languages spoken, in words."""
        return ", ".join(content().language(code) for code in self.version.languages) or _("okänt")

    @property
    def where(self) -> str:
        """The districts that it serves, in words."""
        return ", ".join(self.districts.get(code, code) for code in self.version.districts) or _("hela staden")

    @property
    def for_whom(self) -> str:
        """Whom it is for, with ages."""
        low, high = self.version.from_age, self.version.to_age
        ages = ""
        if low is not None and high is not None:
            ages = _("%(low)d–%(high)d år") % {"low": low, "high": high}
        elif low is not None:
            ages = _("från %(low)d år") % {"low": low}
        elif high is not None:
            ages = _("till och med %(high)d år") % {"high": high}
        return ", ".join(part for part in (self.version.for_whom, ages) if part) or _("okänt")

    @property
    def grade(self) -> Grade:
        """How ready it is today: a 4 lapses by itself."""
        said = self.version
        return grades.on_day(said.grade, exercised_on=said.exercised_on, open_gaps=self.open_gaps, on=self.on)

    @property
    def capacity(self) -> Said:
        """How many places are free, with the day it was said; unknown is never nought."""
        free, total, said_on = self.version.free, self.version.total, self.version.said_on
        if free is None or said_on is None:
            return Said("info", _("lediga platser: okänt"))
        number = str(free) if total is None else _("%(free)d av %(total)d") % {"free": free, "total": total}
        words = _("%(number)s lediga, sagt %(day)s") % {"number": number, "day": self._day(said_on)}
        if self.on - said_on > CAPACITY_OLD_AFTER:
            return Said("soon", _("%(words)s: fråga igen") % {"words": words})
        return Said("now" if free else "late", words)

    @property
    def lead_time(self) -> str:
        """How long it takes until help begins."""
        days = self.version.lead_days
        if days is None:
            return _("okänt")
        return ngettext("%(days)d dag", "%(days)d dagar", days) % {"days": days} if days else _("samma dag")

    @property
    def secrecy(self) -> str:
        """Inside or outside the social services' secrecy, in words."""
        return str(Secrecy(self.version.secrecy).label)

    @property
    def agreement(self) -> Said | None:
        """How its agreement on cooperation stands; None when there is none."""
        said = self.version
        if not (said.agreement_purpose or said.agreement_from or said.agreement_to):
            return None
        if said.agreement_to is None:
            return Said("info", _("gäller, slutdagen är okänd"))
        facts = {"day": self._day(said.agreement_to)}
        if said.agreement_to < self.on:
            return Said("late", _("gick ut %(day)s") % facts)
        if said.agreement_to - self.on <= RUNS_OUT_WITHIN:
            return Said("soon", _("går ut %(day)s") % facts)
        return Said("done", _("gäller till %(day)s") % facts)

    @property
    def check(self) -> Said:
        """When it is to be checked; overdue is said."""
        facts = {"day": self._day(self.version.next_check)}
        if self.version.next_check < self.on:
            return Said("late", _("skulle ha kontrollerats %(day)s") % facts)
        return Said("done", _("kontrolleras senast %(day)s") % facts)

    @property
    def is_overdue(self) -> bool:
        """Say whether its check is overdue."""
        return self.version.next_check < self.on

    @property
    def may_be_private(self) -> bool:
        """Say whether a contact looks like a private person's own rather than a function's."""
        return looks_private(self.version.contact) or looks_private(self.version.out_of_hours)

    @property
    def is_printed(self) -> bool:
        """Say whether it stands on the printed list."""
        return self.version.paper == Paper.YES and self.version.ended_on is None

    def _day(self, day: dt.date) -> str:
        return date_words.day(day, today=self.on, language=get_language() or "sv")


def looks_private(contact: str) -> bool:
    """Say whether a contact looks like a private person's own number or address."""
    return bool(PRIVATE.search(contact))


def of_worker(worker: Worker, at: dt.datetime, *, need: str = "") -> list[Entry]:
    """Return the services that `worker` may find and that have not ended, those that meet a need. Three queries."""
    rows = Version.objects.visible_to(worker, at).standing()
    if need:
        rows = Version.objects.filter(id__in=rows.values("id"), needs__contains=[need])
    return _read(rows, clock.local(at).date())


def of_town(municipality: Municipality, *, on: dt.date) -> list[Entry]:
    """Return the services of a town that have not ended, for the printed list."""
    return _read(Version.objects.filter(resource__municipality=municipality).standing(), on)


def of_version(version: Version, *, on: dt.date) -> Entry:
    """Return one version as it reads on a day."""
    return _entries([version], on)[0]


def _read(versions: QuerySet[Version], on: dt.date) -> list[Entry]:
    rows = versions.select_related("unit__authority", "checked_by", "resource")
    return _entries([row for row in rows if row.ended_on is None or row.ended_on > on], on)


def _entries(versions: Sequence[Version], on: dt.date) -> list[Entry]:
    resources = [row.resource_id for row in versions]
    gaps = Counter(Gap.objects.open().filter(resource__in=resources).values_list("resource", flat=True))
    names = dict(District.objects.order_by("valid_from").values_list("code", "name"))
    return [Entry(version=row, on=on, open_gaps=gaps[row.resource_id], districts=names) for row in versions]
