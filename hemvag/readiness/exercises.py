"""What others ask of exercises: when the last one was, and whether its gaps are closed."""

import datetime as dt
import uuid
from dataclasses import dataclass

from hemvag.readiness.models import Exercise


@dataclass(frozen=True, kw_only=True)
class Last:
    """The last exercise on a day. `has_report` is false while nobody has written what it showed."""

    id: uuid.UUID
    name: str
    held_on: dt.date
    format: str
    gaps: int
    open_gaps: int
    has_report: bool

    @property
    def is_closed(self) -> bool:
        """Say whether its report is written and every gap that it showed is closed."""
        return self.has_report and self.open_gaps == 0


def last(on: dt.date, *, authority: uuid.UUID | None = None) -> Last | None:
    """Return the last exercise held on `on` or before, of one committee or of any; None when there is none.

    A night call test counts only when nothing larger has been held: it tries one telephone, not the town.
    """
    rows = Exercise.objects.filter(held_on__lte=on)
    if authority is not None:
        rows = rows.filter(authority=authority)
    whole = rows.exclude(format="night_call").order_by("-held_on", "-at").first()
    row = whole or rows.order_by("-held_on", "-at").first()
    if row is None:
        return None
    return Last(
        id=row.pk,
        name=row.name,
        held_on=row.held_on,
        format=row.format,
        gaps=row.gaps.count(),
        open_gaps=row.gaps.filter(closed=None).count(),
        has_report=row.reports.exists(),
    )
