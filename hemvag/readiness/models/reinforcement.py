"""Decisions that districts get more posts, on what they rested, and how it went. Rows are only added.

`basis` is what was counted and entered when it was decided: what disclosure tells, as ranges, never a number that it
holds back. `split` is how many posts each district gets.
"""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Authority
from hemvag.staff.models import Worker


class ReinforcementQuerySet(models.QuerySet["Reinforcement"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the decisions that `worker` may read at `at`: those of the committees whose readiness is hers."""
        return self.filter(authority__in=granted(worker, at).authorities(Ability.READINESS_WORK))


class Reinforcement(models.Model):
    """A decision to give districts posts: why, by whom by the town's order, and signed by who wrote it down."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    posts = models.PositiveSmallIntegerField()
    split = models.JSONField()
    basis = models.JSONField()
    reasons = models.TextField()
    decider = models.CharField(max_length=200)
    decided_on = models.DateField()
    follow_up_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = ReinforcementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(decider=""), name="reinforcement_has_reasons"),
            models.CheckConstraint(
                condition=Q(follow_up_on__gt=models.F("decided_on")), name="reinforcement_followed_up_after"
            ),
        ]
        indexes = [models.Index(fields=["authority", "-at"], name="reinforcement_latest")]

    def __str__(self) -> str:
        return f"{self.posts} {self.decided_on:%Y-%m-%d}"


class ReinforcementFollowUp(models.Model):
    """How a reinforcement went: what was measured then, in `basis`, and what was seen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reinforcement = models.ForeignKey(Reinforcement, on_delete=models.PROTECT, related_name="follow_ups")
    basis = models.JSONField()
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["reinforcement", "-at"], name="reinforcement_follow_up")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
