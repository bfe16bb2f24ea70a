"""Live the invented children's cases through the same verbs as real ones, each step at its own moment in the past."""

import datetime as dt
from uuid import UUID

from hemvag.agencies.models import Unit
from hemvag.audit.models import Purpose
from hemvag.concerns import (
    assignment,
    feedback,
    investigation,
    meeting,
    notes,
    preliminary_assessment,
    protection_assessment,
    voice,
)
from hemvag.concerns.models import ConcernReport, DecisionKind, Step, StepKind
from hemvag.concerns.protection_assessment import Outcome as Need
from hemvag.config.demo import times
from hemvag.config.demo.stage import Stage
from hemvag.dossiers import record
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker

OPENED_SHARE = 0.38
"""Of a hundred reports, how many lead to an investigation: 128,000 of 331,000 in the country in 2018."""


def live(stage: Stage, row: ConcernReport) -> None:
    """Take the case as far as it has come by now."""
    steps = {step.kind: step for step in Step.objects.filter(report=row)}
    unit = stage.cast.units[row.dossier.unit_id]
    at = row.registered_at
    if unit.kind == Unit.Kind.ON_CALL:
        unit, at = _hand_over(stage, row, steps, unit, at)
    elif unit.kind == Unit.Kind.RECEPTION:
        unit, at = _from_reception(stage, row, steps, unit, at)
    if at > stage.now or StepKind.PASS_ON in steps or unit.kind == Unit.Kind.RECEPTION:
        return
    given = times.later(stage.chance, at, 0, 0.4)
    if given > stage.now or (stage.now - given < dt.timedelta(days=1) and stage.chance.random() < 0.3):
        return
    worker = _assign(stage, row.dossier_id, unit, at=given)
    _protect(stage, row.dossier_id, steps, worker, after=given)
    decided = _assess(stage, row, steps, worker, after=given)
    if decided is not None:
        _investigate(stage, row.dossier_id, worker, after=decided)


def _hand_over(
    stage: Stage, row: ConcernReport, steps: dict[str, Step], unit: Unit, at: dt.datetime
) -> tuple[Unit, dt.datetime]:
    """At night the on-call desk assesses the need of protection, and passes the case on when the offices open."""
    worker = stage.cast.one(unit, "on_call", stage.chance)
    _protect(stage, row.dossier_id, steps, worker, after=at)
    morning = times.later(stage.chance, at, 0.5, 0.7)
    if morning > stage.now:
        return unit, stage.now + dt.timedelta(days=1)
    opened = _open(row.dossier_id, worker, morning)
    found = assignment.where_to(opened, morning).unit
    if found is None or found.authority_id != opened.dossier.authority_id:
        found = _children_unit(stage, opened.dossier.authority_id)
    assignment.move(opened, unit=found, by=worker, at=morning)
    if found.kind == Unit.Kind.RECEPTION:
        return _from_reception(stage, row, steps, found, morning)
    return stage.cast.units[found.id], morning


def _from_reception(
    stage: Stage, row: ConcernReport, steps: dict[str, Step], unit: Unit, at: dt.datetime
) -> tuple[Unit, dt.datetime]:
    """The reception passes on to a unit a child whose district is unknown; another municipality's child waits there."""
    registrar = stage.cast.one(unit, "registrar", stage.chance)
    then = times.later(stage.chance, at, 0, 0.3)
    if then > stage.now:
        return unit, then
    opened = _open(row.dossier_id, registrar, then)
    if StepKind.PASS_ON not in steps:
        found = _children_unit(stage, opened.dossier.authority_id)
        assignment.move(opened, unit=found, by=registrar, at=then)
        return found, then
    return unit, then


def _children_unit(stage: Stage, authority: UUID) -> Unit:
    """Return a children's unit of a committee."""
    same = [one for one in stage.cast.units.values() if one.authority_id == authority]
    return stage.chance.choice([one for one in same if one.kind == Unit.Kind.CHILDREN])


def _assign(stage: Stage, dossier: UUID, unit: Unit, *, at: dt.datetime) -> Worker:
    """The unit's lead gives the case to one of its workers; at the protected desk they take it themselves."""
    if unit.kind == Unit.Kind.PROTECTED_DESK:
        lead = stage.cast.one(unit, "protected_desk", stage.chance)
        worker = lead
    else:
        [lead] = stage.cast.all(unit, "unit_lead")
        first = min(stage.cast.all(unit, "social_worker"), key=lambda one: one.name)
        is_recent = stage.now - at < dt.timedelta(days=times.RECENT_DAYS)
        chosen = stage.cast.one(unit, "social_worker", stage.chance)
        worker = first if is_recent and stage.chance.random() < 0.5 else chosen
    assignment.assign(_open(dossier, lead, at, Purpose.LEAD), worker=worker, by=lead, at=at)
    return worker


def _protect(stage: Stage, dossier: UUID, steps: dict[str, Step], worker: Worker, *, after: dt.datetime) -> None:
    """Assess the need of protection the same day, or the day after."""
    step = steps.get(StepKind.PROTECTION)
    if step is None or step.done_at is not None:
        return
    at = after + dt.timedelta(minutes=stage.chance.randint(15, 100))
    if at > stage.now:
        return
    is_needed = stage.chance.random() < 0.07
    steps[StepKind.PROTECTION] = protection_assessment.record(
        _open(dossier, worker, at),
        step.id,
        outcome=Need.MEASURES if is_needed else Need.NO_NEED,
        reasons=stage.inventor.line("case", f"protection_needed_{'yes' if is_needed else 'no'}"),
        assessed_at=at,
        by=worker,
        at=at,
    )


