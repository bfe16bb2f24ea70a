"""Plans as tests make them: a family of five tomorrow morning, mother, father and children of 8, 6 and 1."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hemvag.audit.models import Purpose
from hemvag.concerns import hours, report
from hemvag.dossiers import record
from hemvag.dossiers.opened import Opened
from hemvag.exchange.tell import Telling
from hemvag.lib import clock
from hemvag.lib.clock import STOCKHOLM
from hemvag.people.identities import Birth, Guardian, Identity, Name
from hemvag.reception import family, items, opening, plan, template
from hemvag.reception.known import Fact, Known, Sure
from hemvag.reception.plan import Plan
from hemvag.reception.sending import Part
from tests.concerns import making
from tests.conftest import Town
from tests.exchange.making import ALL_TESTS

AT = dt.datetime(2026, 11, 23, 10, 0, tzinfo=STOCKHOLM)
HOUR = dt.timedelta(hours=1)
AGES = {"Sami": 2018, "Lina": 2020, "Noor": 2025}
KNOWN = Known(
    day=dt.date(2026, 11, 24),
    time=dt.time(9, 40),
    sure=Sure.KNOWN,
    place=Fact(text="Kastrup, SK 1842", sure=Sure.KNOWN),
    origin=Fact(text="Erbil", sure=Sure.LIKELY),
    first_night=Fact(text="Lägenheten på Nobelvägen", sure=Sure.LIKELY),
    adults=["Mamma, 31 år", "Pappa, 34 år"],
    district="Innerstaden",
    from_day=dt.date(2026, 12, 7),
    text="Mormor har ringt.",
)


def office_hour(town: Town) -> dt.datetime:
    """Return the nearest moment before now when the office is open, so that a case goes to its district's unit."""
    at = clock.now()
    while not hours.is_open(town.municipality, at):
        at -= HOUR
    return at


def child(given: str, **facts: Any) -> report.Child:
    """One of the family's children."""
    born = Birth(kind="approximate", date=str(AGES[given]))
    mother = Guardian(name="Rana Idris", relation="mamma")
    who = {"names": [Name(given=given, family="Idris")], "birth": born, "guardians": [mother], "languages": "arabiska"}
    return report.Child(identity=Identity(**(who | facts.pop("identity", {}))), **facts)


def cases(town: Town, *, part: str = "social_worker", at: dt.datetime = AT, **facts: Any) -> list[Opened]:
    """The three children, reported together and abroad, each with a case that a worker has; opened by her."""
    children = facts.pop("children", None) or [child(given, district=town.district) for given in AGES]
    made = making.receive(town, at=at, children=children, **facts)
    for row in made:
        if row.dossier.unit == town.children:
            making.give_to(row, town.workers[part])
    seen = [row for row in made if row.dossier.unit == town.children]
    return [opened(town, row.dossier_id, part=part, at=at) for row in seen]


def opened(town: Town, dossier: Any, *, part: str = "social_worker", at: dt.datetime = AT) -> Opened:
    """A dossier, opened by a worker."""
    return record.open_dossier(dossier, by=town.workers[part], purpose=Purpose.HANDLE, at=at)


def made(
    town: Town, children: Sequence[Opened] | None = None, *, code: str = "F", at: dt.datetime = AT, **facts: Any
) -> Opened:
    """The family's plan, opened by the social worker."""
    return opening.open_plan(
        children or cases(town, at=at),
        template=template.templates()[code],
        known=facts.get("known", KNOWN),
        by=town.workers[facts.get("part", "social_worker")],
        at=at,
    )


def parts(town: Town, found: Plan, key: str, *, at: dt.datetime = AT, more: Sequence[str] = ()) -> list[Part]:
    """What a task needs of each of its children, and `more`."""
    task = found.task(key)
    held = family.opened(found, by=town.workers["social_worker"], at=at, to_tell=True)
    about = [task.child] if task.child else found.coming
    together = [held[child.dossier] for child in about if child.dossier in held]
    return [
        Part(
            child=one,
            items=[
                item
                for item in items.available(one, found.known, together, at.date())
                if items.is_needed(item, task.task.needs) or item.code in more
            ],
        )
        for one in together
    ]


def telling(**facts: Any) -> Telling:
    """How something is told."""
    arguments: dict[str, Any] = {
        "receiver": "",
        "situation": "",
        "receiver_name": "Placeringen",
        "purpose": "Ordna plats.",
        "items": (),
        "channel": "phone",
        "delegation": "Delegationsordningen punkt 4",
        "informed": "before",
        "tests": ALL_TESTS,
    }
    return Telling(**(arguments | facts))


def read(town: Town, dossier: Any, *, part: str = "social_worker", at: dt.datetime = AT) -> Plan:
    """The plan as it stands now."""
    return plan.read(opened(town, dossier, part=part, at=at))
