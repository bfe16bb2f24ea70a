"""The directory: what the town can offer beyond ordinary social services, and every version of what was said of it.

Nothing here is about a person who is helped. A service's facts are public and stand in the open; a change is a new
version beside the old ones.
"""

import datetime as dt
import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Authority, Municipality, Unit
from hemvag.staff.models import Worker


def towns_of(worker: Worker, at: dt.datetime, *abilities: Ability) -> models.QuerySet[Municipality]:
    """Return the municipalities in which the worker has one of the abilities, whatever its reach."""
    grants = granted(worker, at)
    units = {unit for ability in abilities for unit in grants.units(ability)}
    authorities = {one for ability in abilities for one in grants.authorities(ability)}
    found = Authority.objects.filter(Q(units__in=units) | Q(id__in=authorities)).values("municipality")
    return Municipality.objects.filter(id__in=found)


class ResourceQuerySet(models.QuerySet["Resource"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the services that `worker` may find at `at`: the whole town's."""
        return self.filter(municipality__in=towns_of(worker, at, Ability.RESOURCE_FIND, Ability.RESOURCE_KEEP))

    def kept_by(self, worker: Worker, at: dt.datetime) -> Self:
        """Return those that `worker` may change: the town's for a keeper with that reach, else her own units'."""
        grants = granted(worker, at)
        towns = Authority.objects.filter(id__in=grants.authorities(Ability.RESOURCE_KEEP)).values("municipality")
        return self.filter(Q(municipality__in=towns) | Q(keeper__in=grants.units(Ability.RESOURCE_KEEP)))


class Resource(models.Model):
    """A service (verksamhet). What is known of it stands in its versions; `keeper` is the unit that answers for the
    entry, none when only a keeper of the whole town does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = ResourceQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)


class Paper(models.TextChoices):
    """Whether the entry stands on the printed list."""

    YES = "yes", _("Ja")
    NO = "no", _("Nej")
    PROTECTED = "protected", _("Nej, adressen är skyddad")


class Secrecy(models.TextChoices):
    """Whether what is told the service stays inside the social services' secrecy."""

    INSIDE = "inside", _("Inom socialtjänstsekretessen (26 kap. 1 § OSL)")
    OUTSIDE = "outside", _("Utanför: det som lämnas behöver stöd eller medgivande")
    UNKNOWN = "unknown", _("Okänt")


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the versions of the services that `worker` may find at `at`."""
        return self.filter(resource__in=Resource.objects.visible_to(worker, at))

    def standing(self) -> Self:
        """Return the last version of each service. To be called last: a filter after it would change which is last."""
        return self.order_by("resource", "-number").distinct("resource")


class Version(models.Model):
    """What was said of a service from a moment on. The last one stands.

    Empty `districts` is the whole town. None is unknown, never nought: capacity, lead time, staff, grade.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.CharField(max_length=200, default="", blank=True)
    needs = ArrayField(models.SlugField())
    for_whom = models.CharField(max_length=200, default="", blank=True)
    from_age = models.PositiveSmallIntegerField(null=True)
    to_age = models.PositiveSmallIntegerField(null=True)
    languages = ArrayField(models.CharField(max_length=12), default=list)
    districts = ArrayField(models.SlugField(), default=list)
    contact = models.CharField(max_length=300)
    hours = models.CharField(max_length=200, default="", blank=True)
    out_of_hours = models.CharField(max_length=300, default="", blank=True)
    free = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveSmallIntegerField(null=True)
    said_on = models.DateField(null=True)
    lead_days = models.PositiveSmallIntegerField(null=True)
    how = models.TextField(default="", blank=True)
    ground = models.TextField(default="", blank=True)
    secrecy = models.CharField(max_length=10, choices=Secrecy, default=Secrecy.UNKNOWN)
    agreement_purpose = models.TextField(default="", blank=True)
    agreement_area = models.CharField(max_length=200, default="", blank=True)
    agreement_from = models.DateField(null=True)
    agreement_to = models.DateField(null=True)
    grade = models.PositiveSmallIntegerField(null=True)
    grade_reason = models.TextField(default="", blank=True)
    trained = models.PositiveSmallIntegerField(null=True)
    exercised_on = models.DateField(null=True)
    substitute = models.CharField(max_length=200, default="", blank=True)
    paper = models.CharField(max_length=10, choices=Paper, default=Paper.YES)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    next_check = models.DateField()
    ended_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "number"], name="one_version_a_number"),
            models.CheckConstraint(
                condition=(Q(unit__isnull=False, organisation="") | (Q(unit=None) & ~Q(organisation=""))),
                name="a_service_is_a_units_or_an_organisations",
            ),
            models.CheckConstraint(
                condition=Q(free=None, said_on=None)
                | (Q(free__isnull=False, said_on__isnull=False) & (Q(total=None) | Q(free__lte=F("total")))),
                name="capacity_has_its_day_and_free_is_at_most_all",
            ),
            models.CheckConstraint(condition=Q(grade=None) | Q(grade__lte=4), name="a_services_grade_is_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class WantingQuerySet(models.QuerySet["Gap"]):
    def open(self) -> Self:
        """Return those that nobody has closed."""
        return self.filter(closing=None)


class Gap(models.Model):
    """What is missing in a service or in a unit's checklist: what is to be done, by which function, by when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, related_name="gaps")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    item = models.SlugField(default="", blank=True)
    action = models.TextField()
    owner = models.CharField(max_length=200)
    due = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = WantingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resource__isnull=False, unit=None, item="")
                | (Q(resource=None, unit__isnull=False) & ~Q(item="")),
                name="a_gap_is_a_services_or_a_units",
            )
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.due}"


class GapClosing(models.Model):
    """That a gap is closed, and how."""

    gap = models.OneToOneField(Gap, on_delete=models.PROTECT, primary_key=True, related_name="closing")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.gap} {self.at:%Y-%m-%d}"
