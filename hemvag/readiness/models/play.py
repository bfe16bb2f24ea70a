"""An exercise while it is held, in its own space: when it began, what was given, what the players did, what was
counted. These tables are empty in a real installation, and everything in them goes when the space is erased."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import Unit
from hemvag.staff.models import Worker


class Play(models.Model):
    """The exercise of this space; there is one. `minutes` is how long the scenario's whole time takes."""

    only = models.BooleanField(primary_key=True, default=True)
    scenario = models.SlugField()
    minutes = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="one_play_a_space")]

    def __str__(self) -> str:
        return f"{self.scenario} {self.started_at:%Y-%m-%d %H:%M}"


class InjectGiven(models.Model):
    """That an inject of the scenario was given to the players."""

    code = models.SlugField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.code} {self.at:%H:%M}"


class PlayNote(models.Model):
    """What the leader saw after an inject; `inject` is empty for a note about the whole."""

    class Kind(models.TextChoices):
        DID = "did", _("Vad spelarna gjorde")
        UNCLEAR = "unclear", _("Vad som var oklart")
        MISSING = "missing", _("Vad som saknades")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inject = models.SlugField(default="", blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%H:%M}"


class PlayFigure(models.Model):
    """A number that the leader counted: a measure, or with a unit how many of it took part. The latest one stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    value = models.PositiveIntegerField()
    of = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"
