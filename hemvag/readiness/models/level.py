"""Which level of preparedness stands, who decided it and why, and the checklist that a raised level starts.

Rows are only added. The latest decision stands, and the latest mark of an item says how far it has come.
"""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Authority
from hemvag.staff.models import Worker


class LevelDecisionQuerySet(models.QuerySet["LevelDecision"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the decisions that `worker` may read at `at`: those of the committees whose readiness is hers."""
        return self.filter(authority__in=granted(worker, at).authorities(Ability.READINESS_WORK))

    def standing(self) -> "LevelDecision | None":
        """Return the decision that no other follows, or None when nobody has decided."""
        return self.filter(next=None).select_related("by").first()


class LevelDecision(models.Model):
    """A level kept, raised or lowered: decided on a day by whom the town's order says, signed by who wrote it down.

    `after` is the decision that stood before, so that two can never both follow one.
    `indicators` is what spoke for and against at that moment, as it was shown: no count under five and no person.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("Första beslutet")
        KEPT = "kept", _("Behållen")
        RAISED = "raised", _("Höjd")
        LOWERED = "lowered", _("Sänkt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    after = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="next")
    kind = models.CharField(max_length=10, choices=Kind)
    level = models.PositiveSmallIntegerField()
    level_name = models.CharField(max_length=100)
    reasons = models.TextField()
    decider = models.CharField(max_length=200)
    decided_on = models.DateField()
    review_on = models.DateField()
    indicators = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = LevelDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(review_on__gt=F("decided_on")), name="level_review_after_decision"),
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(decider=""), name="level_has_reasons_and_decider"),
            models.UniqueConstraint(fields=["authority"], condition=Q(after=None), name="level_one_first_decision"),
        ]
        indexes = [models.Index(fields=["authority", "-at"], name="level_latest")]

    def __str__(self) -> str:
        return f"{self.level} {self.decided_on:%Y-%m-%d}"

    def is_overdue(self, day: dt.date) -> bool:
        """Say whether the level should have been reviewed before `day`."""
        return self.review_on < day


class CheckQuerySet(models.QuerySet["Check"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the checklist items that `worker` may read at `at`."""
        return self.filter(authority__in=granted(worker, at).authorities(Ability.READINESS_WORK))

    def standing(self) -> Self:
        """Return the latest row of each item, with what its latest mark says as `state`, `owner`, `due` and `note`."""
        newest = Check.objects.filter(authority=OuterRef("authority"), code=OuterRef("code")).order_by("-at", "-id")
        mark = CheckMark.objects.filter(check_item=OuterRef("pk")).order_by("-at", "-id")
        return self.filter(pk=Subquery(newest.values("pk")[:1])).annotate(
            state=Subquery(mark.values("state")[:1]),
            owner=Subquery(mark.values("owner")[:1]),
            due=Subquery(mark.values("due")[:1]),
            note=Subquery(mark.values("note")[:1]),
            marked_at=Subquery(mark.values("at")[:1]),
            marked_by=Subquery(mark.values("by__name")[:1]),
        )


class Check(models.Model):
    """One item of the checklist, as the town's order worded it when the level was raised."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(LevelDecision, on_delete=models.PROTECT, related_name="checks")
    code = models.CharField(max_length=50)
    words = models.CharField(max_length=300)
    must = models.BooleanField()
    place = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    objects = CheckQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["authority", "code", "-at"], name="check_latest")]

    def __str__(self) -> str:
        return self.code


class CheckMark(models.Model):
    """How far an item has come: open or done, whose it is in words, when it is due, and a note. The latest stands."""

    class State(models.TextChoices):
        OPEN = "open", _("Inte klart")
        DONE = "done", _("Klart")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_item = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="marks")
    state = models.CharField(max_length=10, choices=State)
    owner = models.CharField(max_length=200, default="", blank=True)
    due = models.DateField(null=True)
    note = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["check_item", "-at"], name="mark_latest")]

    def __str__(self) -> str:
        return self.state
