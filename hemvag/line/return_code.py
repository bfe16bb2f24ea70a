"""The return code's life (återkomstkod): offered, read back, typed in when the caller comes back, ended.

The code itself is never stored: the page that shows it holds it until the caller has read it back.
"""

import datetime as dt
import uuid
from collections import Counter
from typing import Final

from django.db import IntegrityError, transaction

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Unit
from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.keys import keyring
from hemvag.lib import clock
from hemvag.line import code, contact, facts
from hemvag.line.models import UNUSED_DAYS, Contact, ReturnCode, WrongEntry
from hemvag.staff.models import Worker

COST: Final = code.Cost()
TRIES_A_CALL: Final = 3
WRONG_A_DAY: Final = 30
MOST_CANDIDATES: Final = 14
UNUSED: Final = dt.timedelta(days=UNUSED_DAYS)
PURPOSE: Final = "return code"
"""What the keys of lookups are derived for: they are kept when their secret is taken away."""


def offer(contact_id: uuid.UUID, *, by: Worker, at: dt.datetime) -> str:
    """Return a new code for the contact, to be read aloud; it does not live yet. One offered before it ends.

    Raises AlreadyClosed and Dossier.DoesNotExist.
    """
    held, opened = contact.open_contact(contact_id, by=by, at=at)
    while True:
        made = code.make()
        generation = keyring().generation
        lookup = _lookup(made, held.dossier.authority_id, generation)
        try:
            with transaction.atomic():
                row = contact.locked(contact_id)
                row.return_codes.filter(ended_at=None).update(ended_at=at)
                ReturnCode.objects.create(contact=row, lookup=lookup, generation=generation, made_at=at)
                opened.journal("return_code_offered", by=by, at=at)
        except IntegrityError:
            continue
        return made


def read_back(contact_id: uuid.UUID, *, offered: str, typed: str, by: Worker, at: dt.datetime) -> None:
    """Let the offered code live, now that the caller has read it back as typed.

    Raises NotReadBack with the first group that differs, CodeReplaced, and code.NotDigits.
    """
    held, opened = contact.open_contact(contact_id, by=by, at=at)
    if code.normalise(typed) != offered:
        raise facts.NotReadBack(code.differing_group(typed, offered))
    if not code.check(offered):
        raise facts.CodeReplaced
    with transaction.atomic():
        row = contact.locked(contact_id)
        waiting = row.return_codes.filter(ended_at=None)
        kept = waiting.values_list("generation", flat=True)
        lookups = [_lookup(offered, held.dossier.authority_id, generation) for generation in kept]
        lives = waiting.filter(lookup__in=lookups)
        if not lives.update(lives_from=at, last_used_at=at):
            raise facts.CodeReplaced
        opened.journal("return_code_lives", by=by, at=at)


def enter(typed: str, *, call: uuid.UUID, by: Worker, at: dt.datetime) -> Contact:
    """Open the contact whose living code was typed, or is one slip away from it, for a new conversation.

    An entry counts once however many slips were tried for it. Raises NoSuchCode, TooManyTries, TooManyToday, NotYours
    and code.NotDigits.
    """
    units = granted(by, at).units(Ability.CONTACT_TAKE)
    if not units:
        raise facts.NotYours
    left = _tries_left(units, call, at)
    digits = code.normalise(typed)
    row = _found(digits, by=by, at=at)
    if row is None:
        WrongEntry.objects.create(unit_id=min(units), call=call, at=at, by=by)
        raise facts.NoSuchCode(code.weakest_group(typed), left - 1)
    opened = record.open_dossier(row.contact.dossier_id, by=by, purpose=Purpose.CALL, at=at)
    with transaction.atomic():
        held = contact.locked(row.contact_id)
        _used(row, authority=opened.dossier.authority_id, digits=digits, at=at)
        opened.journal("return_code_used", by=by, at=at)
        contact.take_up_again(held, opened, by=by, at=at)
    return held


def _tries_left(units: frozenset[uuid.UUID], call: uuid.UUID, at: dt.datetime) -> int:
    wrong = WrongEntry.objects.filter(unit__in=units)
    midnight = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    if wrong.filter(at__gte=midnight).count() >= WRONG_A_DAY:
        raise facts.TooManyToday
    left = TRIES_A_CALL - wrong.filter(call=call).count()
    if left <= 0:
        raise facts.TooManyTries
    return left


def _found(digits: str, *, by: Worker, at: dt.datetime) -> ReturnCode | None:
    """Return the one living code that is these digits or, when they do not check, one slip away."""
    near = [digits] if code.check(digits) else code.candidates(digits)[:MOST_CANDIDATES]
    visible = Contact.objects.visible_to(by, at)
    units = granted(by, at).units(Ability.CONTACT_TAKE)
    for authority in sorted(set(Unit.objects.filter(id__in=units).values_list("authority_id", flat=True))):
        living = ReturnCode.objects.living(at).filter(contact__in=visible, contact__dossier__authority=authority)
        kept = living.order_by().values_list("generation", flat=True).distinct()
        lookups = [_lookup(one, authority, generation) for generation in kept for one in near]
        rows = list(living.filter(lookup__in=lookups).select_related("contact")[:2])
        if len(rows) == 1:
            return rows[0]
    return None


def by_generation(*, at: dt.datetime) -> Counter[int]:
    """Return how many codes live, or wait to be read back, of each generation of the secret."""
    rows = ReturnCode.objects.filter(ended_at=None).exclude(last_used_at__lte=at - UNUSED)
    return Counter(rows.values_list("generation", flat=True))


def _used(row: ReturnCode, *, authority: uuid.UUID, digits: str, at: dt.datetime) -> None:
    """Note that the code was used. Now that its digits are known, its lookup is made under the present secret."""
    now = keyring().generation
    anew = {}
    if row.generation != now and code.check(digits):
        anew = {"lookup": _lookup(digits, authority, now), "generation": now}
    ReturnCode.objects.filter(id=row.id).update(last_used_at=at, **anew)


def _lookup(digits: str, authority: uuid.UUID, generation: int) -> bytes:
    secret = keyring().derive(PURPOSE, authority.bytes, generation)
    lookup, _key = code.derive(digits, secret, cost=COST)
    return lookup
