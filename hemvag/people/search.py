"""Search for a person by name, number or case number, and by nothing else (SOLPUF 15 §)."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hemvag.access.abilities import Ability, granted
from hemvag.audit import log
from hemvag.audit.models import Act, Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.lib import clock, references
from hemvag.people import identities, matching, spelling, typed
from hemvag.people.identities import Birth, Identity, Name, Number
from hemvag.people.likeness import SHOWN_FROM, Reason
from hemvag.staff.models import Worker

LEAST: Final = SHOWN_FROM
MOST_HITS: Final = 20


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One dossier that the searcher may open, whom it is about, and why it was found."""

    dossier: Dossier
    identity: Identity
    score: int
    reasons: Sequence[Reason]


class TooLittle(ValueError):
    """One name alone finds too many: two names, or a name and a year of birth, are needed."""


def search(text: str, *, by: Worker, at: dt.datetime) -> list[Hit]:
    """Return what `by` may open of what the text names, likeliest first; the search is logged whatever it finds.

    Within the committees in which `by` may search. Raises TooLittle.
    """
    reasons: dict[uuid.UUID, tuple[int, tuple[Reason, ...]]] = {}
    if reference := references.read(text):
        found = Dossier.objects.filter(reference=reference, compartment=Compartment.CHILD)
        reasons = dict.fromkeys(found.values_list("id", flat=True), (100, ()))
    else:
        identity = asked(text, today=clock.local(at).date())
        for authority in granted(by, at).authorities(Ability.PERSON_SEARCH):
            for one in matching.find(identity, authority=authority, by=by, at=at, least=LEAST)[:MOST_HITS]:
                reasons[one.dossier_id] = one.score, one.reasons
    dossiers = Dossier.objects.filter(
        id__in=list(reasons), authority__in=granted(by, at).authorities(Ability.PERSON_SEARCH)
    ).select_related("unit")
    opened = record.open_many(dossiers, by=by, purpose=Purpose.MATCH, at=at, kinds=[identities.KIND], act=Act.SEARCHED)
    if not opened:
        log.write(Act.SEARCHED, worker=by.id, dossiers=[], purpose=Purpose.MATCH, at=at)
    hits = [
        Hit(
            dossier=one.dossier,
            identity=identities.current(one),
            score=reasons[key][0],
            reasons=reasons[key][1],
        )
        for key, one in opened.items()
        if one.read(identities.KIND)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.dossier.reference))


def asked(text: str, *, today: dt.date) -> Identity:
    """Return what is asked for: a number, or names with a year or date of birth. Raises TooLittle."""
    number = typed.any_number(text, today=today)
    if number is not None:
        return Identity(names=[], number=Number(kind=typed.kind_of(number), value=number.value))
    dates = re.findall(r"\d{4}-\d{2}-\d{2}|\b(?:19|20)\d{2}\b", text)
    name = re.sub(r"\d[\d-]*", " ", text)
    words = spelling.words(name)
    if not words or (len(words) < 2 and not dates):
        raise TooLittle
    birth = Birth()
    if dates:
        birth = Birth(kind="exact" if len(dates[0]) == 10 else "approximate", date=dates[0])
    return Identity(names=[Name(given=name)], birth=birth)
