"""What a worker is writing in a form of readiness and has not saved. Services and units, never a person helped."""

from django.db import models

from hemvag.staff.models import Worker


class Draft(models.Model):
    """One worker's unsaved fields of one form. `version` counts the savings, `tab` says which page saved last."""

    id = models.BigAutoField(primary_key=True)
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=0)
    tab = models.CharField(max_length=64, default="", blank=True)
    fields = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "form"], name="one_readiness_draft_a_form")]

    def __str__(self) -> str:
        return f"{self.form} {self.version}"
