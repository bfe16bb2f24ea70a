"""Plans that rest and are to be looked at again: a worker's own, and those of her unit that nobody has."""

import datetime as dt
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock, date_words
from hemvag.reception import plan, resting, words
from hemvag.reception.resting import Step
from hemvag.staff.models import Worker
from hemvag.web.addresses import address
from hemvag.web.items import Item

END_OF_DAY: Final = dt.time(23, 59)
SOON: Final = dt.timedelta(days=7)


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` reviews, the earliest first; none that is more than a week off. What is shown is the
    plan's number and nothing of who is in it."""
    grants = granted(worker, at)
    mine = Q(worker=worker)
    if units := grants.units(Ability.CASE_LEAD):
        mine |= Q(worker=None, unit__in=units)
    elif not grants.has(Ability.CASE_WORK):
        return []
    plans = Dossier.objects.visible_to(worker, at).filter(mine, compartment=Compartment.PLAN, erased_at=None)
    if not plans.exists():
        return []
    opened = record.open_many(plans, by=worker, purpose=Purpose.TODAY, at=at, kinds=[plan.REST])
    found = [item for held in opened.values() if (item := _item(held, at)) is not None]
    return sorted(found)[:limit]


def _item(opened: Opened, at: dt.datetime) -> Item | None:
    today = clock.local(at).date()
    standing = resting.now(opened)
    if standing is None or standing.step != Step.REST or standing.review is None or standing.review > today + SOON:
        return None
    day = standing.review
    return Item(
        due=dt.datetime.combine(day, END_OF_DAY, clock.STOCKHOLM),
        when=date_words.relative(day, today=today, language=words.language()),
        kind="plan_review",
        title=_("Mottagningsplan som vilar"),
        who="",
        reference=opened.dossier.reference,
        url=address("reception:timeline", opened.dossier.id),
        next_label=_("Gå igenom"),
        next_url=address("reception:timeline", opened.dossier.id),
        state="soon" if day > today else "late" if day < today else "now",
    )
