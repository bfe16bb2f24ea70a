"""Reinforce districts: decide a division of posts, and follow up how it went. A person decides; methods only show."""

import datetime as dt
import uuid
from collections.abc import Mapping

from hemvag.access.abilities import Ability, granted
from hemvag.lib import clock
from hemvag.readiness import basis as bases
from hemvag.readiness.basis import Basis
from hemvag.readiness.decide import NoReasons, NotTheCoordinator, WrongDay
from hemvag.readiness.models import Reinforcement, ReinforcementFollowUp
from hemvag.staff.models import Worker


class NotAllPosts(ValueError):
    """The division does not give out exactly the posts there are, or gives to a district that is not in its basis."""


class NobodySetTheWeights(ValueError):
    """Weights are political: a basis says who set them, and on which day."""


def decide(
    *,
    authority: uuid.UUID,
    basis: Basis,
    split: Mapping[str, int],
    reasons: str,
    decider: str,
    decided_on: dt.date,
    follow_up_on: dt.date,
    by: Worker,
    at: dt.datetime,
) -> Reinforcement:
    """Store a decision, signed by `by`: how many posts each district gets, with everything that was shown.

    `decider` is who decided by the town's order. Raises NotTheCoordinator, NoReasons, WrongDay, NotAllPosts and
    NobodySetTheWeights.
    """
    if authority not in granted(by, at).authorities(Ability.READINESS_WORK):
        raise NotTheCoordinator(by.pk)
    if not reasons.strip() or not decider.strip():
        raise NoReasons
    if not basis.set.set_by.strip() or not basis.set.set_on:
        raise NobodySetTheWeights
    if decided_on > clock.local(at).date() or follow_up_on <= decided_on:
        raise WrongDay(decided_on)
    places = {place.key for place in basis.places}
    if set(split) - places or min(split.values(), default=0) < 0 or sum(split.values()) != basis.set.posts:
        raise NotAllPosts(basis.set.posts)
    return Reinforcement.objects.create(
        authority_id=authority,
        posts=basis.set.posts,
        split=dict(split),
        basis=basis.kept(),
        reasons=reasons,
        decider=decider,
        decided_on=decided_on,
        follow_up_on=follow_up_on,
        at=at,
        by=by,
    )


def follow_up(of: Reinforcement, *, words: str, by: Worker, at: dt.datetime) -> ReinforcementFollowUp:
    """Store how a reinforcement went, with what is counted now. Raises NotTheCoordinator and NoReasons."""
    if not Reinforcement.objects.visible_to(by, at).filter(pk=of.pk).exists():
        raise NotTheCoordinator(by.pk)
    if not words.strip():
        raise NoReasons
    now = now_of(of, clock.local(at).date())
    return ReinforcementFollowUp.objects.create(reinforcement=of, basis=now.kept(), words=words, by=by, at=at)


def now_of(of: Reinforcement, on: dt.date) -> Basis:
    """Return the same districts as they are counted now, with the staff they had and the posts they got.

    A district that is no longer there is not known. What was entered then stands, since nobody has entered it anew.
    """
    then = bases.read(of.basis)
    measured = {place.key: place for place in bases.measure(on)}
    places = []
    for place in then.places:
        now = measured.get(place.key)
        staff = None if place.staff is None else place.staff + of.split.get(place.key, 0)
        places.append(
            bases.Place(
                key=place.key,
                name=place.name,
                cases=now.cases if now else dict.fromkeys(place.cases),
                late=now.late if now else None,
                reports=now.reports if now else None,
                staff=staff,
                placed=place.placed,
                band=place.band,
                last=place.last,
            )
        )
    return Basis(on=on.isoformat(), places=places, set=then.set)
