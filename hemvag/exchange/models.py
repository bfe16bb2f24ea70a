"""The ledger of disclosures, and what became of each. In the open stands what an inspector asks; what was told is
sealed in the dossier that it was told from."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import Authority, Unit
from hemvag.dossiers.models import Agreement, Dossier, Sealed
from hemvag.lib import clock
from hemvag.staff.models import Worker


class Channel(models.TextChoices):
    """How something was told."""

    PHONE = "phone", _("Telefon")
    MEETING = "meeting", _("Möte")
    LETTER = "letter", _("Brev eller bud")
    SECURE_MESSAGE = "secure_message", _("Säker digital post")
    ENVELOPE = "envelope", _("Kuvert i Hemväg")
    LOOK_UP = "look_up", _("Uppslag i Hemväg")


class Informed(models.TextChoices):
    """Whether the person that it is about was told that something was told."""

    BEFORE = "before", _("Ja, innan")
    AFTER = "after", _("Ja, efteråt")
    LATER = "later", _("Inte än, men ska få veta")
    NOT = "not", _("Nej, och det finns skäl")


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return what was told from the dossiers that `worker` may open, and her own consultations."""
        dossiers = Dossier.objects.visible_to(worker, at)
        return self.filter(Q(dossier__in=dossiers) | Q(dossier=None, by=worker))


class Disclosure(models.Model):
    """One line of the ledger (förteckning över utlämnade uppgifter): told, by which rule of which day, to whom.

    `rule` is the id of a rule of `law.sharing`, `law_date` the day whose law was asked, `receiver` a code of
    `law.codes`. `dossier` and `content` are empty for a consultation in which nobody could be recognised. `items` is
    how many were told, never which. The table takes new rows only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="disclosures")
    rule = models.CharField(max_length=20)
    law_date = models.DateField()
    verdict = models.SlugField()
    receiver = models.SlugField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    items = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=20, choices=Channel)
    requested_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField()
    informed = models.CharField(max_length=10, choices=Informed)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(null=True)
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-id"]
        indexes = [
            models.Index(fields=["authority", "-told_at"], name="disclosure_authority"),
            models.Index(fields=["dossier", "-told_at"], name="disclosure_dossier"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(dossier=None, content=None, items=0) | Q(dossier__isnull=False, content__isnull=False),
                name="disclosure_is_whole",
            ),
            models.CheckConstraint(condition=Q(told_at__lte=models.F("at")), name="disclosure_not_from_the_future"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {clock.local(self.told_at):%Y-%m-%d}"


class OfferKind(models.TextChoices):
    """What is asked of the receiver."""

    INFORM = "inform", _("Ta del av uppgifterna")
    HAND_OVER = "hand_over", _("Ta över en uppgift")
    TRANSFER = "transfer", _("Ta över ärendet (överflyttning)")


class AnswerKind(models.TextChoices):
    """What became of an offer. The newest says how it stands; that it was opened only says that it was read."""

    OPENED = "opened", _("Öppnat av mottagaren")
    ACCEPTED = "accepted", _("Mottaget")
    REJECTED = "rejected", _("Avböjt")
    NEED_MORE = "need_more", _("Mer behövs")
    MORE_GIVEN = "more_given", _("Kompletterat")
    DONE = "done", _("Klart hos mottagaren")
    WITHDRAWN = "withdrawn", _("Återtaget")
    RECALLED = "recalled", _("Återkallat som felsänt")
    EXPIRED = "expired", _("Tiden gick ut")


class Offer(models.Model):
    """Something sent that wants an answer. `envelope` is the sealed copy that the receiving unit opens, a dossier of
    its own; it is empty when the receiver is outside Hemväg, and the answer is then written in by the sender."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="offer")
    kind = models.CharField(max_length=20, choices=OfferKind)
    sender = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    envelope = models.OneToOneField(Dossier, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["sender", "at"], name="offer_sender")]

    def __str__(self) -> str:
        return f"{self.kind} {clock.local(self.at):%Y-%m-%d}"


class Answer(models.Model):
    """One thing that happened to an offer. `reason` is a code; words, when there are any, lie sealed in the envelope,
    or in the sender's dossier for a receiver outside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=20, choices=AnswerKind)
    reason = models.SlugField(default="")
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["offer", "at"], name="answer_offer")]

    def __str__(self) -> str:
        return f"{self.kind} {clock.local(self.at):%Y-%m-%d}"


class Receipt(models.Model):
    """That what was told arrived (kvitto), or was told to the person that it is about afterwards."""

    class Kind(models.TextChoices):
        ARRIVED = "arrived", _("Kom fram")
        PERSON_INFORMED = "person_informed", _("Personen har fått veta")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=20, choices=Kind)
    happened_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["disclosure", "kind"], name="one_receipt_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {clock.local(self.happened_at):%Y-%m-%d}"


class Received(models.Model):
    """Something that another authority told us: who, when, by which rule of which day. What it asks of us is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="received")
    sender = models.SlugField()
    rule = models.CharField(max_length=20, default="", blank=True)
    law_date = models.DateField()
    verdict = models.SlugField()
    received_at = models.DateTimeField()
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["dossier", "-received_at"], name="received_dossier")]

    def __str__(self) -> str:
        return f"{self.sender} {clock.local(self.received_at):%Y-%m-%d}"


class Incident(models.Model):
    """Something was told to the wrong one (personuppgiftsincident, GDPR 33). The 72 hours run from `discovered_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="incident")
    discovered_at = models.DateTimeField()
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{clock.local(self.discovered_at):%Y-%m-%d %H:%M}"


class IncidentStep(models.Model):
    """One thing done about an incident: reported to the supervisory authority, or why not; the persons told; closed."""

    class Kind(models.TextChoices):
        REPORTED = "reported", _("Anmäld till Integritetsskyddsmyndigheten")
        NOT_REPORTED = "not_reported", _("Behöver inte anmälas")
        PERSONS_TOLD = "persons_told", _("De berörda har fått veta")
        CLOSED = "closed", _("Avslutad")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=Kind)
    happened_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {clock.local(self.happened_at):%Y-%m-%d}"
