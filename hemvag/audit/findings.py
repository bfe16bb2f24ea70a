"""What a check of the read log finds, in plain words."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from hemvag.audit.seal import Tail

MOST: Final = 1_000
"""Findings that are kept one by one; the rest are counted."""


class Fault(models.TextChoices):
    """What is wrong, as the sentence that says it."""

    CHANGED = "changed", _("Rad %(position)s i bunt %(batch)s är ändrad. Raden har id %(entry)s.")
    REMOVED = "removed", _("Rad %(position)s i bunt %(batch)s är borttagen. Raden hade id %(entry)s.")
    REMOVED_WITH_SEAL = "removed_with_seal", _("Rad %(position)s i bunt %(batch)s är borttagen med sin försegling.")
    NOT_IN_BATCH = "not_in_batch", _("En försegling är insatt i bunt %(batch)s för raden med id %(entry)s.")
    PUT_IN = (
        "put_in",
        _("En rad är insatt utan programmets nyckel, eller ändrad innan den förseglades. Raden har id %(entry)s."),
    )
    STILL_HERE = (
        "still_here",
        _("Rad %(position)s i bunt %(batch)s är märkt som gallrad men finns kvar. Raden har id %(entry)s."),
    )
    SEALS_CHANGED = "seals_changed", _("Förseglingarna i bunt %(batch)s är ändrade eller har bytt plats.")
    BATCH_FORGED = (
        "batch_forged",
        _("Bunt %(batch)s är inte den som programmet förseglade: underskriften stämmer inte."),
    )
    BATCH_UNKNOWN_KEY = (
        "batch_unknown_key",
        _("Bunt %(batch)s kan inte prövas: nyckeln av generation %(number)s finns inte i nyckelfilen."),
    )
    BATCH_MISSING = "batch_missing", _("Bunt %(batch)s saknas. %(number)s rader hör till den.")
    LINK_BROKEN = "link_broken", _("Bunt %(batch)s hänger inte ihop med bunten före.")
    ERASURE_WRONG = (
        "erasure_wrong",
        _("Gallringen i bunt %(batch)s stämmer inte: andra rader är borta än de %(number)s som gallrades."),
    )
    HOLE = (
        "hole",
        _(
            "Rader saknas före bunt %(batch)s: %(number)s st. som programmet skrev finns inte. De togs bort innan de"
            " förseglades, eller så bröts programmet mitt i skrivningen. Nästa rad har id %(entry)s."
        ),
    )
    OUTSIDE_DIFFERS = "outside_differs", _("Bunt %(batch)s har en annan rot än den som sparats utanför.")
    OUTSIDE_MISSING = "outside_missing", _("Bunt %(batch)s finns bland rötterna som sparats utanför, men inte här.")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong, and where."""

    fault: Fault
    batch: int | None = None
    position: int | None = None
    entry: uuid.UUID | None = None
    number: int | None = None

    def __str__(self) -> str:
        """Return the sentence. Positions are counted from one, as people count."""
        place = "" if self.position is None else self.position + 1
        return str(self.fault.label) % {
            "batch": self.batch,
            "position": place,
            "entry": self.entry,
            "number": self.number,
        }


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """Rows that were erased lawfully: in which batch that is sealed, when, how many, by whom, and older than what."""

    batch: int
    at: dt.datetime
    rows: int
    before: dt.datetime | None
    by: uuid.UUID | None


@dataclass(kw_only=True)
class Report:
    """What a check found. The log is whole when there are no findings."""

    batches: int = 0
    rows: int = 0
    findings: list[Finding] = field(default_factory=list)
    more: int = 0
    """Findings beyond MOST, which are counted and not kept."""
    erasures: list[Erasure] = field(default_factory=list)
    tail: Tail = field(default_factory=lambda: Tail(rows=0, oldest=None))
    newest: dt.datetime | None = None
    """When the last batch was sealed."""
    late: int = 0
    """Rows that state a time more than an hour before the batch before theirs was sealed."""
    unkeyed: int = 0
    """Rows whose MAC is of a generation that the keyring lacks; the chain covers them."""
    compared: int = 0
    """Roots kept outside that were compared."""
    reached: int = 0
    """The last batch that a root kept outside covers."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found changed, removed or put in."""
        return not self.findings

    def add(self, fault: Fault, **where: object) -> None:
        """Note a finding."""
        if len(self.findings) < MOST:
            self.findings.append(Finding(fault=fault, **where))  # type: ignore[arg-type]
        else:
            self.more += 1

    def sentences(self) -> Iterator[str]:
        """Give each finding in words."""
        yield from map(str, self.findings)
