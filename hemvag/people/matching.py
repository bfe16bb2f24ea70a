"""May this child be known here already? Suggests within the committee, and never merges: a person confirms.

The number decides first; else names in any spelling and years of birth find at most some tens of candidates by their
blind tokens, which a machine compares. Only dossiers that the worker may see are suggested, so that a child with
protected identity is never suggested outside the protected desk.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final

from django.db import connection

from hemvag.audit.models import Purpose
from hemvag.dossiers import machines
from hemvag.dossiers.models import Compartment, Dossier, DossierQuerySet, Sight
from hemvag.dossiers.opened import Opened
from hemvag.people import identities, tokens
from hemvag.people.identities import Identity
from hemvag.people.likeness import SUGGESTED_FROM, Likeness, Reason, likeness_to
from hemvag.staff.models import Worker

LOOKED_AT: Final = (200, 2_000, 20_000)
"""How many of those that share tokens are asked about in each round, until enough of them may be seen."""
MANY: Final = 1_000
"""From how many tokens of two names on these are asked for apart from others."""

_SHARING: Final = """
    SET LOCAL enable_seqscan = off;
    WITH given AS MATERIALIZED (SELECT %(every)s::bigint[] AS every),
    wanted AS MATERIALIZED (
        SELECT token, (%(weights)s::bigint[])[1 + width_bucket(place - 1, %(ends)s::bigint[])] AS weight
        FROM given, unnest(every) WITH ORDINALITY AS one(token, place)
    )
    SELECT dossier_id FROM people_tokenset, unnest(tokens) AS held JOIN wanted ON token = held
    WHERE tokens && (SELECT every FROM given)
    GROUP BY dossier_id ORDER BY sum(weight) DESC, dossier_id LIMIT %(most)s;
    SET LOCAL enable_seqscan = DEFAULT
"""
"""One journey to the database. It is to use the index of tokens whatever it guesses: it does not know how dear it is to
compare two long arrays row by row."""


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
    visible = Dossier.objects.visible_to(by, at, sight)
    return find_among(visible, identity, authority=authority, by=by, at=at, compartment=compartment, least=least)


def find_among(
    dossiers: DossierQuerySet,
    identity: Identity,
    *,
    authority: uuid.UUID,
    by: Worker,
    at: dt.datetime,
    compartment: str = Compartment.CHILD,
    least: int = SUGGESTED_FROM,
    purpose: Purpose = Purpose.MATCH,
    counts: Callable[[Identity], bool] | None = None,
) -> list[Suggestion]:
    """Return those of `dossiers`, of a committee, that are `least` per cent like or more; with `counts`, only those of
    whose identity it says yes. The caller has asked who may learn of them."""
    looked_for = tokens.asked(identities.looked_for(identity), authority=authority, compartment=compartment)
    candidates = _candidates(looked_for, visible=dossiers.filter(authority=authority))
    like = likeness_to(identity)

    def judge(data: dict[str, Any]) -> float:
        known = Identity.from_data(data)
        return like(known).as_number() if counts is None or counts(known) else 0.0

    scores = machines.compare(candidates, judge, kind=identities.KIND, purpose=purpose, at=at, worker=by.id)
    found = [(Likeness.from_number(number), dossier) for dossier, number in scores.items()]
    return [
        Suggestion(dossier_id=dossier, score=its.score, reasons=its.reasons)
        for its, dossier in sorted(found, key=lambda pair: (-pair[0].score, str(pair[1])))
        if its.score >= least
    ]


def _candidates(looked_for: tokens.Asked, *, visible: DossierQuerySet) -> Sequence[uuid.UUID]:
    """Return those of `visible` that share a token: with the same number first, then those that share most, the telling
    ones first; as many as are compared.

    Two names that fit many have thousands of tokens: these are asked for only if those with a year leave room.
    """
    strong = [(looked_for.number, 100_000), (looked_for.strong, 2_000)]
    weak = [(looked_for.names, 1_000), (looked_for.years, 1)]
    rounds = [strong, weak] if len(looked_for.names) > MANY else [strong + weak]
    found: dict[uuid.UUID, None] = {}
    for wanted in rounds:
        if len(found) < machines.MOST_CANDIDATES:
            found |= dict.fromkeys(_seen(_sharing(wanted), visible=visible))
    return list(found)[: machines.MOST_CANDIDATES]


def _seen(ranked: Sequence[uuid.UUID], *, visible: DossierQuerySet) -> list[uuid.UUID]:
    """Return those of the ranked that are visible, in order, until there are as many as are compared."""
    found: list[uuid.UUID] = []
    for start, end in pairwise((0, *LOOKED_AT)):
        part = ranked[start:end]
        may = set(visible.filter(id__in=part).values_list("id", flat=True)) if part else set()
        found += [dossier for dossier in part if dossier in may]
        if len(found) >= machines.MOST_CANDIDATES:
            break
    return found


def _sharing(wanted: Sequence[tuple[list[int], int]]) -> list[uuid.UUID]:
    """Return the dossiers that share a wanted token, greatest sum of its shared tokens' weights first."""
    every = [token for part, _weight in wanted for token in part]
    if not every:
        return []
    ends = list(accumulate(len(part) for part, _weight in wanted))
    weights = [weight for _part, weight in wanted]
    given: dict[str, Any] = {
        "every": "{" + ",".join(map(str, every)) + "}",
        "ends": ends,
        "weights": weights,
        "most": LOOKED_AT[-1],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHARING, given)
        cursor.nextset()
        return [dossier for (dossier,) in cursor.fetchall()]
