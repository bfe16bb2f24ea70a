"""How an offer stands, and since when it has been silent: computed from its answers when it is asked."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from hemvag.dossiers.models import Dossier
from hemvag.exchange import facts
from hemvag.exchange.models import Answer, AnswerKind, Offer, OfferKind
from hemvag.law import calendar, deadlines
from hemvag.law.deadlines import Due
from hemvag.lib import clock

SENT: Final = "sent"
OPEN: Final = frozenset({SENT, AnswerKind.NEED_MORE, AnswerKind.MORE_GIVEN})
"""Ways of standing in which the receiver has still to say yes or no."""
WAITS_FOR_SENDER: Final = frozenset({AnswerKind.NEED_MORE})
SILENT_AFTER_DAYS: Final = 3
LEAD_AFTER_DAYS: Final = 7


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an offer stands: `kind` is "sent" or the newest answer that is not a mere opening, `since` when; `opened_at`
    when the receiver first read it."""

    kind: str
    since: dt.datetime
    opened_at: dt.datetime | None

    @property
    def is_open(self) -> bool:
        """Whether a yes or no is still waited for."""
        return self.kind in OPEN


def of(offer: Offer) -> Standing:
    """Return how the offer stands, from its answers; they may have been fetched with the offer."""
    answers = list(offer.answers.all())
    opened = next((row.at for row in answers if row.kind == AnswerKind.OPENED), None)
    said = [row for row in answers if row.kind != AnswerKind.OPENED]
    if not said:
        return Standing(kind=SENT, since=offer.at, opened_at=opened)
    return Standing(kind=said[-1].kind, since=said[-1].at, opened_at=opened)


def ask(offer: Offer, allowed: frozenset[str]) -> None:
    """Let one answer at a time be given until the transaction ends.

    Raises NotNow when the offer does not stand in one of `allowed`.
    """
    Dossier.objects.select_for_update(of=("self",)).get(disclosures__offer=offer)
    answers = Answer.objects.filter(offer=offer).exclude(kind=AnswerKind.OPENED).order_by("at", "id")
    kinds = [row.kind for row in answers]
    now = kinds[-1] if kinds else SENT
    if now not in allowed:
        raise facts.NotNow(now)


def answer_due(offer: Offer) -> Due | None:
    """Return the clock of a transfer of case (SoL 29:10): the answer is due at once, and after a month the question may
    go to IVO. Nothing else has a statutory clock."""
    if offer.kind != OfferKind.TRANSFER:
        return None
    return deadlines.due("case_transfer_answer", clock.local(offer.at).date())


def is_silent(offer: Offer, at: dt.datetime, *, days: int = SILENT_AFTER_DAYS) -> bool:
    """Say whether nobody has answered for `days` weekdays, so that the sender must ask; after LEAD_AFTER_DAYS her lead
    is told too."""
    now = of(offer)
    if not now.is_open or now.kind in WAITS_FOR_SENDER:
        return False
    day = clock.local(now.since).date()
    for _ in range(days):
        day = calendar.next_weekday(day + dt.timedelta(days=1))
    return clock.local(at).date() > day
