"""Give and end roles. Nobody changes her own access, and what reaches names takes two persons.

An administrator who could give herself a case worker's role, or give it to a worker whom she invented, would see
everything that the house keeps from her. So a role that reaches more than numbers and law holds only when somebody else
has confirmed it: another administrator of the committee, or the lead of the unit, who knows who works there.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from hemvag.access.abilities import Ability, granted, roles
from hemvag.agencies.models import Unit
from hemvag.lib import clock
from hemvag.lib.names import sort_key
from hemvag.staff import changes, workers
from hemvag.staff.models import Change, Membership, Proposal, Worker

ALONE: Final = frozenset(
    {
        Ability.COUNTS_READ,
        Ability.LOAD_READ,
        Ability.PICTURE_WORK,
        Ability.READINESS_WORK,
        Ability.RESOURCE_FIND,
        Ability.RESOURCE_KEEP,
        Ability.LAW_POSITION,
    }
)
"""What one administrator may give alone: numbers, and the law."""
LEADS: Final = (Ability.CASE_LEAD, Ability.SUPPORT_LEAD)
What = Change.What


class Refused(ValueError):
    """Something of the giving of access is not as it must be."""


class NotYours(Refused):
    """The worker or the unit belongs to a committee whose staff `by` does not manage."""


class YourOwn(Refused):
    """Nobody changes her own access."""


class SecondPerson(Refused):
    """Who proposed it, or whom it is about, cannot also confirm it."""


class NoSuchRole(Refused):
    """The roles file has no role of that name."""


class AlreadyGiven(Refused):
    """The worker has that role in that unit those days, or it waits to be confirmed."""


class AlreadyAnswered(Refused):
    """Somebody else has answered it already."""


class WrongDays(Refused):
    """The last day comes before the first."""


def manages(by: Worker, worker: Worker, at: dt.datetime) -> bool:
    """Say whether `by` manages the staff of every committee in which the worker has a role."""
    mine = granted(by, at).authorities(Ability.STAFF_MANAGE)
    places = worker.memberships.on(clock.local(at).date()).values_list("unit__authority_id", flat=True)
    return bool(mine) and set(places) <= mine


def sees(by: Worker, at: dt.datetime) -> list[Worker]:
    """Return, by name, the workers of the committees whose staff `by` manages, and those who have no role anywhere."""
    mine = granted(by, at).authorities(Ability.STAFF_MANAGE)
    rows = Worker.objects.prefetch_related(
        Prefetch(
            "memberships",
            Membership.objects.on(clock.local(at).date()).select_related("unit"),
            to_attr="memberships_now",
        )
    )
    found = [one for one in rows if not (places := _places(one)) or places & mine]
    return sorted(found, key=lambda one: sort_key(one.name))


def _places(worker: Worker) -> set[UUID]:
    return {row.unit.authority_id for row in worker.memberships_now}  # type: ignore[attr-defined]


def give(
    worker: Worker,
    *,
    unit: Unit,
    role: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
    by: Worker,
    at: dt.datetime,
) -> Membership | Proposal:
    """Give a role, or propose it when it takes two persons.

    Raises NotYours, YourOwn, NoSuchRole, AlreadyGiven, WrongDays and workers.HasLeft.
    """
    _ask(worker, unit, by, at)
    if role not in roles():
        raise NoSuchRole
    if worker.left_at is not None:
        raise workers.HasLeft
    if valid_to is not None and valid_to <= valid_from:
        raise WrongDays
    facts = {"worker": worker, "unit": unit, "role": role, "valid_from": valid_from, "valid_to": valid_to}
    with transaction.atomic():
        Worker.objects.select_for_update().get(pk=worker.pk)
        if _overlaps(facts):
            raise AlreadyGiven
        if takes_two(role):
            changes.note(worker, What.PROPOSED, unit=unit, role=role, day=valid_from, by=by, at=at)
            return Proposal.objects.create(kind=Proposal.Kind.ROLE, by=by, at=at, **facts)
        changes.note(worker, What.GIVEN, unit=unit, role=role, day=valid_from, by=by, at=at)
        return Membership.objects.create(**facts)


def takes_two(role: str) -> bool:
    """Say whether a role reaches more than one person may give alone."""
    found = roles()[role]
    return not (found.unit | found.authority) <= ALONE


def end(membership: Membership, *, on: dt.date, by: Worker, at: dt.datetime) -> None:
    """Let a role end: `on` is the first day on which it does not hold. Raises NotYours, YourOwn and WrongDays."""
    _ask(membership.worker, membership.unit, by, at)
    if on < membership.valid_from:
        raise WrongDays
    with transaction.atomic():
        membership.valid_to = on
        membership.save(update_fields=["valid_to"])
        role = membership.role
        changes.note(membership.worker, What.ENDED, unit=membership.unit, role=role, day=on, by=by, at=at)


def propose_new_factors(worker: Worker, *, by: Worker, at: dt.datetime) -> Proposal:
    """Propose that the worker may set up her second factors anew. Raises NotYours, YourOwn, AlreadyGiven."""
    if worker.pk == by.pk:
        raise YourOwn
    if not manages(by, worker, at):
        raise NotYours
    with transaction.atomic():
        Worker.objects.select_for_update().get(pk=worker.pk)
        if _waiting().filter(kind=Proposal.Kind.FACTORS, worker=worker).exists():
            raise AlreadyGiven
        changes.note(worker, What.FACTORS_PROPOSED, by=by, at=at)
        return Proposal.objects.create(kind=Proposal.Kind.FACTORS, worker=worker, by=by, at=at)


def waiting_for(worker: Worker, at: dt.datetime) -> list[Proposal]:
    """Return what waits for this worker to confirm or refuse, the oldest first."""
    rows = _waiting().exclude(by=worker).exclude(worker=worker)
    return [row for row in _told(rows) if may_answer(row, worker, at)]


def waiting_about(worker: Worker) -> QuerySet[Proposal]:
    """Return what waits to be confirmed about this worker."""
    return _told(_waiting().filter(worker=worker))


def may_answer(proposal: Proposal, by: Worker, at: dt.datetime) -> bool:
    """Say whether `by` is a second person for it: another administrator there, or the lead of the unit."""
    if by.pk in {proposal.by_id, proposal.worker_id}:
        return False
    if proposal.unit is None:
        return manages(by, proposal.worker, at)
    grants = granted(by, at)
    leads = any(proposal.unit_id in grants.units(ability) for ability in LEADS) and not _manages_staff(proposal.role)
    return leads or proposal.unit.authority_id in grants.authorities(Ability.STAFF_MANAGE)


def confirm(proposal_id: UUID, *, by: Worker, at: dt.datetime) -> Proposal:
    """Let what was proposed hold. Raises SecondPerson, AlreadyAnswered and workers.HasLeft."""
    with transaction.atomic():
        row = _answer(proposal_id, Proposal.Outcome.CONFIRMED, by, at)
        if row.worker.left_at is not None:
            raise workers.HasLeft
        if row.unit is None or row.valid_from is None:
            workers.forget_factors(row.worker, by=by, at=at)
            return row
        days = {"valid_from": row.valid_from, "valid_to": row.valid_to}
        Membership.objects.create(worker=row.worker, unit=row.unit, role=row.role, **days)
        changes.note(row.worker, What.GIVEN, unit=row.unit, role=row.role, day=row.valid_from, by=by, at=at)
    return row


def refuse(proposal_id: UUID, *, by: Worker, at: dt.datetime) -> Proposal:
    """Say no to what was proposed. Raises SecondPerson and AlreadyAnswered."""
    with transaction.atomic():
        row = _answer(proposal_id, Proposal.Outcome.REFUSED, by, at)
        what = What.FACTORS_REFUSED if row.kind == Proposal.Kind.FACTORS else What.REFUSED
        changes.note(row.worker, what, unit=row.unit, role=row.role, by=by, at=at)
    return row


def units_for(by: Worker, at: dt.datetime) -> QuerySet[Unit]:
    """Return the units in which `by` may give roles, by name."""
    mine: Iterable[UUID] = granted(by, at).authorities(Ability.STAFF_MANAGE)
    return Unit.objects.on(clock.local(at).date()).filter(authority_id__in=mine).order_by("name")


def _ask(worker: Worker, unit: Unit, by: Worker, at: dt.datetime) -> None:
    if worker.pk == by.pk:
        raise YourOwn
    if unit.authority_id not in granted(by, at).authorities(Ability.STAFF_MANAGE):
        raise NotYours


def _manages_staff(role: str) -> bool:
    found = roles().get(role)
    return found is not None and Ability.STAFF_MANAGE in found.unit | found.authority


def _answer(proposal_id: UUID, outcome: Proposal.Outcome, by: Worker, at: dt.datetime) -> Proposal:
    row = Proposal.objects.select_for_update(of=("self",)).select_related("worker", "unit").get(pk=proposal_id)
    if row.outcome != Proposal.Outcome.WAITS:
        raise AlreadyAnswered
    if not may_answer(row, by, at):
        raise SecondPerson
    row.outcome, row.answered_by, row.answered_at = outcome, by, at
    row.save(update_fields=["outcome", "answered_by", "answered_at"])
    return row


def _waiting() -> QuerySet[Proposal]:
    return Proposal.objects.filter(outcome=Proposal.Outcome.WAITS)


def _told(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return rows.select_related("worker", "unit", "by").order_by("at")


def _overlaps(facts: dict[str, object]) -> bool:
    """Say whether the role is held, or waits, on any of those days."""
    same = Q(worker=facts["worker"], unit=facts["unit"], role=facts["role"])
    days = Q(valid_to=None) | Q(valid_to__gt=facts["valid_from"])
    if facts["valid_to"] is not None:
        days &= Q(valid_from__lt=facts["valid_to"])
    return Membership.objects.filter(same & days).exists() or _waiting().filter(same & days).exists()
