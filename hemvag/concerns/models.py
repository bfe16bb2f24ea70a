"""A child's case in the open: which reports came in, which steps wait or are done, which decisions are signed.

Nothing here says why anyone worried or what was found; that is sealed in the child's dossier.
"""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from hemvag.concerns import clocks
from hemvag.dossiers.models import Dossier, Sealed, Sight
from hemvag.law.deadlines import Due
from hemvag.lib import clock
from hemvag.staff.models import Worker


class Channel(models.TextChoices):
    """How a report came in."""

    PHONE = "phone", _("Telefon")
    WRITTEN = "written", _("Brev eller blankett")
    WEB = "web", _("Webbformulär")
    MESSAGE = "message", _("Säker digital post")
    VISIT = "visit", _("Besök")
    LINE = "line", _("Stödtelefonen")


class StepKind(models.TextChoices):
    """A step of a child's case that the law waits for, in the order they are taken."""

    PASS_ON = "pass_on", _("Överlämna till annan kommun")
    PROTECTION = "protection_assessment", _("Skyddsbedömning")
    PRELIMINARY = "preliminary_assessment", _("Förhandsbedömning")
    FEEDBACK = "feedback", _("Återkoppling")
    INVESTIGATION = "investigation", _("Utredning")


class DecisionKind(models.TextChoices):
    """What was decided."""

    OPEN = "open", _("Inleda utredning")
    NOT_OPEN = "not_open", _("Inte inleda utredning")
    JOIN = "join", _("Föra anmälan till en pågående utredning")
    MORE_TIME = "more_time", _("Längre tid för förhandsbedömningen")
    EXTEND = "extend", _("Förlänga utredningstiden")
    CLOSE_MEASURE = "close_measure", _("Avsluta utredningen med insats")
    CLOSE_NO_MEASURE = "close_no_measure", _("Avsluta utredningen utan insats")
    CLOSE_FOLLOW_UP = "close_follow_up", _("Avsluta utredningen och följa upp barnets situation")


EXTENSIONS = [DecisionKind.MORE_TIME, DecisionKind.EXTEND]


class ConcernReport(models.Model):
    """A report about one child (orosanmälan). What it says, and who sent it, is sealed in the child's dossier.

    `source` is the reporter's kind in law, `feedback_asked_at` when feedback was asked for (SoL 19:6).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="reports")
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    source = models.SlugField()
    channel = models.CharField(max_length=20, choices=Channel)
    feedback_asked_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["received_at"]
        constraints = [
            models.CheckConstraint(condition=Q(received_at__lte=F("registered_at")), name="report_not_from_the_future")
        ]

    def __str__(self) -> str:
        return f"{clock.local(self.received_at):%Y-%m-%d %H:%M}"


class StepQuerySet(models.QuerySet["Step"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the steps of the dossiers that `worker` may open."""
        return self.filter(dossier__in=Dossier.objects.visible_to(worker, at))

    def waiting(self) -> Self:
        """Return the steps not yet done."""
        return self.filter(done_at=None)

    def most_urgent(self, most: int) -> Self:
        """Return the waiting steps whose day comes first: at most `most` of each kind, the rest need not be read.

        Within a kind the day follows from the start, or is the day that a decision set.
        """
        is_set = models.ExpressionWrapper(Q(until__isnull=False), output_field=models.BooleanField())
        place = Window(RowNumber(), partition_by=[F("kind"), is_set], order_by=["until", "started_at"])
        return self.waiting().alias(place=place).filter(place__lte=most)


