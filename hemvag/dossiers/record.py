"""The one way to a dossier's key: ask who may see it, write the read log, and only then unwrap.

`create`, `open_dossier` and `open_many` are for workers; machines go through `machines.py`. Nothing else imports
`unwrapping`, which a test holds.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from hemvag.agencies.models import Authority, District, Unit
from hemvag.audit import log
from hemvag.audit.models import Act, Purpose
from hemvag.dossiers.models import (
    KINDS_THAT_IDENTIFY,
    Assignment,
    BrokenGlass,
    Compartment,
    Dossier,
    DossierQuerySet,
    Grant,
    Sight,
    WrappedKey,
)
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.unwrapping import unwrapped
from hemvag.lib import clock, references
from hemvag.staff.models import Worker
from hemvag.vault import box
from hemvag.vault.installed import keyring


@dataclass(frozen=True, kw_only=True)
class New:
    """What stands in the open about a dossier to be made. `authority` is the unit's own unless another is named."""

    compartment: Compartment
    unit: Unit
    authority: Authority | None = None
    district: District | None = None
    worker: Worker | None = None
    reason: str = ""


PREFIX: Mapping[str, str] = {
    Compartment.CHILD: "B",
    Compartment.ADULT: "V",
    Compartment.ENVELOPE: "K",
    Compartment.CONTACT: "S",
    Compartment.DRAFT: "U",
    Compartment.PLAN: "M",
}


DRAWS = 3
REASON = "opening_reason"
"""The kind of content under which a typed reason for an opening is sealed."""


class NoFreeReference(RuntimeError):
    """Every reference drawn was taken: something other than chance is at work."""


def create(
    news: Sequence[New], *, by: Worker | None, purpose: Purpose, at: dt.datetime, door: str = "staff"
) -> list[Opened]:
    """Make one dossier for each of `news`, each with a key of its own, and return them opened, in order."""
    made = [
        Dossier(
            id=uuid.uuid4(),
            reference=references.reference(PREFIX[new.compartment], clock.local(at).date()),
            compartment=new.compartment,
            authority_id=new.authority.id if new.authority else new.unit.authority_id,
            unit=new.unit,
            district=new.district,
            worker=new.worker,
            opened_at=at,
        )
        for new in news
    ]
    log.write(
        Act.CREATED,
        worker=by.id if by else None,
        dossiers=[dossier.id for dossier in made],
        purpose=purpose,
        at=at,
        door=door,
    )
    keys = {dossier.id: box.new_key() for dossier in made}
    with transaction.atomic():
        _store(made)
        wrapped = [keyring().wrap(dossier.authority_id, dossier.id, keys[dossier.id]) for dossier in made]
        WrappedKey.objects.bulk_create(
            WrappedKey(
                dossier_id=row.dossier,
                authority_id=row.authority,
                generation=row.generation,
                wrapped=row.sealed,
                made_at=at,
            )
            for row in wrapped
        )
        Assignment.objects.bulk_create(
            Assignment(dossier=dossier, unit=new.unit, worker=new.worker, reason=new.reason, at=at, by=by)
            for dossier, new in zip(made, news, strict=True)
        )
    return [Opened(dossier, keys[dossier.id], rows=()) for dossier in made]


def _store(made: Sequence[Dossier]) -> None:
    """Store the dossiers; a reference that is already taken (one in milliards) is drawn anew."""
    for _ in range(DRAWS):
        try:
            with transaction.atomic():
                Dossier.objects.bulk_create(made)
        except IntegrityError:
            for dossier in made:
                day = clock.local(dossier.opened_at).date()
                dossier.reference = references.reference(PREFIX[dossier.compartment], day)
        else:
            return
    raise NoFreeReference


def open_dossier(
    dossier_id: uuid.UUID,
    *,
    by: Worker,
    purpose: Purpose,
    at: dt.datetime,
    act: Act = Act.OPENED,
    sight: Sight = Sight.CONTENT,
    reason: str = "",
    door: str = "staff",
) -> Opened:
    """Return the dossier opened. Raises Dossier.DoesNotExist, the same for one that is not there and one not `by`'s
    to see.

    The log line is committed before the key is unwrapped, and stays whatever fails after; a refusal is logged too. What
    is opened through broken glass has an act of its own in the log, and is opened only to be read. A `reason` that was
    typed lies sealed in the dossier with the id of the log line, since the log holds no words.
    """
    dossier, glass = _seen(dossier_id, by=by, at=at, sight=sight)
    act = Act.GLASS if glass else act
    entry = log.write(
        act if dossier else Act.REFUSED,
        worker=by.id,
        dossiers=[dossier_id],
        purpose=purpose,
        at=at,
        door=door,
    )
    if dossier is None:
        raise Dossier.DoesNotExist
    unsealed = unwrapped([dossier])
    if reason.strip():
        unsealed[dossier.id].seal(REASON, {"entry": str(entry), "text": reason.strip()}, by=by, at=at)
    opened = _narrowed(unsealed, by=by, at=at, sight=sight)[dossier.id]
    return opened.behind(glass) if glass else opened


def _seen(
    dossier_id: uuid.UUID, *, by: Worker, at: dt.datetime, sight: Sight
) -> tuple[Dossier | None, BrokenGlass | None]:
    """Return the dossier if `by` sees it, and the broken glass if she sees it only through that."""
    rows = Dossier.objects.select_related("unit", "district", "worker", "authority").filter(id=dossier_id)
    first = Sight.CONTENT if sight == Sight.GLASS else sight
    dossier = rows.visible_to(by, at, first).first()
    if dossier or sight != Sight.GLASS:
        return dossier, None
    dossier = rows.visible_to(by, at, sight).first()
    return dossier, BrokenGlass.objects.of(by).open_at(at).filter(dossier=dossier).first() if dossier else None


def open_many(
    dossiers: DossierQuerySet,
    *,
    by: Worker,
    purpose: Purpose,
    at: dt.datetime,
    kinds: Collection[str],
    act: Act = Act.NAME_SHOWN,
    sight: Sight = Sight.CONTENT,
    door: str = "staff",
) -> dict[uuid.UUID, Opened]:
    """Return the visible ones of `dossiers` opened, with the content of `kinds` already fetched: one log line, one
    batch.

    For lists that show names ("name shown"), and for reading several of a family's dossiers at once ("opened"). Never
    through broken glass, which opens one at a time.
    """
    if sight == Sight.GLASS:
        raise ValueError(sight)
    found = list(dossiers.visible_to(by, at, sight))
    if not found:
        return {}
    ids = [dossier.id for dossier in found]
    log.write(act, worker=by.id, dossiers=ids, purpose=purpose, at=at, door=door)
    return _narrowed(unwrapped(found, kinds), by=by, at=at, sight=sight)


def _narrowed(opened: dict[uuid.UUID, Opened], *, by: Worker, at: dt.datetime, sight: Sight) -> dict[uuid.UUID, Opened]:
    """Return them showing no more than `sight` does: of what an agreement opened, its kinds, and only to read."""
    if sight == Sight.IDENTITY:
        return {key: one.only(KINDS_THAT_IDENTIFY) for key, one in opened.items()}
    if sight == Sight.AGREED:
        own = set(Dossier.objects.visible_to(by, at).filter(id__in=list(opened)).values_list("id", flat=True))
        others = [key for key in opened if key not in own]
        for key, kinds in Grant.objects.opened_to(by, at, others).items():
            opened[key].only(kinds).to_read()
    return opened
