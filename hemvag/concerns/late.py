"""Who is late and why: for those who lead, and for the worker herself."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from hemvag.access.abilities import Ability, granted
from hemvag.audit.models import Purpose
from hemvag.concerns import case, clocks, facts
from hemvag.concerns.models import LateReason, Step
from hemvag.dossiers import record
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Opened
from hemvag.people import identities
from hemvag.staff.models import Worker

MOST: Final = 200


@dataclass(frozen=True, kw_only=True)
class Row:
    """One waiting step of a unit, with the child's name and the newest reason given for its being late."""

    step: Step
    name: str
    state: str
    reason: LateReason | None


def explain(opened: Opened, step_id: UUID, *, code: str, note: str, by: Worker, at: dt.datetime) -> LateReason:
    """Say why a step is late: a code in the open, the words sealed. Raises NotYours, AlreadyDecided or TooLong."""
    case.ask_to_work(opened, by, at)
    step = Step.objects.get(id=step_id, dossier=opened.dossier)
    if step.done_at is not None:
        raise facts.AlreadyDecided(step.done_by.name if step.done_by else "", step.done_at)
    text = case.written(note, required=False)
    with transaction.atomic():
        content = opened.seal("late_reason", {"text": text}, by=by, at=at) if text else None
        row = LateReason.objects.create(step=step, code=LateReason.Code(code).value, note_id=content, at=at, by=by)
        case.enter(opened, f"late_{code}", step.due().provision, content=content, by=by, at=at)
    return row


def rows(worker: Worker, at: dt.datetime, *, most: int = MOST) -> list[Row]:
    """Return the waiting steps of the units that `worker` leads or gives cases in, the most urgent first."""
    grants = granted(worker, at)
    units = grants.units(Ability.CASE_LEAD) | grants.units(Ability.CASE_ASSIGN)
    visible = Step.objects.visible_to(worker, at).filter(dossier__unit__in=units)
    steps = list(visible.most_urgent(most).select_related("dossier__worker", "dossier__unit"))
    steps = sorted(steps, key=lambda step: clocks.wanted_by(step.due()))[:most]
    names = names_of({step.dossier_id for step in steps}, by=worker, purpose=Purpose.LEAD, at=at)
    reasons = {row.step_id: row for row in LateReason.objects.filter(step__in=steps).order_by("at")}
    return [
        Row(
            step=step,
            name=names.get(step.dossier_id, ""),
            state=clocks.state(step.due(), at),
            reason=reasons.get(step.id),
        )
        for step in steps
    ]


def names_of(
    dossiers: Sequence[UUID] | set[UUID], *, by: Worker, purpose: Purpose, at: dt.datetime
) -> Mapping[UUID, str]:
    """Return each child's name as lists show it: one log line and one batch for them all."""
    listed = Dossier.objects.filter(id__in=list(dossiers)).only("id")
    opened = record.open_many(listed, by=by, purpose=purpose, at=at, kinds=[identities.KIND])
    return {dossier: identities.display(identities.current(held)) for dossier, held in opened.items()}
