"""Enter a service in the directory, and change what is said of it. Each change is a new version beside the old ones."""

import dataclasses
import datetime as dt
import uuid
from typing import Final

from django.db import transaction

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Authority, Municipality, Unit
from hemvag.lib import clock
from hemvag.readiness import said as saying
from hemvag.readiness.facts import Changed, NotYours, Wrong
from hemvag.readiness.models import Resource, Version
from hemvag.readiness.said import Said
from hemvag.staff.models import Worker

HALF_A_YEAR: Final = dt.timedelta(days=182)


@transaction.atomic
def enter(
    said: Said,
    *,
    municipality: Municipality,
    keeper: Unit | None,
    by: Worker,
    at: dt.datetime,
    next_check: dt.date | None = None,
) -> Version:
    """Store a new service with its first version; whoever enters it has checked it.

    `keeper` is the unit that answers for the entry; None only for a keeper of the whole town. Raises NotYours, Wrong.
    """
    if not _may_keep(keeper, municipality, by, at):
        raise NotYours(by.pk)
    resource = Resource.objects.create(municipality=municipality, keeper=keeper, by=by, at=at)
    return _store(resource, said, number=1, checked=_checked(by, at, next_check), by=by, at=at)


@transaction.atomic
def change(
    resource_id: uuid.UUID, said: Said, *, seen: int, keeper: Unit | None, by: Worker, at: dt.datetime
) -> Version:
    """Store a new version upon version `seen`, which counts as a check.

    Raises Resource.DoesNotExist, Changed, Wrong.
    """
    resource, last = _locked(resource_id, by, at)
    if last.number != seen:
        raise Changed(last)
    if keeper != resource.keeper:
        if not _may_keep(keeper, resource.municipality, by, at):
            raise Wrong("keeper")
        resource.keeper = keeper
        resource.save(update_fields=["keeper"])
    return _store(resource, said, number=seen + 1, checked=_checked(by, at, None), by=by, at=at)


@transaction.atomic
def say_capacity(
    resource_id: uuid.UUID, *, free: int | None, total: int | None, by: Worker, at: dt.datetime
) -> Version:
    """Say how many places are free, of how many, as of today; None is unknown. All else stands as it was.

    Raises Resource.DoesNotExist, Wrong.
    """
    resource, last = _locked(resource_id, by, at)
    day = None if free is None else clock.local(at).date()
    said = dataclasses.replace(saying.of(last), free=free, total=total, said_on=day)
    return _store(resource, said, number=last.number + 1, checked=_as_it_was(last), by=by, at=at)


@transaction.atomic
def check(resource_id: uuid.UUID, *, next_check: dt.date | None = None, by: Worker, at: dt.datetime) -> Version:
    """Say that the entry is right today; it is to be checked again on `next_check`, or in half a year.

    Raises Resource.DoesNotExist.
    """
    resource, last = _locked(resource_id, by, at)
    checked = _checked(by, at, next_check)
    return _store(resource, saying.of(last), number=last.number + 1, checked=checked, by=by, at=at)


Checked = tuple[Worker, dt.date, dt.date]


def _checked(by: Worker, at: dt.datetime, next_check: dt.date | None) -> Checked:
    today = clock.local(at).date()
    return by, today, next_check or today + HALF_A_YEAR


def _as_it_was(last: Version) -> Checked:
    return last.checked_by, last.checked_on, last.next_check


def _locked(resource_id: uuid.UUID, by: Worker, at: dt.datetime) -> tuple[Resource, Version]:
    """Return the service and its last version, and let nobody else add one meanwhile."""
    resource = Resource.objects.kept_by(by, at).select_for_update(of=("self",)).get(id=resource_id)
    return resource, resource.versions.select_related("unit__authority", "checked_by").latest("number")


def _store(resource: Resource, said: Said, *, number: int, checked: Checked, by: Worker, at: dt.datetime) -> Version:
    saying.check(said, resource, on=clock.local(at).date())
    checked_by, checked_on, next_check = checked
    return Version.objects.create(
        resource=resource,
        number=number,
        checked_by=checked_by,
        checked_on=checked_on,
        next_check=next_check,
        by=by,
        at=at,
        **saying.as_columns(said),
    )


def _may_keep(keeper: Unit | None, municipality: Municipality, by: Worker, at: dt.datetime) -> bool:
    grants = granted(by, at)
    reach = grants.authorities(Ability.RESOURCE_KEEP)
    whole_town = Authority.objects.filter(id__in=reach, municipality=municipality).exists()
    if keeper is None:
        return whole_town
    mine = whole_town or keeper.id in grants.units(Ability.RESOURCE_KEEP)
    return mine and keeper.authority.municipality_id == municipality.id
