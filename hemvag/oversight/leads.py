"""Who reviews: a lead of the unit, else one of the same committee; never the worker herself."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from hemvag.access.abilities import Ability, roles
from hemvag.agencies.models import Unit
from hemvag.lib import clock
from hemvag.oversight.models import Review
from hemvag.staff.models import Absence, Membership, Worker


def with_ability(*wanted: Ability) -> list[str]:
    """Return the codes of the roles that give one of these abilities, in the unit or throughout the committee."""
    return [code for code, role in roles().items() if set(wanted) & (role.unit | role.authority)]


class Leads:
    """The leads of one committee at one moment, with how many reviews wait for each. Three queries."""

    def __init__(self, unit: Unit, at: dt.datetime) -> None:
        day = clock.local(at).date()
        away = Absence.objects.filter(first_day__lte=day, last_day__gte=day)
        rows = (
            Membership.objects.on(day)
            .filter(role__in=with_ability(Ability.LOG_REVIEW), unit__authority=unit.authority_id, worker__left_at=None)
            .select_related("worker")
            .order_by("worker__name", "worker_id")
        )
        self._unit = unit.id
        self._rows = list(rows)
        self._away = set(away.values_list("worker", flat=True))
        waiting = Review.objects.waiting().filter(lead__in=[row.worker_id for row in self._rows])
        self._waiting = Counter(waiting.values_list("lead", flat=True))

    def choose(self, worker: UUID) -> Worker | None:
        """Return who is to review an opening of `worker`, and count it; None when nobody may."""
        others = [row for row in self._rows if row.worker_id != worker]
        own = [row for row in others if row.unit_id == self._unit]
        for some in (self._here(own), self._here(others), own, others):
            if some:
                chosen = min(some, key=lambda row: self._waiting[row.worker_id]).worker
                self._waiting[chosen.id] += 1
                return chosen
        return None

    def _here(self, rows: Iterable[Membership]) -> list[Membership]:
        return [row for row in rows if row.worker_id not in self._away]
