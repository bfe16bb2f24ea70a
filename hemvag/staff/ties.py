"""Which worker stands behind an identity of the municipality's own sign-in. Numbers are kept as keyed hashes only."""

import datetime as dt
import hashlib
import hmac
from typing import Final

from django.db import transaction

from hemvag.staff import changes
from hemvag.staff.models import Change, Tie, Worker
from hemvag.vault.installed import keyring

PURPOSE: Final = "municipal sign-in"


class SomebodyElses(ValueError):
    """The identity belongs to another worker."""


def tokens(identity: str) -> list[str]:
    """Return the keyed hash of an identity under each generation of the secret, the present first."""
    whole = identity.strip().lower().encode()
    return [hmac.new(key, whole, hashlib.sha256).hexdigest() for key in keyring().every(PURPOSE).values()]


def find(identity: str) -> Worker | None:
    """Return the worker that the identity was tied to, if any."""
    row = Tie.objects.filter(token__in=tokens(identity)).select_related("worker").first()
    return row.worker if row else None


def tie(worker: Worker, identity: str, *, by: Worker | None, at: dt.datetime) -> Tie:
    """Let the worker sign in as this identity, and as no other. Raises SomebodyElses."""
    owner = find(identity)
    if owner is not None and owner.pk != worker.pk:
        raise SomebodyElses
    with transaction.atomic():
        facts = {"token": tokens(identity)[0], "at": at}
        row, _made = Tie.objects.update_or_create(worker=worker, defaults=facts)
        changes.note(worker, Change.What.SIGNS_IN_AS, by=by, at=at)
    return row
