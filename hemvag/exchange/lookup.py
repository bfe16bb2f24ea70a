"""Look up whether a child is known at another committee of the municipality: a disclosure, though nobody speaks.

The law of the day is asked first and the tests that its rule demands are written down; only then is anybody looked for.
What is answered is that the child is known and which unit to ask, never more. Of adults, of contacts and of whoever has
a protected identity nothing is answered, in the same words as when nobody is known.
"""

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Authority, Unit
from hemvag.audit import log
from hemvag.audit.models import Act, Entry, Purpose
from hemvag.concerns.models import Decision, DecisionKind, Step
from hemvag.dossiers import machines
from hemvag.dossiers.models import Dossier, DossierQuerySet
from hemvag.exchange import facts, ground, tell
from hemvag.exchange.ground import Ground
from hemvag.exchange.items import Item
from hemvag.exchange.models import Channel, Disclosure, Informed
from hemvag.law import codes
from hemvag.law.sharing import Answer
from hemvag.lib import clock
from hemvag.people import identities, matching
from hemvag.people.identities import Identity
from hemvag.staff.models import Worker

SITUATIONS: Final = ("known_here_requested", "assist_investigation", "care_or_support")
"""Codes of `law.codes`: in which one committee asks another whether a child is known there."""
TELLS: Final = frozenset({"must", "may"})
KNOWN_FROM: Final = 95
"""Per cent of likeness from which a child is said to be known: the number, or the name and the day of birth."""
MOST_A_DAY: Final = 20
DAY: Final = dt.timedelta(days=1)
STEP: Final = "looked_up"
RUNS_ON: Final = (DecisionKind.CLOSE_MEASURE, DecisionKind.CLOSE_FOLLOW_UP)


class TooMany(facts.Refused):
    """The worker has looked up as often as one may within a day."""

    @property
    def sentence(self) -> str:
        return _("Du har slagit upp många barn i dag. Ring nämnden i stället. Uppslagen står i läsloggen.")


class NotAChild(facts.Refused):
    """Who is asked about is 18 or more: it is never answered about adults."""

    @property
    def sentence(self) -> str:
        return _("Personen har fyllt 18 år. Uppslag görs bara om barn. Fråga nämnden.")


class TooVague(facts.Refused):
    """Neither number nor name with a whole day of birth: too little to say that somebody is known."""

    @property
    def sentence(self) -> str:
        return _("Skriv numret, eller två namn och hela födelsedatumet: 2020-05-04.")


class Told(enum.StrEnum):
    """What is answered. NOT_TOLD is the same for not known, may not be told, and protected there."""

    KNOWN = "known"
    NOT_TOLD = "not_told"
    CENTRAL_DESK = "central_desk"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who is asked about, in which situation, and the tests in the asker's words, by their codes of `law.codes`."""

    identity: Identity
    situation: str
    protected: bool = False
    tests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The answer; with KNOWN the units to ask."""

    told: Told
    units: Sequence[Unit] = ()


def demanded(day: dt.date) -> Sequence[str]:
    """Return the codes of every test that some situation demands by the law of that day, in the order of the codes."""
    found = {code for one in SITUATIONS for code in ground.tests_of(_law("other_social_services", one, day))}
    return [code for code in codes.codes().record if code in found]


def look_up(asking: Asking, *, by: Worker, at: dt.datetime) -> Answered:
    """Say whether the child is known at another committee of `by`'s municipality, and write down that it was told.

    Each is logged, whatever is answered. Raises NotYours, NotAChild, TooVague, TooMany and TestMissing.
    """
    unit = _asking_unit(by, at)
    day = clock.local(at).date()
    _ask_who(asking.identity, day)
    answer = _law(_receiver(unit.authority), asking.situation, day)
    stands = _ground(answer, asking, at)
    earlier = Entry.objects.filter(worker=by.id, act=Act.LOOKED_UP, door="staff", at__gt=at - DAY, at__lte=at)
    if earlier.count() >= MOST_A_DAY:
        raise TooMany
    log.write(Act.LOOKED_UP, worker=by.id, dossiers=[], purpose=Purpose.LOOK_UP, at=at)
    if asking.protected or asking.identity.protected:
        return Answered(told=Told.CENTRAL_DESK)
    if stands is None:
        return Answered(told=Told.NOT_TOLD)
    found = _found(asking.identity, by=by, at=at)
    with transaction.atomic():
        for dossier in found:
            _record(dossier, asking, stands, unit=unit, by=by, at=at)
    units = [dossier.unit for dossier in found]
    return Answered(told=Told.KNOWN, units=units) if units else Answered(told=Told.NOT_TOLD)


def _law(receiver: str, situation: str, day: dt.date) -> Answer:
    return ground.Question(receiver=receiver, situation=situation, subject="child", on=day).answer()


def _receiver(authority: Authority) -> str:
    social = authority.kind == Authority.Kind.SOCIAL
    return "other_social_services" if social else "municipality_outside_social_services"


def _asking_unit(by: Worker, at: dt.datetime) -> Unit:
    """Return the unit that asks: the worker's own, in a committee whose persons she may search."""
    mine = granted(by, at).authorities(Ability.PERSON_SEARCH)
    rows = by.memberships.on(clock.local(at).date()).filter(unit__authority__in=mine)
    row = rows.select_related("unit__authority").order_by("unit__name").first()
    if row is None:
        raise facts.NotYours
    return row.unit


