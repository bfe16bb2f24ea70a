"""How it came to be known (A6): by the person's own contact, or from somebody whom the law let tell. Sealed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, granted
from hemvag.agencies.models import Unit
from hemvag.agencies.routing import route
from hemvag.audit.models import Purpose
from hemvag.dossiers import record, writing
from hemvag.dossiers.models import Compartment
from hemvag.dossiers.opened import Opened
from hemvag.law import sharing
from hemvag.law.sharing import Answer
from hemvag.lib import clock
from hemvag.people import identities
from hemvag.people.identities import Identity
from hemvag.staff.models import Worker
from hemvag.support import case, facts
from hemvag.support.models import StepKind

KIND: Final = "knowledge"


class Source(models.TextChoices):
    """From whom it came."""

    OWN = "own", _("Personen hörde själv av sig")
    RELATIVE = "relative", _("En anhörig eller någon annan privat")
    UNIT = "unit", _("En annan enhet eller nämnd")
    POLICE = "police", _("Polisen, för att förebygga terroristbrott (35 kap. 10 c § OSL)")
    OTHER = "other", _("Någon annan")


ASKED: Final[Mapping[str, tuple[str, str]]] = {
    Source.UNIT: ("other_social_services", "care_or_support"),
    Source.POLICE: ("police", "prevent_terror_crime"),
    Source.OTHER: ("any", "care_or_support"),
}
"""Sender and situation by which the law is asked. Nobody who is private has secrecy to break, nor the person self."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The one plan of contact attempts: how, by whom, how many at most, and the last day."""

    how: str
    by_whom: str
    most: int
    last: dt.date


def asked(source: str, on: dt.date) -> Answer | None:
    """Return what the law said of the telling on that day, or None where no secrecy stood in the way."""
    if source not in ASKED:
        return None
    sender, situation = ASKED[Source(source)]
    return sharing.share(sender, "social_services", "adult", situation, on)


def own_contact(
    identity: Identity, *, words: str, reach: str = "", unit: Unit | None = None, by: Worker, at: dt.datetime
) -> Opened:
    """Begin a case because the person asked for help; return its dossier, in which the agreement waits.

    `words` is why, in the person's own words; `reach` how the person wants to be reached. `unit` is named by a room
    that hands somebody over; else it is `by`'s own.
    Raises NothingWritten, TooLong, NotYours.
    """
    kept = writing.written(words)
    with transaction.atomic():
        opened = _made(identity, unit=unit, by=by, at=at)
        data = {"source": Source.OWN.value, "ground": kept, "reach": reach.strip(), "on": _day(at)}
        _know(opened, data, by=by, at=at)
        begin(opened, by=by, at=at)
    return opened


def told(
    identity: Identity,
    *,
    source: str,
    ground: str,
    on: dt.date,
    plan: Plan,
    reach: str = "",
    by: Worker,
    at: dt.datetime,
) -> Opened:
    """Keep what was lawfully told of somebody, as an offer with one plan of attempts: knowledge alone is no case.

    Raises NotLawful when a rule forbade it that day; where no rule speaks, or none is sure, the ground in words answers
    for it. Raises NothingWritten, TooLong, InTheFuture, NotThoseDays, NotYours.
    """
    kept, answer, today = writing.written(ground), asked(source, on), clock.local(at).date()
    if on > today:
        raise facts.InTheFuture
    if plan.last < today or plan.most < 1:
        raise facts.NotThoseDays
    if answer and answer.rules and answer.verdict in {"no", "no_duty"}:
        raise facts.NotLawful(answer.rules[0].rule.provision)
    data = {"source": Source(source).value, "ground": kept, "reach": reach.strip(), "on": on.isoformat()}
    with transaction.atomic():
        opened = _made(identity, unit=None, by=by, at=at)
        _know(opened, {**data, **_law(answer)}, by=by, at=at)
        how = {"how": writing.written(plan.how), "by_whom": writing.written(plan.by_whom), "most": plan.most}
        content = opened.seal("offer", how | {"last": plan.last.isoformat()}, by=by, at=at)
        case.begin_step(opened, StepKind.OFFER, at=at, until=plan.last, content_id=content)
        writing.enter(opened, "offer_begun", case.documented(at), content=content, by=by, at=at)
    return opened


def begin(opened: Opened, *, by: Worker, at: dt.datetime) -> None:
    """Let the case run: the person has asked for help or said yes. The agreement waits to be gone through."""
    case.begin_step(opened, StepKind.SUPPORT, at=at)
    case.begin_step(opened, StepKind.AGREEMENT, at=at)
    writing.enter(opened, "support_begun", case.documented(at), content=None, by=by, at=at)


def unit_of(by: Worker, at: dt.datetime) -> Unit:
    """Return the unit in which `by` has adults' cases. Raises NotYours."""
    units = Unit.objects.filter(id__in=granted(by, at).units(Ability.SUPPORT_WORK)).select_related("authority")
    found = units.order_by("name").first()
    if found is None:
        raise facts.NotYours
    return found


def _made(identity: Identity, *, unit: Unit | None, by: Worker, at: dt.datetime) -> Opened:
    """Make the dossier: in the unit named or `by`'s own, and hers there; of a protected identity at the desk."""
    usual = unit or unit_of(by, at)
    town = usual.authority.municipality
    desk = route(town, district=None, at=at, protected=True).unit if identity.protected else None
    place = desk or usual
    own = by if place.id in granted(by, at).units(Ability.SUPPORT_WORK) else None
    new = record.New(compartment=Compartment.ADULT, unit=place, authority=usual.authority, worker=own)
    [opened] = record.create([new], by=by, purpose=Purpose.SUPPORT, at=at)
    identities.add(opened, identity, by=by, at=at)
    return opened


def _know(opened: Opened, data: Mapping[str, Any], *, by: Worker, at: dt.datetime) -> None:
    content = opened.seal(KIND, data, by=by, at=at)
    writing.enter(opened, "known", case.documented(at), content=content, by=by, at=at)


def _law(answer: Answer | None) -> Mapping[str, Any]:
    """Return what is kept of the law's answer: verdict, and the provisions of the rules that bear on it."""
    if answer is None:
        return {"verdict": "", "provisions": []}
    rules: Sequence[str] = [one.rule.provision for one in answer.rules]
    return {"verdict": answer.verdict, "provisions": rules}


def _day(at: dt.datetime) -> str:
    return clock.local(at).date().isoformat()
