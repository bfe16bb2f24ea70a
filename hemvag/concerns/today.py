"""What of children's cases waits for a worker today: her own cases, and those of her unit that nobody has."""

import datetime as dt
import itertools
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemvag.access.abilities import Ability, granted
from hemvag.audit.models import Purpose
from hemvag.concerns import clocks, late, words
from hemvag.concerns.models import Step, StepKind
from hemvag.law.deadlines import Due
from hemvag.lib import clock
from hemvag.staff.models import Worker
from hemvag.web.addresses import address
from hemvag.web.items import Item

END_OF_DAY = dt.time(23, 59)


LABELS: Final = {
    StepKind.PROTECTION: gettext_lazy("Gör skyddsbedömningen"),
    StepKind.PRELIMINARY: gettext_lazy("Förhandsbedöm"),
    StepKind.FEEDBACK: gettext_lazy("Lämna återkoppling"),
    StepKind.INVESTIGATION: gettext_lazy("Avsluta utredningen"),
    StepKind.PASS_ON: gettext_lazy("Lämna över"),
}
PAGES: Final = {
    StepKind.PROTECTION: "concerns:protection",
    StepKind.PRELIMINARY: "concerns:preliminary",
    StepKind.FEEDBACK: "concerns:feedback",
    StepKind.INVESTIGATION: "concerns:closing",
    StepKind.PASS_ON: "concerns:pass_on",
}


class Waiting(NamedTuple):
    """What a line of Today needs of a waiting step: a row of its query, in this order."""

    kind: str
    rule: str
    started_at: dt.datetime
    until: dt.date | None
    report_id: UUID | None
    content_id: UUID | None
    dossier_id: UUID
    dossier__reference: str
    dossier__worker_id: UUID | None


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` items, the most urgent first. The same few queries however many cases there are."""
    grants = granted(worker, at)
    mine = Q(dossier__worker=worker)
    if units := grants.units(Ability.CASE_ASSIGN):
        mine |= Q(dossier__worker=None, dossier__unit__in=units)
    elif not grants.has(Ability.CASE_WORK):
        return []
    rows = Step.objects.visible_to(worker, at).filter(mine).most_urgent(limit).values_list(*Waiting._fields)
    steps = list(itertools.starmap(Waiting, rows))
    acute = {step.report_id for step in steps if step.kind == StepKind.PROTECTION}
    ready = [
        (clocks.due(step.kind, step.started_at, until=step.until, rule=step.rule), step)
        for step in steps
        if not (step.kind == StepKind.PRELIMINARY and step.report_id in acute)
    ]
    ready = sorted(ready, key=lambda pair: clocks.wanted_by(pair[0]))[:limit]
    names = late.names_of({step.dossier_id for _due, step in ready}, by=worker, purpose=Purpose.TODAY, at=at)
    return [_item(step, due, names.get(step.dossier_id, ""), at) for due, step in ready]


def _item(step: Waiting, due: Due, name: str, at: dt.datetime) -> Item:
    state = clocks.state(due, at)
    unassigned = step.dossier__worker_id is None
    return Item(
        due=dt.datetime.combine(clocks.wanted_by(due), END_OF_DAY, clock.STOCKHOLM),
        when=words.by_when(due, at),
        kind=step.kind,
        title=str(StepKind(step.kind).label),
        who=name,
        reference=step.dossier__reference,
        url=address("concerns:case", step.dossier_id),
        next_label=_("Tilldela") if unassigned else next_label(step),
        next_url=address("concerns:assign", step.dossier_id) if unassigned else step_url(step),
        state="late" if state == "late" else "now" if state == "now" else "soon",
    )


def next_label(step: Step | Waiting) -> str:
    """Return what the button of a step says."""
    if step.kind == StepKind.PASS_ON and step.content_id:
        return _("Kvittera")
    return str(LABELS[StepKind(step.kind)])


def step_url(step: Step | Waiting) -> str:
    """Return the address of the page on which a step is taken."""
    is_sent = step.kind == StepKind.PASS_ON and step.content_id
    return address("concerns:receipt" if is_sent else PAGES[StepKind(step.kind)], step.dossier_id)
