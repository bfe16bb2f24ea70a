"""Two invented families on the way home: one comes tomorrow, its plan half done across units; one plan rests."""

import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hemvag.agencies.models import Unit
from hemvag.audit.models import Purpose
from hemvag.concerns import assignment, protection_assessment, report
from hemvag.concerns.models import Step, StepKind
from hemvag.config.demo.stage import Stage
from hemvag.dossiers import record
from hemvag.dossiers.opened import Opened
from hemvag.exchange import answer, ground
from hemvag.exchange.models import AnswerKind, Channel, Informed, Offer
from hemvag.exchange.tell import Telling
from hemvag.law import calendar
from hemvag.lib.clock import STOCKHOLM
from hemvag.people.identities import Birth, Guardian, Identity, Name, Number
from hemvag.reception import family, items, opening, plan, resting, sending, tasks, template
from hemvag.reception.known import Fact, Known, Sure
from hemvag.reception.plan import Plan
from hemvag.reception.sending import Part
from hemvag.staff.models import Worker

HOUR: Final = dt.timedelta(hours=1)
RESTED: Final = 45
"""How many days ago the plan that rests was opened."""


def live(stage: Stage) -> None:
    """Let one family be expected and one plan rest, both in the first district."""
    _expected(stage)
    _resting(stage)


def _expected(stage: Stage) -> None:
    """Three children, on the way; who meets has said yes, the region has answered, the school has not."""
    at = _morning(stage, days=2)
    worker, children = _reported(stage, "Farsani", {"Arvin": 8, "Nika": 6, "Ilya": 1}, at=at)
    known = Known(
        day=(stage.now + dt.timedelta(days=1)).date(),
        time=dt.time(9, 40),
        sure=Sure.KNOWN,
        place=Fact(text="Kastrup", sure=Sure.KNOWN),
        origin=Fact(sure=Sure.UNKNOWN),
        meets=Fact(text="Socialjouren, två personer", sure=Sure.LIKELY),
        first_night=Fact(text="En lägenhet som stadsområdet har", sure=Sure.LIKELY),
        adults=["Mamma, 31 år", "Pappa, 34 år"],
        district=stage.districts[0].name,
        from_day=(stage.now + dt.timedelta(days=12)).date(),
        text="Farmor har ringt och vill träffa barnen.",
    )
    made = opening.open_plan(
        children, template=template.templates()["F"], known=known, by=worker, at=at + 2 * HOUR
    ).dossier.id
    tasks.done(_plan(made, worker, at + 3 * HOUR), "R02", seen=0, by=worker, at=at + 3 * HOUR)
    on_call = stage.cast.of_kind(Unit.Kind.ON_CALL)
    meets = stage.cast.all(on_call, "on_call")[0]
    for offer in _send(made, "R03", "Socialjouren", worker, unit=on_call, at=at + 4 * HOUR):
        if offer.envelope_id is not None:
            envelope = record.open_dossier(offer.envelope_id, by=meets, purpose=Purpose.TELL, at=at + 5 * HOUR)
            answer.accept(envelope, offer, by=meets, at=at + 5 * HOUR)
    for offer in _send(made, "R06", "Barnmottagningen", worker, at=at + 4 * HOUR):
        child = _open(offer.disclosure.dossier_id, worker, at + 6 * HOUR)
        text = "De har satt av en tid den första veckan."
        answer.written_in(child, offer, kind=AnswerKind.ACCEPTED, text=text, by=worker, at=at + 6 * HOUR)
    _send(made, "R17", "Skolplaceringen", worker, at=at + 5 * HOUR)


def _resting(stage: Stage) -> None:
    """Two children who were said to come; nobody has heard more, and the plan is looked at again in a while."""
    at = _morning(stage, days=RESTED)
    worker, children = _reported(stage, "Barzan", {"Evin": 10, "Miran": 7}, at=at)
    known = Known(adults=["Mamma"], district=stage.districts[0].name, text="Dag och väg är inte kända.")
    made = opening.open_plan(
        children, template=template.templates()["F"], known=known, by=worker, at=at + 2 * HOUR
    ).dossier.id
    then, review = _morning(stage, days=RESTED - 14), (stage.now + dt.timedelta(days=20)).date()
    text = "Resan är inställd och ingen vet när den blir av. Klockorna i barnens ärenden går som vanligt."
    resting.rest(_plan(made, worker, then), text=text, review=review, by=worker, at=then)


