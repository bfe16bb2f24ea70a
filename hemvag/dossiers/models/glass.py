"""Broken glass (nödöppning): who opened what outside her own work, until when, and what a lead said of it after."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Unit
from hemvag.lib import clock
from hemvag.staff.models import Worker


class GlassOutcome(models.TextChoices):
    """What a lead found when she reviewed it."""

    JUSTIFIED = "justified", _("Befogad")
    UNFOUNDED = "unfounded", _("Inte befogad")
    LOOK_INTO = "look_into", _("Behöver utredas")


class BrokenGlassQuerySet(models.QuerySet["BrokenGlass"]):
    def visible_to(self, reader: Worker, at: dt.datetime) -> Self:
        """Return all that was broken in the committees whose read log `reader` reads: who, which and when."""
        return self.filter(unit__authority__in=granted(reader, at).authorities(Ability.LOG_READ))

    def open_at(self, at: dt.datetime) -> Self:
        """Return those whose time has not run out, and which no lead has found unfounded by then."""
        closed = GlassReview.objects.filter(outcome=GlassOutcome.UNFOUNDED, at__lte=at).values("glass")
        return self.filter(at__lte=at, until__gt=at).exclude(id__in=closed)

    def of(self, worker: Worker) -> Self:
        """Return those that the worker broke."""
        return self.filter(worker=worker)

    def unreviewed(self) -> Self:
        """Return those that no lead has reviewed yet."""
        return self.filter(review=None)


class BrokenGlass(models.Model):
    """A worker opened a dossier outside her own work, to read it until a time. Her reason is sealed in the dossier.

    `unit` is the dossier's unit of that moment. The table takes new rows only: a time is never prolonged.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="glass")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()

    objects = BrokenGlassQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["worker", "until"], name="glass_worker"),
            models.Index(fields=["dossier"], name="glass_dossier"),
        ]
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("at")), name="glass_closes_after_it_breaks")]

    def __str__(self) -> str:
        return f"{clock.local(self.at):%Y-%m-%d %H:%M}"

    def minutes_left(self, at: dt.datetime) -> int:
        """Return how many minutes are left, a begun one counted as whole; 0 when the time has run out."""
        return max(0, -(-int((self.until - at).total_seconds()) // 60))


class GlassReview(models.Model):
    """A lead, not the one who broke it, has said whether it was justified. Her words are sealed in the dossier."""

    glass = models.OneToOneField(BrokenGlass, on_delete=models.PROTECT, primary_key=True, related_name="review")
    outcome = models.CharField(max_length=12, choices=GlassOutcome)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.outcome
