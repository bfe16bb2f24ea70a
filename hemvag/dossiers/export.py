"""Take one dossier out (machine): everything in it, for the archive or for the person it is about (registerutdrag)."""

import datetime as dt
import uuid
from typing import Any, Final

from hemvag.access.abilities import Ability, granted
from hemvag.audit import log
from hemvag.audit.models import Act, Purpose
from hemvag.dossiers.models import Compartment, Dossier, JournalEntry
from hemvag.dossiers.opened import BYTES, Content
from hemvag.dossiers.unwrapping import unwrapped
from hemvag.staff.models import Worker

PURPOSES: Final = (Purpose.ARCHIVE, Purpose.OWN_COPY)
FORM: Final = "hemvag-dossier-1"


class NoPurpose(ValueError):
    """A dossier is taken out for the archive or as the person's own copy, and for nothing else."""


def export(dossier_id: uuid.UUID, *, by: Worker, purpose: Purpose, at: dt.datetime) -> dict[str, Any]:
    """Return all that is kept in the dossier, in the order it came: what stands in the open, the journal, the content.
    Last stand the bytes of attachments.

    Only for who may both open it and take it out. Drafts are left out: they are nobody's document yet. A copy for the
    person must be read before it is handed over, since others' secrets may stand in it (OSL 10:3, 26:5): that is a
    person's work. Raises Dossier.DoesNotExist, the same for what is not there and what is not `by`'s, and NoPurpose.
    """
    if purpose not in PURPOSES:
        raise NoPurpose(purpose)
    dossier = _visible(dossier_id, by, at)
    act = Act.EXPORTED if dossier else Act.REFUSED
    log.write(act, worker=by.id, dossiers=[dossier_id], purpose=purpose, at=at, door="machine")
    if dossier is None:
        raise Dossier.DoesNotExist
    held = unwrapped([dossier])[dossier.id]
    content = [piece for piece in held.read() if not piece.kind.startswith("draft:")] + held.read(BYTES)
    return {
        "form": FORM,
        "purpose": purpose.value,
        "taken_at": at.isoformat(),
        "dossier": _in_the_open(dossier),
        "journal": [_entry(entry) for entry in dossier.journal.select_related("by").order_by("at", "id")],
        "content": [_piece(piece) for piece in content],
    }


def _visible(dossier_id: uuid.UUID, by: Worker, at: dt.datetime) -> Dossier | None:
    grants = granted(by, at)
    found = (
        Dossier.objects.visible_to(by, at)
        .exclude(compartment=Compartment.DRAFT)
        .select_related("unit", "district", "authority")
        .filter(id=dossier_id)
        .first()
    )
    if found is None:
        return None
    may = grants.has(Ability.DOSSIER_EXPORT) and (
        found.unit_id in grants.units(Ability.DOSSIER_EXPORT)
        or found.authority_id in grants.authorities(Ability.DOSSIER_EXPORT)
    )
    return found if may else None


def _in_the_open(dossier: Dossier) -> dict[str, Any]:
    return {
        "reference": dossier.reference,
        "compartment": dossier.compartment,
        "authority": dossier.authority.name,
        "unit": dossier.unit.name,
        "district": dossier.district.name if dossier.district else "",
        "opened_at": dossier.opened_at.isoformat(),
    }


def _entry(entry: JournalEntry) -> dict[str, Any]:
    return {
        "at": entry.at.isoformat(),
        "step": entry.step,
        "provision": entry.provision,
        "by": entry.by.name if entry.by else "",
        "note": str(entry.note_id or ""),
    }


def _piece(piece: Content) -> dict[str, Any]:
    return {
        "id": str(piece.id),
        "kind": piece.kind,
        "at": piece.at.isoformat(),
        "version": piece.version,
        "data": piece.data,
    }
