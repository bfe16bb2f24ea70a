"""Workers, where they belong, and when they are away."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import Unit


class WorkerAccounts(BaseUserManager["Worker"]):
    """What django-allauth and Django's own sign-in ask of a user model."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "Worker":
        """Store a worker with a hashed password, or with none that works."""
        worker = self.model(email=self.normalize_email(email), **facts)
        worker.set_password(password)
        worker.save(using=self._db)
        return worker


class Worker(AbstractBaseUser):
    """One person who works here (handläggare, samtalsstödjare …). `pseudonym` is what callers hear.

    `shortcuts` is her own choice of single-letter keys (WCAG 2.1.4).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    pseudonym = models.CharField(max_length=100, default="", blank=True)
    language = models.CharField(max_length=5, default="sv", choices=[("sv", "Svenska"), ("en", "English")])
    shortcuts = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True)

    objects: ClassVar[WorkerAccounts] = WorkerAccounts()

    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django asks this at every request: someone who has left is signed out at once."""
        return self.left_at is None


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: dt.date) -> Self:
        """Return the memberships in force on `day`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class Membership(models.Model):
    """A worker's role in a unit, with its days. What a role may do stands in `access/roles.toml`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.SlugField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["worker", "unit", "role", "valid_from"], name="one_membership_a_role")
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id}"


class Absence(models.Model):
    """Days a worker is away (frånvaro); why is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        verbose_name = _("frånvaro")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="absence_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}"


class Proposal(models.Model):
    """What holds only when a second person has confirmed it: a role that reaches names, or second factors anew."""

    class Kind(models.TextChoices):
        ROLE = "role", _("Roll")
        FACTORS = "factors", _("Nytt andra steg")

    class Outcome(models.TextChoices):
        WAITS = "waits", _("väntar")
        CONFIRMED = "confirmed", _("bekräftat")
        REFUSED = "refused", _("nekat")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="proposals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.SlugField(default="", blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITS)
    answered_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.role}"


class Tie(models.Model):
    """Who a worker is at the municipality's own sign-in: a keyed hash, never the number itself."""

    worker = models.OneToOneField(Worker, on_delete=models.PROTECT, primary_key=True, related_name="tie")
    token = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.worker_id)


class ChangeQuerySet(models.QuerySet["Change"]):
    def about(self, authorities: Collection[uuid.UUID]) -> Self:
        """Return the changes of workers with a role in one of the committees, now or earlier, or with none at all."""
        return self.filter(
            Exists(Membership.objects.filter(worker=OuterRef("worker"), unit__authority__in=authorities))
            | ~Exists(Membership.objects.filter(worker=OuterRef("worker")))
        )


class Change(models.Model):
    """Who changed whose access, when. Added and never changed. `by` is nobody when it was done on the command line."""

    class What(models.TextChoices):
        ENTERED = "entered", _("lade in")
        PROPOSED = "proposed", _("föreslog rollen")
        GIVEN = "given", _("gav rollen")
        REFUSED = "refused", _("nekade rollen")
        ENDED = "ended", _("avslutade rollen")
        LINK = "link", _("gjorde en länk för nytt lösenord")
        FACTORS_PROPOSED = "factors_ask", _("föreslog nytt andra steg")
        FACTORS_REMOVED = "factors", _("tog bort det andra steget")
        FACTORS_REFUSED = "factors_no", _("nekade nytt andra steg")
        SESSIONS = "sessions", _("avslutade alla inloggningar")
        OTHERS = "others", _("avslutade sina andra inloggningar")
        SIGNS_IN_AS = "claim", _("kopplade kommunens inloggning")
        AWAY = "away", _("skrev frånvaro")
        LEFT = "left", _("avslutade")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=12, choices=What)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.SlugField(default="", blank=True)
    day = models.DateField(null=True)

    objects = ChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.what


class Counted(models.Model):
    """How often something was tried of late, by a keyed hash of what it was; see `counted.py`."""

    key = models.CharField(primary_key=True, max_length=64)
    value = models.JSONField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
