"""A meeting with several parties stands in the ledger too: one line a party, on the agreement that named it."""

import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import transaction

from hemvag.agencies.models import Unit
from hemvag.dossiers.models import Agreement
from hemvag.dossiers.opened import Opened
from hemvag.exchange import items, tell
from hemvag.exchange.models import Channel, Disclosure, Informed
from hemvag.law import sharing
from hemvag.lib import clock
from hemvag.staff.models import Worker
from hemvag.support import conference
from hemvag.support.conference import Held, Party, Told

OURS: Final = "other_social_services"
"""What a unit here is to the law: another part of the social services."""
RULE: Final = "IS-37"


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
    """Hold the meeting as `support.conference.hold` does, and write what each party was told in the ledger.

    Both or neither is stored. Raises what `hold` raises, and NotYours.
    """
    tell.may_tell(opened, by, at)
    with transaction.atomic():
        content = conference.hold(opened, table=table, parties=parties, text=text, held_at=held_at, by=by, at=at)
        held = next(one for one in conference.read(opened) if one.id == content)
        for told in held.parties:
            _write(opened, held, told, by=by, at=at)
    return content


def _write(opened: Opened, held: Held, told: Told, *, by: Worker, at: dt.datetime) -> None:
    """Write one party's line: the person sat at the table or agreed to it, so she knows."""
    agreed = Agreement.objects.get(id=told.agreement_id)
    unit = Unit.objects.get(id=told.receiver.removeprefix("unit:")) if told.receiver.startswith("unit:") else None
    day = clock.local(held.held_at).date()
    receiver = OURS if unit else told.receiver
    answer = sharing.share("social_services", receiver, "adult", "joint_table", day)
    rule = answer.rules[0].rule.id if answer.verdict == "consent" else RULE
    sealed = opened.seal(
        tell.KIND,
        {
            "receiver_name": told.who,
            "purpose": str(conference.Table(held.table).label),
            "situation": "joint_table",
            "delegation": "",
            "requested_by": "",
            "not_informed": "",
            "tests": {},
            "position": "",
            "items": [items.written("", told.told).as_data()],
        },
        by=by,
        at=at,
    )
    Disclosure.objects.create(
        dossier=opened.dossier,
        rule=rule,
        law_date=day,
        verdict="consent",
        receiver=receiver,
        unit=unit,
        authority_id=opened.dossier.authority_id,
        items=1,
        channel=Channel.MEETING,
        told_at=held.held_at,
        informed=Informed.BEFORE,
        agreement=agreed,
        expires_at=agreed.valid_to,
        content_id=sealed,
        at=at,
        by=by,
    )
