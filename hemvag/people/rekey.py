"""Make tokens anew when the secret that they rest on is changed: a machine reads each identity, and stores no more."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, QuerySet

from hemvag.dossiers import rotate
from hemvag.dossiers.models import Dossier
from hemvag.people import identities, tokens
from hemvag.people.identities import Identity
from hemvag.people.models import TokenSet
from hemvag.vault.installed import keyring

BATCH: Final = 200


def by_generation() -> Counter[int]:
    """Return how many dossiers have tokens of each generation of the secret."""
    return Counter(dict(TokenSet.objects.values_list("generation").annotate(Count("pk"))))


def behind() -> QuerySet[TokenSet]:
    """Return the tokens of another generation than the present."""
    return TokenSet.objects.exclude(generation=keyring().generation)


def make_anew(*, at: dt.datetime, progress: Callable[[int], None] = lambda _: None) -> int:
    """Make every dossier's tokens under the present secret; return how many. May be stopped, and run again.

    One whose identity is changed at the same moment keeps the tokens that the change gave it.
    """
    done = 0
    while ids := list(behind().order_by("dossier").values_list("dossier", flat=True)[:BATCH]):
        made = rotate.remade(ids, _tokens, kind=identities.KIND, at=at)
        _store(ids, made)
        done += len(ids)
        progress(done)
    return done


def _tokens(dossier: Dossier, data: dict[str, Any]) -> TokenSet:
    return tokens.token_set(dossier, identities.traits(Identity.from_data(data)))


def _store(ids: Sequence[uuid.UUID], made: dict[uuid.UUID, TokenSet]) -> None:
    """Store the tokens; a dossier that holds no identity any more, or is erased, is found by none."""
    now = keyring().generation
    with transaction.atomic():
        rows = list(behind().select_for_update().filter(dossier__in=ids))
        for row in rows:
            new = made.get(row.dossier_id)
            row.tokens, row.generation = (new.tokens, new.generation) if new else ([], now)
        TokenSet.objects.bulk_update(rows, ["tokens", "generation"])
