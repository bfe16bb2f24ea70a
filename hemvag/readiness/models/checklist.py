"""How ready a unit says that it is, item by item of the checklist. The last thing said stands."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Authority, Unit
from hemvag.staff.models import Worker


def units_seen_by(worker: Worker, at: dt.datetime) -> models.QuerySet[Unit]:
    """Return the units whose checklist `worker` may see and answer: the town's with that reach, else her own."""
    grants = granted(worker, at)
    reach = grants.authorities(Ability.RESOURCE_KEEP) | grants.authorities(Ability.READINESS_WORK)
    towns = Authority.objects.filter(id__in=reach).values("municipality")
    return Unit.objects.filter(Q(authority__municipality__in=towns) | Q(id__in=grants.units(Ability.RESOURCE_KEEP)))


class ItemGradeQuerySet(models.QuerySet["ItemGrade"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return what is said of the units whose checklist `worker` may see at `at`."""
        return self.filter(unit__in=units_seen_by(worker, at))

    def standing(self) -> Self:
        """Return the last grade of each item of each unit. To be called last."""
        return self.order_by("unit", "item", "-number").distinct("unit", "item")


class ItemGrade(models.Model):
    """What a unit says of one item: a grade 0 to 4 with its reason, or None for unknown.

    `number` counts what the unit has said: two who answer at once cannot both take the next.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    item = models.SlugField()
    grade = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(default="", blank=True)
    exercised_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = ItemGradeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grade=None) | Q(grade__lte=4), name="an_item_is_0_to_4"),
            models.UniqueConstraint(fields=["unit", "number"], name="one_item_grade_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.grade}"
