"""Who sees which dossier, and the one thing that overrides every other: bias. Asked as `Dossier.objects.visible_to`."""

import datetime as dt
import enum
import uuid
from collections.abc import Collection
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, Grants, granted
from hemvag.agencies.models import Authority, Unit
from hemvag.dossiers.models.agreement import Agreement, Grant
from hemvag.dossiers.models.glass import BrokenGlass
from hemvag.staff.models import Worker


class Compartment(models.TextChoices):
    """A relative's contact, a child's case and an adult's case are separate dossiers even in one family."""

    CONTACT = "contact", _("samtal")
    CHILD = "child", _("barn")
    ADULT = "adult", _("vuxen")
    ENVELOPE = "envelope", _("kuvert")
    DRAFT = "draft", _("utkast")
    PLAN = "plan", _("mottagningsplan")


class Sight(enum.StrEnum):
    """How far a worker needs to see, or by which way.

    CONTENT: everything in what is hers by her work. IDENTITY: no more than who it is about, and then also in what she
    must tell apart. AGREED: what is hers, and of others' dossiers those kinds that an agreement has opened to her.
    GLASS: what is hers, and to read what she has broken the glass of.
    """

    CONTENT = "content"
    IDENTITY = "identity"
    AGREED = "agreed"
    GLASS = "glass"


KINDS_THAT_IDENTIFY: Final = frozenset({"identity", "report", "merge"})
"""All that Sight.IDENTITY shows: who the dossier is about, the reports that one may be entered twice, and which other
it was put together with."""


class Recusal(models.Model):
    """A worker has stepped off a dossier (jäv, FL 16 §); it is as if it did not exist for them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="recusals")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="recusals")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "worker"], name="one_recusal_a_worker")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Returned(models.Model):
    """An envelope was taken from its receiver (withdrawn, declined, recalled, run out): now the sender's alone."""

    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class RestsOn(models.Model):
    """An envelope was sent by an agreement, and closes to its receiver the second that the agreement does."""

    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, primary_key=True, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.agreement_id)


def seen_by(worker: Worker, at: dt.datetime, sight: Sight) -> Q:
    """Return the rule of `Dossier.objects.visible_to`, which says what it is; nothing else asks for it."""
    seen = _by_work(worker, granted(worker, at), at)
    if sight == Sight.IDENTITY:
        seen |= _to_tell_apart(granted(worker, at))
    elif sight == Sight.AGREED:
        seen |= Q(id__in=Grant.objects.reaching(worker, at).values("dossier"))
    elif sight == Sight.GLASS:
        broken = BrokenGlass.objects.of(worker).open_at(at).values("dossier")
        seen |= Q(id__in=broken) & _behind_glass(granted(worker, at))
    return seen & ~_stepped_off(worker)


def _by_work(worker: Worker, grants: Grants, at: dt.datetime) -> Q:
    contact = Q(compartment=Compartment.CONTACT, unit__in=grants.units(Ability.CONTACT_TAKE))
    child = Q(unit__in=grants.units(Ability.CASE_LEAD) | grants.units(Ability.CASE_UNIT))
    if grants.has(Ability.CASE_WORK):
        child |= Q(worker=worker, unit__in=grants.units(Ability.CASE_WORK))
    adult = Q(unit__in=grants.units(Ability.SUPPORT_LEAD))
    if grants.has(Ability.SUPPORT_WORK):
        adult |= Q(worker=worker, unit__in=grants.units(Ability.SUPPORT_WORK))
    desk = Q(compartment=Compartment.DRAFT, worker=worker)
    children = Q(child, compartment__in=[Compartment.CHILD, Compartment.PLAN])
    here = contact | desk | children | Q(adult, compartment=Compartment.ADULT)
    return here | Q(_envelope(worker, grants, at), compartment=Compartment.ENVELOPE)


def _envelope(worker: Worker, grants: Grants, at: dt.datetime) -> Q:
    """Whoever sent it; and who receives for its unit, as long as it was not returned and what it rests on holds."""
    returned = Returned.objects.values("dossier")
    ended = RestsOn.objects.exclude(agreement__in=Agreement.objects.in_force(at).values("id")).values("dossier")
    received = Q(unit__in=grants.units(Ability.EXCHANGE_RECEIVE)) & ~Q(id__in=returned) & ~Q(id__in=ended)
    return received | Q(worker=worker) if grants.has(Ability.EXCHANGE_TELL) else received


def breakable_by(worker: Worker, at: dt.datetime) -> Q:
    """Return the rule of `Dossier.objects.breakable_by`, which says what it is."""
    grants = granted(worker, at)
    return _behind_glass(grants) & ~_by_work(worker, grants, at) & ~_stepped_off(worker)


def tellable_to(worker: Worker, at: dt.datetime) -> Q:
    """Return the rule of `Dossier.objects.tellable_to`, which says what it is."""
    mine = granted(worker, at).authorities(Ability.PERSON_SEARCH)
    others = Authority.objects.filter(municipality__authorities__in=mine).exclude(id__in=mine)
    return _children_of(others.values_list("id", flat=True)) & ~_stepped_off(worker)


def _stepped_off(worker: Worker) -> Q:
    return Q(id__in=Recusal.objects.filter(worker=worker).values("dossier"))


def _to_tell_apart(grants: Grants) -> Q:
    return _children_of(grants.authorities(Ability.CHILD_IDENTIFY))


def _behind_glass(grants: Grants) -> Q:
    return _children_of(grants.authorities(Ability.GLASS_BREAK))


def _children_of(committees: Collection[uuid.UUID]) -> Q:
    """Return the children's dossiers of the committees, but never those of a protected desk."""
    desks = Unit.objects.filter(kind=Unit.Kind.PROTECTED_DESK)
    return Q(compartment=Compartment.CHILD, authority__in=committees) & ~Q(unit__in=desks)
