"""Something came from another authority: who, when, on which ground, and what it asks of us. Never an assessment of a
threat."""

import datetime as dt

from django.db import transaction

from hemvag.dossiers.opened import Opened
from hemvag.exchange import facts, ground, tell
from hemvag.exchange.models import Received
from hemvag.law import sharing
from hemvag.lib import clock
from hemvag.staff.models import Worker

KIND = "received"


def record(
    opened: Opened, *, sender: str, situation: str, asks: str, received_at: dt.datetime, by: Worker, at: dt.datetime
) -> Received:
    """Record it with what the law of that day says of telling us. `asks` says what it wants done, and is sealed.

    What came without a ground is recorded all the same, with the verdict beside it: it did come. Raises NotYours,
    NothingWritten and InTheFuture.
    """
    tell.may_tell(opened, by, at)
    if not asks.strip():
        raise facts.NothingWritten
    if received_at > at:
        raise facts.InTheFuture
    day = clock.local(received_at).date()
    answer = sharing.share(sender, ground.SENDER, ground.subject_of(opened, day), situation, day)
    with transaction.atomic():
        content = opened.seal(KIND, {"asks": asks.strip(), "situation": situation}, by=by, at=at)
        provision = answer.rules[0].rule.provision if answer.rules else ""
        opened.journal("received_from", provision[:100], by=by, at=at)
        return Received.objects.create(
            dossier=opened.dossier,
            sender=sender,
            rule=answer.rules[0].rule.id if answer.rules else "",
            law_date=day,
            verdict=answer.verdict,
            received_at=received_at,
            content_id=content,
            at=at,
            by=by,
        )
