"""Agree and take back (medgivande, OSL 12:2): what opens a part of a dossier to others, and closes it again.

Not the consent of the GDPR: it lifts secrecy between authorities, for what it names and as long as it says.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from django.db import transaction

from hemvag.agencies.models import Authority, Unit
from hemvag.dossiers.models import Agreement, Compartment, Dossier, GivenBy, Grant, Withdrawal
from hemvag.dossiers.models.agreement import NEVER_OPENED
from hemvag.dossiers.opened import Content, Opened
from hemvag.staff.models import Worker

KIND: Final = "agreement"
PROVISION: Final = "12 kap. 2 § OSL"
GIVERS: Final[Mapping[str, frozenset[str]]] = {
    Compartment.ADULT: frozenset({GivenBy.ADULT}),
    Compartment.CHILD: frozenset({GivenBy.GUARDIAN, GivenBy.CHILD}),
}
"""Who can agree, by whose dossier it is. A caller who is not named cannot."""


class NotTheirsToGive(Exception):
    """Nobody of that kind can agree to what is told from this dossier."""


class NothingSaid(Exception):
    """An agreement must say what is told, to whom and for what, and who read it back."""


class NotThoseDays(Exception):
    """An agreement, and what it opens, ends after it starts; a grant lies within its agreement."""


class NeverOpened(Exception):
    """No agreement opens these kinds of content."""


class AlreadyWithdrawn(Exception):
    """The agreement was taken back before; `at` says when."""

    def __init__(self, at: dt.datetime) -> None:
        super().__init__()
        self.at = at


@dataclass(frozen=True, kw_only=True)
class Words:
    """What was agreed, as it is sealed. `how` is the room's own code for spoken, signed, or by eID.

    `receivers` are codes of `law.codes` for those outside to whom it may be told; inside, grants say who reads.
    """

    what: str
    to_whom: str
    purpose: str
    given_by_name: str = ""
    how: str = "spoken"
    interpreter: str = ""
    read_back_by: str = ""
    receivers: Sequence[str] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the words that were sealed."""
        return cls(**data)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What an agreement is to open: kinds of content, to one of a unit, a committee or a worker. Without days of its
    own it holds as long as its agreement."""

    kinds: Collection[str]
    unit: Unit | None = None
    authority: Authority | None = None
    worker: Worker | None = None
    valid_from: dt.datetime | None = None
    valid_to: dt.datetime | None = None


def agree(
    opened: Opened,
    *,
    given_by: str,
    words: Words,
    openings: Sequence[Opening] = (),
    valid_from: dt.datetime,
    valid_to: dt.datetime,
    by: Worker,
    at: dt.datetime,
) -> Agreement:
    """Store an agreement and open what it opens, from its first moment on.

    Raises NotTheirsToGive, NothingSaid, NotThoseDays, NeverOpened, and OnlyToRead for a dossier that is not `by`'s.
    """
    if given_by not in GIVERS.get(opened.dossier.compartment, frozenset()):
        raise NotTheirsToGive
    if not all(map(str.strip, (words.what, words.to_whom, words.purpose, words.read_back_by))):
        raise NothingSaid
    if valid_to <= valid_from:
        raise NotThoseDays
    grants = [_grant(opened.dossier, opening, valid_from, valid_to) for opening in openings]
    with transaction.atomic():
        sealed = opened.seal(KIND, asdict(words) | {"receivers": list(words.receivers)}, by=by, at=at)
        made = Agreement.objects.create(
            dossier=opened.dossier,
            given_by=given_by,
            valid_from=valid_from,
            valid_to=valid_to,
            words_id=sealed,
            at=at,
            by=by,
        )
        for grant in grants:
            grant.agreement = made
        Grant.objects.bulk_create(grants)
        opened.journal("agreed", PROVISION, by=by, at=at)
    return made


def _grant(dossier: Dossier, opening: Opening, first: dt.datetime, last: dt.datetime) -> Grant:
    start, end = opening.valid_from or first, opening.valid_to or last
    if not first <= start < end <= last:
        raise NotThoseDays
    if not opening.kinds or any(kind.partition(":")[0] in NEVER_OPENED for kind in opening.kinds):
        raise NeverOpened
    return Grant(
        dossier=dossier,
        unit=opening.unit,
        authority=opening.authority,
        worker=opening.worker,
        kinds=sorted(opening.kinds),
        valid_from=start,
        valid_to=end,
    )


def withdraw(opened: Opened, agreement_id: uuid.UUID, *, reasons: str = "", by: Worker, at: dt.datetime) -> Withdrawal:
    """Take an agreement back: what rested on it closes at once. Reasons need not be given; those that are, are sealed.

    Raises AlreadyWithdrawn, Agreement.DoesNotExist for one of another dossier, and OnlyToRead.
    """
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        row = Agreement.objects.get(id=agreement_id, dossier=opened.dossier)
        if row.withdrawn_at is not None:
            raise AlreadyWithdrawn(row.withdrawn_at)
        note = {"text": reasons.strip()} if reasons.strip() else None
        opened.journal("agreement_withdrawn", PROVISION, by=by, at=at, note=note)
        return Withdrawal.objects.create(agreement=row, at=at, by=by)


def in_force(opened: Opened, at: dt.datetime) -> list[tuple[Agreement, Words]]:
    """Return the dossier's agreements that hold at `at`, each with its words, the oldest first.

    None for a dossier opened so that its agreements cannot be read.
    """
    said = {content.id: content for content in opened.read(KIND)}
    rows = opened.dossier.agreements.in_force(at)
    return [(row, _words(said[row.words_id])) for row in rows if row.words_id in said]


def words_of(opened: Opened, row: Agreement) -> Words:
    """Return what was agreed. Raises NothingSealed for another dossier's."""
    return _words(opened.piece(row.words_id))


def allows(opened: Opened, *, receiver: str, at: dt.datetime) -> Sequence[Agreement]:
    """Return the agreements in force that name `receiver`, a code of `law.codes`; none means that nobody has agreed.

    That somebody agreed is a ground; what of it may be told stands in the words, which a person reads.
    """
    return [row for row, words in in_force(opened, at) if receiver in words.receivers]


def _words(content: Content) -> Words:
    return Words.from_data(content.data)