class Step(models.Model):
    """One step of a child's case. Its days are computed from when it started, never stored.

    `until` is the later day that a decision set (SoL 20:2 for exceptional, 20:3 for special reasons). `rule` names the
    rule in law that gives its day. `content` is what was written when the step was done or, for a child of another
    municipality, sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="steps")
    report = models.ForeignKey(ConcernReport, on_delete=models.PROTECT, null=True, related_name="steps")
    kind = models.CharField(max_length=30, choices=StepKind)
    rule = models.SlugField(default="", blank=True)
    started_at = models.DateTimeField()
    until = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.SlugField(default="", blank=True)
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")

    objects = StepQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["dossier"], name="step_dossier"),
            models.Index(fields=["kind", "started_at"], name="step_waiting", condition=Q(done_at=None)),
            models.Index(fields=["dossier"], name="step_waiting_dossier", condition=Q(done_at=None)),
            models.Index(fields=["until"], name="step_waiting_until", condition=Q(done_at=None, until__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="step_done_has_outcome",
            ),
            models.UniqueConstraint(
                fields=["dossier"], name="one_running_investigation", condition=Q(kind="investigation", done_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d}"

    def due(self) -> Due:
        """Return the days that the law, as it stood when the step started, gives it; or the day that a decision set."""
        return clocks.due(self.kind, self.started_at, until=self.until, rule=self.rule)

    def is_late(self, at: dt.datetime) -> bool:
        """Say whether the step waits and its strict day has passed."""
        return self.done_at is None and self.due().is_late(at)


class Decision(models.Model):
    """A decision, signed and locked: the table takes new rows only, and `digest` is that of the sealed text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="decisions")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=30, choices=DecisionKind)
    decided_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    provision = models.CharField(max_length=200)
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["decided_at"]
        indexes = [models.Index(fields=["dossier"], name="decision_dossier")]
        constraints = [
            models.CheckConstraint(condition=Q(decided_at__lte=F("signed_at")), name="decision_not_from_the_future"),
            models.UniqueConstraint(
                fields=["step"], name="one_final_decision_a_step", condition=~Q(kind__in=["more_time", "extend"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.decided_at:%Y-%m-%d}"


class Print(models.Model):
    """The decision as it was first printed: the PDF lies sealed in the dossier."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, primary_key=True, related_name="print")
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.decision_id)


class LateReason(models.Model):
    """Why a step is late, as the one who leads or works has said: a code in the open, the words sealed."""

    class Code(models.TextChoices):
        STAFFING = "staffing", _("Brist på personal")
        WAITING = "waiting", _("Väntar på svar från någon annan")
        UNREACHABLE = "unreachable", _("Barnet eller vårdnadshavarna går inte att nå")
        ABROAD = "abroad", _("Barnet är utomlands")
        INTERPRETER = "interpreter", _("Väntar på tolk")
        OTHER = "other", _("Annat skäl")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="late_reasons")
    code = models.CharField(max_length=20, choices=Code)
    note = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["step", "at"], name="late_reason_step")]

    def __str__(self) -> str:
        return self.code


class MergeKind(models.TextChoices):
    """What was said of two dossiers, in turn by one person and another."""

    SUGGESTED = "suggested", _("Föreslaget: samma barn")
    CONFIRMED = "confirmed", _("Bekräftat: samma barn")
    REFUSED = "refused", _("Avböjt")
    PART_SUGGESTED = "part_suggested", _("Föreslaget: dela dem igen")
    PARTED = "parted", _("Delade igen")
    PART_REFUSED = "part_refused", _("Avböjt: de hör ihop")


MERGE_WAITS = (MergeKind.SUGGESTED, MergeKind.PART_SUGGESTED)


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return those of the dossiers that `worker` may tell apart."""
        return self.filter(dossier__in=Dossier.objects.visible_to(worker, at, Sight.IDENTITY))

    def waiting(self) -> Self:
        """Return what a second person has yet to answer."""
        return self.filter(kind__in=MERGE_WAITS, follower=None)

    def newest(self, dossier: Dossier) -> "Merge | None":
        """Return what was said last of a dossier, None when nothing was."""
        return self.filter(dossier=dossier, follower=None).first()


class Merge(models.Model):
    """That a dossier was said to be about the same child as another (sammanföring), or not: by whom and when. With
    which other lies sealed in `content`. The table takes new rows only; each row follows one, and none is followed
    twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="merges")
    kind = models.CharField(max_length=20, choices=MergeKind)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="follower")
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], name="one_first_merge", condition=Q(follows=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {clock.local(self.at):%Y-%m-%d}"

    @property
    def waits(self) -> bool:
        """Say whether a second person has yet to answer."""
        return self.kind in MERGE_WAITS and not Merge.objects.filter(follows=self).exists()
