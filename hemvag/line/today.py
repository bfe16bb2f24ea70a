"""What of the line waits for a worker today: calls promised, and contacts that were left open."""

import datetime as dt
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.lib import clock, date_words
from hemvag.line.models import CallBack, Contact
from hemvag.staff.models import Worker
from hemvag.web.items import Item

LEFT_OPEN: Final = dt.timedelta(hours=2)
"""A contact not saved for this long was forgotten, not being written."""


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` items, the most urgent first. Two queries however many contacts there are."""
    if not granted(worker, at).has(Ability.CONTACT_TAKE):
        return []
    evening = clock.local(at).replace(hour=23, minute=59, second=59)
    promised = CallBack.objects.visible_to(worker, at).waiting().filter(due_from__lte=evening)
    left = Contact.objects.visible_to(worker, at).filter(counsellor=worker, closed_at=None, saved_at__lt=at - LEFT_OPEN)
    return sorted(
        [
            *(_ring(row, at) for row in promised.select_related("contact__dossier").order_by("due_to")[:limit]),
            *(_finish(row, at) for row in left.select_related("dossier").order_by("saved_at")[:limit]),
        ]
    )[:limit]


def between(start: dt.datetime, stop: dt.datetime, at: dt.datetime) -> str:
    """Return two times of a day in words: "i dag kl. 14.00-16.00"."""
    begins, ends, today = clock.local(start), clock.local(stop), clock.local(at).date()
    language = get_language() or "sv"
    first = date_words.time(begins, language=language)
    last = date_words.time(ends, language=language).removeprefix("kl. ")
    if begins.date() != ends.date():
        last = date_words.moment(ends, today=today, language=language)
    return f"{date_words.relative(begins.date(), today=today, language=language)} {first}–{last}"


def _ring(row: CallBack, at: dt.datetime) -> Item:
    page = reverse("line:call_back", args=[row.contact_id])
    return Item(
        due=clock.local(row.due_to),
        when=between(row.due_from, row.due_to, at),
        kind="call_back",
        title=_("Ring upp"),
        who="",
        reference=row.contact.dossier.reference,
        url=page,
        next_label=_("Ring"),
        next_url=page,
        state="late" if row.due_to < at else "now",
    )


def _finish(row: Contact, at: dt.datetime) -> Item:
    page = reverse("line:call", args=[row.id])
    today = clock.local(at).date()
    words = date_words.moment(clock.local(row.started_at), today=today, language=get_language() or "sv")
    return Item(
        due=clock.local(row.saved_at) + LEFT_OPEN,
        when=_("påbörjad %(when)s") % {"when": words},
        kind="contact",
        title=_("Avsluta samtalet"),
        who="",
        reference=row.dossier.reference,
        url=page,
        next_label=_("Fortsätt"),
        next_url=page,
        state="now" if clock.local(row.saved_at).date() == today else "late",
    )
