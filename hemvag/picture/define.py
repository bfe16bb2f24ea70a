"""Say what is counted: window, area and definition of one of the populations."""

import datetime as dt
import uuid

from hemvag.access.abilities import Ability, granted
from hemvag.picture.models import Population
from hemvag.staff.models import Worker


class NotTheCoordinator(PermissionError):
    """The worker does not make this committee's picture."""


class DaysOutOfOrder(ValueError):
    """The window ends before it begins."""


def define(
    *,
    authority: uuid.UUID,
    kind: str,
    since: dt.date,
    until: dt.date,
    area: str,
    definition: str,
    by: Worker,
    at: dt.datetime,
) -> Population:
    """Store a new version of what is counted. What was said of the version before stays with that one.

    Raises `NotTheCoordinator` and `DaysOutOfOrder`.
    """
    if authority not in granted(by, at).authorities(Ability.PICTURE_WORK):
        raise NotTheCoordinator(by.pk)
    if since > until:
        raise DaysOutOfOrder(since, until)
    return Population.objects.create(
        authority_id=authority, kind=kind, since=since, until=until, area=area, definition=definition, by=by, at=at
    )
