"""Plans in which a task is late or comes back to the sender, and plans that rest and are to be looked at again: a
worker's own, and those of her unit that nobody has. The law's own clocks come to Today from the children's cases; those
of custody stand in the plan alone and come from there, whether it rests or not."""

import datetime as dt
from typing import Final, Literal

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemvag.access.abilities import Ability, granted
from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock, date_words
from hemvag.reception import overview, plan, resting, stands, statutory, words
from hemvag.reception.resting import Step
from hemvag.reception.stands import State
from hemvag.staff.models import Worker
from hemvag.web.addresses import address
from hemvag.web.items import Item

END_OF_DAY: Final = dt.time(23, 59)
SOON: Final = dt.timedelta(days=7)
Urgency = Literal["late", "now", "soon"]
BACK: Final = frozenset({State.DECLINED, State.NEED_MORE, State.TAKEN_BACK})
"""Ways of standing in which a task that was given away is the sender's again."""


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` items, the earliest first: one a plan, and one for its custody clock that ends first; no
    review that is more than a week off. What is shown is the plan's number and nothing of who is in it."""
    grants = granted(worker, at)
    mine = Q(worker=worker)
    if units := grants.units(Ability.CASE_LEAD):
        mine |= Q(worker=None, unit__in=units)
    elif not grants.has(Ability.CASE_WORK):
        return []
    plans = Dossier.objects.visible_to(worker, at).filter(mine, compartment=Compartment.PLAN, erased_at=None)
    if not plans.exists():
        return []
    opened = record.open_many(plans, by=worker, purpose=Purpose.TODAY, at=at, kinds=plan.KINDS)
    made = [_review(held, at) if resting.now(held) else _tasks(held, at) for held in opened.values()]
    found = [item for item in (*made, *(_custody(held, at) for held in opened.values())) if item is not None]
    return sorted(found)[:limit]


def _review(opened: Opened, at: dt.datetime) -> Item | None:
    today = clock.local(at).date()
    standing = resting.now(opened)
    if standing is None or standing.step != Step.REST or standing.review is None or standing.review > today + SOON:
        return None
    day = standing.review
    title, state = _("Mottagningsplan som vilar"), _state(day, today)
    return _of_plan(opened, "plan_review", title, day, state, at=at)


def _custody(opened: Opened, at: dt.datetime) -> Item | None:
    """Return the clock of custody that ends first, whatever else is said of the plan."""
    running = statutory.in_order(statutory.of_custody(plan.read(opened)))
    if not running or running[0].due.strict is None:
        return None
    day, note = running[0].due.strict, running[0].due.provision
    return _of_plan(opened, "plan_clock", running[0].label, day, _state(day, clock.local(at).date()), note=note, at=at)


def _tasks(opened: Opened, at: dt.datetime) -> Item | None:
    """Return the plan when a task of it is late by the plan's own days, or was declined or sent back."""
    found = plan.read(opened)
    made = overview.tasks_alone(found, opened, at)
    late = [one for one in made.late if one.first_day]
    standing = stands.of_plan(found)
    back = [now.since for key, now in standing.items() if now.state in BACK and now.since and key in made.standings]
    days = [one.first_day for one in late if one.first_day] + [clock.local(since).date() for since in back]
    if not days:
        return None
    said = [_late(len(late)), _back(len(back))]
    day = min(days)
    note = " ".join(part for part in said if part)
    return _of_plan(opened, "plan_tasks", _("Mottagningsplan"), day, "late" if late else "now", note=note, at=at)


def _state(day: dt.date, today: dt.date) -> Urgency:
    return "soon" if day > today else "late" if day < today else "now"


def _of_plan(
    opened: Opened, kind: str, title: str, day: dt.date, state: Urgency, *, note: str = "", at: dt.datetime
) -> Item:
    url = address("reception:timeline", opened.dossier.id)
    return Item(
        due=dt.datetime.combine(day, END_OF_DAY, clock.STOCKHOLM),
        when=date_words.relative(day, today=clock.local(at).date(), language=words.language()),
        kind=kind,
        title=title,
        who="",
        reference=opened.dossier.reference,
        url=url,
        next_label=_("Gå igenom"),
        next_url=url,
        state=state,
        note=note,
    )


def _late(count: int) -> str:
    if not count:
        return ""
    said = ngettext("%(count)d uppgift är försenad.", "%(count)d uppgifter är försenade.", count)
    return said % {"count": count}


def _back(count: int) -> str:
    if not count:
        return ""
    said = ngettext("%(count)d uppgift har kommit tillbaka.", "%(count)d uppgifter har kommit tillbaka.", count)
    return said % {"count": count}
