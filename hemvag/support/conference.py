"""A meeting with several parties (social insatsgrupp, SSPF) by agreement: who was there and what each was told."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import Unit
from hemvag.dossiers import agreement, writing
from hemvag.dossiers.opened import Content, Opened
from hemvag.law import codes
from hemvag.staff.models import Worker
from hemvag.support import agreements, case, facts
from hemvag.support.models import StepKind

KIND: Final = "conference"
MOST_PARTIES: Final = 6
MINUTE: Final = dt.timedelta(seconds=59)
"""A meeting's time is written to the minute, so an agreement given within that minute names its parties too."""


class Table(models.TextChoices):
    """Which kind of meeting it was."""

    SIG = "sig", _("Social insatsgrupp (SIG)")
    SSPF = "sspf", _("SSPF: skola, socialtjänst, polis och fritid")
    OTHER = "other", _("Annat möte")


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who sat at the table. `receiver` is a code of `law.codes`, or "unit:" with the id of a unit here."""

    receiver: str
    who: str
    told: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a party was told, under which ground: the agreement that named it, and its provision."""

    receiver: str
    who: str
    told: str
    agreement_id: UUID
    provision: str


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting as it was held."""

    id: UUID
    table: str
    held_at: dt.datetime
    text: str
    parties: Sequence[Told]


def hold(
    opened: Opened,
    *,
    table: str,
    parties: Sequence[Party],
    text: str,
    held_at: dt.datetime,
    by: Worker,
    at: dt.datetime,
) -> UUID:
    """Seal who was there, what each was told and under which ground, and what was agreed.

    Raises NobodyAgreed when a party was named by no agreement in force when it was held; NotYours, NotRunning,
    NothingWritten (also without a party), TooLong, InTheFuture, TooEarly.
    """
    case.ask_to_work(opened, by, at)
    held_at = writing.moment(held_at, not_before=opened.dossier.opened_at, at=at)
    if not parties:
        raise facts.NothingWritten
    with transaction.atomic():
        if not opened.dossier.support_steps.filter(kind=StepKind.SUPPORT, done_at=None).exists():
            raise facts.NotRunning
        within = min(at, held_at.replace(second=0, microsecond=0) + MINUTE)
        held = [*agreement.in_force(opened, held_at), *agreement.in_force(opened, within)]
        named = agreements.named(held)
        told = [_told(party, named) for party in parties]
        data = {
            "table": Table(table).value,
            "held_at": held_at.isoformat(),
            "text": writing.written(text, required=False),
            "parties": told,
        }
        content = opened.seal(KIND, data, by=by, at=at)
        writing.enter(opened, "conference_held", agreement.PROVISION, content=content, by=by, at=at)
    return content


def _told(party: Party, named: Any) -> dict[str, str]:
    rests_on = named.get(party.receiver)
    if rests_on is None:
        raise facts.NobodyAgreed(called(party.receiver))
    return {
        "receiver": party.receiver,
        "who": writing.written(party.who),
        "told": writing.written(party.told),
        "agreement": str(rests_on.id),
        "provision": agreement.PROVISION,
    }


def called(receiver: str, language: str = "sv") -> str:
    """Return what a receiver is called: an authority's label, or a unit's name."""
    if receiver.startswith("unit:"):
        return Unit.objects.filter(id=receiver.removeprefix("unit:")).values_list("name", flat=True).first() or receiver
    label = codes.codes().authority.get(receiver)
    return label.said_in(language) if label else receiver


def read(opened: Opened) -> list[Held]:
    """Return the meetings that were held and may be read, the oldest first: all that the ledger needs of each."""
    return [_held(content) for content in opened.read(KIND)]


def _held(content: Content) -> Held:
    data = content.data
    return Held(
        id=content.id,
        table=data["table"],
        held_at=dt.datetime.fromisoformat(data["held_at"]),
        text=data["text"],
        parties=[
            Told(
                receiver=row["receiver"],
                who=row["who"],
                told=row["told"],
                agreement_id=UUID(row["agreement"]),
                provision=row["provision"],
            )
            for row in data["parties"]
        ],
    )
