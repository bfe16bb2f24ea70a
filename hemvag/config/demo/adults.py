"""Invented adults: one with a plan who meets others by agreement, one who has just asked, and one offer of contact."""

import datetime as dt
from uuid import UUID

from hemvag.agencies.models import Unit
from hemvag.audit.models import Purpose
from hemvag.config.demo.stage import Stage
from hemvag.dossiers import record
from hemvag.dossiers.agreement import Words
from hemvag.dossiers.opened import Opened
from hemvag.people.identities import Birth, Identity, Name
from hemvag.staff.models import Worker
from hemvag.support import agreements, conference, knowledge, plan

RECEIVERS = ("health_care", "police")


def live(stage: Stage) -> None:
    """Let three adults be known at the unit that helps them."""
    unit = stage.cast.of_kind(Unit.Kind.ADULTS)
    worker = min(stage.cast.all(unit, "support_worker"), key=lambda one: one.name)
    _with_plan(stage, worker)
    at = stage.now - dt.timedelta(days=2)
    words = "Jag har skulder och kommer inte vidare. Jag vill prata med någon."
    knowledge.own_contact(_person("Mirjam", "Holmqvist", 1997), words=words, by=worker, at=at)
    knowledge.told(
        _person("Tobias", "Rydell", 1988),
        source=knowledge.Source.RELATIVE,
        ground="Hans syster ringde. Hon tror att han vill ha hjälp att hitta ett boende.",
        on=at.date(),
        plan=knowledge.Plan(how="Ett brev, sedan ett samtal", by_whom=worker.name, most=2, last=_day(stage, 12)),
        by=worker,
        at=at,
    )


def _with_plan(stage: Stage, worker: Worker) -> None:
    """Somebody who asked three months ago: an agreement, a plan, a meeting of three parties, and two follow-ups."""
    began = stage.now - dt.timedelta(days=92)
    asked = knowledge.own_contact(
        _person("Samuel", "Nyman", 1992),
        words="Jag vill bort från det jag har varit med i, och ha ett eget hem.",
        reach="Telefon på kvällen",
        by=worker,
        at=began,
    )
    opened = _open(asked.dossier.id, worker, began)
    agreements.give(
        opened,
        words=Words(
            what="Att jag söker bostad och går i samtal",
            to_whom="Kurator Lena på vårdcentralen och kommunpolis Bo",
            purpose="Att ordna ett hem och någon att prata med",
            given_by_name="Samuel Nyman",
            read_back_by=worker.name,
            receivers=RECEIVERS,
        ),
        scope=agreements.Scope(receivers=RECEIVERS),
        valid_from=began,
        valid_to=stage.now + dt.timedelta(days=80),
        by=worker,
        at=began,
    )
    rows = [
        plan.Row(measure=plan.Measure.HOUSING, who="Boendeenheten", until=_day(stage, 30).isoformat()),
        plan.Row(measure=plan.Measure.TALKS, who="Stöd till vuxna"),
        plan.Row(measure=plan.Measure.DEBT, who="Budget- och skuldrådgivningen"),
    ]
    first = began + dt.timedelta(days=1)
    plan.write(
        opened,
        goals="Ett eget hem före sommaren. Kunna träffa min bror igen.",
        rows=rows,
        follow_up=(began + dt.timedelta(days=30)).date(),
        rating=2,
        by=worker,
        at=first,
    )
    _meet(opened, worker, began + dt.timedelta(days=20))
    for days, rating, following in ((30, 4, began + dt.timedelta(days=75)), (75, 6, stage.now + dt.timedelta(days=5))):
        at = began + dt.timedelta(days=days)
        plan.follow(
            opened,
            text="Det går framåt. Jag sover bättre.",
            helped="Samtalen, och att någon följde med till banken.",
            rating=rating,
            following=following.date(),
            met_at=at,
            by=worker,
            at=at,
        )


def _meet(opened: Opened, worker: Worker, at: dt.datetime) -> None:
    parties = [
        conference.Party(receiver="health_care", who="Lena, kurator", told="Att han går i samtal hos oss."),
        conference.Party(receiver="police", who="Bo, kommunpolis", told="Att han söker bostad."),
    ]
    text = "Lena tar de fortsatta samtalen. Vi ses igen om två månader."
    conference.hold(opened, table=conference.Table.SIG, parties=parties, text=text, held_at=at, by=worker, at=at)


def _open(dossier: UUID, worker: Worker, at: dt.datetime) -> Opened:
    return record.open_dossier(dossier, by=worker, purpose=Purpose.SUPPORT, at=at)


def _person(given: str, family: str, year: int) -> Identity:
    return Identity(names=[Name(given=given, family=family)], birth=Birth(kind="approximate", date=str(year)))


def _day(stage: Stage, days: int) -> dt.date:
    return (stage.now + dt.timedelta(days=days)).date()
