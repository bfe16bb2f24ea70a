"""Note what is missing in a service or in a unit's checklist, and close it when it is mended."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.db.models import Q

from hemvag.readiness.content import content
from hemvag.readiness.facts import AlreadyClosed, Wrong
from hemvag.readiness.models import Gap, GapClosing, Resource
from hemvag.readiness.models.checklist import units_seen_by
from hemvag.staff.models import Worker


def note_of_service(
    resource_id: uuid.UUID, *, action: str, owner: str, due: dt.date, by: Worker, at: dt.datetime
) -> Gap:
    """Store what is missing in a service. `owner` is a function. Raises Resource.DoesNotExist."""
    resource = Resource.objects.kept_by(by, at).get(id=resource_id)
    return Gap.objects.create(resource=resource, action=action, owner=owner, due=due, by=by, at=at)


def note_of_unit(
    unit_id: uuid.UUID, *, item: str, action: str, owner: str, due: dt.date, by: Worker, at: dt.datetime
) -> Gap:
    """Store what is missing in an item of a unit's checklist. Raises Unit.DoesNotExist, Wrong."""
    unit = units_seen_by(by, at).get(id=unit_id)
    if item not in content().items:
        raise Wrong("item")
    return Gap.objects.create(unit=unit, item=item, action=action, owner=owner, due=due, by=by, at=at)


def close(gap_id: uuid.UUID, *, words: str, by: Worker, at: dt.datetime) -> Gap:
    """Say that a gap is mended, and how. Raises Gap.DoesNotExist, AlreadyClosed."""
    mine = Q(resource__in=Resource.objects.kept_by(by, at)) | Q(unit__in=units_seen_by(by, at))
    gap = Gap.objects.filter(mine).get(id=gap_id)
    try:
        with transaction.atomic():
            GapClosing.objects.create(gap=gap, words=words, by=by, at=at)
    except IntegrityError:
        raise AlreadyClosed from None
    return gap
