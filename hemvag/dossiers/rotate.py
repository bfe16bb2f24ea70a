"""Change keys: a machine that unseals in order to seal anew, each time with a log line first. No content leaves here.

`rewrap` follows when the installation's secret is changed: the wrapped keys are wrapped anew and no content is touched.
`renew` gives dossiers data keys of their own anew and seals their content under them. Both can be stopped anywhere and
run again: what is done stands in the rows.
"""

import contextlib
import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, TypeVar

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from hemvag.audit import log
from hemvag.audit.models import Act, Purpose
from hemvag.dossiers.models import Dossier, Sealed, WrappedKey
from hemvag.dossiers.opened import resealed
from hemvag.dossiers.unwrapping import former, present, unwrapped
from hemvag.vault import box
from hemvag.vault.installed import keyring

BATCH: Final = 500
GRACE: Final = dt.timedelta(days=1)
"""How long a former key is kept: longer than any page holds a dossier open."""

Made = TypeVar("Made")
Progress = Callable[[int], None]


class JustChanged(Exception):
    """The dossier's key was changed less than a day ago, and somebody may still write under the one before."""


def by_generation() -> Counter[int]:
    """Return how many wrapped keys there are of each generation of the secret, former keys too."""
    found: Counter[int] = Counter()
    for column in ("generation", "former_generation"):
        rows = WrappedKey.objects.filter(**{f"{column}__isnull": False}).values_list(column).annotate(Count("pk"))
        for generation, count in rows:
            found[generation] += count
    return found


def behind() -> QuerySet[WrappedKey]:
    """Return the rows that hold a key wrapped under another secret than the present."""
    now = keyring().generation
    return WrappedKey.objects.filter(~Q(generation=now) | (Q(former__isnull=False) & ~Q(former_generation=now)))


def rewrap(*, at: dt.datetime, progress: Progress = lambda _: None) -> int:
    """Wrap every key of an older secret under the present one; return how many rows. Raises NotHeld, and stops."""
    done = 0
    while ids := list(behind().order_by("dossier_id").values_list("dossier_id", flat=True)[:BATCH]):
        log.write(Act.ROTATED, worker=None, dossiers=ids, purpose=Purpose.KEYS, at=at, door="machine")
        with transaction.atomic():
            rows = list(behind().filter(dossier_id__in=ids).select_for_update())
            _wrap_anew(rows)
        done += len(rows)
        progress(done)
    return done


def _wrap_anew(rows: Sequence[WrappedKey]) -> None:
    ring = keyring()
    keys = ring.unwrap(map(present, rows))
    formers = ring.unwrap(former(row) for row in rows if row.former is not None)
    for row in rows:
        wrapped = ring.wrap(row.authority_id, row.dossier_id, keys[row.dossier_id])
        row.wrapped, row.generation = wrapped.sealed, wrapped.generation
        if row.dossier_id in formers:
            wrapped = ring.wrap(row.authority_id, row.dossier_id, formers[row.dossier_id])
            row.former, row.former_generation = wrapped.sealed, wrapped.generation
    WrappedKey.objects.bulk_update(rows, ["wrapped", "generation", "former", "former_generation"])


def renew(dossier_id: uuid.UUID, *, by: uuid.UUID | None, at: dt.datetime) -> None:
    """Give the dossier a new data key and seal its content under it, all or nothing.

    The key before stays beside it for a day, since somebody may just be writing with it in hand; `forget_former` then
    destroys it. Raises JustChanged, and WrappedKey.DoesNotExist for a dossier that is erased or was never there.
    """
    log.write(Act.ROTATED, worker=by, dossiers=[dossier_id], purpose=Purpose.KEYS, at=at, door="machine")
    with transaction.atomic():
        row = WrappedKey.objects.select_for_update().get(dossier_id=dossier_id)
        if row.former is not None and at - row.made_at < GRACE:
            raise JustChanged
        old, new = _keys(row), box.new_key()
        _seal_anew(dossier_id, old, new)
        ring = keyring()
        before = ring.wrap(row.authority_id, dossier_id, old[0])
        after = ring.wrap(row.authority_id, dossier_id, new)
        row.former, row.former_generation = before.sealed, before.generation
        row.wrapped, row.generation, row.made_at = after.sealed, after.generation, at
        row.save()


def older(than: dt.datetime) -> QuerySet[WrappedKey]:
    """Return the keys made before a moment, the oldest first: what `renew` has left to do."""
    return WrappedKey.objects.filter(made_at__lt=than).order_by("made_at", "dossier_id")


def renew_older(than: dt.datetime, *, at: dt.datetime, progress: Progress = lambda _: None) -> int:
    """Give a new data key to every dossier whose key was made before `than`; return how many. May be run again.

    One that was changed within the day is left for another run, and one erased meanwhile is passed by.
    """
    done = 0
    for dossier_id in list(older(than).values_list("dossier_id", flat=True)):
        with contextlib.suppress(JustChanged, WrappedKey.DoesNotExist):
            renew(dossier_id, by=None, at=at)
            done += 1
            progress(done)
    return done


def forget_former(*, at: dt.datetime, progress: Progress = lambda _: None) -> int:
    """Destroy the former keys that nobody can be writing under any more; what they still held is sealed anew first."""
    done = 0
    rows = WrappedKey.objects.filter(former__isnull=False, made_at__lte=at - GRACE)
    for dossier_id in list(rows.values_list("dossier_id", flat=True)):
        log.write(Act.ROTATED, worker=None, dossiers=[dossier_id], purpose=Purpose.KEYS, at=at, door="machine")
        with transaction.atomic():
            row = rows.select_for_update().filter(dossier_id=dossier_id).first()
            if row is None:
                continue
            keys = _keys(row)
            _seal_anew(dossier_id, keys[1:], keys[0])
            row.former, row.former_generation = None, None
            row.save()
        done += 1
        progress(done)
    return done


def remade(
    dossiers: Collection[uuid.UUID], make: Callable[[Dossier, dict[str, Any]], Made], *, kind: str, at: dt.datetime
) -> dict[uuid.UUID, Made]:
    """Return what `make` makes of each dossier's newest content of `kind`, such as its tokens under a new key."""
    found = list(Dossier.objects.filter(id__in=dossiers, erased_at=None))
    if not found:
        return {}
    ids = [dossier.id for dossier in found]
    log.write(Act.ROTATED, worker=None, dossiers=ids, purpose=Purpose.KEYS, at=at, door="machine")
    opened = unwrapped(found, [kind])
    return {
        dossier_id: make(held.dossier, content[-1].data)
        for dossier_id, held in opened.items()
        if (content := held.read(kind))
    }


def _keys(row: WrappedKey) -> list[bytes]:
    """Return the dossier's present data key, and its former one when there is one."""
    wrapped = [present(row)] if row.former is None else [present(row), former(row)]
    return [keyring().unwrap([one])[row.dossier_id] for one in wrapped]


def _seal_anew(dossier_id: uuid.UUID, old: Sequence[bytes], new: bytes) -> None:
    """Seal under `new` all content that one of the `old` keys opens; versions stay, since nothing was changed."""
    for content_id in Sealed.objects.filter(dossier=dossier_id).order_by("id").values_list("id", flat=True):
        row = Sealed.objects.select_for_update(of=("self",)).get(id=content_id)
        content = resealed(row, old, new)
        if content is not None:
            Sealed.objects.filter(id=row.id).update(content=content)
