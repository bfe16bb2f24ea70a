"""A caller asks for help for herself: by her own wish she is handed over to the unit for adults.

What identifies her is typed only then. The coded contact is left as a count that is tied to nothing, and its dossier is
erased, as when a call becomes a report; nothing in the adult's dossier says which call it was.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy

from hemvag.agencies import routing
from hemvag.agencies.models import Municipality, Unit
from hemvag.audit.models import Purpose
from hemvag.dossiers import erase
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock
from hemvag.line import contact, facts, gate, report_draft
from hemvag.people.identities import Identity
from hemvag.staff.models import Worker
from hemvag.support import knowledge

OUTCOME = "referred"


class NoUnitForAdults(facts.Refused):
    """The town's file names no unit that helps adults on that day."""

    words = gettext_lazy("Kommunen har ingen enhet för stöd till vuxna. Hänvisa till mottagningen i stället.")


def hand_over(
    contact_id: uuid.UUID,
    *,
    identity: Identity,
    words: str,
    reach: str,
    municipality: Municipality,
    by: Worker,
    at: dt.datetime,
) -> Opened:
    """Begin a case for the caller at the unit for adults; return its dossier, which is that unit's and not the line's.

    Raises AlreadyClosed, Dossier.DoesNotExist, NoUnitForAdults, and what `knowledge.own_contact` does.
    """
    _held, opened = contact.open_contact(contact_id, by=by, at=at)
    try:
        unit = routing.unit_of_kind(municipality, Unit.Kind.ADULTS, clock.local(at).date())
    except routing.NoSuchUnit:
        raise NoUnitForAdults from None
    with transaction.atomic():
        held = contact.running(contact_id)
        made = knowledge.own_contact(identity, words=words, reach=reach, unit=unit, by=by, at=at)
        gate.count(held, opened, outcome=OUTCOME, at=at)
        report_draft.forget(contact_id, at=at)
        gate.take_away(held)
        erase.erase(opened.dossier, by=by, purpose=Purpose.CALL, at=at)
    return made
