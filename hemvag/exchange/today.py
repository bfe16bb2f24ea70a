"""What waits for a worker today: envelopes to answer, offers that nobody answers, and incidents."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.dossiers.models import Dossier
from hemvag.exchange import incident, standing, words
from hemvag.exchange.models import AnswerKind, Incident, Offer
from hemvag.lib import clock, date_words
from hemvag.staff.models import Worker
from hemvag.web.addresses import address
from hemvag.web.items import Item

ENDED = [AnswerKind.REJECTED, AnswerKind.DONE, AnswerKind.WITHDRAWN, AnswerKind.RECALLED, AnswerKind.EXPIRED]


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` items, the most urgent first. The same few queries however many there are."""
    found: list[Item] = []
    grants = granted(worker, at)
    if units := grants.units(Ability.EXCHANGE_RECEIVE):
        seen = Dossier.objects.visible_to(worker, at)
        rows = _open(Q(receiver__in=units, envelope__in=seen), limit)
        found += [_to_answer(row, at) for row in rows if standing.of(row).kind in _UNANSWERED]
    if grants.has(Ability.EXCHANGE_TELL):
        leads = grants.units(Ability.CASE_LEAD) | grants.units(Ability.SUPPORT_LEAD)
        rows = _open(Q(by=worker) | Q(sender__in=leads), limit)
        found += [_to_follow(row, at) for row in rows if _follows(row, worker, at)]
        found += _incidents(worker, at, limit)
    return sorted(found)[:limit]


_UNANSWERED = frozenset({standing.SENT, AnswerKind.MORE_GIVEN})


def _open(asked: Q, limit: int) -> list[Offer]:
    """Return the open offers. Which they are is asked first, and alone: most often there are none."""
    found = Offer.objects.filter(asked).exclude(answers__kind__in=ENDED).order_by("at")
    chosen = list(found.values_list("id", flat=True)[:limit])
    if not chosen:
        return []
    rows = Offer.objects.filter(id__in=chosen).select_related("disclosure__dossier", "sender", "receiver", "envelope")
    return list(rows.prefetch_related("answers").order_by("at"))


def _follows(row: Offer, worker: Worker, at: dt.datetime) -> bool:
    """Say whether the sender must act: more is asked for, or nobody answers; then her lead too, some days later."""
    now = standing.of(row)
    if row.by_id == worker.pk:
        return now.kind in standing.WAITS_FOR_SENDER or standing.is_silent(row, at)
    return standing.is_silent(row, at, days=standing.LEAD_AFTER_DAYS)


def _to_answer(row: Offer, at: dt.datetime) -> Item:
    page = address("exchange:envelope", row.envelope_id) if row.envelope_id else reverse("exchange:inbox")
    return Item(
        due=clock.local(row.at),
        when=_moment(row.at, at),
        kind="envelope",
        title=_("Kuvert att svara på"),
        who="",
        reference=row.envelope.reference if row.envelope else "",
        url=page,
        next_label=_("Öppna"),
        next_url=page,
        state="late" if standing.is_silent(row, at) else "now",
        note=_("Från %(unit)s") % {"unit": row.sender.name},
    )


def _to_follow(row: Offer, at: dt.datetime) -> Item:
    dossier = row.disclosure.dossier
    page = address("exchange:told", dossier.id) if dossier else reverse("exchange:inbox")
    now = standing.of(row)
    return Item(
        due=clock.local(now.since),
        when=_moment(now.since, at),
        kind="offer",
        title=words.stands(now),
        who="",
        reference=dossier.reference if dossier else "",
        url=page,
        next_label=_("Följ upp"),
        next_url=page,
        state="late" if standing.is_silent(row, at) else "now",
        note=_("Till %(receiver)s") % {"receiver": words.receiver(row.disclosure.receiver)},
    )


def _incidents(worker: Worker, at: dt.datetime, limit: int) -> list[Item]:
    seen = Dossier.objects.visible_to(worker, at)
    rows = Incident.objects.filter(disclosure__dossier__in=seen).exclude(steps__kind__in=incident.ENDS)
    return [_incident(row, at) for row in rows.select_related("disclosure__dossier").order_by("discovered_at")[:limit]]


def _incident(row: Incident, at: dt.datetime) -> Item:
    dossier = row.disclosure.dossier
    page = address("exchange:told", dossier.id) if dossier else reverse("exchange:inbox")
    left = incident.hours_left(row, at)
    return Item(
        due=clock.local(incident.due_at(row)),
        when=words.time_left(left),
        kind="incident",
        title=_("Personuppgiftsincident"),
        who="",
        reference=dossier.reference if dossier else "",
        url=page,
        next_label=_("Skriv vad som är gjort"),
        next_url=page,
        state="late" if left < 24 else "now",
    )


def _moment(when: dt.datetime, at: dt.datetime) -> str:
    today = clock.local(at).date()
    return date_words.moment(clock.local(when), today=today, language=(get_language() or "sv")[:2])
