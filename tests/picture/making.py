"""What the coordinator has written down, for tests that need it."""

import datetime as dt

from hemvag.lib import clock
from hemvag.picture import define
from hemvag.picture.models import Kind, Population
from tests.conftest import Town

SINCE, UNTIL = dt.date(2013, 1, 1), dt.date(2017, 12, 31)


def returned(town: Town, *, kind: str = Kind.RETURNED, definition: str = "Vuxna som åkte och kom hem.") -> Population:
    """A population that the coordinator has defined."""
    return define.define(
        authority=town.authority.id,
        kind=kind,
        since=SINCE,
        until=UNTIL,
        area="Folkbokförda i kommunen",
        definition=definition,
        by=town.workers["coordinator"],
        at=clock.now(),
    )