def _reported(stage: Stage, name: str, ages: dict[str, int], *, at: dt.datetime) -> tuple[Worker, list[Opened]]:
    """Let the police report children who are on the way; give their cases to one worker, and assess protection."""
    reception = stage.cast.of_kind(Unit.Kind.RECEPTION)
    rows = report.receive(
        children=[
            report.Child(identity=_identity(given, name, at.year - years), district=stage.districts[0])
            for given, years in ages.items()
        ],
        reporter=report.Reporter(kind="police", name="Vera Lindqvist", title="polisassistent", organisation="Polisen"),
        text="Familjen väntas till Sverige. Barnen har levt i ett krigsområde och behöver mötas av någon.",
        channel="message",
        received_at=at,
        feedback_asked_at=None,
        municipality=stage.municipality,
        by=stage.cast.all(reception, "registrar")[0],
        at=at + dt.timedelta(minutes=10),
    )
    unit = stage.cast.units[rows[0].dossier.unit_id]
    [lead] = stage.cast.all(unit, "unit_lead")
    worker = min(stage.cast.all(unit, "social_worker"), key=lambda one: one.name)
    children = []
    for row in rows:
        given = record.open_dossier(row.dossier_id, by=lead, purpose=Purpose.LEAD, at=at + HOUR)
        assignment.assign(given, worker=worker, by=lead, at=at + HOUR)
        child = _open(row.dossier_id, worker, at + HOUR)
        for step in Step.objects.filter(report=row, kind=StepKind.PROTECTION):
            _protect(child, step, worker, at + HOUR)
        children.append(_open(row.dossier_id, worker, at + HOUR))
    return worker, children


def _protect(child: Opened, step: Step, worker: Worker, at: dt.datetime) -> None:
    protection_assessment.record(
        child,
        step.id,
        outcome=protection_assessment.Outcome.NO_NEED,
        reasons="Barnet är inte här än. En ny bedömning görs när barnet kommer.",
        assessed_at=at,
        by=worker,
        at=at,
    )


def _send(
    made: UUID, key: str, name: str, worker: Worker, *, at: dt.datetime, unit: Unit | None = None
) -> Sequence[Offer]:
    """Give a task to whoever does it, told what it needs and nothing else."""
    opened = _plan(made, worker, at)
    found = plan.read(opened)
    parts = _parts(found, key, worker, at)
    asked = sending.ask(parts[0].child, found.task(key), at)
    telling = Telling(
        receiver="",
        situation="",
        receiver_name=name,
        purpose="Barnen kommer hem och behöver mötas.",
        items=(),
        channel=Channel.ENVELOPE if unit else Channel.PHONE,
        delegation="Delegationsordningen, punkt 4",
        informed=Informed.LATER,
        tests=dict.fromkeys(ground.tests_of(asked), "Uppgiften behövs för att barnen ska få det de har rätt till."),
    )
    return sending.send(opened, key, parts, telling=telling, unit=unit, seen=0, by=worker, at=at)


def _parts(found: Plan, key: str, worker: Worker, at: dt.datetime) -> list[Part]:
    wanted = found.task(key).task.needs
    held = list(family.opened(found, by=worker, at=at, to_tell=True).values())
    return [
        Part(
            child=child,
            items=[
                item
                for item in items.available(child, found.known, held, at.date(), task_needs=wanted)
                if items.is_needed(item, wanted)
            ],
        )
        for child in held
    ]


def _identity(given: str, name: str, year: int) -> Identity:
    return Identity(
        names=[Name(given=given, family=name)],
        birth=Birth(kind="approximate", date=str(year)),
        number=Number(reason="not_known"),
        whereabouts="on_the_way",
        guardians=[Guardian(name=f"Shirin {name}", relation="mamma")],
        languages="persiska",
    )


def _morning(stage: Stage, *, days: int) -> dt.datetime:
    """Return nine o'clock on the latest day of offices so many days ago or more."""
    day = stage.now.astimezone(STOCKHOLM).date() - dt.timedelta(days=days)
    while not calendar.is_weekday(day):
        day -= dt.timedelta(days=1)
    return dt.datetime(day.year, day.month, day.day, 9, 0, tzinfo=STOCKHOLM)


def _plan(made: UUID, worker: Worker, at: dt.datetime) -> Opened:
    return record.open_dossier(made, by=worker, purpose=Purpose.RECEPTION, at=at)


def _open(dossier: UUID | None, worker: Worker, at: dt.datetime) -> Opened:
    if dossier is None:
        raise AssertionError
    return record.open_dossier(dossier, by=worker, purpose=Purpose.HANDLE, at=at)
