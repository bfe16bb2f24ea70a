"""The sealed record (personakt): in the open only what routes and counts; everything else sealed under the dossier's
key."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from hemvag.agencies.models import Authority, District, Unit
from hemvag.dossiers.models.seeing import Compartment, Sight, breakable_by, seen_by, tellable_to
from hemvag.staff.models import Worker
from hemvag.vault.keyring import FIRST


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, worker: Worker, at: dt.datetime, sight: Sight = Sight.CONTENT) -> Self:
        """Return the dossiers that `worker` may open at `at`. This is the only rule of who sees what.

        Contacts: the counsellors of the line's unit. Children: the worker on the case, and the leads and desks of its
        unit. Plans of a family's return: as children; that opens none of the children's. Adults: the worker on the case
        and the leads of its unit; a colleague beside them, and whoever only has children's abilities, does not. A desk
        of drafts: the worker whose it is. An envelope: whoever sent it, and who receives for the unit that it was sent
        to, until it is returned.

        With Sight.IDENTITY also who may tell children apart within the committee, so that two reports about one child
        are found, but never at the protected desk. With Sight.AGREED also those that an agreement in force has opened
        to her. With Sight.GLASS also those that she has broken the glass of, until its time runs out, while they are
        still such as may be. Never a dossier that the worker has stepped off (jäv), nor one erased.
        """
        return self.filter(seen_by(worker, at, sight), erased_at=None)

    def breakable_by(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the dossiers that `worker` may break the glass of: children's within her committee which are not hers
        to see by her work. Never at the protected desk, never an adult's or a caller's, nor one she has stepped off."""
        return self.filter(breakable_by(worker, at), erased_at=None)

    def tellable_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the dossiers of which `worker` may be told, where the law lets her, that a child is known: children's,
        of the other committees of her municipality. Never at the protected desk, nor one she has stepped off. It opens
        nothing: only a machine compares them."""
        return self.filter(tellable_to(worker, at), erased_at=None)


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
