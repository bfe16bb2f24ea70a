"""What the municipality's lawyer holds of what the law leaves open. It stands beside a rule and never changes it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import models

from hemvag.staff.models import Worker


class PositionQuerySet(models.QuerySet["Position"]):
    def on(self, questions: Iterable[str]) -> Mapping[str, list["Position"]]:
        """Return the positions on each of the questions, the newest first. One query, none when nothing is asked."""
        found: dict[str, list[Position]] = defaultdict(list)
        keys = {key for key in questions if key}
        if keys:
            for position in self.filter(question__in=keys).select_related("by").order_by("-at", "-id"):
                found[position.question].append(position)
        return found


class Position(models.Model):
    """One position on one open question: who took it, when, and in which words. Never changed; a later one stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.CharField(max_length=40)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    objects = PositionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["question", "at"], name="position_question_at")]

    def __str__(self) -> str:
        return f"{self.question} {self.at:%Y-%m-%d}"
