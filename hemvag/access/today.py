"""What waits for a second person: roles and second factors that somebody else has proposed."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.access import giving
from hemvag.access.abilities import granted
from hemvag.access.history import SECOND
from hemvag.lib import clock, date_words
from hemvag.staff.models import Proposal, Worker
from hemvag.web.items import Item


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` items, the oldest first."""
    if not any(granted(worker, at).has(ability) for ability in SECOND):
        return []
    return [_item(row, at) for row in giving.waiting_for(worker, at)[:limit]]


def _item(row: Proposal, at: dt.datetime) -> Item:
    page = reverse("access:answer", args=[row.id])
    today = clock.local(at).date()
    is_role = row.kind == Proposal.Kind.ROLE
    when = date_words.moment(clock.local(row.at), today=today, language=get_language() or "sv")
    return Item(
        due=clock.local(row.at),
        when=when,
        kind="proposal",
        title=_("Bekräfta en roll") if is_role else _("Bekräfta nytt andra steg"),
        who=row.worker.name,
        reference=row.unit.name if row.unit else "",
        url=page,
        next_label=_("Svara"),
        next_url=page,
        state="now",
    )
