"""The horizon: feeds that are followed, what came of them or was entered by hand, and what was thought of it.

Items are about events and authorities, never about a private person. An item that is about one after all is truly
deleted, with the reasons written of it; what stays says only that somebody removed one.
"""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Authority
from hemvag.staff.models import Worker


class FeedQuerySet(models.QuerySet["Feed"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the feeds that `worker` may see at `at`: those of the committees whose readiness is hers."""
        return self.filter(authority__in=granted(worker, at).authorities(Ability.READINESS_WORK))

    def followed(self) -> Self:
        """Return the feeds that are not paused."""
        return self.filter(paused_at=None)


class Feed(models.Model):
    """An address that is fetched: who added it, whether it is paused, and how fetching goes.

    `asked_at` is when somebody last asked for it, `tried_at` when it was last tried, `worked_at` when that went well.
    `etag` and `modified` are what the other side said last, so that it need not send the same again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    url = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    paused_at = models.DateTimeField(null=True)
    paused_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    worked_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=200, default="", blank=True)
    modified = models.CharField(max_length=200, default="", blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "url"], name="feed_once_in_a_committee")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Say whether somebody has asked for it and it has not been tried since."""
        return self.asked_at is not None and (self.tried_at is None or self.tried_at < self.asked_at)


class FeedFailure(models.Model):
    """One time when a feed could not be fetched or read: why, as a code, with the answer's number if it had one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="failures")
    code = models.CharField(max_length=20)
    number = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["feed", "-at"], name="feed_failure_latest")]

    def __str__(self) -> str:
        return f"{self.code} {self.number or ''}".strip()


class Outcome(models.TextChoices):
    """What an item is worth."""

    IGNORE = "ignore", _("Lägg undan")
    WATCH = "watch", _("Bevaka")
    ACT = "act", _("Agera")


class HorizonItemQuerySet(models.QuerySet["HorizonItem"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the items that `worker` may see at `at`."""
        return self.filter(authority__in=granted(worker, at).authorities(Ability.READINESS_WORK))

    def judged(self) -> Self:
        """Return the items with what was last thought of each: `outcome`, `reason`, `judged_at` and `judged_by`."""
        last = Triage.objects.filter(item=OuterRef("pk")).order_by("-at", "-id")
        return self.annotate(
            outcome=Subquery(last.values("outcome")[:1]),
            reason=Subquery(last.values("reason__words")[:1]),
            judged_at=Subquery(last.values("at")[:1]),
            judged_by=Subquery(last.values("by__name")[:1]),
        )

    def judged_as(self, *outcomes: str) -> Self:
        """Return the items whose latest judgement is one of `outcomes`; "" are those that nobody has judged."""
        last = Triage.objects.filter(item=OuterRef("pk")).order_by("-at", "-id").values("outcome")[:1]
        return self.alias(last=Coalesce(Subquery(last), Value(""))).filter(last__in=outcomes)

    def waiting(self) -> Self:
        """Return the items that nobody has judged."""
        return self.exclude(pk__in=Triage.objects.values("item"))


class HorizonItem(models.Model):
    """One piece of news: fetched from a feed, or entered by hand. Plain text, an https link or none, the source's day.

    `key` is a digest by which the same piece is known again in its feed. `acknowledged` is what the one who entered it
    was warned of and answered for, as codes. An official notice is what an authority or court has said.
    """

    class Kind(models.TextChoices):
        FETCHED = "fetched", _("Ur flöde")
        ENTERED = "entered", _("Inskriven")
        OFFICIAL = "official", _("Officiellt besked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, null=True, related_name="items")
    key = models.CharField(max_length=64, default="", blank=True)
    source = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=600, default="", blank=True)
    link = models.CharField(max_length=1000, default="", blank=True)
    day = models.DateField(null=True)
    acknowledged = models.CharField(max_length=100, default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")

    objects = HorizonItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "key"], condition=Q(kind="fetched"), name="horizon_item_once"),
            models.CheckConstraint(
                condition=Q(kind="fetched", feed__isnull=False, by=None)
                | (~Q(kind="fetched") & Q(feed=None, key="", by__isnull=False)),
                name="horizon_item_fetched_or_by_someone",
            ),
            models.CheckConstraint(condition=Q(link="") | Q(link__startswith="https://"), name="horizon_link_https"),
        ]
        indexes = [models.Index(fields=["authority", "-at"], name="horizon_item_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class Triage(models.Model):
    """What somebody thought of an item at a moment. The latest stands. It outlives its item, and says nothing then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(HorizonItem, on_delete=models.DO_NOTHING, db_constraint=False, related_name="triages")
    outcome = models.CharField(max_length=10, choices=Outcome)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["item", "-at"], name="triage_latest")]

    def __str__(self) -> str:
        return self.outcome


class TriageReason(models.Model):
    """Why an item asks for an act, in words. Deleted with its item: the words may tell whom it was about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    triage = models.OneToOneField(Triage, on_delete=models.PROTECT, related_name="reason")
    item = models.ForeignKey(HorizonItem, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()

    def __str__(self) -> str:
        return str(self.triage_id)


class Removal(models.Model):
    """That an item was removed, by whom and when.

    `token` is a keyed hash, by which a feed's next fetching knows not to bring the same piece again. It is nothing to
    whoever has no key, and None for what was entered by hand.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    token = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["authority", "token"], name="horizon_removed")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
