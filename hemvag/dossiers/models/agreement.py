"""Agreements (medgivande, OSL 12:2) and what they open. In the open stands only what acts; the words are sealed."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Authority, Unit
from hemvag.lib import clock
from hemvag.staff.models import Worker

NEVER_OPENED: Final = frozenset({"link", "agreement", "draft", "glass", "recusal", "opening_reason"})
"""Kinds of content that no agreement can open: which other dossiers there are, other agreements, what somebody has not
saved, and why workers opened it or stepped off."""


class GivenBy(models.TextChoices):
    """Who gave an agreement, for oneself or for a child."""

    ADULT = "adult", _("den vuxna själv")
    GUARDIAN = "guardian", _("vårdnadshavare")
    CHILD = "child", _("barnet självt, som har fyllt 15 år")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self, at: dt.datetime) -> Self:
        """Return those that have begun, not run out and not been withdrawn at `at`."""
        return self.filter(valid_from__lte=at, valid_to__gt=at).exclude(withdrawal__at__lte=at)


class Agreement(models.Model):
    """One agreement: whose dossier, who gave it, from when and until when. What was said is sealed in `words`.

    The table takes new rows only: an agreement is never widened or prolonged, a new one is given.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="agreements")
    given_by = models.CharField(max_length=10, choices=GivenBy)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    words = models.ForeignKey("dossiers.Sealed", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from"]
        indexes = [models.Index(fields=["dossier", "valid_from"], name="agreement_dossier")]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="agreement_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{clock.local(self.valid_from):%Y-%m-%d} – {clock.local(self.valid_to):%Y-%m-%d}"

    @property
    def withdrawn_at(self) -> dt.datetime | None:
        """When it was withdrawn, or None."""
        row = Withdrawal.objects.filter(agreement=self).first()
        return row.at if row else None

    def in_force(self, at: dt.datetime) -> bool:
        """Say whether it has begun, not run out and not been withdrawn at `at`."""
        withdrawn = self.withdrawn_at
        return self.valid_from <= at < self.valid_to and (withdrawn is None or withdrawn > at)


class Withdrawal(models.Model):
    """An agreement was taken back (återkallat): from `at` on it opens nothing."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{clock.local(self.at):%Y-%m-%d %H:%M}"


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, at: dt.datetime) -> Self:
        """Return those that open something at `at`: their own days and their agreement's hold."""
        return self.filter(
            valid_from__lte=at, valid_to__gt=at, agreement__in=Agreement.objects.in_force(at).values("id")
        )

    def reaching(self, worker: Worker, at: dt.datetime) -> Self:
        """Return those in force that reach the worker: by name, through a unit of hers, or through its committee.

        Only where she has the ability to read by agreement; a coordinator of a granted unit is not reached.
        """
        units = granted(worker, at).units(Ability.AGREEMENT_READ)
        if not units:
            return self.none()
        committees = Unit.objects.filter(id__in=units).values("authority")
        return self.in_force(at).filter(Q(worker=worker) | Q(unit__in=units) | Q(authority__in=committees))

    def opened_to(
        self, worker: Worker, at: dt.datetime, dossiers: Collection[uuid.UUID]
    ) -> Mapping[uuid.UUID, frozenset[str]]:
        """Return, for each of the dossiers, the kinds of content that agreements open to the worker; maybe none."""
        found: dict[uuid.UUID, set[str]] = defaultdict(set)
        if dossiers:
            rows = self.reaching(worker, at).filter(dossier__in=dossiers).values_list("dossier", "kinds")
            for dossier, kinds in rows:
                found[dossier] |= set(kinds)
        return {dossier: frozenset(found[dossier]) for dossier in dossiers}


class Grant(models.Model):
    """What an agreement opens: `kinds` of content of its dossier, to one unit, one committee or one worker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="grants")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="grants")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    kinds = ArrayField(models.CharField(max_length=40))
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "valid_to"], name="grant_unit", condition=Q(unit__isnull=False)),
            models.Index(
                fields=["authority", "valid_to"], name="grant_authority", condition=Q(authority__isnull=False)
            ),
            models.Index(fields=["worker", "valid_to"], name="grant_worker", condition=Q(worker__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, authority=None, worker=None)
                | Q(unit=None, authority__isnull=False, worker=None)
                | Q(unit=None, authority=None, worker__isnull=False),
                name="grant_reaches_one",
            ),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="grant_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.kinds)
