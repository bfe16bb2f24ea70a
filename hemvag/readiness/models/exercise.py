"""Exercises: that one was held, what its report says, the gaps it showed, and that its space is erased.

Nothing here is about a person: participants are counted by unit, a gap is owned by a function. Nothing is changed: a
later report stands beside the earlier one, a gap's latest owner stands.
"""

import datetime as dt
import uuid
from typing import Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Authority
from hemvag.staff.models import Worker

REPORT_WITHIN: Final = dt.timedelta(days=30)
"""How long after an exercise its report may wait. A working rule, not law."""
OWNER_WITHIN: Final = dt.timedelta(days=60)
"""How long after an exercise a gap may be nobody's. A working rule, not law."""


class Format(models.TextChoices):
    """How an exercise is held."""

    SEMINAR = "seminar", _("Seminarium")
    SIMULATION = "simulation", _("Simulering med motspel")
    FUNCTION = "function", _("Funktionsövning")
    NIGHT_CALL = "night_call", _("Larmprov på natten")


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the exercises of the committees whose readiness `worker` keeps at `at`."""
        return self.filter(authority__in=granted(worker, at).authorities(Ability.READINESS_WORK))


class Exercise(models.Model):
    """One exercise. `space` is the id of the space it was held in, empty for one that needed none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    held_on = models.DateField()
    format = models.CharField(max_length=20, choices=Format)
    scenario = models.CharField(max_length=200, default="", blank=True)
    scope = models.TextField()
    goals = models.TextField()
    space = models.UUIDField(null=True, unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-at"]
        indexes = [models.Index(fields=["authority", "-held_on"], name="exercise_latest")]

    def __str__(self) -> str:
        return f"{self.name} {self.held_on:%Y-%m-%d}"


class ExerciseReport(models.Model):
    """What an exercise showed. `participants` is how many by unit, `measures` rows of `exercise_measures`.

    A measure that nobody took is not there, and is shown as unknown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="reports")
    participants = models.JSONField()
    measures = models.JSONField()
    strengths = models.TextField(default="", blank=True)
    improvements = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["exercise", "-at"], name="exercise_report_latest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class GapQuerySet(models.QuerySet["ExerciseGap"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the gaps of the exercises that `worker` may read at `at`."""
        return self.filter(exercise__in=Exercise.objects.visible_to(worker, at))

    def still_open(self) -> Self:
        """Return the gaps that nobody has closed."""
        return self.filter(closed=None)


class ExerciseGap(models.Model):
    """Something that was missing, and what shall be done about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="gaps")
    missing = models.TextField()
    action = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = GapQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.missing[:60]


class GapOwner(models.Model):
    """Which function answers for a gap, what it does and by which day. The latest one stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gap = models.ForeignKey(ExerciseGap, on_delete=models.PROTECT, related_name="owners")
    function = models.CharField(max_length=200)
    action = models.TextField()
    due = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.function} {self.due:%Y-%m-%d}"


class GapClosed(models.Model):
    """That a gap is closed, and how that was seen."""

    gap = models.OneToOneField(ExerciseGap, on_delete=models.PROTECT, primary_key=True, related_name="closed")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class SpaceErasedQuerySet(models.QuerySet["SpaceErased"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the erased spaces of the committees whose readiness `worker` keeps at `at`."""
        return self.filter(authority__in=granted(worker, at).authorities(Ability.READINESS_WORK))


class SpaceErased(models.Model):
    """That an exercise's space was erased: its database, its key and its files. No word of what lay in it."""

    space = models.UUIDField(primary_key=True)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = SpaceErasedQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"
