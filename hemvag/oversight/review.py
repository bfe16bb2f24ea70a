"""Review an opening: ask the worker, let her answer, and sign how it ended."""

import datetime as dt
import uuid

from django.db import transaction

from hemvag.access.abilities import Ability, granted
from hemvag.oversight.models import Remark, Review
from hemvag.staff.models import Worker


class NotYours(PermissionError):
    """The review is not the worker's to say anything in."""


class AlreadySaid(Exception):
    """This has been said in the review, or it is signed; `by` and `at` are who said it and when."""

    def __init__(self, remark: Remark) -> None:
        super().__init__()
        self.by, self.at = remark.by, remark.at


def ask(review_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> Remark:
    """Ask the worker about her opening: she finds the question on her Today. Raises NotYours and AlreadySaid."""
    return _say(_leads(review_id, by, at), Remark.Kind.ASKED, "", by=by, at=at)


def answer(review_id: uuid.UUID, *, code: str, by: Worker, at: dt.datetime) -> Remark:
    """Answer about one's own opening, with one of `Remark.Answer`. Raises NotYours and AlreadySaid."""
    review = Review.objects.asked_of(by).filter(id=review_id).first()
    if review is None:
        raise NotYours
    return _say(review, Remark.Kind.ANSWERED, Remark.Answer(code).value, by=by, at=at)


def sign(review_id: uuid.UUID, *, outcome: str, by: Worker, at: dt.datetime) -> Remark:
    """Sign how the review ended, with one of `Remark.Outcome`; it is never changed. Raises NotYours and AlreadySaid."""
    return _say(_leads(review_id, by, at), Remark.Kind.SIGNED, Remark.Outcome(outcome).value, by=by, at=at)


def _leads(review_id: uuid.UUID, by: Worker, at: dt.datetime) -> Review:
    if not granted(by, at).has(Ability.LOG_REVIEW):
        raise NotYours
    review = Review.objects.visible_to(by, at).filter(id=review_id, lead=by).first()
    if review is None:
        raise NotYours
    return review


def _say(review: Review, kind: Remark.Kind, code: str, *, by: Worker, at: dt.datetime) -> Remark:
    with transaction.atomic():
        Review.objects.select_for_update(of=("self",)).get(id=review.id)
        said = review.remarks.filter(kind__in=[kind, Remark.Kind.SIGNED]).select_related("by").first()
        if said is not None:
            raise AlreadySaid(said)
        return Remark.objects.create(review=review, kind=kind, code=code, by=by, at=at)
