"""The plan: goals in the person's own words, measures, who answers for them and until when; and how it went.

Which measures somebody has lies sealed and is never a column. The person's own rating is the only number, and it is
about her own life; nobody here judges how dangerous anyone is.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.dossiers import writing
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Content, Opened
from hemvag.lib import clock
from hemvag.staff.models import Worker
from hemvag.support import case, facts
from hemvag.support.models import Outcome, StepKind

KIND: Final = "plan"
FOLLOW_UP: Final = "follow_up"
RATING: Final = "rating"
RATINGS: Final = range(11)


class Measure(models.TextChoices):
    """What a person can be helped with, when she wants it."""

    TALKS = "talks", _("Samtal")
    HOUSING = "housing", _("Bostad")
    WORK = "work", _("Arbete")
    SCHOOLING = "schooling", _("Utbildning")
    HEALTH = "health", _("Hälsa och trauma")
    FAMILY = "family", _("Familj")
    LEAVING = "leaving", _("Lämna en grupp")
    GUIDANCE = "guidance", _("Teologisk vägledning, om personen vill")
    DEBT = "debt", _("Skulder")
    PAPERS = "papers", _("Identitetshandlingar")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measure of a plan. `until` is an ISO day or empty."""

    measure: str
    who: str
    until: str = ""


def write(
    opened: Opened,
    *,
    goals: str,
    rows: Sequence[Row],
    follow_up: dt.date,
    rating: int | None,
    by: Worker,
    at: dt.datetime,
) -> UUID:
    """Seal the plan as it is from now on, and let its follow-up wait. An earlier plan stays as it was.

    Raises NotYours, NotRunning, NoAgreement, NothingWritten, TooLong, NotThoseDays.
    """
    case.ask_to_work(opened, by, at)
    kept = writing.written(goals)
    if follow_up < clock.local(at).date():
        raise facts.NotThoseDays
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        (rests_on, _words), *_more = case.ask_agreed(opened, at)
        data = {"goals": kept, "rows": [asdict(row) | {"measure": Measure(row.measure).value} for row in rows]}
        content = opened.seal(KIND, data, by=by, at=at)
        case.end(opened, StepKind.PLAN, Outcome.DONE, by=by, at=at, content=content)
        case.end(opened, StepKind.FOLLOW_UP, Outcome.DONE, by=by, at=at, content=content)
        case.begin_step(opened, StepKind.FOLLOW_UP, at=at, until=follow_up, agreement=rests_on)
        writing.enter(opened, "plan_written", case.documented(at), content=content, by=by, at=at)
        _rate(opened, rating, on=at, by=by, at=at)
    return content


def follow(
    opened: Opened,
    *,
    text: str,
    helped: str,
    rating: int | None,
    following: dt.date | None,
    met_at: dt.datetime,
    by: Worker,
    at: dt.datetime,
) -> UUID:
    """Seal how it went and what helped, with the person's own rating; `following` is the day of the next follow-up.

    Raises NotYours, NotRunning, NoAgreement, NothingWritten, TooLong, InTheFuture, NotThoseDays.
    """
    case.ask_to_work(opened, by, at)
    if following is not None and following < clock.local(at).date():
        raise facts.NotThoseDays
    met_at = writing.moment(met_at, not_before=opened.dossier.opened_at, at=at)
    words = {"text": writing.written(text), "helped": writing.written(helped, required=False)}
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        (rests_on, _words), *_more = case.ask_agreed(opened, at)
        content = opened.seal(FOLLOW_UP, words | {"met_at": met_at.isoformat()}, by=by, at=at)
        case.end(opened, StepKind.FOLLOW_UP, Outcome.DONE, by=by, at=at, content=content)
        if following is not None:
            case.begin_step(opened, StepKind.FOLLOW_UP, at=at, until=following, agreement=rests_on)
        writing.enter(opened, "followed_up", case.documented(at), content=content, by=by, at=at)
        _rate(opened, rating, on=met_at, by=by, at=at)
    return content


def _rate(opened: Opened, rating: int | None, *, on: dt.datetime, by: Worker, at: dt.datetime) -> None:
    if rating is not None:
        value = RATINGS[rating]
        opened.seal(RATING, {"value": value, "on": clock.local(on).date().isoformat()}, by=by, at=at)


def current(opened: Opened) -> Content | None:
    """Return the plan as it is now, if there is one that may be read."""
    found = opened.read(KIND)
    return found[-1] if found else None


def rows_of(content: Content) -> list[Row]:
    """Return the plan's measures."""
    found: list[dict[str, Any]] = content.data["rows"]
    return [Row(**row) for row in found]


def ratings(opened: Opened) -> list[tuple[dt.date, int]]:
    """Return the person's own ratings, 0 to 10, by day."""
    rated = [(dt.date.fromisoformat(one.data["on"]), int(one.data["value"])) for one in opened.read(RATING)]
    return sorted(rated, key=lambda pair: pair[0])