def _assess(
    stage: Stage, row: ConcernReport, steps: dict[str, Step], worker: Worker, *, after: dt.datetime
) -> dt.datetime | None:
    """Decide within fourteen days, now and then late; return when an investigation was opened."""
    chance = stage.chance
    step = steps.get(StepKind.PRELIMINARY)
    is_recent = dt.timedelta(days=13) < stage.now - row.received_at < dt.timedelta(days=20)
    is_late = chance.random() < (0.75 if is_recent else 0.05)
    at = times.later(chance, row.received_at, 15, 22) if is_late else times.later(chance, row.received_at, 2, 12.5)
    at = max(at, after + dt.timedelta(hours=3))
    if step is None or at > stage.now or steps[StepKind.PROTECTION].done_at is None:
        return None
    opened = _open(row.dossier_id, worker, at)
    _meet(stage, opened, row, worker, at)
    is_running = Step.objects.filter(dossier=row.dossier_id, kind=StepKind.INVESTIGATION, done_at=None).exists()
    is_opened = chance.random() < OPENED_SHARE
    outcome = DecisionKind.NOT_OPEN
    if is_opened:
        outcome = DecisionKind.JOIN if is_running else DecisionKind.OPEN
    preliminary_assessment.decide(
        opened,
        step.id,
        outcome=outcome,
        reasons=stage.inventor.line("case", "opened" if is_opened else "not_opened"),
        decided_at=at,
        by=worker,
        at=at,
    )
    _give_feedback(stage, row, worker, after=at)
    return at if outcome == DecisionKind.OPEN else None


def _meet(stage: Stage, opened: Opened, row: ConcernReport, worker: Worker, at: dt.datetime) -> None:
    """Now and then there is a meeting with the reporter, when that is one with a duty to report."""
    if stage.chance.random() < 0.2 and feedback.may_be_told(row):
        text = "Möte med anmälaren, föräldern och barnet. Alla fick berätta i sin egen ordning."
        when = max(row.received_at, at - dt.timedelta(hours=20))
        meeting.record(opened, row.id, outcome="held", on=when, text=text, by=worker, at=at)


def _give_feedback(stage: Stage, row: ConcernReport, worker: Worker, *, after: dt.datetime) -> None:
    """Tell the reporter within the week, when the law lets and somebody asked."""
    waits = Step.objects.filter(report=row, kind=StepKind.FEEDBACK, done_at=None).exists()
    at = times.later(stage.chance, after, 0.5, 6)
    if waits and at <= stage.now:
        text = "Anmälaren har fått veta om en utredning har inletts."
        opened = _open(row.dossier_id, worker, at)
        feedback.give(opened, row.id, outcome="given", text=text, given_at=at, by=worker, at=at)


def _investigate(stage: Stage, dossier: UUID, worker: Worker, *, after: dt.datetime) -> None:
    """Talk with the child, take notes, and close within four months, now and then after more time."""
    chance = stage.chance
    talked = times.later(chance, after, 10, 40)
    if talked > stage.now:
        return
    opened = _open(dossier, worker, talked)
    how = chance.choice(["alone", "play"])
    voice.record(
        opened,
        how=how,
        heard_at=talked,
        text=stage.inventor.line("case", "voice", given="Barnet"),
        by=worker,
        at=talked,
    )
    text = stage.inventor.line("case", "note")
    notes.write(opened, about="meeting", happened_at=talked, text=text, by=worker, at=talked)
    step = Step.objects.get(dossier=dossier, kind=StepKind.INVESTIGATION, done_at=None)
    at = max(times.later(chance, after, 60, 118), talked + dt.timedelta(days=1))
    if chance.random() < 0.12:
        at = _extend(stage, opened, step, worker, after=after)
    if at > stage.now:
        return
    outcome = chance.choices(["close_measure", "close_no_measure", "close_follow_up"], [45, 47, 8])[0]
    line = "closed_measure" if outcome == "close_measure" else "closed_no_measure"
    investigation.close(
        _open(dossier, worker, at),
        step.id,
        outcome=DecisionKind(outcome),
        reasons=stage.inventor.line("case", line),
        decided_at=at,
        by=worker,
        at=at,
    )


def _extend(stage: Stage, opened: Opened, step: Step, worker: Worker, *, after: dt.datetime) -> dt.datetime:
    """Give the investigation two more months for special reasons, by decision; return when it then closes."""
    at = times.later(stage.chance, after, 95, 110)
    if at <= stage.now:
        until = (after + dt.timedelta(days=182)).date()
        reasons = "Särskilda skäl: familjen har varit utomlands och barnet har inte kunnat höras i tid."
        investigation.extend(opened, step.id, until=until, reasons=reasons, by=worker, at=at)
    return times.later(stage.chance, after, 140, 175)


def _open(dossier: UUID, worker: Worker, at: dt.datetime, purpose: Purpose = Purpose.HANDLE) -> Opened:
    return record.open_dossier(dossier, by=worker, purpose=purpose, at=at)
