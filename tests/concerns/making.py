"""Reports and cases as tests make them: one line each."""

import datetime as dt
from typing import Any

from hemvag.audit.models import Purpose
from hemvag.concerns import merge, preliminary_assessment, protection_assessment, report
from hemvag.concerns.models import ConcernReport, DecisionKind, Merge, Step, StepKind
from hemvag.dossiers import record
from hemvag.dossiers.opened import Opened
from hemvag.lib.clock import STOCKHOLM
from hemvag.people.identities import Birth, Identity, Name
from hemvag.staff.models import Worker
from tests.conftest import Town

MONDAY = dt.datetime(2026, 3, 2, 10, 0, tzinfo=STOCKHOLM)
MINUTE = dt.timedelta(minutes=1)


def identity(given: str = "Amina", family: str = "Östberg", **facts: Any) -> Identity:
    """A child of five."""
    return Identity(names=[Name(given=given, family=family)], birth=Birth(kind="exact", date="2020-05-04"), **facts)


def receive(
    town: Town, *, at: dt.datetime = MONDAY, part: str = "registrar", source: str = "police", **facts: Any
) -> list[ConcernReport]:
    """A report about one child of the first district, registered as it arrives."""
    children = facts.pop("children", None) or [report.Child(identity=identity(), district=town.district)]
    arguments: dict[str, Any] = {
        "reporter": report.Reporter(kind=source, name="Bo Ek", organisation="Polisen"),
        "text": "Barnet är utan vuxna.",
        "channel": "written",
        "received_at": at,
        "feedback_asked_at": None,
    }
    return report.receive(
        children=children, municipality=town.municipality, by=town.workers[part], at=at, **(arguments | facts)
    )


def give_to(made: ConcernReport, worker: Worker) -> None:
    """Let a worker have the case, without the verb that other tests are about."""
    made.dossier.worker = worker
    made.dossier.save(update_fields=["worker"])


def case(town: Town, *, at: dt.datetime = MONDAY, part: str = "social_worker", **facts: Any) -> ConcernReport:
    """A report whose case a worker has."""
    [made] = receive(town, at=at, **facts)
    give_to(made, town.workers[part])
    return made


def opened(town: Town, made: ConcernReport, *, part: str = "social_worker", at: dt.datetime = MONDAY) -> Opened:
    """The case's dossier, opened by a worker."""
    return record.open_dossier(made.dossier_id, by=town.workers[part], purpose=Purpose.HANDLE, at=at)


def step(made: ConcernReport, kind: StepKind) -> Step:
    """The newest step of a kind in the case."""
    return Step.objects.filter(dossier=made.dossier_id, kind=kind).latest("started_at")


def protect(town: Town, made: ConcernReport, *, at: dt.datetime) -> Opened:
    """The case with its protection assessment done; returns it opened."""
    held = opened(town, made, at=at)
    for waiting in Step.objects.filter(dossier=made.dossier_id, kind=StepKind.PROTECTION, done_at=None):
        protection_assessment.record(
            held,
            waiting.id,
            outcome="no_need",
            reasons="Tryggt nu.",
            assessed_at=at,
            by=town.workers["social_worker"],
            at=at,
        )
    return held


def decide(town: Town, made: ConcernReport, outcome: DecisionKind = DecisionKind.OPEN, *, at: dt.datetime) -> Opened:
    """The case with its report decided; returns it opened."""
    held = protect(town, made, at=at)
    preliminary_assessment.decide(
        held,
        made.steps.get(kind=StepKind.PRELIMINARY).id,
        outcome=outcome,
        reasons="Det som sagts räcker.",
        decided_at=at,
        by=town.workers["social_worker"],
        at=at,
    )
    return held


def merged(town: Town, new: ConcernReport, known: ConcernReport, *, at: dt.datetime) -> Merge:
    """The new report's dossier put together with the known child's, by two persons."""
    said = merge.suggest(new.dossier_id, into=known.dossier_id, by=town.workers["registrar"], at=at)
    return merge.confirm(said.id, by=town.workers["on_call"], at=at)


def close(town: Town, made: ConcernReport, held: Opened, part: str, *, at: dt.datetime) -> None:
    """The report's steps taken, and no investigation opened."""
    worker = town.workers[part]
    protection_assessment.record(
        held,
        made.steps.get(kind=StepKind.PROTECTION).id,
        outcome="no_need",
        reasons="Tryggt nu.",
        assessed_at=at,
        by=worker,
        at=at,
    )
    preliminary_assessment.decide(
        held,
        made.steps.get(kind=StepKind.PRELIMINARY).id,
        outcome=DecisionKind.NOT_OPEN,
        reasons="Det som sagts räcker.",
        decided_at=at,
        by=worker,
        at=at,
    )