def _ask_who(identity: Identity, day: dt.date) -> None:
    years = identities.age(identity, day)
    if years is not None and years >= ground.ADULT_FROM:
        raise NotAChild
    if identity.birth.kind != "exact" and not identity.number.value:
        raise TooVague


def _ground(answer: Answer, asking: Asking, at: dt.datetime) -> Ground | None:
    """Return what the answer will rest on, None when the law lets nothing be told. Raises TestMissing."""
    if answer.verdict not in TELLS:
        return None
    return ground.stand_on(None, answer, identifies=True, tests=asking.tests, at=at)


def _current() -> DossierQuerySet:
    """Return the dossiers whose child the committee has to do with now: something waits or runs, or goes on after."""
    going_on = Decision.objects.filter(kind__in=RUNS_ON).values("dossier")
    return Dossier.objects.filter(Q(id__in=Step.objects.waiting().values("dossier")) | Q(id__in=going_on))


def _found(identity: Identity, *, by: Worker, at: dt.datetime) -> list[Dossier]:
    """Return at most one dossier of each other committee: the likeliest, when it is like enough."""
    day = clock.local(at).date()
    dossiers = Dossier.objects.tellable_to(by, at).filter(id__in=_current().values("id"))
    committees = dossiers.order_by("authority").values_list("authority", flat=True).distinct()

    def counts(known: Identity) -> bool:
        years = identities.age(known, day)
        return not known.protected and (years is None or years < ground.ADULT_FROM)

    found = []
    for authority in committees:
        hits = matching.find_among(
            dossiers,
            identity,
            authority=authority,
            by=by,
            at=at,
            least=KNOWN_FROM,
            purpose=Purpose.LOOK_UP,
            counts=counts,
        )
        found += [hit.dossier_id for hit in hits[:1]]
    return list(Dossier.objects.filter(id__in=found).select_related("unit").order_by("unit__name"))


def _record(dossier: Dossier, asking: Asking, stands: Ground, *, unit: Unit, by: Worker, at: dt.datetime) -> None:
    """Write the line of the ledger in the found dossier, which the asker may not open."""
    known = Item(code="known", label=_("Att barnet är känt"), rows=[(_("Fråga"), dossier.unit.name)])
    said = {
        "receiver_name": f"{unit.name}, {unit.authority.name}",
        "purpose": " ".join(stands.tests.values()),
        "situation": asking.situation,
        "delegation": _("Lämnat av Hemväg på begäran, utan att någon handläggare beslutade."),
        "requested_by": by.name,
        "not_informed": "",
        "tests": dict(stands.tests),
        "position": "",
        "items": [known.as_data()],
    }
    provision = stands.answer.rules[0].rule.provision[:100]
    sealed = machines.put_in(
        dossier,
        tell.KIND,
        said,
        step=STEP,
        provision=provision,
        act=Act.LOOKED_UP,
        purpose=Purpose.LOOK_UP,
        by=by,
        at=at,
    )
    Disclosure.objects.create(
        dossier=dossier,
        rule=stands.rule,
        law_date=stands.answer.on,
        verdict=stands.answer.verdict,
        receiver=stands.answer.receiver,
        unit=unit,
        authority_id=dossier.authority_id,
        items=1,
        channel=Channel.LOOK_UP,
        requested_at=at,
        told_at=at,
        informed=Informed.LATER,
        content_id=sealed,
        at=at,
        by=by,
    )
