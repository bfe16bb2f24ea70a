"""A decision is signed as it is stored, and locked by it: neither the row nor its sealed text can be changed."""

import datetime as dt
import hashlib
from uuid import UUID

from hemvag.concerns import case, facts
from hemvag.concerns.models import Decision, DecisionKind, Step
from hemvag.dossiers.opened import Content, Opened
from hemvag.law import extension
from hemvag.lib import clock
from hemvag.staff.models import Worker


class Tampered(Exception):
    """The sealed text is not the one that was signed."""


def sign(
    opened: Opened,
    step: Step,
    *,
    kind: DecisionKind,
    reasons: str,
    decided_at: dt.datetime,
    provision: str,
    by: Worker,
    at: dt.datetime,
    until: dt.date | None = None,
) -> Decision:
    """Store the signed decision about a locked step, with a digest of its sealed text."""
    text = {"reasons": reasons, "until": until.isoformat() if until else None, "signer": by.name}
    row = opened.prepared("decision", text, by=by, at=at)
    row.save(force_insert=True)
    decision = Decision.objects.create(
        dossier=opened.dossier,
        step=step,
        kind=kind,
        decided_at=decided_at,
        signed_at=at,
        by=by,
        provision=provision,
        content=row,
        digest=_digest(bytes(row.content)),
    )
    case.enter(opened, f"decided_{kind}", provision, content=row.id, by=by, at=at)
    return decision


def give_until(
    opened: Opened, step: Step, *, kind: DecisionKind, until: dt.date, reasons: str, by: Worker, at: dt.datetime
) -> Decision:
    """Give a locked step a later day by a signed decision. Raises NotLater, NothingWritten, TooLong."""
    due = step.due()
    holds = max(due.strict or due.start, clock.local(at).date())
    if until <= holds:
        raise facts.NotLater(holds)
    signed = sign(
        opened,
        step,
        kind=kind,
        reasons=case.written(reasons),
        decided_at=at,
        provision=extension.extension(step.kind, clock.local(at).date()).provision,
        by=by,
        at=at,
        until=until,
    )
    step.until = until
    step.save(update_fields=["until"])
    return signed


def text_of(opened: Opened, decision: Decision) -> Content:
    """Return the decision's text as it was signed. Raises Tampered when it is another."""
    row = opened.dossier.sealed.get(id=decision.content_id)
    if _digest(bytes(row.content)) != decision.digest:
        raise Tampered(decision.id)
    return opened.piece(row.id)


def _digest(sealed: bytes) -> str:
    return hashlib.sha256(sealed).hexdigest()


def of(opened: Opened, decision_id: UUID) -> Decision:
    """Return one of the dossier's decisions. Raises Decision.DoesNotExist."""
    return Decision.objects.select_related("by", "step").get(id=decision_id, dossier=opened.dossier)
