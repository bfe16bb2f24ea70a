"""What is named when somebody asks to break the glass: a child's dossier by its case number or the child's number."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from hemvag.access.abilities import Ability, granted
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.lib import clock, references
from hemvag.people import tokens, typed
from hemvag.people.models import TokenSet
from hemvag.staff.models import Worker


class NotANumber(ValueError):
    """What was typed is neither a case number nor a number of a person: whether anything exists was not asked."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """The dossiers that were named, existing or not: whose they are is for `dossiers.glass` to ask. `own` are those
    that the worker may open without breaking anything."""

    ids: Sequence[uuid.UUID]
    own: Sequence[uuid.UUID]


def is_number(text: str, *, at: dt.datetime) -> bool:
    """Say whether the text is a case number or a number of a person, which may be asked for here; a name may not."""
    return references.is_reference(text) or typed.any_number(text, today=clock.local(at).date()) is not None


def named(text: str, *, by: Worker, at: dt.datetime) -> Named:
    """Return what the text names, by the same statements whatever is there. Raises NotANumber."""
    ids = _ids(text, by=by, at=at)
    own = Dossier.objects.visible_to(by, at).filter(id__in=ids, compartment=Compartment.CHILD)
    return Named(ids=ids, own=list(own.values_list("id", flat=True)))


def _ids(text: str, *, by: Worker, at: dt.datetime) -> list[uuid.UUID]:
    if reference := references.read(text):
        return list(Dossier.objects.filter(reference=reference).values_list("id", flat=True))
    number = typed.any_number(text, today=clock.local(at).date())
    if number is None:
        raise NotANumber
    traits = tokens.Traits(names=[], number=number.value)
    committees = granted(by, at).authorities(Ability.GLASS_BREAK)
    looked_for = [
        token
        for committee in committees
        for token in tokens.asked(traits, authority=committee, compartment=Compartment.CHILD).number
    ]
    rows = TokenSet.objects.filter(authority__in=committees, tokens__overlap=looked_for)
    return list(rows.values_list("dossier_id", flat=True))
