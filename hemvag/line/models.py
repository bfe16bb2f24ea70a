"""The support line in the open: coded contacts, what was promised, and counts. Everything said lies sealed.

A contact (kontakt) is one conversation thread with a caller who need not say who they are (SoL 14:4). No number, no
name and no time of a count is a column here.
"""

import datetime as dt
import uuid
from typing import Any, Final, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import Unit
from hemvag.dossiers.models import Dossier, Sealed
from hemvag.lib import clock
from hemvag.staff.models import Worker
from hemvag.vault.keyring import FIRST

UNUSED_DAYS: Final = 365
"""A return code that nobody has used for this long has ended."""


def _one() -> Any:
    return models.SlugField(default="", blank=True)


def _several() -> Any:
    return ArrayField(models.SlugField(), default=list, blank=True)


class Coded(models.Model):
    """The coded fields of a contact; which codes there are stands in `content/fields.toml`. Empty is not asked yet."""

    channel = _one()
    caller = _one()
    language = _one()
    interpreter = _one()
    about = _one()
    age = _several()
    stage = _one()
    acute = _one()
    advice = _several()
    outcome = _one()
    theme = _several()

    class Meta:
        abstract = True


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the contacts whose dossiers `worker` may open: those of the line's unit."""
        return self.filter(dossier__in=Dossier.objects.visible_to(worker, at))


class Contact(Coded):
    """One thread of conversation with a caller (kontakt). `counsellor` is who has it now.

    `version` counts the savings and `tab` names the browser page that saved last, so that two pages never overwrite
    each other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="contact")
    counsellor = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="contacts")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    tab = models.CharField(max_length=64, default="", blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["started_at"], name="contact_open", condition=Q(closed_at=None)),
            models.Index(fields=["-closed_at"], name="contact_closed"),
        ]

    def __str__(self) -> str:
        return f"{clock.local(self.started_at):%Y-%m-%d %H:%M}"


class Conversation(models.Model):
    """One call, message or visit within a contact, with its own notes, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="conversations")
    counsellor = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    notes = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(fields=["contact"], name="one_running_conversation", condition=Q(ended_at=None)),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="conversation_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{clock.local(self.started_at):%Y-%m-%d %H:%M}"


class CountedContact(Coded):
    """What is left in the open of a contact that became a report: its codes and the month, tied to nothing.

    The row's id lies sealed in each child's dossier; no column leads from here to a child, a worker or a day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="counted_by_month_only"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class ReturnCodeQuerySet(models.QuerySet["ReturnCode"]):
    def living(self, at: dt.datetime) -> Self:
        """Return the codes that were read back, have not ended, and were used within UNUSED_DAYS."""
        since = at - dt.timedelta(days=UNUSED_DAYS)
        return self.filter(ended_at=None, lives_from__lte=at, last_used_at__gt=since)


class ReturnCode(models.Model):
    """A code that brings a caller back (återkomstkod): only what it is looked up by, never the code.

    It lives from when the caller has read it back, and ends when another takes its place, at the gate, or unused.
    Nobody here can make `lookup` anew: it stays of the generation of the secret under which it was made, until it is
    used.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="return_codes")
    lookup = models.BinaryField(unique=True, max_length=32)
    generation = models.PositiveSmallIntegerField(default=FIRST)
    made_at = models.DateTimeField()
    lives_from = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ReturnCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact"], name="one_return_code", condition=Q(ended_at=None)),
            models.CheckConstraint(
                condition=Q(lives_from=None, last_used_at=None)
                | Q(lives_from__isnull=False, last_used_at__isnull=False),
                name="return_code_is_used_from_its_first_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"


class WrongEntry(models.Model):
    """A return code that was typed and led nowhere. `call` tells one call's tries from another's; no digit is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    call = models.UUIDField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "at"], name="wrong_entry_unit_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class CallBackQuerySet(models.QuerySet["CallBack"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the call-backs of the contacts that `worker` may open."""
        return self.filter(contact__dossier__in=Dossier.objects.visible_to(worker, at))

    def waiting(self) -> Self:
        """Return those promised and neither kept nor given up."""
        return self.filter(ended_at=None)


class CallBack(models.Model):
    """A promise to ring (ring upp) between two times. The number lies sealed, and is erased when the promise ends."""

    class Outcome(models.TextChoices):
        REACHED = "reached", _("nådd")
        GIVEN_UP = "given_up", _("inte nådd")
        TAKEN_BACK = "taken_back", _("behövs inte längre")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="call_backs")
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    due_from = models.DateTimeField()
    due_to = models.DateTimeField()
    made_at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.SlugField(choices=Outcome, default="", blank=True)

    objects = CallBackQuerySet.as_manager()

    class Meta:
        ordering = ["due_from"]
        constraints = [
            models.CheckConstraint(condition=Q(due_to__gt=F("due_from")), name="call_back_ends_after_it_starts"),
            models.UniqueConstraint(fields=["contact"], name="one_call_back", condition=Q(ended_at=None)),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="call_back_ended_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{clock.local(self.due_from):%Y-%m-%d %H:%M}"


class CallBackTry(models.Model):
    """One time somebody rang and was not answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call_back = models.ForeignKey(CallBack, on_delete=models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{clock.local(self.at):%Y-%m-%d %H:%M}"
