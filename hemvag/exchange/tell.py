"""Tell: one line in the ledger for everything that leaves, spoken words too, and a sealed copy of what was told."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Unit
from hemvag.dossiers.models import Compartment
from hemvag.dossiers.opened import Opened
from hemvag.exchange import facts, ground
from hemvag.exchange.ground import Ground
from hemvag.exchange.items import Item
from hemvag.exchange.models import Channel, Disclosure, Informed
from hemvag.lib import clock
from hemvag.staff.models import Worker

KIND = "disclosure"
STEP = "told"
TELLS_FROM = frozenset({Compartment.CHILD, Compartment.ADULT})


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What is told, to whom and how. `receiver` and `situation` are codes of `law.codes`; `requested_by` is who asked,
    empty when nobody did; `delegation` under which the worker decides; `not_informed` why the person was not told."""

    receiver: str
    situation: str
    receiver_name: str
    purpose: str
    items: Sequence[Item]
    channel: str
    delegation: str
    informed: str
    not_informed: str = ""
    requested_by: str = ""
    requested_at: dt.datetime | None = None
    tests: Mapping[str, str] = field(default_factory=dict)


def record(
    opened: Opened, telling: Telling, *, told_at: dt.datetime, unit: Unit | None = None, by: Worker, at: dt.datetime
) -> Disclosure:
    """Store that something was told, and seal what. `unit` is the receiving unit when it is in this installation.

    Raises NotYours, NothingChosen, NothingWritten, InTheFuture, and what `ground.stand_on` raises.
    """
    may_tell(opened, by, at)
    _ask_written(telling)
    if told_at > at or (telling.requested_at is not None and telling.requested_at > told_at):
        raise facts.InTheFuture
    answer = ground.ask(opened, receiver=telling.receiver, situation=telling.situation, at=told_at)
    identifies = any(item.identifies for item in telling.items)
    stands = ground.stand_on(opened, answer, identifies=identifies, tests=telling.tests, at=told_at)
    return _store(opened, telling, stands, told_at=told_at, unit=unit, by=by, at=at)


def consult(*, receiver: str, told_at: dt.datetime, channel: str, by: Worker, at: dt.datetime) -> Disclosure:
    """Note that somebody was asked for advice and nobody could be recognised (rådfrågning utan identitet).

    No text is kept. Raises NotYours, InTheFuture and Forbidden.
    """
    grants = granted(by, at)
    units = grants.units(Ability.EXCHANGE_TELL)
    if not units:
        raise facts.NotYours
    if told_at > at:
        raise facts.InTheFuture
    day = clock.local(told_at).date()
    question = ground.Question(receiver=receiver, situation="consultation", subject="adult", on=day)
    answer = question.answer()
    if not answer.may_tell:
        raise facts.Forbidden(answer)
    home = Unit.objects.filter(id__in=units).order_by("id")[0]
    return Disclosure.objects.create(
        rule=answer.rules[0].rule.id,
        law_date=day,
        verdict="deidentified",
        receiver=receiver,
        authority_id=home.authority_id,
        items=0,
        channel=channel,
        told_at=told_at,
        informed=Informed.NOT,
        at=at,
        by=by,
    )


def may_tell(opened: Opened, by: Worker, at: dt.datetime) -> None:
    """Raise NotYours unless `by` may tell from this dossier: hers to work with, in a unit where she may tell."""
    dossier = opened.dossier
    if dossier.compartment not in TELLS_FROM or dossier.unit_id not in granted(by, at).units(Ability.EXCHANGE_TELL):
        raise facts.NotYours


def _ask_written(telling: Telling) -> None:
    if not telling.items:
        raise facts.NothingChosen
    needed = [telling.receiver_name, telling.purpose, telling.delegation]
    if telling.informed == Informed.NOT:
        needed.append(telling.not_informed)
    if not all(text.strip() for text in needed):
        raise facts.NothingWritten


def _store(
    opened: Opened,
    telling: Telling,
    stands: Ground,
    *,
    told_at: dt.datetime,
    unit: Unit | None,
    by: Worker,
    at: dt.datetime,
) -> Disclosure:
    agreed = stands.agreement
    said = {
        "receiver_name": telling.receiver_name.strip(),
        "purpose": telling.purpose.strip(),
        "situation": telling.situation,
        "delegation": telling.delegation.strip(),
        "requested_by": telling.requested_by.strip(),
        "not_informed": telling.not_informed.strip(),
        "tests": dict(stands.tests),
        "position": str(stands.position.pk) if stands.position else "",
        "items": [item.as_data() for item in telling.items],
    }
    with transaction.atomic():
        sealed = opened.seal(KIND, said, by=by, at=at)
        row = Disclosure.objects.create(
            dossier=opened.dossier,
            rule=stands.rule,
            law_date=stands.answer.on,
            verdict=stands.answer.verdict,
            receiver=telling.receiver,
            unit=unit,
            authority_id=opened.dossier.authority_id,
            items=len(telling.items),
            channel=Channel(telling.channel),
            requested_at=telling.requested_at,
            told_at=told_at,
            informed=Informed(telling.informed),
            agreement=agreed,
            expires_at=agreed.valid_to if agreed else None,
            content_id=sealed,
            at=at,
            by=by,
        )
        opened.journal(STEP, stands.answer.rules[0].rule.provision[:100], by=by, at=at)
    return row
