"""What was opened by broken glass and what a lead said of it, for who reads the log. No name, and no word of why."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from hemvag.dossiers.models import BrokenGlass, GlassOutcome, GlassReview
from hemvag.lib import clock
from hemvag.oversight.paging import page_of
from hemvag.staff.models import Worker

PAGE: Final = 50
WAITING: Final = "waiting"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One broken glass, its review if there is one, and for how many days none has come."""

    glass: BrokenGlass
    review: GlassReview | None
    days: int


def count_waiting(reader: Worker, at: dt.datetime) -> int:
    """Return how many no lead has reviewed."""
    return BrokenGlass.objects.visible_to(reader, at).unreviewed().count()


def rows(reader: Worker, at: dt.datetime, *, state: str, after: str) -> tuple[list[Row], str]:
    """Return a page of them, the newest first, and where the next page begins.

    Of every state when `state` is empty or unknown. `after` is what the page before returned.
    """
    found = BrokenGlass.objects.visible_to(reader, at)
    if state == WAITING:
        found = found.unreviewed()
    elif state in GlassOutcome.values:
        found = found.filter(review__outcome=state)
    page, older = page_of(found.select_related("dossier", "unit", "worker"), after=after, most=PAGE)
    said = _reviews(page)
    return [_row(glass, said.get(glass.id), at) for glass in page], older


def _reviews(page: list[BrokenGlass]) -> Mapping[UUID, GlassReview]:
    found = GlassReview.objects.filter(glass__in=page).select_related("by")
    return {review.glass_id: review for review in found}


def _row(glass: BrokenGlass, review: GlassReview | None, at: dt.datetime) -> Row:
    days = (clock.local(at).date() - clock.local(glass.at).date()).days
    return Row(glass=glass, review=review, days=0 if review else days)
