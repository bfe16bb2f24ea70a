"""Invented workers for every role, several in each unit."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from anyascii import anyascii

from hemvag.access import abilities
from hemvag.agencies.models import Municipality, Unit
from hemvag.config.demo.invented import Inventor
from hemvag.staff.models import Membership, Worker

DOMAIN = "demo.example"
PLACES: Mapping[str, Sequence[tuple[str, int]]] = {
    Unit.Kind.LINE: [("counsellor", 3)],
    Unit.Kind.RECEPTION: [
        *(("registrar", 2), ("privacy_officer", 1), ("archivist", 1)),
        *(("administrator", 2), ("lawyer", 1)),
    ],
    Unit.Kind.CHILDREN: [("unit_lead", 1), ("social_worker", 4)],
    Unit.Kind.ADULTS: [("support_lead", 1), ("support_worker", 2)],
    Unit.Kind.PROTECTED_DESK: [("protected_desk", 2)],
    Unit.Kind.ON_CALL: [("on_call", 2)],
    Unit.Kind.COORDINATION: [("coordinator", 1)],
}
"""How many of each role work in a unit of each kind."""


@dataclass
class Cast:
    """Who plays which part: workers by unit and role, and each unit by its id."""

    units: dict[UUID, Unit] = field(default_factory=dict)
    workers: dict[tuple[UUID, str], list[Worker]] = field(default_factory=dict)

    def of_kind(self, kind: str) -> Unit:
        """Return the first unit of a kind."""
        return next(unit for unit in self.units.values() if unit.kind == kind)

    def all(self, unit: Unit, role: str) -> list[Worker]:
        """Return the workers with a role in a unit."""
        return self.workers[unit.id, role]

    def one(self, unit: Unit, role: str, chance: random.Random) -> Worker:
        """Return one of them by chance."""
        return chance.choice(self.all(unit, role))


def hire(municipality: Municipality, inventor: Inventor, *, since: dt.date, at: dt.datetime) -> Cast:
    """Store the workers with their memberships since a day, and return them with their abilities known."""
    cast = Cast()
    units = Unit.objects.on(at.date()).filter(authority__municipality=municipality).select_related("authority")
    workers, memberships = [], []
    taken: set[str] = set()
    for unit in units.order_by("authority__code", "code"):
        cast.units[unit.id] = unit
        for role, count in PLACES.get(unit.kind, []):
            for _number in range(count):
                worker = _worker(inventor, taken)
                workers.append(worker)
                memberships.append(Membership(worker=worker, unit=unit, role=role, valid_from=since))
                cast.workers.setdefault((unit.id, role), []).append(worker)
    Worker.objects.bulk_create(workers)
    Membership.objects.bulk_create(memberships)
    for worker in workers:
        worker.grants_of_request = abilities.ask(worker, at)  # type: ignore[attr-defined]
    return cast


def _worker(inventor: Inventor, taken: set[str]) -> Worker:
    name = inventor.worker_name()
    while (address := _address(name)) in taken:
        name = inventor.worker_name()
    taken.add(address)
    worker = Worker(email=address, name=name, pseudonym=inventor.chance.choice(["Kim", "Lo", "Sam", "Robin", "Noa"]))
    worker.set_unusable_password()
    return worker


def _address(name: str) -> str:
    letters = "".join(sign for sign in anyascii(name).lower().replace(" ", ".") if sign.isalnum() or sign == ".")
    return f"{letters}@{DOMAIN}"
