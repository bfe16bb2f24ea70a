"""What of log review waits for a worker today: openings to review, and questions about her own."""

import datetime as dt
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.lib import clock, date_words
from hemvag.oversight.models import ANSWERED_WITHIN, Remark, Review
from hemvag.staff.models import Worker
from hemvag.web.addresses import address
from hemvag.web.items import Item

END_OF_DAY: Final = dt.time(23, 59)


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` items, the most urgent first. Two queries however many reviews there are."""
    asked = Remark.objects.filter(
        kind=Remark.Kind.ASKED, review__in=Review.objects.asked_of(worker).unanswered().waiting()
    ).select_related("review__dossier")
    found = [_question(remark, at) for remark in asked.order_by("at")[:limit]]
    if granted(worker, at).has(Ability.LOG_REVIEW):
        given = Review.objects.visible_to(worker, at).filter(lead=worker).waiting()
        found += [_review(row, at) for row in given.select_related("dossier", "worker").order_by("at", "id")[:limit]]
    return sorted(found)[:limit]


def _review(review: Review, at: dt.datetime) -> Item:
    page = address("oversight:review", review.id)
    return _item(
        review, review.due(), at, kind="log_review", title=_("Granska en öppning"), page=page, button=_("Granska")
    )


def _question(remark: Remark, at: dt.datetime) -> Item:
    review = remark.review
    page = address("oversight:asked", review.id)
    due = clock.local(remark.at + ANSWERED_WITHIN).date()
    return _item(review, due, at, kind="log_asked", title=_("Svara om en öppning"), page=page, button=_("Svara"))


def _item(review: Review, due: dt.date, at: dt.datetime, *, kind: str, title: str, page: str, button: str) -> Item:
    today = clock.local(at).date()
    return Item(
        due=dt.datetime.combine(due, END_OF_DAY, clock.STOCKHOLM),
        when=_("senast %(day)s") % {"day": date_words.relative(due, today=today, language=get_language() or "sv")},
        kind=kind,
        title=title,
        who="",
        reference=review.dossier.reference,
        url=page,
        next_label=button,
        next_url=page,
        state="late" if due < today else "now" if due == today else "soon",
    )
