"""What of children's cases waits for a worker today: her own cases, and those of her unit that nobody has."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.audit.models import Purpose
from hemvag.concerns import clocks, late, words
from hemvag.concerns.models import Step, StepKind
from hemvag.lib import clock
from hemvag.staff.models import Worker
from hemvag.web.items import Item

END_OF_DAY = dt.time(23, 59)


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` items, the most urgent first. The same few queries however many cases there are."""
    grants = granted(worker, at)
    mine = Q(dossier__worker=worker)
    if units := grants.units(Ability.CASE_ASSIGN):
        mine |= Q(dossier__worker=None, dossier__unit__in=units)
    elif not grants.has(Ability.CASE_WORK):
        return []
    steps = list(Step.objects.visible_to(worker, at).filter(mine).most_urgent(limit).select_related("dossier"))
    acute = {step.report_id for step in steps if step.kind == StepKind.PROTECTION}
    ready = [step for step in steps if not (step.kind == StepKind.PRELIMINARY and step.report_id in acute)]
    ready = sorted(ready, key=lambda step: clocks.wanted_by(step.due()))[:limit]
    names = late.names_of({step.dossier_id for step in ready}, by=worker, purpose=Purpose.TODAY, at=at)
    return [_item(step, names.get(step.dossier_id, ""), at) for step in ready]


def _item(step: Step, name: str, at: dt.datetime) -> Item:
    due = step.due()
    state = clocks.state(due, at)
    page = reverse("concerns:case", args=[step.dossier_id])
    unassigned = step.dossier.worker_id is None
    return Item(
        due=dt.datetime.combine(clocks.wanted_by(due), END_OF_DAY, clock.STOCKHOLM),
        when=words.by_when(due, at),
        kind=step.kind,
        title=str(StepKind(step.kind).label),
        who=name,
        reference=step.dossier.reference,
        url=page,
        next_label=_("Tilldela") if unassigned else next_label(step),
        next_url=reverse("concerns:assign", args=[step.dossier_id]) if unassigned else step_url(step),
        state="late" if state == "late" else "now" if state == "now" else "soon",
    )


def next_label(step: Step) -> str:
    """Return what the button of a step says."""
    return {
        StepKind.PROTECTION: _("Gör skyddsbedömningen"),
        StepKind.PRELIMINARY: _("Förhandsbedöm"),
        StepKind.FEEDBACK: _("Lämna återkoppling"),
        StepKind.INVESTIGATION: _("Avsluta utredningen"),
        StepKind.PASS_ON: _("Kvittera") if step.content_id else _("Lämna över"),
    }[StepKind(step.kind)]


def step_url(step: Step) -> str:
    """Return the address of the page on which a step is taken."""
    name = {
        StepKind.PROTECTION: "protection",
        StepKind.PRELIMINARY: "preliminary",
        StepKind.FEEDBACK: "feedback",
        StepKind.INVESTIGATION: "closing",
        StepKind.PASS_ON: "receipt" if step.content_id else "pass_on",
    }[StepKind(step.kind)]
    return reverse(f"concerns:{name}", args=[step.dossier_id])
