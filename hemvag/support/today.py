"""What of adults' cases waits for a worker today: her own, and those of her unit that nobody has."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemvag.access.abilities import Ability, granted
from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Dossier
from hemvag.lib import clock
from hemvag.people import identities
from hemvag.staff.models import Worker
from hemvag.support import words
from hemvag.support.models import StepKind, SupportStep
from hemvag.web.addresses import address
from hemvag.web.items import Item

END_OF_DAY: Final = dt.time(23, 59)
SOON: Final = dt.timedelta(days=7)
LABELS: Final = {
    StepKind.OFFER: gettext_lazy("Skriv ett försök"),
    StepKind.AGREEMENT: gettext_lazy("Gå igenom medgivandet"),
    StepKind.PLAN: gettext_lazy("Skriv planen"),
    StepKind.FOLLOW_UP: gettext_lazy("Följ upp"),
}
PAGES: Final = {
    StepKind.OFFER: "support:attempt",
    StepKind.AGREEMENT: "support:agree",
    StepKind.PLAN: "support:plan",
    StepKind.FOLLOW_UP: "support:follow_up",
}


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` items, the most urgent first. A step that has no day stands under its first one; a
    follow-up far off does not stand here yet."""
    grants = granted(worker, at)
    mine = Q(dossier__worker=worker)
    if units := grants.units(Ability.SUPPORT_LEAD):
        mine |= Q(dossier__worker=None, dossier__unit__in=units)
    elif not grants.has(Ability.SUPPORT_WORK):
        return []
    ahead = clock.local(at).date() + SOON
    waiting = SupportStep.objects.visible_to(worker, at).waiting(at).filter(mine, kind__in=list(PAGES))
    near = waiting.filter(Q(until=None) | Q(until__lte=ahead) | Q(kind=StepKind.OFFER))
    steps = list(near.select_related("dossier").order_by("until", "started_at")[:limit])
    names = names_of({step.dossier_id for step in steps}, by=worker, purpose=Purpose.TODAY, at=at)
    return [_item(step, names.get(step.dossier_id, ""), at) for step in steps]


def _item(step: SupportStep, name: str, at: dt.datetime) -> Item:
    day, today = wanted_by(step), clock.local(at).date()
    nobody = step.dossier.worker_id is None
    return Item(
        due=dt.datetime.combine(day, END_OF_DAY, clock.STOCKHOLM),
        when=words.relative(day, at) if step.until else _("när personen vill"),
        kind=f"support_{step.kind}",
        title=str(StepKind(step.kind).label),
        who=name,
        reference=step.dossier.reference,
        url=address("support:case", step.dossier_id),
        next_label=_("Tilldela") if nobody else str(LABELS[StepKind(step.kind)]),
        next_url=address("support:assign" if nobody else PAGES[StepKind(step.kind)], step.dossier_id),
        state="soon" if not step.until or day > today else "late" if day < today else "now",
    )


def wanted_by(step: SupportStep) -> dt.date:
    """Return the day that lists sort by: the one agreed or decided, else the one on which the step began."""
    return step.until or clock.local(step.started_at).date()


def names_of(dossiers: Collection[UUID], *, by: Worker, purpose: Purpose, at: dt.datetime) -> Mapping[UUID, str]:
    """Return each person's name as lists show it: one log line and one batch for them all."""
    if not dossiers:
        return {}
    listed = Dossier.objects.filter(id__in=list(dossiers)).only("id")
    opened = record.open_many(listed, by=by, purpose=purpose, at=at, kinds=[identities.KIND])
    return {dossier: identities.display(identities.current(held)) for dossier, held in opened.items()}
