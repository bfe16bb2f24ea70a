"""The read log (läslogg): who opened what, when, why and through which door. Never the content (SoLPuL 10 §)."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
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
    LOOKED_UP = "looked_up", _("slog upp utanför det egna arbetet")
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
    TELL = "tell", _("lämna eller ta emot uppgifter")
    RECEPTION = "reception", _("ta emot en familj som kommer hem")
    PRINT = "print", _("skriva ut")
    LOG_REVIEW = "log_review", _("granska läsloggen")
    LOOK_UP = "look_up", _("slå upp utanför det egna arbetet")
    SIGN_IN = "sign_in", _("logga in")
    KEYS = "keys", _("byta nycklar")
    ARCHIVE = "archive", _("lämna till arkiv")
    OWN_COPY = "own_copy", _("lämna ut till den det gäller")


def acts() -> list[tuple[str, Any]]:
    """Return the choices of `act`; a function, so that one more needs no migration."""
    return list(Act.choices)


def purposes() -> list[tuple[str, Any]]:
    """Return the choices of `purpose`."""
    return list(Purpose.choices)


class Entry(models.Model):
    """One line of the read log. The table stands in the schema `log`; only the role `log` may insert into it.

    `writer` and `number` are the process that wrote it and its count of lines; `mac` covers every other column, under
    the key of `generation`. Generation 0 is older than the seal and has no MAC.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    worker = models.UUIDField(null=True)
    act = models.CharField(max_length=20, choices=acts)
    purpose = models.CharField(max_length=20, choices=purposes)
    dossiers = ArrayField(models.UUIDField())
    door = models.CharField(max_length=20)
    writer = models.UUIDField()
    number = models.BigIntegerField()
    generation = models.SmallIntegerField()
    mac = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["worker", "at"], name="entry_worker_at"),
            models.Index(fields=["at", "id"], name="entry_newest"),
            models.Index(fields=["act", "at", "id"], name="entry_act_newest"),
            GinIndex(fields=["dossiers"], name="entry_dossiers"),
            BrinIndex(fields=["at"], name="entry_at", pages_per_range=16),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"


class Kind(models.TextChoices):
    """What a batch tells of."""

    LINES = "lines", _("rader i läsloggen")
    ERASURE = "erasure", _("gallring av rader")


class Batch(models.Model):
    """One link of the chain: the Merkle root of its rows (`tree`) and the root before it give `root`, which is signed.

    An erasure seals the leaves of the rows that it took away, `by` whom, and the time `before` which they stood. All
    columns are under the root, and nothing points here by a foreign key: what is missing, `verify` tells.
    """

    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    rows = models.IntegerField()
    tree = models.BinaryField()
    previous = models.BinaryField()
    root = models.BinaryField()
    generation = models.SmallIntegerField()
    signature = models.BinaryField()
    before = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.number}: {self.rows}"


class Seal(models.Model):
    """The place of one row in its batch. It stays when the row is erased by rule, and hides what stood there."""

    entry = models.UUIDField(primary_key=True)
    batch = models.BigIntegerField()
    position = models.IntegerField()
    leaf = models.BinaryField()
    writer = models.UUIDField()
    number = models.BigIntegerField()
    erased_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="seal_place")]

    def __str__(self) -> str:
        return f"{self.batch}/{self.position}"
