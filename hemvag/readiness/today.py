"""What of readiness waits for the coordinator today: a level to review, items of the checklist past their day,
and reinforcements to follow up."""

import datetime as dt
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.lib import clock, date_words
from hemvag.readiness import level_shown
from hemvag.readiness.models import LevelDecision, Reinforcement
from hemvag.staff.models import Worker
from hemvag.web.items import Item

END_OF_DAY: Final = dt.time(23, 59)
AHEAD: Final = dt.timedelta(days=3)
"""How long before the day of a review or a follow-up it is shown."""


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` items, the most urgent first."""
    found = []
    for authority in sorted(granted(worker, at).authorities(Ability.READINESS_WORK)):
        decision = level_shown.standing(worker, authority, at)
        if decision and decision.review_on <= clock.local(at).date() + AHEAD:
            found.append(_review(decision, at))
        late = [row for row in level_shown.checklist(worker, authority, at).rows if row.is_late]
        if late:
            found.append(_checklist(min(row.check.due for row in late), len(late), at))  # type: ignore[attr-defined]
    until = clock.local(at).date() + AHEAD
    given = Reinforcement.objects.visible_to(worker, at).filter(follow_ups=None, follow_up_on__lte=until)
    found += [_follow_up(row, at) for row in given.order_by("follow_up_on")[:limit]]
    return sorted(found)[:limit]


def _review(decision: LevelDecision, at: dt.datetime) -> Item:
    title = _("Se över beredskapsnivån: %(level)s") % {"level": f"{decision.level} {decision.level_name}"}
    return _item(
        decision.review_on,
        at,
        kind="level_review",
        title=title,
        button=_("Se över"),
        address=reverse("readiness:decide"),
    )


def _checklist(due: dt.date, number: int, at: dt.datetime) -> Item:
    title = ngettext(
        "Checklistan: %(number)d punkt är försenad", "Checklistan: %(number)d punkter är försenade", number
    )
    words = title % {"number": number}
    return _item(due, at, kind="checklist", title=words, button=_("Visa"), address=reverse("readiness:checklist"))


def _follow_up(row: Reinforcement, at: dt.datetime) -> Item:
    title = _("Följ upp förstärkningen från %(day)s") % {"day": row.decided_on.isoformat()}
    address = reverse("readiness:reinforcement", args=[row.pk])
    return _item(row.follow_up_on, at, kind="reinforcement", title=title, button=_("Följ upp"), address=address)


def _item(due: dt.date, at: dt.datetime, *, kind: str, title: str, button: str, address: str) -> Item:
    today = clock.local(at).date()
    return Item(
        due=dt.datetime.combine(due, END_OF_DAY, clock.STOCKHOLM),
        when=_("senast %(day)s") % {"day": date_words.relative(due, today=today, language=get_language() or "sv")},
        kind=kind,
        title=title,
        who="",
        reference="",
        url=address,
        next_label=button,
        next_url=address,
        state="late" if due < today else "now" if due == today else "soon",
    )
