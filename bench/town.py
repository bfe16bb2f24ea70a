"""The town of the measure: one committee with units for children, and the workers who sign in."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Model

from hemvag.agencies.models import Authority, Catchment, District, Municipality, Unit
from hemvag.staff.models import Membership, Worker

WORKERS_A_UNIT = 12
REGISTRARS = 8
START = dt.date(2017, 5, 1)


@dataclass
class Town:
    """Units for children with their districts, leads and social workers, in the same order; and the registrars."""

    municipality: Municipality
    authority: Authority
    reception: Unit
    units: list[Unit] = field(default_factory=list)
    districts: list[District] = field(default_factory=list)
    leads: list[Worker] = field(default_factory=list)
    workers: list[list[Worker]] = field(default_factory=list)
    registrars: list[Worker] = field(default_factory=list)
    rows: list[Model] = field(default_factory=list)


def make(units: int) -> Town:
    """Return the town, not stored; `rows` holds everything in the order that the keys between them ask for."""
    municipality = Municipality(code="malmo", name="Malmö", number="1280")
    authority = Authority(
        municipality=municipality, code="social", name="Socialnämnden", kind=Authority.Kind.SOCIAL, valid_from=START
    )
    town = Town(municipality, authority, _unit(authority, "reception", Unit.Kind.RECEPTION))
    town.rows += [municipality, authority, town.reception]
    for kind in (Unit.Kind.LINE, Unit.Kind.PROTECTED_DESK, Unit.Kind.ON_CALL):
        town.rows.append(_unit(authority, kind.value, kind))
    for number in range(units):
        unit = _unit(authority, f"children_{number}", Unit.Kind.CHILDREN)
        district = District(
            municipality=municipality, code=f"district_{number}", name=f"Område {number}", valid_from=START
        )
        town.units.append(unit)
        town.districts.append(district)
        town.rows += [unit, district, Catchment(unit=unit, district=district, valid_from=START)]
        town.leads.append(_worker(town, "unit_lead", unit, f"lead{number}"))
        town.workers.append(
            [_worker(town, "social_worker", unit, f"worker{number}x{one}") for one in range(WORKERS_A_UNIT)]
        )
    town.registrars = [_worker(town, "registrar", town.reception, f"registrar{number}") for number in range(REGISTRARS)]
    return town


def _unit(authority: Authority, code: str, kind: Unit.Kind) -> Unit:
    return Unit(authority=authority, code=code, name=code.replace("_", " ").title(), kind=kind.value, valid_from=START)


def _worker(town: Town, role: str, unit: Unit, name: str) -> Worker:
    worker = Worker(email=f"{name}@example.test", name=name.title(), pseudonym="Kim")
    worker.set_unusable_password()
    town.rows += [worker, Membership(worker=worker, unit=unit, role=role, valid_from=START)]
    return worker
