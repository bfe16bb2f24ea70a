"""The history of who changed whose access: rows are added, never changed, and hold no more than that."""

import datetime as dt

from hemvag.agencies.models import Unit
from hemvag.staff.models import Change, Worker


def note(
    worker: Worker,
    what: Change.What,
    *,
    unit: Unit | None = None,
    role: str = "",
    day: dt.date | None = None,
    by: Worker | None,
    at: dt.datetime,
) -> Change:
    """Add a row; `by` is nobody when it is done on the command line."""
    return Change.objects.create(worker=worker, what=what, unit=unit, role=role, day=day, by=by, at=at)
