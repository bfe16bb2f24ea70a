"""What an inject brings is entered by the same verbs as real work, by an invented registrar."""

import datetime as dt

from hemvag.access.abilities import Ability, roles
from hemvag.agencies.models import District, Municipality
from hemvag.concerns import report as concern
from hemvag.concerns.models import ConcernReport
from hemvag.config.exercise.scenario import Inject, Report, Scenario
from hemvag.lib import clock
from hemvag.people.identities import Birth, Guardian, Identity, Name, Number
from hemvag.staff.models import Membership, Worker


class NobodyRegisters(RuntimeError):
    """No worker of the space may register a report."""


def report(inject: Inject, found: Scenario, *, at: dt.datetime) -> list[ConcernReport]:
    """Let the inject's report come in at a moment, and return one row a child. Raises NobodyRegisters."""
    if inject.report is None:
        return []
    brings, day = inject.report, clock.local(at).date()
    municipality = Municipality.objects.get()
    district = District.objects.on(day).filter(municipality=municipality).order_by("code").first()
    return concern.receive(
        children=[
            concern.Child(identity=_identity(brings, found, number, day), district=district)
            for number in brings.children
        ],
        reporter=concern.Reporter(**brings.reporter),
        text=inject.says,
        channel=brings.channel,
        received_at=at,
        feedback_asked_at=None,
        municipality=municipality,
        by=_registrar(day),
        at=at,
    )


def _identity(brings: Report, found: Scenario, number: int, day: dt.date) -> Identity:
    child = found.children[number]
    is_whole = not brings.family
    guardians = [Guardian(name=found.mother, relation="mamma"), Guardian(name=found.father, relation="pappa")]
    return Identity(
        names=[Name(given=child.given, family=brings.family or child.family)],
        birth=Birth(kind="approximate", date=str(child.born(day).year)),
        number=Number(reason="not_known"),
        whereabouts=brings.whereabouts,  # type: ignore[arg-type]
        guardians=guardians if is_whole else [],
    )


def _registrar(day: dt.date) -> Worker:
    """Return who registers: of the roles that may, the one that may identify a child first."""
    may = [code for code, role in roles().items() if Ability.REPORT_REGISTER in role.unit | role.authority]
    may.sort(key=lambda code: Ability.CHILD_IDENTIFY not in roles()[code].authority)
    for code in may:
        row = Membership.objects.on(day).filter(role=code).select_related("worker").order_by("worker__name").first()
        if row is not None:
            return row.worker
    raise NobodyRegisters
