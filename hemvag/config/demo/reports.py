"""Let invented reports arrive, in writing and by telephone, by day and by night."""

import datetime as dt
from typing import Final

from hemvag.agencies.models import Unit
from hemvag.concerns import report
from hemvag.concerns.models import ConcernReport
from hemvag.concerns.report import Child, Reporter
from hemvag.config.demo import times
from hemvag.config.demo.invented import Family, Said
from hemvag.config.demo.stage import Stage
from hemvag.lib import clock
from hemvag.people.identities import Birth, Guardian, Identity, Name, Number

NEW: Final = dt.timedelta(days=5)
RECENT: Final = dt.timedelta(days=times.RECENT_DAYS)


def receive(stage: Stage, day: dt.date) -> list[ConcernReport]:
    """Let a report about a family arrive on a day, never later than now; return one row a child."""
    chance = stage.chance
    age = clock.local(stage.now).date() - day
    at_night = chance.random() < 0.05
    received_at = times.evening(chance, day) if at_night else times.office(chance, day)
    family = stage.inventor.family(on=day)
    said = stage.inventor.said(family.children[0].given)
    if received_at + dt.timedelta(hours=1) > stage.now:
        received_at = stage.now - dt.timedelta(hours=chance.uniform(1, 5))
    desk, role = (Unit.Kind.ON_CALL, "on_call") if at_night else (Unit.Kind.RECEPTION, "registrar")
    return report.receive(
        children=children(stage, family, said, age=age),
        reporter=reporter(said),
        text=said.text,
        channel=chance.choices(["written", "phone", "web", "message", "visit"], [45, 25, 15, 12, 3])[0],
        received_at=received_at,
        feedback_asked_at=received_at if said.is_mandated and chance.random() < 0.75 else None,
        municipality=stage.municipality,
        by=stage.cast.one(stage.cast.of_kind(desk), role, chance),
        at=received_at + dt.timedelta(minutes=chance.randint(5, 50)),
    )


def children(stage: Stage, family: Family, said: Said, *, age: dt.timedelta) -> list[Child]:
    """Return the family's children as a report of that age names them.

    Of the newest some belong to another municipality; half of the recent ones live in the first district, so that the
    unit which the demo shows first has work waiting.
    """
    chance = stage.chance
    is_protected = chance.random() < 0.02
    elsewhere = chance.choice(["Lund", "Trelleborg", "Kungälv", "Borås"]) if age < NEW and chance.random() < 0.1 else ""
    district = chance.choice(stage.districts) if chance.random() < 0.94 else None
    if district is not None and age < RECENT and chance.random() < 0.5:
        district = stage.districts[0]
    away = said.cause == "return"
    named = []
    for child in family.children:
        other = stage.inventor.other_spelling(child.given)
        names = [Name(given=child.given, family=child.family)]
        if other != child.given:
            names.append(Name(given=other, family=child.family, kind="spelling"))
        is_exact = bool(child.number) or chance.random() < 0.7
        born = child.born.isoformat() if is_exact else str(child.born.year)
        identity = Identity(
            names=names,
            birth=Birth(kind="exact" if is_exact else "approximate", date=born),
            number=Number(kind="personal", value=child.number) if child.number else Number(reason="not_known"),
            whereabouts=chance.choice(["abroad", "on_the_way", "here"]) if away else "here",
            guardians=[Guardian(name=name, relation=relation) for name, relation in family.guardians],
            protected="protected_registration" if is_protected else "",
            languages=family.language,
        )
        named.append(
            Child(identity=identity, district=None if is_protected else district, other_municipality=elsewhere)
        )
    return named


def reporter(said: Said) -> Reporter:
    """Return who reported, as the register keeps it."""
    return Reporter(
        kind=said.source, name=said.name, organisation=said.organisation, title=said.title, contact=said.contact
    )
