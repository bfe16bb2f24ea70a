"""An adult's case as it stands, and what every verb asks before it changes anything."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from hemvag.access.abilities import Ability, granted
from hemvag.dossiers import agreement
from hemvag.dossiers.agreement import Words
from hemvag.dossiers.models import Agreement, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.law import provisions
from hemvag.lib import clock
from hemvag.staff.models import Worker
from hemvag.support import facts
from hemvag.support.models import Outcome, StepKind, SupportStep

BY_AGREEMENT = (StepKind.PLAN, StepKind.FOLLOW_UP)


@dataclass(frozen=True)
class Case:
    """The steps of one adult's dossier at a moment, and the agreements that hold then."""

    dossier: Dossier
    steps: Sequence[SupportStep]
    waiting: Sequence[SupportStep]
    in_force: Sequence[tuple[Agreement, Words]]

    @classmethod
    def of(cls, opened: Opened, at: dt.datetime) -> Self:
        """Read the case of a dossier that has been opened."""
        order = list(StepKind)
        steps = sorted(
            opened.dossier.support_steps.select_related("done_by", "agreement"),
            key=lambda step: (step.started_at, order.index(StepKind(step.kind))),
        )
        held = agreement.in_force(opened, at)
        ids = set(opened.dossier.support_steps.waiting(at).values_list("id", flat=True))
        waiting = [step for step in steps if step.id in ids]
        return cls(opened.dossier, steps, waiting, held)

    def running(self, kind: StepKind) -> SupportStep | None:
        """Return the waiting step of a kind, the earliest day first."""
        found = [step for step in self.waiting if step.kind == kind]
        return min(found, key=lambda step: (step.until or dt.date.max, step.started_at)) if found else None

    @property
    def is_running(self) -> bool:
        """Whether the person is being helped."""
        return self.running(StepKind.SUPPORT) is not None

    def next_kind(self) -> StepKind | None:
        """Return the kind of the one next lawful step; None when nothing may be done but wait for the person."""
        if self.running(StepKind.OFFER):
            return StepKind.OFFER
        if not self.is_running:
            return None
        if not self.in_force:
            return StepKind.AGREEMENT
        return next((kind for kind in BY_AGREEMENT if self.running(kind)), StepKind.PLAN)


def may_work(opened: Opened, by: Worker, at: dt.datetime) -> bool:
    """Say whether `by`, who has opened the dossier to write in it, handles adults' cases in its unit."""
    return not opened.is_only_to_read and opened.dossier.unit_id in granted(by, at).units(Ability.SUPPORT_WORK)


def may_assign(opened: Opened, by: Worker, at: dt.datetime) -> bool:
    """Say whether `by`, who has opened the dossier to write in it, gives out the adults' cases of its unit."""
    return not opened.is_only_to_read and opened.dossier.unit_id in granted(by, at).units(Ability.SUPPORT_LEAD)


def ask_to_work(opened: Opened, by: Worker, at: dt.datetime) -> None:
    """Raise NotYours unless `by` handles adults' cases in the dossier's unit."""
    if not may_work(opened, by, at):
        raise facts.NotYours


def ask_agreed(opened: Opened, at: dt.datetime) -> Sequence[tuple[Agreement, Words]]:
    """Return the agreements in force, at least one. Raises NotRunning and NoAgreement."""
    if not opened.dossier.support_steps.filter(kind=StepKind.SUPPORT, done_at=None).exists():
        raise facts.NotRunning
    held = agreement.in_force(opened, at)
    if not held:
        raise facts.NoAgreement
    return held


def begin_step(opened: Opened, kind: StepKind, *, at: dt.datetime, **more: Any) -> SupportStep:
    """Store a waiting step."""
    return SupportStep.objects.create(dossier=opened.dossier, kind=kind, started_at=at, **more)


def end(
    opened: Opened, kind: StepKind, outcome: Outcome, *, by: Worker, at: dt.datetime, content: UUID | None = None
) -> int:
    """Mark the waiting steps of a kind as done, and return how many there were: two at once meet the row lock."""
    return opened.dossier.support_steps.filter(kind=kind, done_at=None).update(
        done_at=at, done_by=by, outcome=outcome, content=content
    )


def documented(at: dt.datetime) -> str:
    """Return the provision of the duty to document, as it stood that day."""
    return provisions.text("documentation", clock.local(at).date()).provision
