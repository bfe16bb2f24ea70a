"""May this child be known here already? Suggests within the committee, and never merges: a person confirms.

The number decides first; else names in any spelling and years of birth find at most some tens of candidates by their
blind tokens, which a machine compares. Only dossiers that the worker may see are suggested, so that a child with
protected identity is never suggested outside the protected desk.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from hemvag.audit.models import Purpose
from hemvag.dossiers import machines
from hemvag.dossiers.models import Compartment, Dossier, Sight
from hemvag.dossiers.opened import Opened
from hemvag.people import identities, tokens
from hemvag.people.identities import Identity
from hemvag.people.likeness import SUGGESTED_FROM, Likeness, Reason, likeness
from hemvag.people.models import TokenSet
from hemvag.staff.models import Worker

MOST_LOOKED_AT: Final = 2000
YEARS_AROUND: Final = 1


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Another dossier that may be about the same child; `score` in per cent, `reasons` why."""

    dossier_id: uuid.UUID
    score: int
    reasons: tuple[Reason, ...]


def suggest(opened: Opened, *, by: Worker, at: dt.datetime) -> list[Suggestion]:
    """Return the dossiers that may be about the opened one's child, those `by` may tell apart, likeliest first."""
    dossier = opened.dossier
    found = find(
        identities.current(opened),
        authority=dossier.authority_id,
        compartment=dossier.compartment,
        by=by,
        at=at,
        sight=Sight.IDENTITY,
    )
    return [suggestion for suggestion in found if suggestion.dossier_id != dossier.id]


def find(
    identity: Identity,
    *,
    authority: uuid.UUID,
    by: Worker,
    at: dt.datetime,
    compartment: str = Compartment.CHILD,
    least: int = SUGGESTED_FROM,
    sight: Sight = Sight.CONTENT,
) -> list[Suggestion]:
    """Return the dossiers of a committee, among those `by` may see, that are `least` per cent like or more."""
    looked_for = tokens.blind(
        identities.traits(identity, years_around=YEARS_AROUND), authority=authority, compartment=compartment
    )
    candidates = _candidates(looked_for, authority=authority, by=by, at=at, sight=sight)

    def judge(data: dict[str, Any]) -> float:
        return likeness(identity, Identity.from_data(data)).as_number()

    scores = machines.compare(candidates, judge, kind=identities.KIND, purpose=Purpose.MATCH, at=at, worker=by.id)
    found = [(Likeness.from_number(number), dossier) for dossier, number in scores.items()]
    return [
        Suggestion(dossier_id=dossier, score=like.score, reasons=like.reasons)
        for like, dossier in sorted(found, key=lambda pair: (-pair[0].score, str(pair[1])))
        if like.score >= least
    ]


def _candidates(
    looked_for: tokens.Tokens, *, authority: uuid.UUID, by: Worker, at: dt.datetime, sight: Sight
) -> Sequence[uuid.UUID]:
    """Return dossiers that share a token: those with the same number first, then those that share most."""
    wanted = looked_for.number + looked_for.names
    if not wanted:
        return []
    rows = TokenSet.objects.filter(
        authority=authority, tokens__overlap=wanted, dossier__in=Dossier.objects.visible_to(by, at, sight)
    ).values_list("dossier_id", "tokens")[:MOST_LOOKED_AT]
    number, names = set(looked_for.number), set(looked_for.names)
    ranked = sorted((-bool(number & set(has)), -len(names & set(has)), str(dossier), dossier) for dossier, has in rows)
    return [dossier for *_, dossier in ranked[: machines.MOST_CANDIDATES]]
