"""What a worker has typed and not yet saved: sealed in the dossier, for that worker and form alone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from hemvag.dossiers.models import Dossier, Sealed
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The typed fields, which of the worker's tabs sent them, and when. Version 0: nothing has been kept yet."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    tab: str = ""
    version: int = 0
    at: dt.datetime | None = None


class KeptElsewhere(Exception):
    """Another tab of the same worker kept something since; `now` is what stands there. Nothing was overwritten."""

    def __init__(self, now: Draft) -> None:
        super().__init__()
        self.now = now


def keep(
    opened: Opened, form: str, fields: Mapping[str, Any], *, tab: str, version: int, by: Worker, at: dt.datetime
) -> int:
    """Seal what `by` has typed in place of the draft that still has `version`; return the new version.

    Raises KeptElsewhere.
    """
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        now = kept(opened, form, by=by)
        if now.version != version:
            raise KeptElsewhere(now)
        return _write(opened, form, {"fields": dict(fields), "tab": tab}, by=by, at=at)


def kept(opened: Opened, form: str, *, by: Worker) -> Draft:
    """Return what `by` had typed in a form and not saved."""
    row = _row(opened, form, by)
    if row is None:
        return Draft()
    data = opened.piece(row.id).data
    return Draft(fields=data.get("fields", {}), tab=data.get("tab", ""), version=row.version, at=row.at)


def discard(opened: Opened, form: str, *, by: Worker, at: dt.datetime) -> None:
    """Forget the draft: its form has been saved. A keeping at the same moment waits, and is then answered as late."""
    if _row(opened, form, by) is None:
        return
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        _write(opened, form, {}, by=by, at=at)


def _write(opened: Opened, form: str, data: Mapping[str, Any], *, by: Worker, at: dt.datetime) -> int:
    row = _row(opened, form, by)
    if row is None:
        opened.seal(kind(form), data, by=by, at=at)
        return 1
    return opened.reseal(row.id, data, version=row.version, by=by, at=at)


def _row(opened: Opened, form: str, by: Worker) -> Sealed | None:
    return opened.dossier.sealed.filter(kind=kind(form), by=by).first()


def kind(form: str) -> str:
    """Return the kind of content under which a form's draft is sealed."""
    return f"draft:{form}"
