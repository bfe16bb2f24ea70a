"""Log review (logguppföljning): what was drawn from the read log, who reviews it, and how it ended (SoLPuL 10 §).

Nothing here says anything of the person a dossier is about. An opening drawn for what stands in the dossier (a shared
family name, a colleague, somebody well known) has the same kind as one drawn by chance, and there is no text.
"""

import datetime as dt
import uuid
from typing import Final, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Unit
from hemvag.dossiers.models import Dossier
from hemvag.lib import clock
from hemvag.staff.models import Worker

REVIEWED_WITHIN: Final = dt.timedelta(days=14)
ANSWERED_WITHIN: Final = dt.timedelta(days=7)


class Draw(models.Model):
    """One unit's week of the read log, from which a sample was drawn, once. `by` is empty when it was drawn by itself.

    `openings` is how many openings of dossiers the unit's workers made that week.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    week = models.DateField()
    openings = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "week"], name="one_draw_a_week")]
        indexes = [models.Index(fields=["-week"], name="draw_week")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.week}"


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the reviews that `worker` may read at `at`.

        Those given to her to review; for who reads the log all of her committee's. Never one of her own openings.
        """
        grants = granted(worker, at)
        seen = Q(unit__authority__in=grants.authorities(Ability.LOG_READ))
        if grants.has(Ability.LOG_REVIEW):
            seen |= Q(lead=worker)
        return self.filter(seen).exclude(worker=worker)

    def asked_of(self, worker: Worker) -> Self:
        """Return the reviews in which `worker` has been asked about an opening of her own."""
        return self.filter(worker=worker).filter(_said(Remark.Kind.ASKED))

    def answered(self) -> Self:
        """Return those in which the worker has answered."""
        return self.filter(_said(Remark.Kind.ANSWERED))

    def unanswered(self) -> Self:
        """Return those in which the worker has not answered."""
        return self.filter(~_said(Remark.Kind.ANSWERED))

    def waiting(self) -> Self:
        """Return those that nobody has signed."""
        return self.filter(~_said(Remark.Kind.SIGNED))

    def signed(self) -> Self:
        """Return those that are signed."""
        return self.filter(_said(Remark.Kind.SIGNED))


class Review(models.Model):
    """One opening that somebody must look at. `entry` is the line of the read log; `lead` is empty when nobody may."""

    class Kind(models.TextChoices):
        """Why it was drawn, as far as the log alone tells. DRAWN: by chance, or for what stands in the dossier."""

        DRAWN = "drawn", _("stickprov")
        NIGHT = "night", _("på natten")
        MANY = "many", _("många på kort tid")
        UNWORKED = "unworked", _("öppnad men inte arbetad i")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    entry = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    opened_at = models.DateTimeField()
    at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(lead=None) | ~Q(lead=F("worker")), name="nobody_reviews_herself")
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="review_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.opened_at:%Y-%m-%d}"

    def due(self) -> dt.date:
        """Return the day by which it is to be signed: the house's own rule, no provision's."""
        return clock.local(self.at + REVIEWED_WITHIN).date()


class Remark(models.Model):
    """One thing said in a review, in a code: the lead asked, the worker answered, the lead signed. Each once."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("frågade")
        ANSWERED = "answered", _("svarade")
        SIGNED = "signed", _("skrev under")

    class Answer(models.TextChoices):
        """What the worker says of her own opening."""

        MINE = "mine", _("Jag arbetade med ärendet")
        COVERED = "covered", _("Jag ersatte eller hjälpte en kollega")
        ASKED_TO = "asked_to", _("Någon bad mig titta")
        MISTAKE = "mistake", _("Jag öppnade fel akt")
        TALK = "talk", _("Jag vill hellre svara i ett samtal")

    class Outcome(models.TextChoices):
        """How a review ended."""

        FINE = "fine", _("Utan anmärkning: öppningen hörde till arbetet")
        TALKED = "talked", _("Tillfrågad: jag har talat med medarbetaren, och det är klart")
        PASSED_ON = "passed_on", _("Lämnas till verksamhetschefen")
        INCIDENT = "incident", _("Incident: dataskyddsombudet ska ta vid")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=20, default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "kind"], name="one_remark_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    def words(self) -> str:
        """Return what was said, in words."""
        known = {**dict(self.Answer.choices), **dict(self.Outcome.choices)}
        return str(known.get(self.code, ""))


def _said(kind: str) -> Exists:
    return Exists(Remark.objects.filter(review=OuterRef("pk"), kind=kind))
