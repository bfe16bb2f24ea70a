"""The read log (läslogg): who opened what, when, why and through which door. Never the content (SoLPuL 10 §)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What was done. "Name shown" in a list and "opened" are different acts."""

    CREATED = "created", _("skapade")
    OPENED = "opened", _("öppnade")
    NAME_SHOWN = "name_shown", _("namn visades i lista")
    GLASS = "glass", _("öppnade med brutet glas")
    DRAFTED = "drafted", _("sparade utkast")
    SEARCHED = "searched", _("sökte")
    COMPARED = "compared", _("jämförde maskinellt")
    EXPORTED = "exported", _("tog ut")
    ROTATED = "rotated", _("bytte nyckel")
    ERASED = "erased", _("gallrade")
    REFUSED = "refused", _("nekades")


class Purpose(models.TextChoices):
    """Why a dossier was opened; chosen, not typed."""

    CALL = "call", _("samtal på stödtelefonen")
    REGISTER = "register", _("registrera en orosanmälan")
    MATCH = "match", _("se om barnet är känt här")
    HANDLE = "handle", _("handlägga ärendet")
    LEAD = "lead", _("leda arbetet på enheten")
    TODAY = "today", _("se vad som ska göras i dag")
    DRAFT = "draft", _("skriva ett utkast")
    SUPPORT = "support", _("stödja en vuxen")
    AGREED = "agreed", _("läsa det som ett medgivande öppnar")
    LINK = "link", _("se vilka akter som hör ihop")
    GLASS = "glass", _("nödöppna")
    REVIEW = "review", _("granska en nödöppning")
    PRINT = "print", _("skriva ut ett beslut")


class Entry(models.Model):
    """One line of the read log. The table stands in the schema `log`; only the role `log` may insert into it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    worker = models.UUIDField(null=True)
    act = models.CharField(max_length=20, choices=Act)
    purpose = models.CharField(max_length=20, choices=Purpose)
    dossiers = ArrayField(models.UUIDField())
    door = models.CharField(max_length=20)

    class Meta:
        indexes = [
            models.Index(fields=["worker", "at"], name="entry_worker_at"),
            GinIndex(fields=["dossiers"], name="entry_dossiers"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
