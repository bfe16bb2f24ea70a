"""May this child be known here already? Suggests within the committee, and never merges: a person confirms.

The number decides first; else names in any spelling and years of birth find at most some tens of candidates by their
blind tokens, which a machine compares. Only dossiers that the worker may see are suggested, so that a child with
protected identity is never suggested outside the protected desk.
"""

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import BigIntegerField, F, Func, IntegerField, Value

from hemvag.audit.models import Purpose
from hemvag.dossiers import machines
from hemvag.dossiers.models import Compartment, Dossier, DossierQuerySet, Sight
from hemvag.dossiers.opened import Opened
from hemvag.people import identities, tokens
from hemvag.people.identities import Identity
from hemvag.people.likeness import SUGGESTED_FROM, Likeness, Reason, likeness
from hemvag.people.models import TokenSet
from hemvag.staff.models import Worker

LOOKED_AT: Final = (200, 2_000, 20_000)
"""How many of those that share tokens are asked about in each round, until enough of them may be seen."""


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

    def judge(data: dict[str, Any]) -> float:
        known = Identity.from_data(data)
        return likeness(identity, known).as_number() if counts is None or counts(known) else 0.0

    scores = machines.compare(candidates, judge, kind=identities.KIND, purpose=purpose, at=at, worker=by.id)
    found = [(Likeness.from_number(number), dossier) for dossier, number in scores.items()]
    return [
        Suggestion(dossier_id=dossier, score=like.score, reasons=like.reasons)
        for like, dossier in sorted(found, key=lambda pair: (-pair[0].score, str(pair[1])))
        if like.score >= least
    ]


class _Tokens(Func):
    """Tokens as one text, which is much quicker to hand over than thousands of numbers."""

    template = "%(expressions)s::bigint[]"
    output_field = ArrayField(BigIntegerField())

    def __init__(self, wanted: Sequence[int]) -> None:
        super().__init__(Value("{" + ",".join(map(str, wanted)) + "}"))


class _Shared(Func):
    """How many of a row's tokens are among those given."""

    template = "(SELECT count(*) FROM unnest(%(expressions)s))"
    arg_joiner = ") AS held WHERE held = ANY ("
    output_field = IntegerField()

    def __init__(self, wanted: Sequence[int]) -> None:
        super().__init__(F("tokens"), _Tokens(wanted))


def _candidates(looked_for: tokens.Asked, *, visible: DossierQuerySet) -> Sequence[uuid.UUID]:
    """Return dossiers that share a token: those with the same number first, then those that share most.

    A name in a year fits many, and is looked for only while there is room.
    """
    first = [(looked_for.number, 100), (looked_for.strong, 2), (looked_for.names, 1)]
    found = _sharing(first, visible=visible)
    if len(found) < machines.MOST_CANDIDATES:
        seen = set(found)
        found += [one for one in _sharing([(looked_for.years, 1)], visible=visible) if one not in seen]
    return found[: machines.MOST_CANDIDATES]


def _sharing(wanted: Sequence[tuple[list[int], int]], *, visible: DossierQuerySet) -> list[uuid.UUID]:
    """Return those of `visible` that share most of the wanted tokens, by their weights; as many as are compared."""
    every = [token for part, _times in wanted for token in part]
    if not every:
        return []
    weight = sum((_Shared(part) * times for part, times in wanted if part), Value(0))
    rows = (
        TokenSet.objects.filter(tokens__overlap=_Tokens(every))
        .annotate(weight=weight)
        .order_by("-weight", "dossier_id")
    )
    with _by_index():
        ranked = list(rows.values_list("dossier_id", flat=True)[: LOOKED_AT[-1]])
    found: list[uuid.UUID] = []
    for start, end in pairwise((0, *LOOKED_AT)):
        part = ranked[start:end]
        may = set(visible.filter(id__in=part).values_list("id", flat=True)) if part else set()
        found += [dossier for dossier in part if dossier in may]
        if len(found) >= machines.MOST_CANDIDATES:
            break
    return found[: machines.MOST_CANDIDATES]


@contextlib.contextmanager
def _by_index() -> Iterator[None]:
    """Let the database use the index of tokens whatever it guesses: it does not know how dear it is to compare two long
    arrays row by row."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")
