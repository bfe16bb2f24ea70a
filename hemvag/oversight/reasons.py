"""What in a dossier makes its opening worth a look: compared by a machine, which gives a number and no content.

The worker's family name is compared with the names in the dossier, and her colleagues' names with them. Blind tokens
cannot do it: a name alone is never a token, so that no name can be told by how often its token occurs.
"""

import datetime as dt
import enum
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hemvag.audit.models import Purpose
from hemvag.dossiers import machines
from hemvag.people import identities, spelling
from hemvag.people.identities import Identity
from hemvag.staff.models import Worker

Judge = Callable[[dict[str, Any]], float]


class Reason(enum.IntFlag):
    """Why, in one number: what `machines.compare` may give back."""

    FAMILY_NAME = 1
    COLLEAGUE = 2
    WELL_KNOWN = 4


@dataclass(frozen=True, kw_only=True)
class Names:
    """A worker's family name, and the whole names of her colleagues and herself, as sets of words."""

    family: str
    colleagues: Collection[frozenset[str]]


def names_of(worker: Worker, colleagues: Iterable[Worker]) -> Names:
    """Return what a worker's openings are compared with."""
    own = _words(worker.name)
    known = {frozenset(words) for one in colleagues if len(words := _words(one.name)) > 1}
    return Names(family=own[-1] if len(own) > 1 else "", colleagues=known)


def judge(names: Names) -> Judge:
    """Return what gives an identity its number; 0 when nothing in it speaks for a look."""

    def score(data: dict[str, Any]) -> float:
        people = [_words(f"{name['given']} {name['family']}") for name in data.get("names", ())]
        families = {word for name in data.get("names", ()) for word in _words(name["family"])}
        for guardian in data.get("guardians", ()):
            words = _words(guardian["name"])
            people.append(words)
            families.update(words[1:])
        found = Reason(0)
        if names.family and names.family in families:
            found |= Reason.FAMILY_NAME
        if any(colleague <= set(person) for person in people for colleague in names.colleagues):
            found |= Reason.COLLEAGUE
        if data.get("well_known"):
            found |= Reason.WELL_KNOWN
        return float(found)

    return score


def compared(
    dossiers: Sequence[uuid.UUID], names: Names, *, at: dt.datetime, by: Worker | None
) -> Mapping[uuid.UUID, Reason]:
    """Return the reasons by dossier, those without any left out. The log names each dossier before it is unsealed."""
    found: dict[uuid.UUID, Reason] = {}
    for some in _batches(dossiers):
        scores = machines.compare(
            some,
            judge(names),
            kind=identities.KIND,
            purpose=Purpose.LOG_REVIEW,
            at=at,
            worker=by.id if by else None,
        )
        found |= {dossier: Reason(int(score)) for dossier, score in scores.items() if score}
    return found


def told(identity: Identity, names: Names) -> Reason:
    """Return the reasons in an identity that somebody who may see it has before her. Nothing of it is stored."""
    return Reason(int(judge(names)(identity.as_data())))


def _batches(dossiers: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    most = machines.MOST_CANDIDATES
    return (dossiers[start : start + most] for start in range(0, len(dossiers), most))


def _words(name: str) -> list[str]:
    return [word.written for word in spelling.words(name)]
