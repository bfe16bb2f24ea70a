"""What a person does with items: enter one by hand, say what one is worth, and remove one for good."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from django.db import transaction

from hemvag.access.abilities import Ability, granted
from hemvag.lib import clock
from hemvag.readiness import private
from hemvag.readiness.horizon import addresses
from hemvag.readiness.horizon.collect import token
from hemvag.readiness.horizon.feeds import NotTheCoordinator
from hemvag.readiness.models import HorizonItem, Outcome, Removal, Triage, TriageReason
from hemvag.staff.models import Worker


class AboutAPerson(ValueError):
    """A personal number stands in the text: nothing of this may be kept."""


class NotAnsweredFor(ValueError):
    """The text looks as if it were about a private person, and nobody answered that it is not. `signs` are codes."""

    def __init__(self, signs: Sequence[str]) -> None:
        super().__init__(", ".join(signs))
        self.signs = signs


class NoReason(ValueError):
    """Something is to be done, and nobody has said why."""


class NotHere(LookupError):
    """There is no such item that the worker may see."""


def enter(
    *,
    authority: uuid.UUID,
    is_official: bool,
    source: str,
    title: str,
    summary: str,
    link: str,
    day: dt.date,
    answered: Collection[str],
    by: Worker,
    at: dt.datetime,
) -> HorizonItem:
    """Store an item that was read or heard elsewhere; `answered` are the signs of a person that the writer answers for.

    Raises NotTheCoordinator, AboutAPerson, NotAnsweredFor, and Refused for a link that is not https.
    """
    if authority not in granted(by, at).authorities(Ability.READINESS_WORK):
        raise NotTheCoordinator(by.pk)
    signs = private.signs(" \n".join((source, title, summary, link)), today=clock.local(at).date())
    if private.NUMBER in signs:
        raise AboutAPerson
    if not set(signs) <= set(answered):
        raise NotAnsweredFor(signs)
    if link:
        addresses.place(link)
    return HorizonItem.objects.create(
        authority_id=authority,
        kind=HorizonItem.Kind.OFFICIAL if is_official else HorizonItem.Kind.ENTERED,
        source=source,
        title=title,
        summary=summary,
        link=link,
        day=day,
        acknowledged=" ".join(signs),
        by=by,
        at=at,
    )


@transaction.atomic
def judge(item_id: uuid.UUID, *, outcome: str, reason: str, by: Worker, at: dt.datetime) -> Triage | None:
    """Say what an item is worth; the same as stands adds nothing. An act has its reason, the others none.

    Raises NotHere, NoReason and AboutAPerson.
    """
    item = HorizonItem.objects.visible_to(by, at).judged().filter(pk=item_id).first()
    if item is None:
        raise NotHere(item_id)
    reason = reason.strip() if outcome == Outcome.ACT else ""
    if outcome == Outcome.ACT and not reason:
        raise NoReason(item_id)
    if private.holds_number(reason, today=clock.local(at).date()):
        raise AboutAPerson
    if item.outcome == outcome and (item.reason or "") == reason:  # type: ignore[attr-defined]
        return None
    made = Triage.objects.create(item=item, outcome=Outcome(outcome), by=by, at=at)
    if reason:
        TriageReason.objects.create(triage=made, item=item, words=reason)
    return made


@transaction.atomic
def remove(item_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> Removal:
    """Delete an item and every word written of it. What stays says only that one was removed, by whom and when.

    A feed does not bring it back. Raises NotHere.
    """
    item = HorizonItem.objects.visible_to(by, at).filter(pk=item_id).select_related("feed").first()
    if item is None:
        raise NotHere(item_id)
    number = token(item.feed, item.key) if item.feed else None
    item.delete()
    return Removal.objects.create(authority_id=item.authority_id, token=number, by=by, at=at)
