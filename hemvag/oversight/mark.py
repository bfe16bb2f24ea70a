"""Mark a dossier as about somebody whom many know of, so that its openings are reviewed more often; or take it away."""

import datetime as dt
from dataclasses import replace

from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.oversight.models import Review
from hemvag.people import identities
from hemvag.people.identities import Identity
from hemvag.staff.models import Worker


class NotYours(PermissionError):
    """The worker does not review this opening, or may not see the dossier."""


def mark(review: Review, *, on: bool, by: Worker, at: dt.datetime) -> None:
    """Set or take away the mark, sealed with the identity that the dossier has anyway: nothing new lies in the open.

    Raises NotYours, and Changed when somebody changed the identity meanwhile.
    """
    if review.lead_id != by.id or review.dossier.compartment != Compartment.CHILD:
        raise NotYours
    try:
        opened = record.open_dossier(review.dossier_id, by=by, purpose=Purpose.LOG_REVIEW, at=at)
    except Dossier.DoesNotExist:
        raise NotYours from None
    row = opened.one(identities.KIND)
    now = Identity.from_data(row.data)
    if now.well_known != on:
        identities.change(opened, replace(now, well_known=on), version=row.version, by=by, at=at)
