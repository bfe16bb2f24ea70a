"""Lines of the read log and reviews as tests make them."""

import datetime as dt
import uuid
from collections.abc import Sequence

from hemvag.audit import log
from hemvag.audit.models import Act, Purpose
from hemvag.concerns import report
from hemvag.concerns.models import ConcernReport
from hemvag.lib.clock import STOCKHOLM
from hemvag.oversight import draw
from hemvag.oversight.models import Review
from tests.concerns import making
from tests.conftest import Town

WEEK = dt.date(2026, 3, 2)
NEXT_WEEK = dt.datetime(2026, 3, 9, 4, 0, tzinfo=STOCKHOLM)


def at(day: int = 0, hour: int = 10, minute: int = 0, *, week: dt.date = WEEK) -> dt.datetime:
    """A moment of the week that is drawn from."""
    return dt.datetime.combine(week + dt.timedelta(days=day), dt.time(hour, minute), STOCKHOLM)


def child(town: Town, given: str = "Amina", family: str = "Nilssonson", **facts: object) -> ConcernReport:
    """A child's case of the unit "children", registered weeks before by somebody else, that nobody has opened."""
    who = making.identity(given, family, **facts)
    [made] = making.receive(town, at=at(-28), children=[report.Child(identity=who, district=town.district)])
    return made


def opens(
    town: Town,
    part: str,
    *dossiers: uuid.UUID,
    when: dt.datetime | None = None,
    act: Act = Act.OPENED,
    purpose: Purpose = Purpose.HANDLE,
) -> uuid.UUID:
    """A line of the log: a worker opened dossiers."""
    return log.write(act, worker=town.workers[part].id, dossiers=dossiers, purpose=purpose, at=when or at())


def drawn(town: Town, **facts: object) -> Sequence[Review]:
    """The reviews of the unit "children" and the week, drawn by itself when the week was over."""
    made = draw.draw(town.children, week=WEEK, by=None, at=NEXT_WEEK, **facts)  # type: ignore[arg-type]
    return Review.objects.filter(unit=town.children, at=made.at).select_related("worker", "lead", "dossier")


def one(town: Town, part: str = "colleague") -> Review:
    """A review of one opening, made by a colleague and given to the lead."""
    opens(town, part, child(town).dossier_id)
    [review] = drawn(town)
    return review
