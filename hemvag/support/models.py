"""An adult's case in the open: which steps wait or are done. Why the person is helped, and with what, is sealed.

How it came to be known, goals, measures, ratings, who sat at a table and contacts with the police all lie in the
dossier: a column of any of them would be a list of people by it.
"""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemvag.dossiers.models import Agreement, Dossier, Sealed
from hemvag.lib import clock
from hemvag.staff.models import Worker


class StepKind(models.TextChoices):
    """A step of an adult's case, in the order they are taken."""

    OFFER = "offer", _("Erbjud kontakt")
    SUPPORT = "support", _("Stöd")
    AGREEMENT = "agreement", _("Medgivande")
    PLAN = "plan", _("Plan")
    FOLLOW_UP = "follow_up", _("Uppföljning")


class Outcome(models.TextChoices):
    """How a step ended."""

    DONE = "done", _("Klart")
    ACCEPTED = "accepted", _("Personen vill ha hjälp")
    DECLINED = "declined", _("Personen tackade nej")
    NO_ANSWER = "no_answer", _("Inget svar: ärendet vilar")
    WITHDRAWN = "withdrawn", _("Medgivandet återkallat")
    LAPSED = "lapsed", _("Medgivandet gick ut")
    MOVED_AWAY = "moved_away", _("Personen har flyttat")


class SupportStepQuerySet(models.QuerySet["SupportStep"]):
    def visible_to(self, worker: Worker, at: dt.datetime) -> Self:
        """Return the steps of the dossiers that `worker` may open."""
        return self.filter(dossier__in=Dossier.objects.visible_to(worker, at))

    def waiting(self, at: dt.datetime) -> Self:
        """Return the steps not done, of which what they rest on still holds: no agreement, no step. An offer rests when
        its last day has passed."""
        held = Agreement.objects.in_force(at).values("id")
        rests = Q(kind=StepKind.OFFER, until__lt=clock.local(at).date())
        return self.filter(Q(agreement=None) | Q(agreement__in=held), ~rests, done_at=None)


class SupportStep(models.Model):
    """One step of an adult's case. No statute counts its days: `until` is what was agreed or decided.

    `agreement` is what the step rests on; it waits no more the second that the agreement ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="support_steps")
    kind = models.CharField(max_length=20, choices=StepKind)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    until = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome, default="", blank=True)
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SupportStepQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["dossier"], name="support_step_dossier"),
            models.Index(fields=["until", "started_at"], name="support_step_waiting", condition=Q(done_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="support_step_done_has_outcome",
            ),
            models.UniqueConstraint(
                fields=["dossier", "kind"],
                name="one_running_support",
                condition=Q(kind__in=["offer", "support", "agreement"], done_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {clock.local(self.started_at):%Y-%m-%d}"
