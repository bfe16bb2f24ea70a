"""Take a position on an open question (ställningstagande)."""

import datetime as dt

from hemvag.access.abilities import Ability, granted
from hemvag.counsel.models import Position
from hemvag.law import listing
from hemvag.staff.models import Worker


class NotTheLawyer(PermissionError):
    """The worker may not say what the municipality holds."""


class UnknownQuestion(LookupError):
    """No such question is open."""


def take(*, question: str, text: str, by: Worker, at: dt.datetime) -> Position:
    """Record what the municipality holds of an open question, beside what was held before.

    It is shown wherever a rule with the question is, and changes no answer. Raises `NotTheLawyer` and
    `UnknownQuestion`.
    """
    if not granted(by, at).has(Ability.LAW_POSITION):
        raise NotTheLawyer(by.pk)
    if question not in listing.questions():
        raise UnknownQuestion(question)
    return Position.objects.create(question=question, text=text, by=by, at=at)
