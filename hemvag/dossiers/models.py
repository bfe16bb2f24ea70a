"""The sealed record (personakt): in the open only what routes and counts; everything else sealed under the dossier's
key."""

import datetime as dt
import enum
import uuid
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Authority, District, Unit
from hemvag.staff.models import Worker
from hemvag.vault.keyring import FIRST


class Compartment(models.TextChoices):
    """A relative's contact, a child's case and an adult's case are separate dossiers even in one family."""

    CONTACT = "contact", _("samtal")
    CHILD = "child", _("barn")
    DRAFT = "draft", _("utkast")


class Sight(enum.StrEnum):
    """How far a worker needs to see: everything in the dossier, or no more than who it is about."""

    CONTENT = "content"
    IDENTITY = "identity"


KINDS_THAT_IDENTIFY: Final = frozenset({"identity", "report"})
"""All that Sight.IDENTITY shows: who the dossier is about, and the reports that one may be entered twice."""


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, worker: Worker, at: dt.datetime, sight: Sight = Sight.CONTENT) -> Self:
        """Return the dossiers that `worker` may open at `at`. This is the only rule of who sees what.

        Contacts: the counsellors of the line's unit. Children: the worker on the case, and the leads and desks of its
        unit. With Sight.IDENTITY also who may tell children apart within the committee, so that two reports about one
        child are found, but never at the protected desk. A desk of drafts: the worker whose it is. Never a dossier that
        the worker has stepped off (jäv), nor one erased.
        """
        grants = granted(worker, at)
        contact = Q(compartment=Compartment.CONTACT, unit__in=grants.units(Ability.CONTACT_TAKE))
        whole_unit = grants.units(Ability.CASE_LEAD) | grants.units(Ability.CASE_UNIT)
        child = Q(unit__in=whole_unit)
        if grants.has(Ability.CASE_WORK):
            child |= Q(worker=worker, unit__in=grants.units(Ability.CASE_WORK))
        committees = grants.authorities(Ability.CHILD_IDENTIFY)
        if committees and sight == Sight.IDENTITY:
            child |= Q(authority__in=committees) & ~Q(unit__in=_protected_desks())
        desk = Q(compartment=Compartment.DRAFT, worker=worker)
        seen = self.filter(contact | desk | Q(child, compartment=Compartment.CHILD), erased_at=None)
        return seen.exclude(id__in=Recusal.objects.filter(worker=worker).values("dossier"))


def _protected_desks() -> models.QuerySet[Unit]:
    return Unit.objects.filter(kind=Unit.Kind.PROTECTED_DESK)


class Dossier(models.Model):
    """One secret with a key of its own. `district` is empty when the identity is protected or the address unknown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    compartment = models.CharField(max_length=10, choices=Compartment)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="dossiers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="dossiers")
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, related_name="dossiers")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="dossiers")
    opened_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "compartment"], name="dossier_unit"),
            models.Index(fields=["worker"], name="dossier_worker", condition=Q(worker__isnull=False)),
            models.Index(fields=["authority", "compartment"], name="dossier_authority"),
        ]

    def __str__(self) -> str:
        return self.reference


class WrappedKey(models.Model):
    """A dossier's data key, wrapped by its committee's key-encryption key of a generation.

    The table stands in the schema `keys`, dumped apart from content and without a foreign key to it: destroying this
    row erases the dossier in every dump of content ever made. `former` is the key that the dossier had until `made_at`:
    it opens what was being written while the key was changed, and is destroyed once nothing is sealed under it.
    """

    dossier_id = models.UUIDField(primary_key=True)
    authority_id = models.UUIDField()
    generation = models.PositiveSmallIntegerField(default=FIRST)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()
    former = models.BinaryField(null=True)
    former_generation = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(former=None, former_generation=None)
                | Q(former__isnull=False, former_generation__isnull=False),
                name="former_key_is_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.dossier_id)


class Sealed(models.Model):
    """One piece of content, sealed under its dossier's key. `version` counts its changes, so that none is overwritten
    unseen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="sealed")
    kind = models.CharField(max_length=40)
    content = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["dossier", "kind"], name="sealed_dossier_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class JournalEntry(models.Model):
    """One line of the journal: which step was taken, when, by whom, under which provision. What was said is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="journal")
    step = models.CharField(max_length=40)
    provision = models.CharField(max_length=100, default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["dossier", "-at"], name="journal_dossier_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.step}"


class Assignment(models.Model):
    """Who had the case from when to when, and in which unit (tilldelning). The dossier's own row says who has it
    now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="assignments")
    reason = models.SlugField(default="")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["dossier", "-at"], name="assignment_dossier_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.unit_id}"


class Recusal(models.Model):
    """A worker has stepped off a dossier (jäv, FL 16 §); it is as if it did not exist for them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="recusals")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="recusals")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "worker"], name="one_recusal_a_worker")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
