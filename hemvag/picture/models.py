"""How many: what is counted (a population), and what the coordinator says of it. Counts of persons, never a person.

Nothing here is changed: a population's new version and a new statement stand beside the old ones. What is said holds
for the version that it was said of, so a number never passes over to another time, area or definition.
"""

import datetime as dt
import uuid
from typing import Self

import numpy as np
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Authority
from hemvag.estimate import Lists
from hemvag.staff.models import Worker


class Kind(models.TextChoices):
    """The three populations. They are never added up or subtracted: each has its own window, area and definition."""

    TRAVELLED = "travelled", _("Har rest")
    RETURNED = "returned", _("Har återvänt")
    ABROAD = "abroad", _("Är kvar utomlands")


class PopulationQuerySet(models.QuerySet["Population"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the populations that `worker` may read at `at`: those of the committees whose picture she makes."""
        return self.filter(authority__in=granted(worker, at).authorities(Ability.PICTURE_WORK))

    def standing(self, kind: str) -> "Population | None":
        """Return the version that stands, or None when nobody has said what is counted."""
        return self.filter(kind=kind).select_related("by").order_by("-at", "-id").first()


class Population(models.Model):
    """One version of what is counted: who, where, and from which day to which. The last one stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    since = models.DateField()
    until = models.DateField()
    area = models.CharField(max_length=200)
    definition = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = PopulationQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(since__lte=F("until")), name="population_days_in_order")]
        indexes = [models.Index(fields=["authority", "kind", "-at"], name="population_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.since:%Y-%m-%d} {self.until:%Y-%m-%d}"


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return what is said of the populations that `worker` may read at `at`."""
        return self.filter(population__in=Population.objects.visible_to(worker, at))


class Statement(models.Model):
    """What the coordinator says of a population, on a day: that it is not known, or an estimate of her own making.

    UNKNOWN: `words` say why, and there is no number. OWN: a range, the method in `words`, whose it is and its day.
    """

    class Kind(models.TextChoices):
        UNKNOWN = "unknown", _("Okänt")
        OWN = "own", _("Vår egen uppskattning")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=10, choices=Kind)
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    words = models.TextField()
    author = models.CharField(max_length=200, default="", blank=True)
    made_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="unknown", low=None, high=None, author="", made_on=None)
                | (Q(kind="own", low__lt=F("high"), made_on__isnull=False) & ~Q(words="") & ~Q(author="")),
                name="unknown_has_no_number_and_ours_is_a_range",
            )
        ]
        indexes = [models.Index(fields=["population", "-at"], name="statement_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.low or ''} {self.high or ''}".strip()


class TableQuerySet(models.QuerySet["Table"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the tables of the populations that `worker` may read at `at`."""
        return self.filter(population__in=Population.objects.visible_to(worker, at))


class Table(models.Model):
    """Counts by combination of lists, as they were pasted or merged.

    `counts` is by history, as `estimate.Lists` has it. `merged_from` is the table of which two lists were made one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="tables")
    names = models.JSONField()
    counts = models.JSONField()
    merged_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = TableQuerySet.as_manager()

    def __str__(self) -> str:
        return ", ".join(self.names)

    def lists(self) -> Lists:
        """Return the counts to calculate with."""
        return Lists(tuple(self.names), np.array(self.counts, dtype=np.int64))


class Description(models.Model):
    """What list number `place` of a table is: whose it is and what it counts. The latest one stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="descriptions")
    place = models.PositiveSmallIntegerField()
    whose = models.CharField(max_length=200)
    what = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.place} {self.whose}"


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the calculations for the populations that `worker` may read at `at`."""
        return self.filter(table__population__in=Population.objects.visible_to(worker, at))


class Run(models.Model):
    """One calculation on a table: who asked, when, with which seed, and how far it has come (`share`, per cent).

    Whoever started it has said that no list of the table feeds another. The same table, seed and replicates give the
    same answer. It is done when there is an `Outcome`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="runs")
    seed = models.PositiveIntegerField()
    replicates = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["table", "-at"], name="run_latest")]

    def __str__(self) -> str:
        return f"{self.share} %"


class Outcome(models.Model):
    """What a calculation answered, as `picture.kept` writes it: numbers and codes, no text and no single cell."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="outcome")
    report = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report['verdict']} {self.at:%Y-%m-%d}"
