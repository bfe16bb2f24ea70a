"""What became of the reviews, for who reads the log: unit by unit, and one by one."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Unit
from hemvag.lib import clock
from hemvag.oversight.models import REVIEWED_WITHIN, Draw, Remark, Review
from hemvag.oversight.paging import page_of
from hemvag.staff.models import Worker

WEEKS: Final = 12
PAGE: Final = 50
WAITING, LATE = "waiting", "late"
ENDED: Final[Mapping[str, object]] = {
    Remark.Outcome.FINE: _("utan anmärkning"),
    Remark.Outcome.TALKED: _("tillfrågad"),
    Remark.Outcome.PASSED_ON: _("till chefen"),
    Remark.Outcome.INCIDENT: _("incident"),
}
STATES: Final[Mapping[str, object]] = {WAITING: _("väntar"), LATE: _("försenad"), **ENDED}


@dataclass(frozen=True, kw_only=True)
class OfUnit:
    """What a unit's openings and reviews came to in WEEKS weeks. `openings` are those of the weeks that are drawn."""

    name: str
    openings: int
    reviews: Mapping[str, int]

    @property
    def drawn(self) -> int:
        """How many reviews, whatever their state."""
        return sum(self.reviews.values())

    @property
    def waiting(self) -> int:
        """How many are not signed."""
        return self.reviews.get(WAITING, 0) + self.late

    @property
    def late(self) -> int:
        """How many should have been signed."""
        return self.reviews.get(LATE, 0)

    def ended(self) -> list[tuple[str, int]]:
        """Return how many ended in each way, with the way in a word or two."""
        return [(str(label), self.reviews.get(code, 0)) for code, label in ENDED.items()]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One review with what was said in it."""

    review: Review
    asked: Remark | None
    answered: Remark | None
    signed: Remark | None
    state: str

    @property
    def ended(self) -> str:
        """How it ended, in a word or two."""
        return str(ENDED[self.signed.code]) if self.signed else ""


def units(reader: Worker, at: dt.datetime) -> list[OfUnit]:
    """Return the numbers of each unit that has any, by name. The same three queries however many reviews there are."""
    since = at - dt.timedelta(weeks=WEEKS)
    outcome = Remark.objects.filter(review=OuterRef("pk"), kind=Remark.Kind.SIGNED).values("code")
    seen = Review.objects.visible_to(reader, at).filter(at__gte=since).annotate(outcome=Subquery(outcome))
    rows = seen.order_by().values("unit", "outcome").annotate(all=Count("id"), late=Count("id", filter=_is_late(at)))
    counted: dict[UUID, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["outcome"]:
            counted[row["unit"]][row["outcome"]] = row["all"]
        else:
            counted[row["unit"]] += Counter({LATE: row["late"], WAITING: row["all"] - row["late"]})
    committees = granted(reader, at).authorities(Ability.LOG_READ)
    draws = Draw.objects.filter(week__gte=clock.local(since).date(), unit__authority__in=committees)
    opened = dict(draws.order_by().values_list("unit").annotate(Sum("openings")))
    names = Unit.objects.filter(id__in={*counted, *opened}).order_by("name").values_list("id", "name")
    return [OfUnit(name=name, openings=opened.get(unit, 0), reviews=counted[unit]) for unit, name in names]


def reviews(reader: Worker, at: dt.datetime, *, state: str, after: str) -> tuple[list[Row], str]:
    """Return a page of the reviews in a state, the newest first, and where the next page begins.

    Every state when it is empty. `after` is what the page before returned.
    """
    found = Review.objects.visible_to(reader, at)
    if state == WAITING:
        found = found.waiting()
    elif state == LATE:
        found = found.waiting().filter(_is_late(at))
    elif state in STATES:
        found = found.filter(remarks__kind=Remark.Kind.SIGNED, remarks__code=state)
    related = found.select_related("unit", "worker", "lead", "dossier").prefetch_related("remarks__by")
    page, older = page_of(related, after=after, most=PAGE)
    return [_row(review, at) for review in page], older


def _row(review: Review, at: dt.datetime) -> Row:
    said = {remark.kind: remark for remark in review.remarks.all()}
    signed = said.get(Remark.Kind.SIGNED)
    is_late = review.due() < clock.local(at).date()
    return Row(
        review=review,
        asked=said.get(Remark.Kind.ASKED),
        answered=said.get(Remark.Kind.ANSWERED),
        signed=signed,
        state="done" if signed else "late" if is_late else "soon",
    )


def _is_late(at: dt.datetime) -> Q:
    midnight = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(at__lt=midnight - REVIEWED_WITHIN)
