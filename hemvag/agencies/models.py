"""Authorities, units and districts in time.

Each committee (nämnd) with its staff is one authority, and secrecy stands between them (OSL 8:1). Every row has the
days it is valid: what was routed in 2019 is explained by the districts of 2019.
"""

import datetime as dt
import uuid
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    """Rows with `valid_from` (inclusive) and `valid_to` (exclusive, null while in force)."""

    def on(self, day: dt.date) -> Self:
        """Return the rows in force on `day`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class Dated(models.Model):
    """A fact about the town with the days it holds, how sure it is and where it was read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    certainty = models.CharField(max_length=10, default="H")
    note = models.TextField(default="", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(getattr(self, "name", self.id))


class Municipality(models.Model):
    """The town (kommun) that this installation serves, and others its children may belong to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    number = models.CharField(max_length=4)
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One loading of the town's file: which text, when. Rows are never lost by a later one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="editions")
    digest = models.CharField(max_length=64)
    text = models.TextField()
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.municipality} {self.loaded_at:%Y-%m-%d}"


class Authority(Dated):
    """A committee with its administration (nämnd, myndighet): a controller of its own (SOLPUF 11 §)."""

    class Kind(models.TextChoices):
        SOCIAL = "social", _("Socialtjänst")
        OTHER = "other", _("Annan nämnd")
        CITY_OFFICE = "city_office", _("Stadskontor")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="authorities")
    code = models.SlugField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code", "valid_from"], name="one_authority_a_code")
        ]


class District(Dated):
    """A part of the town that decides which unit takes a child's case."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="districts")
    code = models.SlugField()
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code", "valid_from"], name="one_district_a_code")
        ]


class Unit(Dated):
    """A group of workers within one authority (enhet)."""

    class Kind(models.TextChoices):
        LINE = "line", _("Stödtelefon")
        RECEPTION = "reception", _("Mottagning")
        CHILDREN = "children", _("Barn och unga")
        ADULTS = "adults", _("Stöd till vuxna")
        PROTECTED_DESK = "protected_desk", _("Skyddade uppgifter")
        ON_CALL = "on_call", _("Socialjour")
        COORDINATION = "coordination", _("Samordning")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="units")
    code = models.SlugField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "code", "valid_from"], name="one_unit_a_code")]


class Catchment(Dated):
    """Which unit takes the children of a district, and when."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="catchments")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="catchments")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "district", "valid_from"], name="one_catchment_a_district")
        ]


class SupportLine(Dated):
    """The support line (stödtelefon): its unit, number and hours. `hours` maps weekday to ["HH:MM", "HH:MM"]."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lines")
    number = models.CharField(max_length=40, default="", blank=True)
    hours = models.JSONField(default=dict)
